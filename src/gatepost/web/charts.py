"""Charts drawn on the server: positions in a picture of fixed width, for templates to place.

A template writes the SVG; here is only arithmetic. Lengths are in the units of the picture's
view box, of which every picture is :data:`WIDTH` wide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

WIDTH = 720
LEFT = 170
"""Where the drawing begins; names of rows stand before it."""
RIGHT = 20
ROW = 34
TOP = 44
STEPS = tuple(
    timedelta(minutes=one)
    for one in (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7 * 1440, 30 * 1440)
)


class Bar(msgspec.Struct, frozen=True):
    """A stretch in a row, of a kind that the stylesheet colours; ``label`` is read out."""

    x: float
    width: float
    kind: str
    start: datetime
    end: datetime
    label: str = ""
    link: str = ""

    @property
    def length(self) -> timedelta:
        """Return how long the stretch is."""
        return self.end - self.start


class Mark(msgspec.Struct, frozen=True):
    """A moment with a name."""

    x: float
    at: datetime
    name: str
    level: int = 0


class Axis(msgspec.Struct, frozen=True):
    """A stretch of time from left to right."""

    start: datetime
    end: datetime
    step: timedelta

    def x(self, at: datetime) -> float:
        """Return where a moment lies."""
        part = (at - self.start) / (self.end - self.start)
        return round(LEFT + min(max(part, 0.0), 1.0) * (WIDTH - LEFT - RIGHT), 1)

    def bar(self, start: datetime, end: datetime, kind: str, label: str = "") -> Bar:
        """Return a stretch; a short one is still wide enough to be seen."""
        x = self.x(start)
        return Bar(x, max(round(self.x(end) - x, 1), 2.0), kind, start, end, label)

    def mark(self, at: datetime, name: str) -> Mark:
        """Return a moment."""
        return Mark(self.x(at), at, name)

    @property
    def ticks(self) -> tuple[Mark, ...]:
        """Return the moments that are written below: full steps since midnight."""
        return tuple(self._ticks())

    def _ticks(self) -> Iterator[Mark]:
        midnight = self.start.replace(hour=0, minute=0, second=0, microsecond=0)
        at = midnight
        while at <= self.end:
            if at >= self.start:
                name = f"{at:%H:%M}" if self.step < timedelta(days=1) else f"{at:%d.%m.}"
                yield self.mark(at, name)
            at += self.step


class Rows(msgspec.Struct, frozen=True):
    """Named rows of bars over one axis, with moments that concern all of them."""

    axis: Axis
    rows: tuple[tuple[str, tuple[Bar, ...]], ...]
    marks: tuple[Mark, ...] = ()

    @property
    def width(self) -> int:
        """Return how wide the picture is."""
        return WIDTH

    @property
    def height(self) -> int:
        """Return how high the picture is."""
        return TOP + ROW * len(self.rows) + 30

    @property
    def left(self) -> int:
        """Return where the drawing begins."""
        return LEFT

    @property
    def bottom(self) -> int:
        """Return where the last row ends."""
        return TOP + ROW * len(self.rows)

    @property
    def placed(self) -> Iterator[tuple[int, str, tuple[Bar, ...]]]:
        """Yield the rows with how far down each begins."""
        for number, (name, bars) in enumerate(self.rows):
            yield TOP + ROW * number, name, bars


def scale(start: datetime, end: datetime, most: int = 9) -> Axis:
    """Return an axis over a stretch of time, with at most ``most`` moments written below.

    ``ValueError`` if it is empty.
    """
    if end <= start:
        raise ValueError("an axis needs a stretch of time")
    step = next((one for one in STEPS if (end - start) / one <= most), STEPS[-1])
    return Axis(start, end, step)
