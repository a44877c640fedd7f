"""A part of the year that comes every year, such as 1 March to 31 October."""

from __future__ import annotations

import re
from datetime import date

import msgspec

DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
LEAP_YEAR = 2024
"""A year with every day there is."""


class Season(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    """From the first day to the last day of each year, both included, written ``03-01``.

    A first day later than the last makes it run across the new year. The 29th of February as an
    end means the end of that month in every year.
    """

    first: str
    last: str

    def on(self, day: date) -> bool:
        """Tell whether ``day`` lies in the season."""
        return self._holds(f"{day:%m-%d}")

    def overlaps(self, other: Season) -> bool:
        """Tell whether some day of the year belongs to both."""
        return (
            self._holds(other.first)
            or self._holds(other.last)
            or other._holds(self.first)
            or other._holds(self.last)
        )

    def _holds(self, day: str) -> bool:
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last


def is_day_of_year(text: str) -> bool:
    """Tell whether ``text`` is a day that some year has, written ``MM-DD``."""
    if not DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{LEAP_YEAR}-{text}")
    except ValueError:
        return False
    return True
