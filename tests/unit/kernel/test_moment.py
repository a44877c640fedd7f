"""Lengths of time are real ones, whatever the clocks on the wall do."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gatepost.kernel.moment import fixed, is_zone

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN), "2026-10-25T04:30+01:00"),
        (datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN), "2026-03-29T06:30+02:00"),
        (datetime(2026, 7, 2, 1, 30, tzinfo=BERLIN), "2026-07-02T05:30+02:00"),
    ],
)
def test_four_hours_are_four_hours(before: datetime, after: str) -> None:
    assert fixed(before) == before
    assert fixed(before).isoformat() == before.isoformat()
    assert fixed(before) + timedelta(hours=4) == datetime.fromisoformat(after)


@pytest.mark.parametrize(
    ("name", "known"),
    [("Europe/Berlin", True), ("UTC", True), ("Europe", False), ("Mars/X", False), ("", False),
     ("../../etc/passwd", False), ("x" * 300, False)],
)  # fmt: skip
def test_zones(name: str, known: bool) -> None:
    assert is_zone(name) is known
