"""Instruments bind their parties only, and each grants only what its rung can."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from gatepost.authority.clause import (
    Arrangement,
    Clause,
    ControlZone,
    Delegation,
    JointControl,
    Recognition,
    Share,
    Trust,
    Withhold,
)
from gatepost.authority.instrument import Agreement, abroad
from gatepost.authority.ladder import RUNG, lacking_acts, needed
from gatepost.authority.lifecycle import missing, steps
from gatepost.codelists.countries import is_country
from gatepost.description import rules
from gatepost.description.described import Described, Keys, Located, listed
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.notice import Notice
from gatepost.lodgement.model import Window


def check_agreements(described: Described) -> Iterator[Notice]:
    """Yield what does not hold in instruments and lodgement windows."""
    for thing in described.of("agreement"):
        yield from _parties(described, thing, thing.value)
        yield from _life(thing, thing.value)
        yield from _level(thing, thing.value)
        for number, clause in enumerate(thing.value.clauses):
            yield from _clause(described, thing, thing.value, clause, ("clauses", number))
    for thing in described.of("window"):
        yield from _window(thing, thing.value)


def _parties(described: Described, thing: Located, agreement: Agreement) -> Iterator[Notice]:
    agencies = described.agencies
    named: list[tuple[Keys, str]] = [
        (("parties", index), party) for index, party in enumerate(agreement.parties)
    ]
    for number, clause in enumerate(agreement.clauses):
        if isinstance(clause, Withhold):
            own: Keys = ("clauses", number, "to")
            named += [((*own, index), party) for index, party in enumerate(clause.to)]
    for keys, party in named:
        country = abroad(party)
        known = is_country(country) if country else party in agencies
        if not known and (country or described.missing("agency", party, agencies)):
            yield rules.UNKNOWN_AGENCY.notice(
                thing.where(*keys), agency=party, known=listed(agencies)
            )


def _clause(
    described: Described, thing: Located, agreement: Agreement, clause: Clause, own: Keys
) -> Iterator[Notice]:
    for key, party in bound(clause):
        if party not in agreement.parties:
            yield rules.NOT_A_PARTY.notice(
                thing.where(*own, *key), party=party, agreement=agreement.id
            )
    for missing_key in _incomplete(clause):
        yield rules.CLAUSE_INCOMPLETE.notice(thing.where(*own), kind=clause.kind, key=missing_key)
    yield from _rung(described, thing, agreement, clause, own)


def _rung(
    described: Described, thing: Located, agreement: Agreement, clause: Clause, own: Keys
) -> Iterator[Notice]:
    country = described.country.code if described.country else ""
    need = needed(clause, agreement, country, described.protected)
    if RUNG[agreement.kind] < RUNG[need.kind]:
        yield rules.BEYOND_RUNG.notice(
            thing.where(*own, "kind"), title=agreement.id, kind=agreement.kind, needed=need.kind
        )
        return
    for party in lacking_acts(agreement, need):
        yield rules.ACT_MISSING.notice(thing.where(*own, "kind"), party=party)


def bound(clause: Clause) -> Iterator[tuple[Keys, str]]:
    """Yield the parties that a clause names, each with the way to it."""
    match clause:
        case JointControl():
            lists = {"parties": clause.parties}
        case ControlZone():
            yield ("of",), clause.of
            return
        case Recognition() | Delegation() | Trust():
            yield from ((("of",), clause.of), (("by",), clause.by))
            return
        case Share():
            lists = {"of": clause.of, "to": clause.to}
        case Withhold() | Arrangement():
            # What is withheld may be withheld from somebody who is no party.
            return
    for key, parties in lists.items():
        for index, party in enumerate(parties):
            yield (key, index), party


def _incomplete(clause: Clause) -> Iterator[str]:
    match clause:
        case JointControl():
            if len(set(clause.parties)) < 2:
                yield "parties"
        case Recognition():
            yield from (key for key in ("of", "by", "checks") if not getattr(clause, key))
        case Trust():
            yield from (key for key in ("of", "by", "programmes") if not getattr(clause, key))
        case ControlZone():
            yield from (key for key in ("of", "host", "powers") if not getattr(clause, key))
        case Delegation():
            yield from (key for key in ("of", "by", "powers") if not getattr(clause, key))
        case Share():
            yield from (key for key in ("to", "purposes", "data") if not getattr(clause, key))
        case Withhold():
            yield from (key for key in ("to", "data") if not getattr(clause, key))
        case Arrangement():
            if not clause.about:
                yield "about"


def _life(thing: Located, agreement: Agreement) -> Iterator[Notice]:
    places = {id(step): index for index, step in enumerate(agreement.life)}
    for step, before, after in steps(agreement):
        if after != before:
            continue
        where = thing.where("life", places[id(step)])
        lacking = missing(agreement, before)
        if step.step == "in_force" and lacking:
            yield rules.NOT_CONCLUDED.notice(where, day=str(step.on), missing=", ".join(lacking))
        else:
            by = ", ".join(step.by) or "nobody"
            yield rules.STEP_NOT_POSSIBLE.notice(
                where, day=str(step.on), state=before.state, step=step.step, by=by
            )


def _level(thing: Located, agreement: Agreement) -> Iterator[Notice]:
    if agreement.level != "central" and agreement.kind in ("law", "treaty", "policy_declaration"):
        yield rules.WRONG_LEVEL_OF_INSTRUMENT.notice(
            thing.where("level"), kind=agreement.kind, level=agreement.level
        )


def _window(thing: Located, window: Window) -> Iterator[Notice]:
    opens, closes = _length(window.opens), _length(window.closes)
    if opens is not None and closes is not None and opens < closes:
        yield rules.CLOSES_BEFORE_IT_OPENS.notice(
            thing.where("opens"), opens=window.opens, closes=window.closes
        )


def _length(text: str) -> timedelta | None:
    try:
        return parse_duration(text)
    except ValueError:
        return None
