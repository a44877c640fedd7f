"""What is in force on a day, made once for all the days on which it is the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Generic, TypeVar

from gatepost.kernel.validity import Validity

Book = TypeVar("Book")


class InForce(Generic[Book]):
    """One book of rules for each stretch of days between two changes of ``periods``.

    ``make`` is given a day of the stretch when it is first asked for.
    """

    def __init__(self, periods: Iterable[Validity], make: Callable[[date], Book]) -> None:
        changes: set[date] = set()
        for period in periods:
            changes.add(period.start)
            if period.end is not None and period.end < date.max:
                changes.add(period.end + timedelta(days=1))
        self._changes = sorted(changes)
        self._make = make
        self._books: dict[int, Book] = {}

    def on(self, day: date) -> Book:
        """Return the book of ``day``."""
        stretch = bisect_right(self._changes, day)
        book = self._books.get(stretch)
        if book is None:
            book = self._books[stretch] = self._make(day)
        return book
