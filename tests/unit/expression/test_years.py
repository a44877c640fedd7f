"""Completed years between two days, held against counting birthdays day by day."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gatepost.expression.compile import compile_number
from gatepost.expression.vocabulary import Vocabulary


class Pair(msgspec.Struct, frozen=True):
    born: date | None
    day: date | None


WRITTEN = compile_number("years_between(it.born, it.day)", Vocabulary.of({"it": Pair}), ("it",))
DAYS = st.dates(date(1990, 1, 1), date(2012, 12, 31))
LEAP_DAYS = st.sampled_from([1992, 1996, 2000, 2004, 2008]).map(lambda year: date(year, 2, 29))


def years(born: date | None, day: date | None) -> float | None:
    return WRITTEN(Pair(born, day))


def is_birthday(day: date, born: date) -> bool:
    if (day.month, day.day) == (born.month, born.day):
        return True
    day_before = day - timedelta(1)
    skipped = (day.month, day.day) == (3, 1) and (day_before.month, day_before.day) == (2, 28)
    return skipped and (born.month, born.day) == (2, 29)


def counted(born: date, day: date) -> int:
    """Return how many of the days after ``born``, up to ``day``, are birthdays."""
    after = (born + timedelta(n) for n in range(1, (day - born).days + 1))
    return sum(is_birthday(one, born) for one in after)


@given(DAYS | LEAP_DAYS, DAYS | LEAP_DAYS)
@example(date(2004, 2, 29), date(2008, 2, 28))
@example(date(2004, 2, 29), date(2008, 2, 29))
@example(date(2003, 3, 1), date(2004, 2, 29))
def test_years_are_birthdays_counted(born: date, day: date) -> None:
    first, second = sorted([born, day])
    assert years(first, second) == counted(first, second)
    assert years(second, first) == -counted(first, second)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 7, 2), date(2026, 7, 1), 17),
        (date(2008, 7, 2), date(2026, 7, 2), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2008, 2, 28), date(2026, 2, 28), 18),
        (date(1899, 2, 28), date(1900, 3, 1), 1),
        (date(1896, 2, 29), date(1900, 2, 28), 3),
        (date(1896, 2, 29), date(1900, 3, 1), 4),
        (date(2026, 7, 2), date(2026, 7, 2), 0),
        (date(2026, 7, 3), date(2026, 7, 2), 0),
        (date(2027, 7, 2), date(2026, 7, 2), -1),
        (date.min, date.max, 9998),
        (None, date(2026, 7, 2), None),
        (date(2026, 7, 2), None, None),
    ],
)
def test_ages(born: date | None, day: date | None, age: int | None) -> None:
    assert years(born, day) == age
