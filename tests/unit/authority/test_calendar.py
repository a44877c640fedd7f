"""Opening hours as clocks show them: weeks, holidays, and clocks that change (OS-05)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.authority.calendar import (
    Calendar,
    Holidays,
    Service,
    contradictions,
    days_of,
    moment,
    open_spans,
)
from gatepost.authority.spans import hours

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)
LAW = [{"cite": "Hours Order 2020, s. 1"}]


def service(week: dict[str, list[str]], **changes: Any) -> Service:
    fields = {
        "service": "customs",
        "side": "XA",
        "hours": week,
        "valid": {"from": "2020-01-01"},
        **changes,
    }
    return msgspec.convert(fields, Service)


def calendar(*services: Service) -> Calendar:
    return Calendar("c", {"en": "c"}, (), services)


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        ({"daily": ["00:00-24:00"]}, 168),
        ({"mon-fri": ["07:00-23:00"], "sat": ["08:00-17:00"], "sun": ["11:00-23:00"]}, 101),
        ({"daily": ["22:00-06:00"]}, 56),
        ({"sun": ["22:00-06:00"]}, 8),
        ({"fri-mon": ["08:00-09:00"]}, 4),
        ({"mon": []}, 0),
    ],
)
def test_the_hours_of_a_week(week: dict[str, list[str]], expected: float) -> None:
    """A night from the Sunday before belongs to Monday, so one over midnight counts in full."""
    assert hours(open_spans(service(week), BERLIN, MONDAY, SUNDAY)) == expected


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        # The clock goes from 02:00 to 03:00 on 29 March and from 03:00 to 02:00 on 25 October.
        (date(2026, 3, 29), "00:00-24:00", 23),
        (date(2026, 10, 25), "00:00-24:00", 25),
        (date(2026, 3, 29), "01:00-04:00", 2),
        (date(2026, 10, 25), "01:00-04:00", 4),
        (date(2026, 3, 29), "02:30-04:00", 1),
        (date(2026, 3, 29), "01:00-02:30", 1),
        (date(2026, 3, 29), "02:00-03:00", 0),
        (date(2026, 10, 25), "02:30-04:00", 2.5),
        (date(2026, 10, 25), "01:00-02:30", 2.5),
    ],
)
def test_hours_on_the_days_on_which_clocks_change(day: date, text: str, expected: float) -> None:
    found = open_spans(service({"daily": [text]}), BERLIN, day, day)
    assert hours(found) == expected


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 1440))
def test_a_moment_shows_what_is_on_the_clock(day: date, minutes: int) -> None:
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    for closing in (False, True):
        found = moment(day, minutes, BERLIN, closing).astimezone(BERLIN)
        shown = found.replace(tzinfo=None)
        # A time that never comes is the moment of the change.
        assert shown == wall or (shown - wall <= timedelta(hours=1) and shown.minute == 0)
    assert moment(day, minutes, BERLIN, False) <= moment(day, minutes, BERLIN, True)


def test_two_zones_open_at_different_moments() -> None:
    helsinki = ZoneInfo("Europe/Helsinki")
    one = service({"daily": ["08:00-16:00"]})
    here = open_spans(one, BERLIN, MONDAY, MONDAY)
    there = open_spans(one, helsinki, MONDAY, MONDAY)
    assert here[0][0] == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert there[0][0] == datetime(2026, 3, 2, 6, tzinfo=UTC)


def test_holidays_and_exceptions_go_before_the_week() -> None:
    holidays = msgspec.convert(
        {
            "side": "XA",
            "legal_basis": LAW,
            "valid": {"from": "2020-01-01"},
            "days": [
                {"name": {"en": "a"}, "on": "2026-03-03"},
                {"name": {"en": "b"}, "every": "03-04"},
            ],
        },
        Holidays,
    )
    week = {"daily": ["08:00-16:00"]}
    exception = {
        "valid": {"from": "2026-03-04", "to": "2026-03-05"},
        "hours": ["10:00-11:00"],
        "because": {"en": "a strike"},
    }
    cases: list[tuple[dict[str, Any], float]] = [
        ({}, 56),
        ({"on_holidays": []}, 40),
        ({"on_holidays": ["10:00-12:00"]}, 44),
        ({"on_holidays": [], "exceptions": [exception]}, 34),
        ({"on_holidays": [], "side": "XB"}, 56),
    ]
    for changes, expected in cases:
        found = open_spans(service(week, **changes), BERLIN, MONDAY, SUNDAY, (holidays,))
        assert hours(found) == expected, changes


def test_hours_are_dated() -> None:
    one = service({"daily": ["00:00-24:00"]}, valid={"from": "2026-03-04", "to": "2026-03-05"})
    assert hours(open_spans(one, BERLIN, MONDAY, SUNDAY)) == 48


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("mon", (0,)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("sat-sun", (5, 6)),
        ("fri-mon", (4, 5, 6, 0)),
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
        ("monday", ()),
        ("mon-", (0,)),
        ("", ()),
    ],
)
def test_days_of_the_week(key: str, days: tuple[int, ...]) -> None:
    assert days_of(key) == days


@pytest.mark.parametrize(
    ("week", "code"),
    [
        ({"mon": ["07:00-12:00", "11:00-15:00"]}, "AUTH-023"),
        ({"daily": ["20:00-06:00", "05:00-07:00"]}, "AUTH-023"),
        ({"sun": ["20:00-06:00"], "mon": ["05:00-07:00"]}, "AUTH-023"),
        ({"mon-fri": ["07:00-12:00"], "fri": ["13:00-14:00"]}, "AUTH-022"),
        ({"mon": ["7-12"]}, "AUTH-020"),
        ({"mon": ["07:00-07:00"]}, "AUTH-020"),
        ({"mon": ["24:00-02:00"]}, "AUTH-020"),
        ({"mon": ["23:00-24:30"]}, "AUTH-020"),
        ({"monday": ["07:00-08:00"]}, "AUTH-021"),
    ],
)
def test_hours_that_contradict_each_other(week: dict[str, list[str]], code: str) -> None:
    found = [rule.number for _, rule, _ in contradictions(calendar(service(week)))]
    assert found == [code]


@pytest.mark.parametrize(
    "week",
    [
        {"daily": ["00:00-24:00"]},
        {"daily": ["07:00-12:00", "12:00-18:00"]},
        {"daily": ["22:00-06:00", "06:00-07:00"]},
        {"sun": ["22:00-06:00"], "mon": ["06:00-07:00"]},
    ],
)
def test_hours_that_only_touch_do_not(week: dict[str, list[str]]) -> None:
    assert list(contradictions(calendar(service(week)))) == []


def test_a_service_has_one_wording_on_a_day() -> None:
    first = service({"daily": ["07:00-12:00"]}, valid={"from": "2020-01-01", "to": "2020-12-31"})
    second = service({"daily": ["00:00-24:00"]}, valid={"from": "2020-12-31"})
    third = service({"daily": ["00:00-24:00"]}, valid={"from": "2021-01-01"})
    codes = [rule.number for _, rule, _ in contradictions(calendar(first, second))]
    assert codes == ["AUTH-025"]
    assert list(contradictions(calendar(first, third))) == []
