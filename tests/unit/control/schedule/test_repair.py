"""Planning again when something slips: what has begun stays, what can stay does."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost.adapters.planning.clock import Clock
from gatepost.control.schedule.check import violations
from gatepost.control.schedule.reading import minutes
from gatepost.control.schedule.repair import moved, planned_anew, repaired, still_standing
from gatepost.control.schedule.timetable import Halt, Timetable
from gatepost.control.schedule.world import Consignment, Examination, Order, Place, World
from tests.worlds import by_first_come, consignment, officer, world, worlds

CALM = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def again(given_: World, kept: Timetable, now: int) -> Timetable:
    return repaired(given_, kept, now, Clock(), 0.001)


def later(given_: World, name: str, by: int) -> World:
    """Return the world in which one consignment comes later."""
    consignments = tuple(
        msgspec.structs.replace(one, arrival=minutes(one.arrival) + by) if one.id == name else one
        for one in given_.consignments
    )
    return msgspec.structs.replace(given_, consignments=consignments)


def places(plan: Timetable) -> dict[tuple[str, ...], Any]:
    return {
        (*halt.consignments, *halt.agencies): (halt.start, halt.bay, halt.work)
        for halt in plan.halts
    }


DAY = world(
    consignment("a", "08:00", "customs"),
    consignment("b", "08:10", "customs"),
    consignment("c", "09:00", "customs", "veterinary"),
    bays=1,
)
"""One bay: a from 08:00, b from 08:40, c from 09:20."""


def test_whoever_was_told_a_time_keeps_it() -> None:
    """b comes after c's time; c is not moved to the place that b leaves."""
    kept = by_first_come(DAY)
    found = again(later(DAY, "b", 90), kept, 8 * 60)
    before, after = places(kept), places(found)
    assert after["a", "customs"] == before["a", "customs"]
    assert after["c", "customs", "veterinary"] == before["c", "customs", "veterinary"]
    assert after["b", "customs"][0] == 10 * 60


def test_lateness_that_reaches_nobody_moves_nobody() -> None:
    kept = by_first_come(DAY)
    assert places(again(later(DAY, "b", 5), kept, 8 * 60)) == places(kept)


def test_what_goes_first_is_not_kept_waiting_by_what_could_stay() -> None:
    """Horses that come late still go before steel that was told a time."""
    first = (Order("o", "goes_first", cargo=("live_animals",)),)
    day = world(
        consignment("horses", "08:00", "customs", cargo="live_animals"),
        consignment("steel", "08:30", "customs"),
        consignment("wood", "08:40", "customs"),
        bays=1,
        order=first,
    )
    kept = by_first_come(day)
    assert [halt.consignments[0] for halt in kept.halts] == ["horses", "steel", "wood"]
    found = again(later(day, "horses", 70), kept, 8 * 60)
    assert [halt.consignments[0] for halt in found.halts] == ["steel", "horses", "wood"]


def test_a_lost_bay_moves_those_who_were_to_be_there() -> None:
    day = msgspec.structs.replace(DAY, bays=(Place("north"), Place("south")))
    kept = by_first_come(day)
    closed = (Place("north", closed=((500, 900),)), Place("south"))
    found = again(msgspec.structs.replace(day, bays=closed), kept, 8 * 60)
    assert {halt.bay for halt in found.halts if halt.end > 500} == {"south"}


def examined(name: str, arrival: int, scan: int = 0, **minutes_of: int) -> Consignment:
    """Return a consignment each agency examines for so many minutes."""
    agencies = tuple(Examination(agency, time) for agency, time in minutes_of.items())
    return Consignment(name, arrival, agencies, scan=scan)


def test_who_must_be_first_is_first_again_when_its_place_is_lost() -> None:
    """A minute late, the vet's stop cannot stay where it was: it still comes before the plant's."""
    day = world(
        examined("a", 465, veterinary=10, plant=5),
        officers=(
            officer("v1", "veterinary", ("06:00", "08:00")),
            officer("p1", "plant", ("06:00", "08:25"), skills=("veterinary", "plant")),
        ),
        bays=1,
        positioning=10,
        order=(Order("o", "before", first="veterinary", then="plant"),),
    )
    kept = by_first_come(day)
    assert [halt.agencies for halt in kept.halts] == [("veterinary",), ("plant",)]
    changed = later(day, "a", 1)
    found = again(changed, kept, 6 * 60)
    assert [halt.agencies for halt in found.halts] == [("veterinary",), ("plant",)]
    assert violations(changed, found, 6 * 60) == []


def test_a_stop_takes_over_the_scan_of_one_that_is_no_more() -> None:
    """Customs was to scan and goes home; the vet's stop, planned without a scan, now has it."""
    day = world(
        examined("a", 710, scan=10, customs=5, veterinary=5),
        officers=(
            officer("c1", "customs", ("06:00", "11:55")),
            officer("v1", "veterinary", ("11:55", "14:00")),
        ),
        positioning=0,
        scan_first=False,
    )
    kept = by_first_come(day)
    assert [halt.scanner for halt in kept.halts] == ["scanner-1", None]
    changed = later(day, "a", 1)
    found = again(changed, kept, 6 * 60)
    assert [(halt.agencies, halt.scanner) for halt in found.halts] == [
        (("veterinary",), "scanner-1")
    ]
    assert violations(changed, found, 6 * 60) == []


@CALM
@given(worlds(), st.integers(0, 120), st.integers(6 * 60, 16 * 60), st.data())
def test_every_constraint_is_kept_and_what_has_begun_stays(
    given_: World, by: int, now: int, data: st.DataObject
) -> None:
    kept = by_first_come(given_)
    waiting = [h for h in kept.halts if not h.begun_by(now)]
    begun = {name for h in kept.halts if h.begun_by(now) for name in h.consignments}
    free = sorted({name for h in waiting for name in h.consignments} - begun)
    if not free:
        return
    changed = later(given_, data.draw(st.sampled_from(free)), by)
    for found in (
        again(changed, kept, now),
        planned_anew(changed, kept, now, Clock(), 0.001),
    ):
        assert violations(changed, found, now) == []
        after = places(found)
        for halt in kept.halts:
            if halt.begun_by(now):
                assert after[*halt.consignments, *halt.agencies][0] == halt.start
        assert all(h.begun_by(now) <= (set(h.consignments) <= begun) for h in found.halts)


def halt_of(plan: Timetable, name: str) -> Halt:
    return next(halt for halt in plan.halts if name in halt.consignments)


TWO = world(
    consignment("a", "08:00", "customs"),
    consignment("b", "08:00", "customs", "veterinary"),
    officers=(
        officer("c1", "customs", ("06:00", "12:00")),
        officer("c2", "customs", ("06:00", "20:00")),
        officer("v1", "veterinary", ("06:00", "10:00"), ("12:00", "20:00")),
    ),
)


@pytest.mark.parametrize(
    ("start", "bay", "codes"),
    [
        pytest.param("12:00", None, [], id="free"),
        pytest.param("12:00", "bay-1", [], id="to_another_bay"),
        pytest.param("10:00", None, ["PLAN-109"], id="nobody_on_duty"),
        pytest.param("07:30", None, ["PLAN-104"], id="before_the_arrival"),
        pytest.param("08:00", "bay-1", ["PLAN-105"], id="bay_taken"),
    ],
)
def test_a_stop_is_moved_for_all_its_agencies(
    start: str, bay: str | None, codes: list[str]
) -> None:
    """IC-02: the veterinarian is away from 10 to 12; the stop moves for both agencies."""
    kept = by_first_come(TWO)
    halt = halt_of(kept, "b")
    changed = moved(TWO, kept, halt, minutes(start), bay)
    assert [one.code for one in violations(TWO, changed)] == codes
    now = halt_of(changed, "b")
    assert {one.start - now.start for one in now.work} == {20}
    assert (now.end - now.start, now.bay) == (halt.end - halt.start, bay or halt.bay)


def test_an_officer_who_has_gone_home_is_replaced() -> None:
    kept = by_first_come(TWO)
    halt = halt_of(kept, "a")
    assert halt.work[0].officer == "c1"
    changed = moved(TWO, kept, halt, 13 * 60, None)
    assert violations(TWO, changed) == []
    assert halt_of(changed, "a").work[0].officer == "c2"


def test_a_scan_that_is_still_before_the_stop_stays() -> None:
    day = world(consignment("a", "08:00", "customs", scan=10))
    kept = by_first_come(day)
    on = moved(day, kept, kept.halts[0], 10 * 60, None).halts[0]
    back = moved(day, kept, kept.halts[0], 8 * 60 + 5, None).halts[0]
    assert (on.scan_start, on.scan_end) == (480, 490)
    assert (back.scan_start, back.scan_end) == (475, 485)


def test_stops_that_nobody_asks_for_any_more_are_left_out() -> None:
    kept = by_first_come(DAY)
    fewer = msgspec.structs.replace(DAY, consignments=DAY.consignments[:1])
    assert [halt.consignments for halt in still_standing(fewer, kept).halts] == [("a",)]
    gone = msgspec.structs.replace(DAY, officers=DAY.officers[:1])
    assert [halt.consignments for halt in still_standing(gone, kept).halts] == [("a",), ("b",)]
