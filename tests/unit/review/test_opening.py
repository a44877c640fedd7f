"""What an hour more of the same opening times costs each side, and what waits without it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.authority.calendar import Calendar, Service
from gatepost.authority.hours import OpeningHours
from gatepost.authority.hours_report import Overlap, report_of
from gatepost.bootstrap import load_hour_costs
from gatepost.kernel.notice import Refused
from gatepost.review.costs import Assumption
from gatepost.review.opening import HourCost, HourCosts, OpeningCost, Waiting, opening_costs
from tests.small_country import ALWAYS, LAW

MONDAY, SUNDAY = date(2026, 7, 6), date(2026, 7, 12)
LUSAKA = ZoneInfo("Africa/Lusaka")


def assumed(name: str, value: float) -> Assumption:
    return Assumption(name, {"en": name}, value, "unit", "press", "2012", basis="assumed")


COSTS = HourCosts(
    "c",
    {"en": "c"},
    "USD",
    (assumed("crew", 3), assumed("pay", 7.1), assumed("trucks", 4), assumed("hour", 20)),
    (HourCost("customs", "ZW", ("crew", "pay")),),
    (Waiting("customs", ("trucks",), ("hour",)),),
)


def overlaps(first: str, second: str) -> tuple[Overlap, ...]:
    """Return the overlap of two daily opening times of customs on two sides over a week."""
    sides = (("ZA", first), ("ZW", second))
    services = tuple(
        Service("customs", side, {"daily": (text,)}, ALWAYS, zone="Africa/Lusaka")
        for side, text in sides
    )
    hours = OpeningHours((Calendar("c", {"en": "c"}, LAW, services),), (), (), LUSAKA)
    return report_of(hours, MONDAY, SUNDAY).calendars[0].overlaps


def priced(first: str, second: str, costs: HourCosts = COSTS) -> OpeningCost:
    (found,) = opening_costs(costs, overlaps(first, second), 7)
    return found


def test_an_hour_more_costs_its_crew_and_no_other() -> None:
    found = priced("06:00-22:00", "08:00-20:00")
    here, there = found.sides
    assert (here.side, here.added_hours, here.an_hour) == ("ZA", 0, None)
    assert (there.side, there.added_hours, there.an_hour) == ("ZW", 28, 21.3)
    assert (there.in_all, there.a_year) == (596.4, 31098)


def test_the_queue_grows_with_the_square_of_the_time() -> None:
    (queue,) = priced("00:00-24:00", "06:00-18:00").queues
    # Each night 12 hours; the window of a week cuts the first and the last night in two.
    assert queue.side == "ZA"
    assert queue.longest == 12
    assert queue.gathered == 48
    assert queue.vehicle_hours == 6 * 4 * 12 * 12 / 2 + 2 * 4 * 6 * 6 / 2
    assert queue.cost == queue.vehicle_hours * 20


def test_where_both_are_open_alike_nothing_is_added_and_nobody_waits() -> None:
    found = priced("08:00-16:00", "08:00-16:00")
    assert [one.added_hours for one in found.sides] == [0, 0]
    assert found.queues == ()


@given(st.integers(0, 23), st.integers(0, 23), st.integers(1, 23), st.integers(1, 23))
def test_what_a_side_adds_is_what_it_lacks_of_the_other(
    start: int, begin: int, length: int, span: int
) -> None:
    first = f"{start:02}:00-{(start + length) % 24:02}:00"
    second = f"{begin:02}:00-{(begin + span) % 24:02}:00"
    (one,) = overlaps(first, second)
    found = priced(first, second)
    here, there = found.sides
    assert here.added_hours == pytest.approx(one.second_hours - one.overlap_hours)
    assert there.added_hours == pytest.approx(one.first_hours - one.overlap_hours)
    assert there.in_all == pytest.approx(21.3 * there.added_hours)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("per_hour: [crew, pay]", "per_hour: [crew, wages]", "COST-001"),
        ("source: press", 'source: ""', "COST-003"),
        ("id: pay", "id: crew", "COST-002"),
        ("side: XA", "side: Aldermark", "DESC-012"),
        ("currency: EUR", "currency: gold", "DESC-016"),
    ],
)
def test_a_file_that_is_wrong_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = """
id: c
title: {en: Costs}
currency: EUR
assumptions:
  - {id: crew, title: {en: Crew}, value: 3, unit: officers, source: press, date: "2012"}
  - {id: pay, title: {en: Pay}, value: 7, unit: EUR, source: union, date: "2012"}
services:
  - {service: customs, side: XA, per_hour: [crew, pay]}
"""
    file = tmp_path / "hour_costs.yaml"
    file.write_text(text)
    assert load_hour_costs(str(file)).services[0].per_hour == ("crew", "pay")
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(Refused) as refused:
        load_hour_costs(str(file))
    assert code in [one.code for one in refused.value.notices]


def test_who_says_nothing_of_hours_is_told_who_does() -> None:
    with pytest.raises(Refused) as refused:
        load_hour_costs("nordic")
    (notice,) = refused.value.notices
    assert (notice.code, notice.values["known"]) == ("COST-007", "aldermark")
