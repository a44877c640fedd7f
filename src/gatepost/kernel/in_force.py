"""What is in force on a day, made once for all the days on which it is the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Generic, TypeVar

from gatepost.kernel.season import Season
from gatepost.kernel.validity import Validity

Book = TypeVar("Book")


class InForce(Generic[Book]):
    """One book of rules for each stretch of days between two changes of ``periods``.

    ``make`` is given a day of the stretch when it is first asked for. ``seasons`` divide every year
    alike: a stretch comes back a year later and is made once.
    """

    def __init__(
        self,
        periods: Iterable[Validity],
        make: Callable[[date], Book],
        seasons: Iterable[Season] = (),
    ) -> None:
        changes: set[date] = set()
        for period in periods:
            changes.add(period.start)
            if period.end is not None and period.end < date.max:
                changes.add(period.end + timedelta(days=1))
        self._changes = sorted(changes)
        # A text that sorts behind the last day and before the next: "10-31" < "10-31+" < "11-01".
        turns = {turn for one in seasons for turn in (one.first, one.last + "+")}
        self._turns = sorted(turns)
        self._make = make
        self._books: dict[tuple[int, int], Book] = {}

    def on(self, day: date) -> Book:
        """Return the book of ``day``."""
        season = bisect_right(self._turns, f"{day:%m-%d}") if self._turns else 0
        stretch = (bisect_right(self._changes, day), season)
        book = self._books.get(stretch)
        if book is None:
            book = self._books[stretch] = self._make(day)
        return book
