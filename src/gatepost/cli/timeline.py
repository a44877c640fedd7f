"""A day drawn in the terminal: one line for each scanner, bay and officer, time from left to right.

A block ``[A12  ]`` is a halt or a piece of work; dots are time on duty, blanks time away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gatepost.control.schedule.reading import minutes, places_of
from gatepost.control.schedule.timetable import Timetable
from gatepost.control.schedule.world import Hours, World

WIDTH = 100
STEPS = (5, 10, 15, 20, 30, 60)
"""Minutes that one character may stand for."""

Block = tuple[int, int, str]
"""From, to and what it says."""


def timeline(
    world: World, plan: Timetable, short: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Yield the lines of the board; nothing if nothing was planned.

    ``short`` tells what stands in the blocks instead of the consignments' names; with it, what
    has nothing to do has no line and is counted instead.
    """
    if not plan.halts:
        yield "Nothing is to be examined."
        return
    first = min(min(halt.start, _or(halt.scan_start, halt.start)) for halt in plan.halts)
    last = max(max(halt.end, halt.scan_end or 0) for halt in plan.halts)
    first -= first % 60
    step = next((one for one in STEPS if (last - first) / one <= WIDTH), STEPS[-1])
    rows = list(_rows(world, plan, short or {}))
    idle = [row for row in rows if short and not row[2]]
    rows = [row for row in rows if row not in idle]
    wide = max(len(name) for name, _, _ in rows)
    yield " " * (wide + 2) + _scale(first, last, step)
    for name, duty, blocks in rows:
        yield f"{name.ljust(wide)}  {_line(first, last, step, duty, blocks)}".rstrip()
    if idle:
        yield f"and {len(idle)} bays, scanners and officers with nothing to do"


def _or(value: int | None, other: int) -> int:
    return other if value is None else value


def _rows(
    world: World, plan: Timetable, short: Mapping[str, str]
) -> Iterator[tuple[str, Sequence[tuple[int, int]], list[Block]]]:
    always = [(0, 2880)]
    for place in places_of(world.scanners, "scanner"):
        yield (
            place.id,
            _open(place.closed),
            [
                (halt.scan_start, halt.scan_end, _label(halt.consignments, short))
                for halt in plan.halts
                if halt.scanner == place.id
                and halt.scan_start is not None
                and halt.scan_end is not None
            ],
        )
    for place in places_of(world.bays, "bay"):
        yield (
            place.id,
            _open(place.closed),
            [
                (halt.start, halt.end, _label(halt.consignments, short))
                for halt in plan.halts
                if halt.bay == place.id
            ],
        )
    for officer in world.officers:
        shifts = [(minutes(start), minutes(end)) for start, end in officer.shifts] or always
        yield (
            officer.id,
            shifts,
            [
                (work.start, work.end, _label(work.consignments, short))
                for halt in plan.halts
                for work in halt.work
                if work.officer == officer.id
            ],
        )


def _open(closed: Hours) -> list[tuple[int, int]]:
    at, found = 0, []
    for start, end in sorted((minutes(start), minutes(end)) for start, end in closed):
        found.append((at, start))
        at = max(at, end)
    return [*found, (at, 2880)]


def _label(names: Iterable[str], short: Mapping[str, str]) -> str:
    return "+".join(short.get(name, name) for name in names)


def _scale(first: int, last: int, step: int) -> str:
    cells = [" "] * ((last - first) // step + 3)
    for at in range(first, last + 1, 60 if step < 30 else 180):
        text = f"{at // 60 % 24:02d}"
        position = (at - first) // step
        cells[position : position + 2] = text
    return "".join(cells).rstrip()


def _line(
    first: int, last: int, step: int, duty: Iterable[tuple[int, int]], blocks: Iterable[Block]
) -> str:
    count = -(-(last - first) // step)
    cells = [" "] * count
    for start, end in duty:
        for cell in range(max(0, (start - first) // step), min(count, (end - first) // step)):
            cells[cell] = "·"
    for start, end, label in sorted(blocks):
        begin, over = (
            (start - first) // step,
            max((end - first) // step, (start - first) // step + 1),
        )
        inner = over - begin - 2
        text = f"[{label[:inner].ljust(inner)}]" if inner > 0 else "[]"[: over - begin]
        cells[begin:over] = text
    return "".join(cells)
