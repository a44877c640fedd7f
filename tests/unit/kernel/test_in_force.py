"""A book is made once for all the days on which the same is in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.kernel.in_force import InForce
from gatepost.kernel.validity import Validity

FIRST = date(2026, 1, 1)
days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
periods = st.builds(
    lambda start, length: Validity(
        start, None if length is None else start + timedelta(days=length)
    ),
    days,
    st.none() | st.integers(0, 20),
)


@given(st.lists(periods, max_size=6), days)
def test_the_book_holds_what_is_in_force_on_the_day(known: list[Validity], day: date) -> None:
    books = InForce(known, lambda on: [one for one in known if one.on(on)])
    for offset in range(-2, 43):
        books.on(FIRST + timedelta(days=offset))
    assert books.on(day) == [one for one in known if one.on(day)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (date(2026, 1, 1), date(2026, 1, 9), True),
        (date(2026, 1, 9), date(2026, 1, 10), False),
        (date(2025, 12, 31), date(2026, 1, 1), False),
        (date(2026, 1, 10), date(2030, 1, 1), True),
    ],
)
def test_days_without_a_change_between_them_share_a_book(
    one: date, other: date, same: bool
) -> None:
    books = InForce([Validity(FIRST, date(2026, 1, 9))], lambda day: object())
    assert (books.on(one) is books.on(other)) is same


def test_a_period_may_end_on_the_last_day_there_is() -> None:
    books = InForce([Validity(FIRST, date.max)], lambda day: day)
    assert books.on(date.max) == date.max
