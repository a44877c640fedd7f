"""Time passing: service clocks, escalation, lapse; and the same moment reached twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from gatepost.release.events import ClockEscalated, ConflictRaised, DecisionGiven, GoodsReleased
from tests.office import BEEF, HOUR, LAW_OF_HOLDS, MIXED, NOON, ROSES, STEEL, Office, of_all
from tests.small_country import declaration, goods, indicator, mandate, parts

SECOND = timedelta(seconds=1)


def lapsing(**changes: list[Any]) -> Office:
    """Return an office where silence clears at the end of the last step."""
    standards = [msgspec.structs.replace(one, on_limit="clear") for one in parts()["standard"]]
    mandates = [mandate("customs"), mandate("plant"), mandate("vet")]
    return Office(**{"standard": standards, "mandate": mandates, **changes})


def levels(office: Office, reference: str) -> list[str]:
    return [body.level for body in office.bodies(reference, ClockEscalated)]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (HOUR - SECOND, []),
        (HOUR, ["local"]),
        (2 * HOUR - SECOND, ["local"]),
        (2 * HOUR, ["local", "regional"]),
        (4 * HOUR, ["local", "regional", "central"]),
        (99 * HOUR, ["local", "regional", "central"]),
    ],
)
def test_a_late_case_climbs_at_the_second(after: timedelta, told: list[str]) -> None:
    office = Office()
    reference = office.lodge(BEEF)
    office.act("tick", reference, at=NOON + after)
    assert levels(office, reference) == told


def test_the_same_moment_twice_happens_once() -> None:
    office = Office()
    reference = office.lodge(BEEF)
    held = {"reason": "tip", "expires": NOON + HOUR, "legal_basis": LAW_OF_HOLDS}
    office.done("hold", reference, "vet.one", **held)
    office.done("tick", reference, at=NOON + HOUR)
    before = office.events(reference)
    office.act("tick", reference, at=NOON + HOUR)
    assert office.events(reference) == before


def test_the_clock_waits_for_the_trader_and_for_the_goods() -> None:
    office = Office()
    wanting = office.lodge(declaration(goods("02023090"), reference="R-1"))
    office.act("tick", wanting, at=NOON + 9 * HOUR)
    assert levels(office, wanting) == []
    office.amend(wanting, declaration(goods("02023090", documents=("N853 H",))), NOON + 9 * HOUR)
    office.act("tick", wanting, at=NOON + 10 * HOUR)
    assert levels(office, wanting) == ["local"]
    away = office.lodge(ROSES, reference="R-2")
    office.act("tick", away, at=NOON + 9 * HOUR)
    assert levels(office, away) == []
    office.done("arrive", away, at=NOON + 9 * HOUR)
    office.done("tick", away, at=NOON + 10 * HOUR)
    assert levels(office, away) == ["local"]


def test_the_clock_runs_for_an_agency_that_has_a_control_and_no_requirement() -> None:
    office = Office()
    reference = office.lodge(declaration(goods("07020000", net_mass="600")))
    office.done("arrive", reference)
    office.done("tick", reference, at=NOON + HOUR)
    told = {body.agency for body in office.bodies(reference, ClockEscalated)}
    assert told == {"customs", "plant"}


def test_silence_clears_where_the_law_says_so() -> None:
    office = lapsing()
    reference = office.lodge(STEEL)
    office.done("tick", reference, at=NOON + 4 * HOUR - SECOND)
    assert not office.bodies(reference, GoodsReleased)
    office.done("tick", reference, at=NOON + 4 * HOUR)
    assert [b.reason for b in office.bodies(reference, DecisionGiven)] == ["by lapse of time"]
    assert office.bodies(reference, GoodsReleased)


def test_silence_never_clears_an_open_control() -> None:
    office = lapsing()
    reference = office.lodge(declaration(goods("01012100")))
    office.done("arrive", reference)
    for hours in (4, 5, 90):
        office.act("tick", reference, at=NOON + hours * HOUR)
    assert [b.targets for b in office.bodies(reference, DecisionGiven) if "vet" in b.mandate] == []
    assert "vet|item/1" not in office.case(reference).release.decisions
    of_vet = [b for b in office.bodies(reference, ClockEscalated) if b.agency == "vet"]
    assert [b.level for b in of_vet] == ["local", "regional", "central"]


def test_silence_never_clears_what_a_finding_spoke_against() -> None:
    office = lapsing()
    reference = office.lodge(declaration(goods("01012100")))
    office.done("arrive", reference)
    office.done("examine", reference, "vet.one", result="nonconform")
    office.done("tick", reference, at=NOON + 90 * HOUR)
    assert "vet|item/1" not in office.case(reference).release.decisions


def test_silence_does_not_speak_for_a_prohibition_or_a_missing_paper() -> None:
    office = lapsing()
    reference = office.lodge(declaration(goods("02023090")))
    office.done("tick", reference, at=NOON + 90 * HOUR)
    assert "vet|item/1" not in office.case(reference).release.decisions


def test_nothing_is_due_after_the_end() -> None:
    office = Office()
    gone = office.lodge(STEEL)
    office.done("arrive", gone)
    office.done("remove", gone)
    before = office.events(gone)
    office.act("tick", gone, at=NOON + 999 * HOUR)
    assert office.events(gone) == before
    withdrawn = office.lodge(MIXED, reference="R-2")
    office.done("withdraw", withdrawn, reason="x")
    before = office.events(withdrawn)
    office.act("tick", withdrawn, at=NOON + 999 * HOUR)
    assert office.events(withdrawn) == before


def test_a_standard_for_the_kind_of_control_goes_before_the_general_one() -> None:
    (general,) = [s for s in parts()["standard"] if s.agency == "plant"]
    special = msgspec.structs.replace(
        general, id="PLANT-STD-2", within="8h", controls=("examination",)
    )
    office = Office(
        standard=[general, special],
        indicator=[indicator("PLANT-RISK-1", "plant", "true")],
        mandate=[mandate("plant")],
    )
    reference = office.lodge(ROSES)
    office.done("arrive", reference)
    office.act("tick", reference, at=NOON + 2 * HOUR)
    assert levels(office, reference) == []
    office.done("tick", reference, at=NOON + 8 * HOUR)
    assert {b.standard for b in office.bodies(reference, ClockEscalated)} == {"PLANT-STD-2"}


def test_the_limit_of_a_conflict_is_counted_in_real_hours() -> None:
    office = Office(
        requirement=of_all("plant", "vet"), indicator=[], mandate=[mandate("plant"), mandate("vet")]
    )
    night = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    reference = office.lodge(STEEL, night)
    office.done("decide", reference, "plant.one", night, decision="return", reason="x")
    office.done("decide", reference, "vet.one", night, decision="destroy", reason="x")
    (raised,) = office.bodies(reference, ConflictRaised)
    assert raised.conflict.limit == datetime.fromisoformat("2026-10-25T04:30+01:00")
