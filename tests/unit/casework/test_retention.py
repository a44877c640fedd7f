"""A case is kept no longer than the law lets it, and what went is told by which rule."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gatepost.adapters.secrets import FixedKey
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.authority.retention import Asked, RetentionRule, kept
from gatepost.authority.scope import Scope
from gatepost.bootstrap import CODEC
from gatepost.casework.desk import Desk
from gatepost.casework.events import CaseDepersonalised
from gatepost.casework.memory import MemoryLedger
from gatepost.casework.past import past_of_ledger
from gatepost.casework.ports import Ledger
from gatepost.casework.projection import CASE, PARTY, WORK
from gatepost.casework.reading import read_case
from gatepost.casework.rebuilding import rebuild
from gatepost.casework.retention import run
from gatepost.kernel.actor import OPERATOR
from gatepost.kernel.notice import Refused
from gatepost.kernel.validity import Validity
from gatepost.ledger.events import BodyDeleted, deletion_stream
from gatepost.ledger.model import Recorded, Withheld
from tests.office import DEAR, NOON, ROSES, STEEL, Office
from tests.small_country import ALWAYS, LAW, parts

DAY = timedelta(days=1)
SERVER = os.environ.get("GATEPOST_TEST_POSTGRES")


def rule(agency: str, keep: str = "10d", then: Any = "delete", **changes: Any) -> RetentionRule:
    name = changes.pop("id", f"{agency.upper()}-KEEP-1")
    valid = changes.pop("valid", ALWAYS)
    return RetentionRule(name, {"en": "kept"}, agency, keep, then, LAW, valid, **changes)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    match request.param:
        case "memory":
            yield MemoryLedger(CODEC)
        case "sqlite":
            opened = SqliteLedger(tmp_path / "ledger.sqlite3", CODEC)
            yield opened
            opened.close()
        case _:
            if SERVER is None:
                pytest.skip("GATEPOST_TEST_POSTGRES names no server")
            yield from _in_postgres(SERVER)


def _in_postgres(server: str) -> Iterator[Ledger]:
    import psycopg

    from gatepost.adapters.store.postgres import PostgresLedger

    schema = f"retention_{uuid.uuid4().hex[:12]}"
    opened = PostgresLedger(server, CODEC, schema)
    yield opened
    opened.close()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"drop schema if exists {schema} cascade".encode())


def logged(ledger: Ledger) -> list[Recorded]:
    """Return the whole log; in a group, where nobody else's open transaction hides its end."""
    with ledger.group():
        return [recorded for _, recorded in ledger.read_all()]


def office(ledger: Ledger, *rules: RetentionRule) -> Office:
    made = Office(retention=list(rules))
    made.desk = Desk(made.desk.described, ledger, FixedKey(b"k" * 32))
    return made


def ended(at: Office, short: Any = DEAR, **changes: Any) -> str:
    reference = at.lodge(short, **changes)
    at.done("withdraw", reference, reason="Anna Example changed her mind")
    return reference


def rows(at: Office) -> list[Any]:
    return [at.desk.ledger.rows(view) for view in (CASE, PARTY, WORK)]


def test_a_case_whose_term_is_over_is_deleted_and_told_of(ledger: Ledger) -> None:
    at = office(ledger, rule("customs"))
    reference, going_on = ended(at), at.lodge(ROSES, reference="R-2")
    assert run(at.desk, NOON + 10 * DAY).cases == (), "the last day is included"
    count = len(at.events(reference))
    (gone,) = run(at.desk, NOON + 11 * DAY).cases
    assert (gone.reference, gone.then, gone.bodies) == (reference, "delete", count)
    assert gone.rules == ("CUSTOMS-KEEP-1",)
    assert all(isinstance(event.body, Withheld) for event in at.events(reference))
    for version in range(1, count + 1):
        (told,) = ledger.read(deletion_stream(f"case/{reference}", version))
        assert told.event.body == BodyDeleted(f"case/{reference}", version)
        assert (told.event.rule, told.event.legal_basis) == ("CUSTOMS-KEEP-1", LAW)
    assert ledger.row(CASE, reference) is None
    assert not ledger.rows(PARTY, "XA0001", label=None)[1:]
    with pytest.raises(Refused) as refused:
        read_case(at.desk, reference, OPERATOR, NOON + 12 * DAY)
    assert [n.code for n in refused.value.notices] == ["LODGE-301"]
    assert at.case(going_on).status == "waiting"
    before = rows(at)
    rebuild(at.desk, lambda _: None)
    assert rows(at) == before
    assert run(at.desk, NOON + 12 * DAY).cases == (), "it is done once"


def test_what_stays_of_a_deleted_case_is_when_and_who_acted(ledger: Ledger) -> None:
    """Envelopes, the key of the lodgement and the journey; no name, text, goods or value."""
    at = office(ledger, rule("customs"))
    reference = ended(at)
    everything = msgspec.json.encode(logged(ledger)).decode()
    assert all(name in everything for name in ("Anna Example", "72083900", "R-1", "XA0001"))
    run(at.desk, NOON + 11 * DAY)
    left = logged(ledger)
    bodies = msgspec.json.encode([one.event.body for one in left]).decode()
    for name in ("Anna Example", "72083900", "R-1", "XA0001"):
        assert name not in bodies, name
    mine = [one for one in left if one.stream == f"case/{reference}"]
    assert {one.event.actor.id for one in mine} == {"XA0001", "operator"}
    keys = {one.act for one in left if "R-1" in one.act}
    assert keys == {mine[0].act}, "so that the reference is not lodged a second time"


def test_what_is_depersonalised_is_left_without_people(ledger: Ledger) -> None:
    at = office(ledger, rule("customs", then="depersonalise"))
    reference = ended(at)
    run(at.desk, NOON + 11 * DAY)
    case = at.case(reference)
    assert (case.status, case.known.parties, case.known.declarant) == ("withdrawn", (), "")
    assert case.known.commodities == ("72083900",)
    *bare, last = at.events(reference)
    assert all(isinstance(event.body, Withheld) for event in bare)
    assert isinstance(last.body, CaseDepersonalised)
    told = msgspec.json.encode([last, case]).decode()
    for name in ("XA0001", "Anna Example", "R-1", "customs.one"):
        assert name not in told
    reading = read_case(at.desk, reference, OPERATOR, NOON + 12 * DAY)
    assert reading.case.known.regime == "import"
    before = rows(at)
    rebuild(at.desk, lambda _: None)
    assert rows(at) == before
    with ledger.group():
        assert [one.reference for one in past_of_ledger(at.desk)] == [reference]
    assert run(at.desk, NOON + 99 * DAY).cases == ()


def test_a_dry_run_tells_the_same_and_does_nothing(ledger: Ledger) -> None:
    at = office(ledger, rule("customs"))
    ended(at)
    log = logged(ledger)
    dry = run(at.desk, NOON + 11 * DAY, dry=True)
    assert logged(ledger) == log
    assert run(at.desk, NOON + 11 * DAY).cases == dry.cases


def test_a_case_that_goes_on_or_is_held_is_kept(ledger: Ledger) -> None:
    at = office(ledger, *(rule(name) for name in ("customs", "plant", "vet")))
    at.lodge(ROSES, reference="R-1")
    at.lodge(STEEL, reference="R-2")
    assert run(at.desk, NOON + 900 * DAY).cases == ()


def test_without_a_rule_of_each_agency_a_case_is_kept_and_counted(ledger: Ledger) -> None:
    at = office(ledger, rule("vet"))
    ended(at)
    found = run(at.desk, NOON + 99 * DAY)
    assert (found.cases, found.without_rule) == ((), {"customs": 1})


def test_what_was_deleted_is_lodged_no_second_time(ledger: Ledger) -> None:
    at = office(ledger, rule("customs"))
    ended(at)
    run(at.desk, NOON + 11 * DAY)
    with pytest.raises(Refused) as refused:
        at.lodge(DEAR)
    assert [n.code for n in refused.value.notices] == ["LODGE-302"]


ASKED = Asked(("customs", "vet"), "import", "gate", ("02023090",), False, date(2026, 7, 2))


@pytest.mark.parametrize(
    ("rules", "until", "then", "without"),
    [
        ([rule("customs"), rule("vet", "20d")], date(2026, 7, 22), "delete", ()),
        (
            [rule("customs", then="depersonalise"), rule("vet", "20d", "depersonalise")],
            date(2026, 7, 22),
            "depersonalise",
            (),
        ),
        ([rule("customs"), rule("vet", "20d", "depersonalise")], date(2026, 7, 22), "delete", ()),
        ([rule("customs")], date(2026, 7, 12), "delete", ("vet",)),
        (
            [rule("customs"), rule("vet", scope=Scope(("06",)))],
            date(2026, 7, 12),
            "delete",
            ("vet",),
        ),
        (
            [rule("customs"), rule("vet", valid=Validity(date(2020, 1, 1), date(2021, 1, 1)))],
            date(2026, 7, 12),
            "delete",
            ("vet",),
        ),
        ([], None, "depersonalise", ("customs", "vet")),
    ],
)
def test_the_longest_term_and_the_strictest_end_count(
    rules: list[RetentionRule], until: date | None, then: str, without: tuple[str, ...]
) -> None:
    found = kept(rules, ASKED, date(2026, 7, 2))
    assert (found.until, found.then, found.without) == (until, then, without)
    assert not found.is_over(date(9999, 1, 1)) or not without


def test_the_country_of_tests_has_no_rule_of_its_own() -> None:
    assert "retention" not in parts()
