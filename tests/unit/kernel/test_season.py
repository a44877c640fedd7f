"""A season comes every year, on both of its days, and across the new year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.kernel.in_force import InForce
from gatepost.kernel.season import Season, is_day_of_year
from gatepost.kernel.validity import Validity

YEAR = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
seasons = st.builds(Season, *[st.sampled_from([f"{day:%m-%d}" for day in YEAR]) for _ in range(2)])


@pytest.mark.parametrize(
    ("season", "day", "within"),
    [
        (Season("03-01", "10-31"), date(2026, 2, 28), False),
        (Season("03-01", "10-31"), date(2026, 3, 1), True),
        (Season("03-01", "10-31"), date(2026, 10, 31), True),
        (Season("03-01", "10-31"), date(2026, 11, 1), False),
        (Season("10-01", "03-31"), date(2026, 9, 30), False),
        (Season("10-01", "03-31"), date(2026, 10, 1), True),
        (Season("10-01", "03-31"), date(2026, 12, 31), True),
        (Season("10-01", "03-31"), date(2027, 1, 1), True),
        (Season("10-01", "03-31"), date(2027, 3, 31), True),
        (Season("10-01", "03-31"), date(2027, 4, 1), False),
        (Season("12-01", "02-29"), date(2026, 2, 28), True),
        (Season("12-01", "02-29"), date(2026, 3, 1), False),
        (Season("12-01", "02-29"), date(2028, 2, 29), True),
        (Season("12-24", "12-24"), date(2026, 12, 24), True),
    ],
)
def test_both_days_belong_to_it(season: Season, day: date, within: bool) -> None:
    assert season.on(day) is within


@given(seasons, seasons)
def test_two_overlap_where_they_share_a_day(one: Season, other: Season) -> None:
    shared = any(one.on(day) and other.on(day) for day in YEAR)
    assert one.overlaps(other) is other.overlaps(one) is shared


@given(st.lists(seasons, max_size=5), st.integers(0, 365), st.integers(2020, 2030))
def test_the_book_holds_the_seasons_of_its_day(known: list[Season], n: int, year: int) -> None:
    valid = Validity(date(2022, 7, 1))
    books = InForce(
        [valid], lambda day: [one for one in known if valid.on(day) and one.on(day)], known
    )
    for day in YEAR[::13]:
        books.on(day)
    day = date(year, 1, 1) + timedelta(days=n)
    assert books.on(day) == [one for one in known if valid.on(day) and one.on(day)]


@pytest.mark.parametrize("text", ["02-30", "13-01", "00-10", "3-1", "03-01-", "2026-03-01", ""])
def test_what_no_year_has_is_no_day(text: str) -> None:
    assert not is_day_of_year(text)


@pytest.mark.parametrize("day", YEAR)
def test_every_day_of_a_leap_year_is_one(day: date) -> None:
    assert is_day_of_year(f"{day:%m-%d}")
