"""Who and what there is at a post on a day, from dated shifts, hours and outages."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from gatepost.authority.calendar import Calendar, Exceptional, Holiday, Holidays, Service
from gatepost.authority.hours import OpeningHours
from gatepost.authority.model import Officer, Resources
from gatepost.authority.register import Register
from gatepost.authority.resources import ControlTime, Facility, Shift
from gatepost.control.schedule.roster import (
    agency_hours,
    examined_in,
    people_at,
    spots_at,
    time_of,
)
from gatepost.kernel.validity import Validity
from tests.small_country import ALWAYS, LAW, POWERS, agency

THURSDAY = date(2026, 7, 2)
ZONE = ZoneInfo("Europe/Berlin")
CLOSED_THAT_DAY = Exceptional(Validity(THURSDAY, THURSDAY), (), {"en": "repair"})


def shift(*hours: str, **changes: Any) -> Shift:
    return Shift(ALWAYS, {"mon-fri": hours}, **changes)


def people(*shifts: Shift, service: Service | None = None, **changes: Any) -> list[Any]:
    officer = Officer("vet.one", {"en": "o"}, "vet-local", POWERS, ALWAYS, shifts=shifts)
    register = Register(
        [agency("vet")],
        resources=[Resources("vet", (msgspec.structs.replace(officer, **changes),))],
    )
    services = (service,) if service else ()
    calendars = [Calendar("c", {"en": "c"}, LAW, services, "gate")] if services else []
    holidays = [Holidays("XA", LAW, ALWAYS, (Holiday({"en": "h"}, on=THURSDAY),))]
    openings = OpeningHours(calendars, (), holidays, ZONE)
    return list(people_at(register, openings, "gate", THURSDAY))


@pytest.mark.parametrize(
    ("shifts", "expected"),
    [
        pytest.param((shift("06:00-14:00"),), [(360, 840), (1800, 2280)], id="today_and_tomorrow"),
        pytest.param(
            (shift("22:00-06:00"),), [(0, 360), (1320, 1800), (2760, 2880)], id="over_midnight"
        ),
        pytest.param(
            (shift("06:00-14:00", exceptions=(CLOSED_THAT_DAY,)),), [(1800, 2280)], id="off"
        ),
        pytest.param(
            (Shift(Validity(THURSDAY, THURSDAY), {"daily": ("06:00-14:00",)}),),
            [(360, 840)],
            id="last_day",
        ),
    ],
)
def test_shifts_become_minutes_of_the_day(shifts: Any, expected: Any) -> None:
    (one,) = people(*shifts)
    assert list(one.shifts) == expected
    assert (one.id, one.role, one.on_call) == ("vet.one", "vet.one", 0)


def test_people_in_one_role_are_numbered_over_its_shifts() -> None:
    found = people(shift("06:00-14:00", officers=2), shift("14:00-22:00", on_call="45min"))
    assert [(one.id, one.on_call) for one in found] == [
        ("vet.one 1", 0),
        ("vet.one 2", 0),
        ("vet.one 3", 45),
    ]
    assert {one.role for one in found} == {"vet.one"}


@pytest.mark.parametrize(
    "changes",
    [
        {"shifts": ()},
        {"posts": ("river",)},
        {"valid": Validity(date(2020, 1, 1), date(2026, 7, 1))},
        {"shifts": (shift("06:00-14:00", post="river"),)},
        {"shifts": (Shift(Validity(date(2026, 7, 3)), {"daily": ("06:00-14:00",)}),)},
    ],
    ids=["no_shift", "other_post", "left", "shift_elsewhere", "shift_begins_later"],
)
def test_nobody_is_counted_on_who_is_not_there(changes: dict[str, Any]) -> None:
    assert people(shift("06:00-14:00"), **changes) == []


def test_a_shift_counts_only_while_the_agency_is_open() -> None:
    vet = Service("vet", "XA", {"daily": ("08:00-12:00",)}, ALWAYS, agency="vet")
    (one,) = people(shift("06:00-14:00"), service=vet)
    assert list(one.shifts) == [(480, 720), (1920, 2160)]
    shut = msgspec.structs.replace(vet, on_holidays=())
    (tomorrow,) = people(shift("06:00-14:00"), service=shut)
    assert list(tomorrow.shifts) == [(1920, 2160)]


def test_an_agency_whose_hours_nobody_states_is_always_open() -> None:
    assert agency_hours(OpeningHours((), (), (), ZONE), "vet", "gate", THURSDAY) == [(0, 2880)]


def spots(**changes: Any) -> list[Any]:
    facility = msgspec.structs.replace(Facility("bay", "bay", "gate"), **changes)
    return list(
        spots_at(Register(resources=[Resources("vet", facilities=(facility,))]), "gate", THURSDAY)
    )


@pytest.mark.parametrize(
    ("changes", "closed"),
    [
        ({}, []),
        ({"hours": {"daily": ("06:00-22:00",)}}, [(0, 360), (1320, 1800), (2760, 2880)]),
        ({"exceptions": (CLOSED_THAT_DAY,)}, [(0, 1440)]),
        ({"valid": Validity(date(2026, 1, 1), THURSDAY)}, [(1440, 2880)]),
    ],
    ids=["always", "by_hours", "under_repair", "last_day"],
)
def test_a_place_is_closed_out_of_its_hours(changes: dict[str, Any], closed: Any) -> None:
    (one,) = spots(**changes)
    assert list(one.closed) == closed
    assert (one.facility, one.agency) == ("bay", "vet")


def test_places_that_are_alike_are_each_there() -> None:
    assert [one.id for one in spots(capacity=2)] == ["bay 1", "bay 2"]
    assert spots(post="river") == []
    assert spots(valid=Validity(date(2026, 7, 3))) == []


@pytest.mark.parametrize(
    ("kind", "offers"),
    [
        ("bay", ("goods",)),
        ("cold_room", ("goods", "cold")),
        ("stable", ("animals",)),
        ("interview_room", ("people",)),
    ],
)
def test_a_place_offers_what_its_kind_does(kind: Any, offers: tuple[str, ...]) -> None:
    (one,) = examined_in(spots(kind=kind, offers=("power",)))
    assert one.offers == (*offers, "power")


def test_nothing_is_examined_in_a_scanner() -> None:
    assert examined_in(spots(kind="scanner")) == []


def test_the_time_for_a_check_goes_before_that_for_any() -> None:
    times = (
        ControlTime("examination", 30, ALWAYS),
        ControlTime("examination", 50, ALWAYS, "pests"),
        ControlTime("sample", 10, Validity(date(2026, 7, 3))),
    )
    register = Register(resources=[Resources("vet", post="gate", times=times)])

    def asked(kind: str, check: str, post: str = "gate") -> int | None:
        return time_of(register, "vet", post, kind, check, THURSDAY)

    assert asked("examination", "pests") == 50
    assert asked("examination", "goods") == 30
    assert asked("sample", "goods") is None
    assert asked("examination", "goods", "river") is None
