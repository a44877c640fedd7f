"""The one place where parts are joined: a jurisdiction, a ledger and the secrets make a desk."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from gatepost.adapters import backup as backup_rules
from gatepost.adapters import secrets as secret_rules
from gatepost.adapters.audit import rules as audit_rules
from gatepost.adapters.audit.sealing import Sealer
from gatepost.adapters.documents import rules as document_rules
from gatepost.adapters.events import rules as event_rules
from gatepost.adapters.files import dropped_rules, history_rules
from gatepost.adapters.files import rules as file_rules
from gatepost.adapters.files.jurisdiction import find_jurisdiction, with_file
from gatepost.adapters.files.packs import read_described
from gatepost.adapters.files.tree import Kind, Loaded, read_file
from gatepost.adapters.formats import rules as format_rules
from gatepost.adapters.formats.ens import rules as ens_rules
from gatepost.adapters.formats.ens.description import load_interface
from gatepost.adapters.formats.ens.interface import Interface
from gatepost.adapters.learning import rules as learning_rules
from gatepost.adapters.planning.clock import Clock
from gatepost.adapters.secrets import FixedKey, KeyFile
from gatepost.adapters.store import rules as store_rules
from gatepost.adapters.store.migrating import Migrated, Store, migrate
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.adapters.telemetry import rules as telemetry_rules
from gatepost.adapters.telemetry.opening import open_observer
from gatepost.authority import rules as authority_rules
from gatepost.authority.calendar import Calendar
from gatepost.casework import rules as casework_rules
from gatepost.casework.bodies import BODIES
from gatepost.casework.desk import Desk, Secrets
from gatepost.casework.memory import MemoryLedger
from gatepost.casework.ports import Ledger
from gatepost.control import rules as control_rules
from gatepost.control.schedule import rules as schedule_rules
from gatepost.control.schedule.planner import Planner
from gatepost.cooperation import action_rules
from gatepost.cooperation import rules as cooperation_rules
from gatepost.description import rules as description_rules
from gatepost.description.check import check
from gatepost.description.checks.hours import check_hours
from gatepost.description.checks.words import check_words
from gatepost.description.described import Described
from gatepost.description.jurisdiction import Jurisdiction, sets_of
from gatepost.description.layout import IGNORED, LAYOUT
from gatepost.expression import rules as expression_rules
from gatepost.kernel.notice import Notice, Refused, RuleBook, rules_of
from gatepost.ledger.codec import Codec
from gatepost.lodgement import rules as lodgement_rules
from gatepost.release import rules as release_rules
from gatepost.requirement import rules as requirement_rules
from gatepost.requirement.compiled import Conditions
from gatepost.review import cost_rules
from gatepost.review import rules as review_rules
from gatepost.review.costs import CostModel
from gatepost.review.decision import rules as decision_rules
from gatepost.review.figures import faults_of
from gatepost.review.harmonise import rules as harmonise_rules
from gatepost.review.opening import HourCosts, faults_in_hour_costs
from gatepost.review.overlap import rules as overlap_rules
from gatepost.review.whatif import rules as whatif_rules
from gatepost.review.whatif.changes import changed
from gatepost.review.whatif.model import Change
from gatepost.risk import rules as risk_rules
from gatepost.timerelease import rules as timerelease_rules

RULE_MODULES = (
    file_rules,
    history_rules,
    dropped_rules,
    format_rules,
    ens_rules,
    event_rules,
    expression_rules,
    authority_rules,
    requirement_rules,
    lodgement_rules,
    risk_rules,
    control_rules,
    schedule_rules,
    action_rules,
    release_rules,
    cooperation_rules,
    timerelease_rules,
    casework_rules,
    description_rules,
    review_rules,
    cost_rules,
    harmonise_rules,
    overlap_rules,
    whatif_rules,
    decision_rules,
    store_rules,
    secret_rules,
    audit_rules,
    document_rules,
    backup_rules,
    learning_rules,
    telemetry_rules,
)
RULES = RuleBook(rule for module in RULE_MODULES for rule in rules_of(vars(module)))
CODEC = Codec(BODIES)
KINDS = (
    *(Kind(place.pattern, place.type, place.name, place.many) for place in LAYOUT),
    Kind("costs.yaml", CostModel, "costs"),
    Kind("hour_costs.yaml", HourCosts, "hour_costs"),
)

COSTS_FILE = "costs.yaml"
HOUR_COSTS_FILE = "hour_costs.yaml"
DATABASE_FILE = "gatepost.sqlite3"
KEY_FILE = "selection.key"
AUDIT_KEY_FILE = "audit.key"
REHEARSAL_KEY = b"k" * 32


def read_description(name: str, cache: Path | None = None, scenario: str | None = None) -> Loaded:
    """Return everything described in the jurisdiction ``name`` (a bare name or a folder).

    A model pack comes with the country it lies over; ``scenario`` lies over both.
    """
    return read_described(name, KINDS, cache, IGNORED, scenario)


def faults_in(loaded: Loaded, conditions: Conditions | None = None) -> list[Notice]:
    """Return everything wrong with what was read, each with file and line.

    What is wrong with the writing of a file comes first, then what is wrong with what it says.
    ``conditions`` keeps what is compiled.
    """
    known = conditions or Conditions(sets_of(parts_of(loaded)))
    return [*loaded.faults, *check(loaded.items, known, loaded.unread), *_cost_faults(loaded)]


def faults_in_drafts(loaded: Loaded, drafts: Loaded) -> list[Notice]:
    """Return everything wrong with draft indicators, held against the rest of a description."""
    things = {**loaded.items, "indicator": drafts.items["indicator"]}
    own = {one.value.id for one in drafts.items["set"]}
    others = [one for one in loaded.items.get("set", []) if one.value.id not in own]
    things["set"] = [*others, *drafts.items["set"]]
    known = Conditions(sets_of({kind: [one.value for one in all] for kind, all in things.items()}))
    mine = {one.path for kind in ("indicator", "set") for one in drafts.items[kind]}
    notices = check(things, known, loaded.unread | drafts.unread)
    return [*drafts.faults, *(n for n in notices if n.where.rpartition(":")[0] in mine)]


def load_checked(name: str, cache: Path | None = None, scenario: str | None = None) -> Jurisdiction:
    """Return the jurisdiction ``name``, checked and compiled; ``Refused`` for any fault in it."""
    loaded = read_description(name, cache, scenario)
    parts = parts_of(loaded)
    conditions = Conditions(sets_of(parts))
    if faults := faults_in(loaded, conditions):
        raise Refused(faults)
    return Jurisdiction(parts, conditions)


def load_checked_interface(name: str, cache: Path | None = None) -> Interface:
    """Return the interface ``name`` of another authority; ``Refused`` for any fault in it."""
    return load_interface(find_jurisdiction(name), cache)


def load_changed(
    name: str, changes: Sequence[Change], day: date, cache: Path | None = None
) -> Jurisdiction:
    """Return a jurisdiction with ``changes`` made to it, checked as a whole; the files stay.

    ``Refused`` for any fault in it, those of the changes included.
    """
    loaded = read_description(name, cache)
    if loaded.faults:
        raise Refused(loaded.faults)
    things = changed(loaded.items, changes, day)
    parts = {kind: [item.value for item in items] for kind, items in things.items()}
    conditions = Conditions(sets_of(parts))
    if faults := check(things, conditions, loaded.unread):
        raise Refused(faults)
    return Jurisdiction(parts, conditions)


def describe(name: str, cache: Path | None = None) -> Described:
    """Return what is described under ``name`` with its places; ``Refused`` for any fault in it."""
    loaded = read_description(name, cache)
    conditions = Conditions(sets_of(parts_of(loaded)))
    if faults := faults_in(loaded, conditions):
        raise Refused(faults)
    return Described(loaded.items, loaded.unread, conditions)


def parts_of(loaded: Loaded) -> Mapping[str, list[Any]]:
    """Return the described things by kind, without their places."""
    return {kind: [item.value for item in items] for kind, items in loaded.items.items()}


def load_costs(name: str) -> CostModel:
    """Return the cost comparison of the jurisdiction ``name``, or in the file of that path."""
    path = Path(name) if name.endswith(".yaml") else find_jurisdiction(name) / COSTS_FILE
    if not path.is_file():
        known = ", ".join(with_file(COSTS_FILE))
        raise Refused([review_rules.NO_COSTS.notice(name=name, known=known)])
    loaded = read_file(path, CostModel, "costs")
    words = check_words(Described(loaded.items, loaded.unread, Conditions({})))
    faults = [*loaded.faults, *words, *_cost_faults(loaded)]
    if faults:
        raise Refused(faults)
    model: CostModel = loaded.items["costs"][0].value
    return model


def load_hour_costs(name: str) -> HourCosts:
    """Return what an hour costs in the jurisdiction ``name``, or in the file of that path."""
    path = Path(name) if name.endswith(".yaml") else find_jurisdiction(name) / HOUR_COSTS_FILE
    if not path.is_file():
        known = ", ".join(with_file(HOUR_COSTS_FILE))
        raise Refused([review_rules.NO_HOUR_COSTS.notice(name=name, known=known)])
    loaded = read_file(path, HourCosts, "hour_costs")
    words = check_words(Described(loaded.items, loaded.unread, Conditions({})))
    faults = [*loaded.faults, *words, *_cost_faults(loaded)]
    if faults:
        raise Refused(faults)
    costs: HourCosts = loaded.items["hour_costs"][0].value
    return costs


def load_calendar(file: str) -> Calendar:
    """Return the calendar in ``file``; ``Refused`` for any fault in it.

    Nothing else is read, so posts and agencies it names are taken as they are.
    """
    path = Path(file)
    if not path.is_file():
        raise Refused([file_rules.UNREADABLE.notice(file, problem="no such file")])
    loaded = read_file(path, Calendar, "calendar")
    aside = {"post", "agency", *loaded.unread}
    faults = [*loaded.faults]
    for one in (check_words, check_hours):
        faults += one(Described(loaded.items, aside, Conditions({})))
    for item in loaded.items["calendar"]:
        for index, service in enumerate(item.value.services):
            if service.zone is None and item.value.zone is None:
                where = item.where("services", index)
                values = {"service": service.service, "side": service.side}
                faults.append(authority_rules.NO_ZONE.notice(where, **values))
    if faults:
        raise Refused(faults)
    calendar: Calendar = loaded.items["calendar"][0].value
    return calendar


def _cost_faults(loaded: Loaded) -> list[Notice]:
    return [
        rule.notice(item.where(*keys), **values)
        for kind, faults in (("costs", faults_of), ("hour_costs", faults_in_hour_costs))
        for item in loaded.items.get(kind, ())
        for keys, rule, values in faults(item.value)
    ]


def open_ledger(data: Path, database: str | None = None, schema: str = "gatepost") -> Ledger:
    """Return the ledger in ``schema`` at ``database``, else the SQLite file in ``data``."""
    if database:
        from gatepost.adapters.store.postgres import PostgresLedger

        return PostgresLedger(database, CODEC, schema)
    return SqliteLedger(data / DATABASE_FILE, CODEC)


def migrate_store(
    jurisdiction: Jurisdiction,
    data: Path,
    database: str | None,
    progress: Callable[[int], Any],
    schema: str = "gatepost",
) -> Migrated:
    """Bring the ledger of an earlier release to the tables of this one."""
    keys = KeyFile(data / KEY_FILE)
    store = Store(data / DATABASE_FILE, database, schema)
    return migrate(store, CODEC, lambda ledger: Desk(jurisdiction, ledger, keys), progress)


def open_desk(
    jurisdiction: Jurisdiction,
    data: Path,
    database: str | None = None,
    secrets: Secrets | None = None,
    schema: str = "gatepost",
) -> Desk:
    """Return the desk of one process over a durable ledger."""
    ledger = open_ledger(data, database, schema)
    desk = Desk(jurisdiction, ledger, secrets or KeyFile(data / KEY_FILE))
    desk.observe = open_observer(os.environ, desk.observe)
    return desk


def open_sealer(ledger: Ledger, data: Path, country: str) -> Sealer:
    """Return what seals a country's ledger into the audit log of a data folder."""
    return Sealer(ledger, data, f"gatepost/{country.lower()}", data / AUDIT_KEY_FILE)


def memory_desk(jurisdiction: Jurisdiction, secrets: Secrets) -> Desk:
    """Return a desk whose ledger lives in memory: for tests, cases and simulation."""
    return Desk(jurisdiction, MemoryLedger(CODEC), secrets)


def rehearsal_desk(jurisdiction: Jurisdiction) -> Desk:
    """Return the desk on which one written case is played, with the same draws everywhere."""
    return memory_desk(jurisdiction, FixedKey(REHEARSAL_KEY))


def open_planner() -> Planner:
    """Return the planner with OR-Tools, or where it is not installed one without a solver."""
    try:
        from gatepost.adapters.planning.solver import Solver
    except ModuleNotFoundError as fault:
        if (fault.name or "").partition(".")[0] not in ("ortools", "numpy"):
            raise
        return Clock()
    return Solver()
