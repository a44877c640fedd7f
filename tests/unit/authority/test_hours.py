"""What opening hours come to: overlap, gaps, performers, the nearest office (OS-05, OS-06, D.4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gatepost.authority.hours_report import CalendarHours, HoursReport, report_of
from tests.packs import shipped

MONDAY = date(2026, 11, 23)
SUNDAY = MONDAY + timedelta(days=6)


@pytest.fixture(scope="module")
def proposed() -> HoursReport:
    return report_of(shipped("nordic", "2016_hours").hours, MONDAY, SUNDAY)


@pytest.fixture(scope="module")
def chirundu() -> HoursReport:
    return report_of(shipped("chirundu").hours, MONDAY, SUNDAY)


def of(report: HoursReport, name: str) -> CalendarHours:
    return next(one for one in report.calendars if one.calendar == name)


def test_han_is_open_101_of_168_hours(proposed: HoursReport) -> None:
    (service,) = of(proposed, "han-hours").services
    assert (service.open_hours, service.of_hours, service.share) == (101, 168, 0.6012)
    assert [day.hours for day in service.days] == [16, 16, 16, 16, 16, 9, 12]


def test_67_hours_without_norwegian_export_on_the_e18(proposed: HoursReport) -> None:
    found = {one.formality: one for one in proposed.coverage if one.crossing == "E18"}
    assert found["norway:export"].hours_without == 67
    assert found["norway:export"].performers == ("han",)
    assert sum(gap.hours for gap in found["norway:export"].gaps) == 67
    assert found["sweden:export"].hours_without == 0
    # Nobody states the hours of the nearest other office, so it is named as such.
    nearest = {(gap.nearest.office, gap.nearest.unstated) for gap in found["norway:export"].gaps}
    assert nearest == {(None, "eda")}


def test_today_both_offices_are_open_day_and_night() -> None:
    report = report_of(shipped("nordic").hours, MONDAY, SUNDAY)
    assert {one.hours_without for one in report.coverage} == {0}


def test_the_scanners_of_chirundu_overlap_six_and_a_half_of_twelve_hours(
    chirundu: HoursReport,
) -> None:
    (overlap,) = of(chirundu, "chirundu-scanners").overlaps
    for day in overlap.days:
        assert (day.first_hours, day.second_hours, day.overlap_hours) == (6.5, 12, 6.5)
    assert overlap.share == 0.5417
    assert overlap.queue_grows_at == "ZW"
    assert sum((one.end - one.start).total_seconds() for one in overlap.mismatches) == 38.5 * 3600


def test_a_service_reworded_in_the_week_is_one_service() -> None:
    report = report_of(shipped("chirundu").hours, date(2023, 9, 29), date(2023, 10, 1))
    (service,) = of(report, "chirundu-zambia").services
    assert [day.hours for day in service.days] == [16, 16, 24]


def test_the_nearest_open_office_is_named() -> None:
    jurisdiction = shipped("nordic", "2016_hours")
    hours = jurisdiction.hours
    orje = next(one for one in hours.posts if one.id == "orje")
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    found = hours.nearest("norway:export", orje, (at, at))
    assert (found.office, found.kilometres) == ("han", 6)
    night = datetime(2026, 11, 23, 2, tzinfo=UTC)
    assert hours.nearest("norway:export", orje, (night, night)).office is None


@pytest.mark.parametrize(
    ("at", "opened"),
    [
        ("2016-11-07T06:59+01:00", False),
        ("2016-11-07T07:00+01:00", True),
        ("2016-11-07T22:59+01:00", True),
        ("2016-11-07T23:00+01:00", False),
        ("2015-12-31T12:00+01:00", None),
    ],
)
def test_opening_is_included_and_closing_is_not(at: str, opened: Any) -> None:
    hours = shipped("nordic", "2016_hours").hours
    han = next(one for one in hours.posts if one.id == "han")
    assert hours.open_at(han, "norway:export", datetime.fromisoformat(at)) is opened
