"""The first day without a mandate is the one that trying day by day finds."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gatepost.description.checks.organisation import first_gap
from gatepost.kernel.validity import Validity

FIRST = date(2026, 1, 1)
HORIZON = 40
DAYS = [FIRST + timedelta(days=n) for n in range(HORIZON)]


@st.composite
def validities(draw: st.DrawFn) -> Validity:
    start = draw(st.integers(0, 20))
    length = draw(st.none() | st.integers(0, 12))
    return Validity(DAYS[start], None if length is None else DAYS[start + length])


@given(validities(), st.lists(validities(), max_size=5))
def test_first_gap(period: Validity, covers: list[Validity]) -> None:
    tried = (day for day in DAYS if period.on(day) and not any(cover.on(day) for cover in covers))
    assert first_gap(period, covers) == next(tried, None)
