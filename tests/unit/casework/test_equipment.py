"""Equipment of a post: booked once at a time, out of order, used by whom (RP-04)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.authority.resources import Facility
from gatepost.casework.answers import ActAnswer
from gatepost.casework.planning.equipment import (
    EquipmentAct,
    act_on_equipment,
    equipment_of,
    utilisation,
)
from gatepost.casework.rebuilding import rebuild
from gatepost.casework.work import Work
from tests.office import NOON, Office
from tests.unit.casework.test_keeping_a_day import halts, keep
from tests.unit.casework.test_post_day import BAY, TODAY, day_of, dear_roses, office, staffed

HOUR = timedelta(hours=1)
SCANNER = Facility("scanner", "scanner", "gate", hours={"daily": ("06:00-22:00",)})
"""It is noon in UTC, 14:00 on the clock of the gate."""


@pytest.fixture
def at() -> Office:
    """Return an office where customs owns the bay and a scanner."""
    customs = msgspec.structs.replace(staffed("customs"), facilities=(BAY, SCANNER))
    return office(resources=[customs, staffed("plant"), staffed("vet")])


def do(
    at: Office, act: str, by: str = "customs.one", moment: datetime = NOON, **fields: Any
) -> ActAnswer:
    """Do an act on the equipment of the gate; times are hours after noon in UTC."""
    at.count += 1
    for key in ("start", "end"):
        if isinstance(fields.get(key), int | float):
            fields[key] = NOON + fields[key] * HOUR
    given = {"id": f"e{at.count}", "act": act, "post": "gate", "at": moment, "by": by, **fields}
    return act_on_equipment(at.desk, msgspec.convert(given, EquipmentAct), max(moment, NOON))


def book(at: Office, start: float, end: float, by: str = "customs.one", **fields: Any) -> list[str]:
    answer = do(at, "book", by, equipment="scanner", start=start, end=end, **fields)
    return [notice.code for notice in answer.notices]


@pytest.mark.parametrize(
    ("start", "end", "codes"),
    [
        (1, 2, ["PLAN-402"]),
        (0.5, 1.5, ["PLAN-402"]),
        (1.5, 3, ["PLAN-402"]),
        (0.5, 3, ["PLAN-402"]),
        (2, 3, []),
        (0, 1, []),
        (7, 9, ["PLAN-404"]),
        (2, 2, ["PLAN-005"]),
        (-1, 1, ["PLAN-307"]),
    ],
)
def test_nothing_is_booked_twice(at: Office, start: float, end: float, codes: list[str]) -> None:
    assert book(at, 1, 2) == []
    assert book(at, start, end, by="plant.one") == codes


def test_a_booking_given_free_can_be_taken_by_others(at: Office) -> None:
    book(at, 1, 2)
    (one,) = equipment_of(at.desk, "gate").bookings
    assert [n.code for n in do(at, "cancel", "plant.one", booking=one.id).notices] == ["PLAN-407"]
    assert do(at, "cancel", booking=one.id).happened == ("control:booking:cancelled",)
    assert book(at, 1, 2, by="plant.one") == []


def test_another_agencys_equipment_needs_an_agreement(at: Office) -> None:
    assert book(at, 1, 2, by="vet.one") == ["PLAN-406"]
    assert book(at, 1, 2, by="plant.one") == []
    (event,) = at.desk.ledger.read("equipment/gate")
    assert (event.event.body.clause, event.event.agency) == ("AGR-1/1", "plant")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"by": "operator"}, "PLAN-409"),
        ({"by": "XA0001"}, "PLAN-409"),
        ({"equipment": "scale"}, "PLAN-401"),
        ({"moment": NOON + HOUR, "late": True}, "LODGE-305"),
    ],
    ids=["operator", "trader", "no_such_piece", "dated_ahead"],
)
def test_what_is_refused(at: Office, fields: dict[str, Any], code: str) -> None:
    given = {"equipment": "scanner", "start": 2, "end": 3, **fields}
    if given.pop("late", False):
        act = EquipmentAct("x", "book", "gate", NOON + HOUR, "customs.one", "scanner")
        answer = act_on_equipment(at.desk, act, NOON)
    else:
        answer = do(at, "book", **given)
    assert [notice.code for notice in answer.notices] == [code]
    assert equipment_of(at.desk, "gate").version == 0


def test_what_is_out_of_order_is_not_booked_until_it_is_repaired(at: Office) -> None:
    assert [n.code for n in do(at, "repair", equipment="scanner").notices] == ["PLAN-408"]
    do(at, "fail", equipment="scanner", reason="no power")
    assert book(at, 3, 4) == ["PLAN-403"]
    do(at, "repair", equipment="scanner", moment=NOON + HOUR)
    assert book(at, 3, 4, moment=NOON + HOUR) == []
    do(at, "fail", equipment="bay", end=2)
    assert [n.code for n in do(at, "book", equipment="bay", start=1, end=3).notices] == ["PLAN-403"]


def test_a_booking_or_outage_keeps_a_piece_from_the_plan_of_the_day(at: Office) -> None:
    at.lodge(dear_roses(arrival="2026-07-02T16:00"))
    do(at, "book", equipment="bay", start=2, end=2.5)
    do(at, "fail", equipment="scanner")
    world = day_of(at).world
    assert [one.closed for one in world.bays] == [((960, 990),)]  # type: ignore[union-attr]
    assert [one.closed for one in world.scanners] == [((0, 360), (840, 2880))]  # type: ignore[union-attr]
    keep(at)
    assert halts(at)[0].start == 990


def test_the_plan_of_the_day_keeps_a_piece_from_being_booked(at: Office) -> None:
    at.lodge(dear_roses(arrival="2026-07-02T16:00"))
    keep(at)
    answer = do(at, "book", equipment="bay", start=2.5, end=3)
    assert [notice.code for notice in answer.notices] == ["PLAN-405"]
    assert do(at, "book", equipment="bay", start=3, end=4).status == "done"


def test_use_is_told_by_agency_and_country(at: Office) -> None:
    at.lodge(dear_roses(arrival="2026-07-02T16:00"))
    keep(at)
    book(at, 1, 3)
    use = utilisation(Work(at.desk, NOON), "gate", TODAY)
    assert [(u.equipment, u.owner, u.agency, u.country, u.hours, u.share) for u in use] == [
        ("bay", "customs", "customs", "XA", 0.42, 0.0174),
        ("bay", "customs", "plant", "XA", 0.42, 0.0174),
        ("scanner", "customs", "customs", "XA", 2.0, 0.125),
    ]


def test_the_same_act_twice_books_once_and_rows_can_be_made_again(at: Office) -> None:
    first = do(at, "book", equipment="scanner", start=1, end=2, id="same")
    again = do(at, "book", equipment="scanner", start=1, end=2, id="same")
    assert (first.status, again.happened) == ("done", first.happened)
    before = equipment_of(at.desk, "gate")
    rebuild(at.desk, lambda count: None)
    assert equipment_of(at.desk, "gate") == before
    assert len(before.bookings) == 1
