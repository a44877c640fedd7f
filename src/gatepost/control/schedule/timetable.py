"""A day as planned, in the words of people: halts with their bay, officers and times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gatepost.control.schedule import rules
from gatepost.control.schedule.admit import clock_of
from gatepost.control.schedule.board import Board
from gatepost.control.schedule.greedy import Slots, ready_of
from gatepost.control.schedule.minutes import first, span, starts
from gatepost.control.schedule.problem import Problem, Slot, Split, Unplanned, Visit


class Work(msgspec.Struct, frozen=True):
    """One officer examines consignments for an agency, in minutes from midnight."""

    agency: str
    skill: str
    consignments: tuple[str, ...]
    officer: str
    start: int
    end: int


class Halt(msgspec.Struct, frozen=True, omit_defaults=True):
    """One stop of a conveyance: scanned and brought into a bay, where every agency works.

    ``start`` is when the bay is taken and ``opened`` when the first agency begins.
    ``waits_for`` names what was not free earlier: an agency, a bay or a scanner.
    """

    id: str
    consignments: tuple[str, ...]
    start: int
    end: int
    bay: str | None = None
    opened: int | None = None
    scanner: str | None = None
    scan_start: int | None = None
    scan_end: int | None = None
    work: tuple[Work, ...] = ()
    waits_for: str | None = None

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the agencies at this stop."""
        return tuple(dict.fromkeys(one.agency for one in self.work))

    def begun_by(self, now: int) -> bool:
        """Tell whether it, or the scan before it, began before ``now``."""
        return min(self.start, self.start if self.scan_start is None else self.scan_start) < now


class Timetable(msgspec.Struct, frozen=True, omit_defaults=True):
    """The halts of a day in order of time, and what could not be made as asked."""

    halts: tuple[Halt, ...] = ()
    unplanned: tuple[Unplanned, ...] = ()
    splits: tuple[Split, ...] = ()


def timetable(problem: Problem, slots: Slots) -> Timetable:
    """Return the plan of ``problem`` in which visits stand at ``slots``."""
    board = Board(problem)
    left = list(problem.unplanned)
    for visit, slot in zip(problem.visits, slots, strict=True):
        if slot is not None:
            board.take(visit, slot)
    halts = []
    for visit, slot in zip(problem.visits, slots, strict=True):
        if slot is None:
            left.extend(_no_room(problem, visit, slots))
        else:
            halts.append(_halt(problem, board, visit, slot))
    halts.sort(key=lambda halt: (halt.start, halt.consignments))
    numbered = tuple(
        msgspec.structs.replace(halt, id=f"halt-{number}") for number, halt in enumerate(halts, 1)
    )
    return Timetable(numbered, tuple(left), problem.splits)


def _no_room(problem: Problem, visit: Visit, slots: Slots) -> Iterator[Unplanned]:
    reason = rules.NO_ROOM.notice(after=clock_of(visit.arrival * problem.unit))
    missing = [problem.visits[other] for other in visit.after if slots[other] is None]
    first = [one for one in missing if ready_of(problem, visit, one, None)]
    if first:
        reason = rules.NOT_BEFORE.notice(
            agencies=", ".join(visit.agencies),
            consignment=", ".join(problem.loads[load].id for load in visit.loads),
            before=", ".join(agency for one in first for agency in one.agencies) or "the scan",
        )
    for job in visit.jobs:
        names = tuple(problem.loads[load].id for load in job.loads)
        yield Unplanned(names, (job.agency,), reason)
    if not visit.jobs:
        yield Unplanned(tuple(problem.loads[load].id for load in visit.loads), (), reason)


def _halt(problem: Problem, board: Board, visit: Visit, slot: Slot) -> Halt:
    unit = problem.unit
    work = tuple(
        Work(
            job.agency,
            job.skill,
            tuple(problem.loads[load].id for load in job.loads),
            problem.officer_names[officer],
            (slot.start + job.offset) * unit,
            (slot.start + job.offset + job.length) * unit,
        )
        for job, officer in zip(visit.jobs, slot.officers, strict=True)
    )
    scanned = slot.scanner >= 0
    return Halt(
        "",
        tuple(problem.loads[load].id for load in visit.loads),
        slot.start * unit,
        slot.end * unit,
        problem.bay_names[slot.bay] if slot.bay >= 0 else None,
        min((one.start for one in work), default=None),
        problem.scanner_names[slot.scanner] if scanned else None,
        slot.scan_start * unit if scanned else None,
        (slot.scan_start + visit.scan) * unit if scanned else None,
        work,
        _waits_for(board, visit, slot),
    )


def _waits_for(board: Board, visit: Visit, slot: Slot) -> str | None:
    """Return what was free last of all that the visit needs, or ``None`` if it did not wait."""
    low = visit.arrival
    candidates: list[tuple[int, str]] = []
    if visit.scan and slot.scan_start < slot.start:
        busy = span(slot.scan_start, slot.scan_start + visit.scan)
        frees = _freed(board.scanners, slot.scanner, busy)
        candidates.append((_first(frees, visit.scan, low), "scanner"))
        low = slot.scan_start + visit.scan
    if slot.start > low and slot.bay >= 0:
        frees = _freed(
            [board.bays[bay] for bay in visit.bays],
            visit.bays.index(slot.bay),
            span(slot.start, slot.end),
        )
        candidates.append((_first(frees, visit.length, low), "bay"))
        for job, officer in zip(visit.jobs, slot.officers, strict=True):
            begin = slot.start + job.offset
            frees = _freed(
                [board.officers[one] for one in job.officers],
                job.officers.index(officer),
                span(begin, begin + job.length),
            )
            there = visit.known + board.problem.calls[officer]
            at = _first(frees, job.length, max(low + job.offset, there)) - job.offset
            candidates.append((at, job.agency))
    late, what = max(candidates, default=(0, ""))
    return what if late > visit.arrival and candidates else None


def _freed(frees: Sequence[int], number: int, busy: int) -> list[int]:
    """Return who is free when, the visit itself being taken away again."""
    found = list(frees)
    found[number] |= busy
    return found


def _first(frees: Sequence[int], length: int, low: int) -> int:
    found = 0
    for free in frees:
        found |= starts(free, length)
    return first(found >> low << low) or 0
