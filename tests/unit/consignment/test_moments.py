"""The dates and times of a declaration."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.consignment.moments import read_day, read_moment

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20260702", "2026-07-01T22:00Z"),
        ("202607020814", "2026-07-02T06:14Z"),
        ("20260702081459", "2026-07-02T06:14:59Z"),
        ("202601020814", "2026-01-02T07:14Z"),
        ("202607020814+02", "2026-07-02T06:14Z"),
        ("20260702081459+0200", "2026-07-02T06:14:59Z"),
        ("20260702081459-0530", "2026-07-02T13:44:59Z"),
        ("20260702081459+05:30", "2026-07-02T02:44:59Z"),
        ("20260702081459Z", "2026-07-02T08:14:59Z"),
        ("2026-07-02", "2026-07-01T22:00Z"),
        ("2026-07-02T08:14", "2026-07-02T06:14Z"),
        ("2026-07-02T08:14:59", "2026-07-02T06:14:59Z"),
        ("2026-07-02T08:14:59Z", "2026-07-02T08:14:59Z"),
        ("2026-07-02T08:14:59+09:00", "2026-07-01T23:14:59Z"),
        ("  202607020814\n", "2026-07-02T06:14Z"),
    ],
)
def test_moments_in_formats_102_203_204_304_and_iso(text: str, moment: str) -> None:
    assert read_moment(text, BERLIN) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("202603290159", "2026-03-29T00:59Z"),
        ("202603290300", "2026-03-29T01:00Z"),
        ("202610250159", "2026-10-24T23:59Z"),
        ("202610250230", "2026-10-25T00:30Z"),
        ("202610250230+01", "2026-10-25T01:30Z"),
        ("202610250300", "2026-10-25T02:00Z"),
    ],
)
def test_moments_around_the_change_of_clocks(text: str, moment: str) -> None:
    """In the hour that comes twice a moment without an offset is the first of the two."""
    found = read_moment(text, BERLIN)
    assert found is not None
    assert found.astimezone(UTC) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text",
    [None, "", " ", "soon", "2026", "20261302", "20260230", "202607022514", "2026070208145",
     "20260702081459+99", "20260702081459+", "2026-13-02", "²0260702", "Z", "+", "-"],
)  # fmt: skip
def test_what_tells_no_moment_is_none(text: str | None) -> None:
    assert read_moment(text, BERLIN) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20260702", date(2026, 7, 2)),
        ("20260702081459", date(2026, 7, 2)),
        ("20260702235959+0200", date(2026, 7, 2)),
        ("2026-07-02", date(2026, 7, 2)),
        ("2026-07-02T23:59:59Z", date(2026, 7, 2)),
        (" 20280229 ", date(2028, 2, 29)),
        ("20260229", None),
        ("2 July 2026", None),
        ("", None),
        (None, None),
    ],
)
def test_days_are_those_written_whatever_the_offset(text: str | None, day: date | None) -> None:
    assert read_day(text) == day


@given(st.text(max_size=24) | st.text("0123456789+-:TZ ", max_size=24))
def test_no_text_is_too_odd_to_be_looked_at(text: str) -> None:
    found = read_moment(text, BERLIN)
    assert found is None or found.tzinfo is not None
    read_day(text)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)), st.integers(-12 * 60, 14 * 60))
def test_what_is_written_in_format_304_is_read_back(local: datetime, offset: int) -> None:
    local = local.replace(microsecond=0)
    sign, minutes = "-" if offset < 0 else "+", abs(offset)
    zone = f"{minutes // 60:02d}{minutes % 60:02d}"
    found = read_moment(f"{local:%Y%m%d%H%M%S}{sign}{zone}", BERLIN)
    assert found is not None
    assert found.replace(tzinfo=None) == local
    assert found.utcoffset() is not None
    assert found.utcoffset().total_seconds() == offset * 60  # type: ignore[union-attr]
