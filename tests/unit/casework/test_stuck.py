"""What is stuck: overdue, waiting for nobody, past the limit of a conflict (RL-04)."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from gatepost.casework.act import perform
from gatepost.casework.projection import CASE, case_rows
from gatepost.casework.stuck import PATIENCE, Stuck, Watch, passing, stuck_cases
from gatepost.release.events import ClockEscalated
from tests.office import BEEF, HOUR, LAW_OF_HOLDS, NOON, STEEL, Office, of_all
from tests.small_country import mandate

SECOND = timedelta(seconds=1)


def found(office: Office, after: timedelta) -> list[tuple[str, timedelta]]:
    """Return what is stuck so long after noon, and since when."""
    return [(one.kind, one.since - NOON) for one in stuck_cases(office.desk, NOON + after)]


def test_a_clock_nobody_lets_escalate_is_overdue_after_a_minute() -> None:
    office = Office()
    reference = office.lodge(BEEF)
    assert found(office, HOUR + PATIENCE) == []
    (one,) = stuck_cases(office.desk, NOON + HOUR + PATIENCE + SECOND)
    assert (one.kind, one.what, one.agency) == ("overdue", reference, "vet")
    assert one.since == NOON + HOUR
    office.done("tick", reference, at=NOON + HOUR)
    assert found(office, HOUR + 2 * PATIENCE) == []


def test_a_hold_past_its_end_is_overdue() -> None:
    office = Office()
    reference = office.lodge(BEEF)
    ends = {"expires": NOON + HOUR / 2, "legal_basis": LAW_OF_HOLDS}
    office.done("hold", reference, "vet.one", reason="tip", **ends)
    assert found(office, HOUR / 2 + 2 * PATIENCE) == [("overdue", HOUR / 2)]


def test_a_conflict_is_overdue_until_referred_and_then_past_its_limit() -> None:
    office = Office(
        requirement=of_all("plant", "vet"), indicator=[], mandate=[mandate("plant"), mandate("vet")]
    )
    reference = office.lodge(STEEL)
    office.done("decide", reference, "plant.one", decision="return", reason="x")
    office.done("decide", reference, "vet.one", decision="destroy", reason="x")
    (conflict,) = office.case(reference).release.conflicts.values()
    limit = conflict.limit - NOON
    assert ("conflict", limit) not in found(office, limit)
    assert ("overdue", limit) in found(office, limit + 2 * PATIENCE)
    office.done("tick", reference, at=conflict.limit)
    assert found(office, limit + 2 * PATIENCE) == [("conflict", limit)]


def test_a_case_that_waits_for_nobody_is_told() -> None:
    """No act leads there; a row that a fault has left behind does."""
    office = Office()
    reference = office.lodge(BEEF)
    assert found(office, 2 * PATIENCE) == []
    orphan = msgspec.structs.replace(office.case(reference), needs=())
    office.desk.ledger.put_rows(case_rows(reference, orphan, {}))
    assert found(office, 2 * PATIENCE) == [("nobody", timedelta())]


@pytest.mark.parametrize("end", ["withdraw", "remove"])
def test_what_is_over_is_never_stuck(end: str) -> None:
    office = Office()
    reference = office.lodge(STEEL)
    fields = {"reason": "sold elsewhere"} if end == "withdraw" else {}
    office.act(end, reference, at=NOON, **fields)
    assert found(office, 999 * HOUR) == []


def test_the_watch_finds_each_case_when_it_is_due_and_no_other() -> None:
    office = Office()
    early, late = office.lodge(BEEF), office.lodge(BEEF, NOON + HOUR, reference="R-2")
    watch = Watch(office.desk)
    assert watch.due(NOON + HOUR - SECOND) == []
    assert watch.due(NOON + HOUR) == [early]
    answer = perform(office.desk, passing(early, NOON + HOUR), NOON + HOUR)
    assert answer.status == "done"
    assert len(office.bodies(early, ClockEscalated)) == 1
    assert watch.due(NOON + HOUR) == []
    assert watch.due(NOON + 2 * HOUR) == [early, late]


def test_the_watch_looks_at_closed_cases_once_an_hour() -> None:
    """It begins with the oldest that is open, whatever happened to older ones meanwhile."""
    office = Office()
    for number in range(3):
        office.lodge(STEEL, NOON + number * 24 * HOUR, reference=f"R-{number}")
    watch = Watch(office.desk)
    last = NOON + 49 * HOUR
    assert watch.due(last) == []
    open_one = office.lodge(BEEF, last, reference="R-9")
    assert watch.due(last + HOUR) == [open_one]


def test_looking_changes_nothing() -> None:
    office = Office()
    office.lodge(BEEF)
    before = list(office.desk.ledger.read_all()), office.desk.ledger.rows(CASE)
    found_now: list[Stuck] = list(stuck_cases(office.desk, NOON + 999 * HOUR))
    assert found_now
    assert (list(office.desk.ledger.read_all()), office.desk.ledger.rows(CASE)) == before
