"""A post's day as a picture: hours on both sides of the border, places, officers, stops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from gatepost.authority.hours_report import HoursReport
from gatepost.casework.planning.board import BoardRow, BoardSlot, DayBoard

WIDTH, LEFT, RIGHT, TOP, ROW = 1060, 262, 16, 34, 30
EARLIEST, LATEST = 6 * 60, 20 * 60
"""What is drawn of a day on which nothing is planned, in minutes from midnight."""
HOUR = 60


class Band(msgspec.Struct, frozen=True):
    """A stretch of a row in which somebody is there or something is open."""

    x: float
    width: float


class Piece(msgspec.Struct, frozen=True):
    """A stop in a row: its number, and how it is coloured."""

    x: float
    width: float
    slot: str
    number: str
    kind: str


class Row(msgspec.Struct, frozen=True):
    """One row of the picture: a service's hours, a place, a scanner or an officer."""

    y: int
    name: str
    of: str
    kind: str
    bands: tuple[Band, ...]
    pieces: tuple[Piece, ...]


class Tick(msgspec.Struct, frozen=True):
    """A full hour."""

    x: float
    name: str


class Picture(msgspec.Struct, frozen=True):
    """The whole picture; ``idle`` rows with nothing planned are left out, ``now`` may be too."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    now: float | None
    idle: int
    width: int
    height: int
    left: int


class Scale(msgspec.Struct, frozen=True):
    """Minutes from midnight, from left to right."""

    start: int
    end: int

    def x(self, minutes: int) -> float:
        """Return where a minute lies; what is beyond the picture lies at its edge."""
        part = (min(max(minutes, self.start), self.end) - self.start) / (self.end - self.start)
        return round(LEFT + part * (WIDTH - LEFT - RIGHT), 1)

    def bands(self, spans: Iterable[tuple[int, int]]) -> tuple[Band, ...]:
        """Return the stretches of these spans that lie in the picture."""
        found = ((self.x(start), self.x(end)) for start, end in spans)
        return tuple(Band(x, round(end - x, 1)) for x, end in found if end > x)


def clock(minutes: int | None) -> str:
    """Return minutes from midnight as a time of the day; of the day after with a plus."""
    if minutes is None:
        return ""
    days, rest = divmod(minutes, 24 * HOUR)
    return f"{rest // HOUR:02d}:{rest % HOUR:02d}" + (" +1" if days else "")


def number_of(slot: str) -> str:
    """Return the number of a stop by its name: ``halt-3`` is the third."""
    return slot.rpartition("-")[2]


def picture(
    board: DayBoard, hours: HoursReport | None, now: int | None, everything: bool
) -> Picture:
    """Return the picture of a day; ``now`` is in minutes from midnight, if it is that day."""
    scale = _scale(board.slots)
    kinds = {one.id: _kind(one) for one in board.slots}
    taken = [one for one in board.rows if one.blocks]
    shown = taken or [one for one in board.rows if one.kind == "place"]
    if everything:
        shown = list(board.rows)
    rows = [*_hours(scale, hours, board.day), *(_row(scale, one, kinds) for one in shown)]
    placed = tuple(
        msgspec.structs.replace(row, y=TOP + ROW * number) for number, row in enumerate(rows)
    )
    at = scale.x(now) if now is not None and scale.start <= now <= scale.end else None
    height = TOP + ROW * len(rows) + 24
    ticks = tuple(_ticks(scale))
    return Picture(placed, ticks, at, len(board.rows) - len(shown), WIDTH, height, LEFT)


def _scale(slots: Iterable[BoardSlot]) -> Scale:
    starts = [
        min(one.start, one.start if one.scan_start is None else one.scan_start) for one in slots
    ]
    ends = [max(one.end, one.scan_end or 0) for one in slots]
    first = min([*starts, EARLIEST]) // HOUR * HOUR
    last = -(-max([*ends, LATEST]) // HOUR) * HOUR
    return Scale(first, last)


def _kind(slot: BoardSlot) -> str:
    if slot.begun:
        return "done"
    return "work" if len(slot.agencies) > 1 else "other"


def _row(scale: Scale, row: BoardRow, kinds: dict[str, str]) -> Row:
    pieces = tuple(
        Piece(
            scale.x(one.start),
            max(round(scale.x(one.end) - scale.x(one.start), 1), 3.0),
            one.slot,
            number_of(one.slot),
            kinds.get(one.slot, "other"),
        )
        for one in row.blocks
    )
    return Row(0, row.id, row.agency, row.kind, scale.bands(row.open), pieces)


def _hours(scale: Scale, hours: HoursReport | None, day: date) -> Iterator[Row]:
    """Yield the hours of each service on each side: where the neighbour is shut, nobody comes."""
    for calendar in hours.calendars if hours else ():
        for service in calendar.services:
            spans = [_span(one) for told in service.days if told.day == day for one in told.open]
            name = service.service
            if service.commodity:
                name = f"{name} ({', '.join(service.commodity)})"
            yield Row(0, name, service.side, "hours", scale.bands(spans), ())


def _span(text: str) -> tuple[int, int]:
    """Return a stretch such as ``06:00-22:00`` in minutes."""
    start, _, end = text.partition("-")
    return _minutes(start), _minutes(end)


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * HOUR + int(minutes)


def _ticks(scale: Scale) -> Iterator[Tick]:
    step = HOUR if scale.end - scale.start <= 16 * HOUR else 2 * HOUR
    for minutes in range(scale.start, scale.end + 1, step):
        yield Tick(scale.x(minutes), clock(minutes))
