"""Planning again when something slips: what has begun stays, and no more is moved than must be.

Whoever was told a time keeps it if it still can be kept. Only where that would let somebody
take a place from one who goes first, or leave out what a new plan has room for, is everything
that has not begun planned anew (IC-02).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from gatepost.control.schedule.board import Board
from gatepost.control.schedule.check import violations
from gatepost.control.schedule.compiled import compile_world
from gatepost.control.schedule.greedy import Slots, lawful, ready_after
from gatepost.control.schedule.minutes import span
from gatepost.control.schedule.planner import Planner
from gatepost.control.schedule.problem import Problem, Slot, Visit
from gatepost.control.schedule.reading import minutes, places_of
from gatepost.control.schedule.rolling import begun, replan
from gatepost.control.schedule.timetable import Halt, Timetable, Work, timetable
from gatepost.control.schedule.world import World
from gatepost.kernel.notice import Refused


def repaired(
    world: World, kept: Timetable, now: int, planner: Planner, seconds: float
) -> Timetable:
    """Return the day planned again from ``kept`` for the ``world`` as it is known ``now``.

    ``now`` is in minutes from midnight: halts that began before it are as they were, and
    nothing else begins before it. ``seconds`` is how long a new plan may take if one is needed.
    Raises ``Refused`` if the world is wrong, or if what has begun breaks it.
    """
    problem = compile_world(world)
    at = -(-now // problem.unit)
    slots = slots_of(problem, kept)
    found = timetable(problem, _patched(problem, slots, at))
    if _left(found) <= _left(kept) and not violations(world, found, now):
        return found
    return planned_anew(world, kept, now, planner, seconds)


def planned_anew(
    world: World, kept: Timetable, now: int, planner: Planner, seconds: float
) -> Timetable:
    """Return the day with everything that has not begun by ``now`` planned again.

    Raises ``Refused`` if the world is wrong, or if what has begun breaks it.
    """
    problem = compile_world(world)
    at, known = -(-now // problem.unit), range(len(problem.visits))
    slots = replan(problem, slots_of(problem, kept), at, known, planner, seconds, most=None)
    found = timetable(problem, slots)
    if broken := violations(world, found, now):
        raise Refused(broken)
    return found


def _left(plan: Timetable) -> int:
    return sum(len(one.consignments) for one in plan.unplanned)


def slots_of(problem: Problem, kept: Timetable) -> Slots:
    """Return where the visits of ``problem`` stand in a plan made earlier; ``None`` if nowhere.

    A visit is found again by its consignments and agencies; with an officer, bay or scanner who
    is no longer there it has no place, nor if it comes only after it was to begin.
    """
    by_stop = {_stop(halt.consignments, halt.agencies): halt for halt in kept.halts}
    return tuple(
        _slot(problem, visit, by_stop.get(_stop_of(problem, visit))) for visit in problem.visits
    )


def _stop(names: Sequence[str], agencies: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(names), frozenset(agencies)


def _stop_of(problem: Problem, visit: Visit) -> tuple[frozenset[str], frozenset[str]]:
    return _stop([problem.loads[load].id for load in visit.loads], visit.agencies)


def _slot(problem: Problem, visit: Visit, halt: Halt | None) -> Slot | None:
    if halt is None:
        return None
    unit = problem.unit
    officers = {(one.agency, one.skill): one.officer for one in halt.work}
    try:
        crew = tuple(
            problem.officer_names.index(officers[job.agency, job.skill]) for job in visit.jobs
        )
        bay = problem.bay_names.index(halt.bay) if halt.bay is not None else -1
        scanner = problem.scanner_names.index(halt.scanner) if halt.scanner is not None else -1
    except (KeyError, ValueError):
        return None
    if any(one not in job.officers for one, job in zip(crew, visit.jobs, strict=True)):
        return None
    start = halt.start // unit
    scanned = halt.scan_start // unit if halt.scan_start is not None else -1
    slot = Slot(start, start + visit.length, bay, crew, scanned, scanner)
    return slot if _start(slot, 0) >= visit.arrival else None


def _patched(problem: Problem, slots: Slots, now: int) -> Slots:
    """Return the plan with everything where it was that can be, and the rest placed around it."""
    board = Board(problem)
    found: list[Slot | None] = [None] * len(slots)
    order = sorted(range(len(slots)), key=lambda n: _start(slots[n], problem.horizon))
    waiting = []
    for number in order:
        slot, visit = slots[number], problem.visits[number]
        ready = ready_after(problem, visit, found)
        if slot is not None and (begun(slot, now) or _fits(board, visit, slot, ready)):
            board.take(visit, slot)
            found[number] = slot
        else:
            waiting.append(number)
    waiting.sort(key=lambda n: (problem.visits[n].tier, problem.visits[n].arrival))
    for number in lawful(problem.visits, waiting):
        visit = problem.visits[number]
        found[number] = board.place(visit, max(now, ready_after(problem, visit, found)))
    return tuple(found)


def _start(slot: Slot | None, horizon: int) -> int:
    if slot is None:
        return horizon
    return min(slot.start, slot.scan_start) if slot.scanner >= 0 else slot.start


def _fits(board: Board, visit: Visit, slot: Slot, ready: int) -> bool:
    """Tell whether a visit may still be made where it was planned, with a scan or without one."""
    if _start(slot, 0) < max(visit.arrival, ready) or (slot.scanner >= 0) != (visit.scan > 0):
        return False
    busy, own = span(slot.start, slot.end), board.movements[visit.movement]
    if visit.length:
        free = board.bays[slot.bay] & own
        if slot.bay not in visit.bays or free & busy != busy:
            return False
    for job, officer in zip(visit.jobs, slot.officers, strict=True):
        begin = slot.start + job.offset
        works = span(begin, begin + job.length)
        calls = board.problem.calls[officer]
        called = calls and begin < visit.known + calls
        if called or board.officers[officer] & works != works:
            return False
    if not visit.scan:
        return True
    over_at = slot.scan_start + visit.scan
    scans = span(slot.scan_start, over_at)
    in_turn = over_at <= slot.start or not (board.problem.scan_first and visit.length)
    return in_turn and board.scanners[slot.scanner] & own & scans == scans


def still_standing(world: World, kept: Timetable) -> Timetable:
    """Return those stops of a plan that the world as it is now still asks for and can have."""
    known = {one.id for one in world.consignments}
    people = {one.id for one in world.officers}
    places = {one.id for one in places_of(world.bays, "bay")} | {None}
    scanners = {one.id for one in places_of(world.scanners, "scanner")} | {None}
    halts = tuple(
        halt
        for halt in kept.halts
        if known.issuperset(halt.consignments)
        and people.issuperset(one.officer for one in halt.work)
        and halt.bay in places
        and halt.scanner in scanners
    )
    return msgspec.structs.replace(kept, halts=halts)


def moved(world: World, kept: Timetable, halt: Halt, start: int, bay: str | None) -> Timetable:
    """Return ``kept`` with one halt begun at ``start`` minutes, in ``bay`` if one is named.

    Its scan stays where it was if that is still before. Its officers stay if they can; else
    others who may do the work take their place. Whether the plan may be so is for
    :func:`violations` to say.
    """
    later = start - halt.start
    rest = [one for one in kept.halts if one.id != halt.id]
    busy = [work for one in rest for work in one.work]
    works = []
    for work in halt.work:
        shifted = msgspec.structs.replace(work, start=work.start + later, end=work.end + later)
        able = [work.officer]
        able += [one.id for one in world.officers if work.skill in (one.skills or (one.agency,))]
        free = (name for name in able if _is_free(world, name, shifted.start, shifted.end, busy))
        shifted = msgspec.structs.replace(shifted, officer=next(free, work.officer))
        works.append(shifted)
        busy.append(shifted)
    changed = msgspec.structs.replace(
        halt,
        start=start,
        end=halt.end + later,
        bay=bay or halt.bay,
        opened=None if halt.opened is None else halt.opened + later,
        work=tuple(works),
        waits_for=None,
    )
    if halt.scan_start is not None and halt.scan_end is not None and halt.scan_end > start:
        changed = msgspec.structs.replace(
            changed, scan_start=halt.scan_start + later, scan_end=halt.scan_end + later
        )
    halts = sorted((*rest, changed), key=lambda one: (one.start, one.consignments))
    return msgspec.structs.replace(kept, halts=tuple(halts))


def _is_free(world: World, name: str, start: int, end: int, busy: Iterable[Work]) -> bool:
    """Tell whether an officer is on duty all the time and does nothing else."""
    officer = next((one for one in world.officers if one.id == name), None)
    if officer is None:
        return False
    on_duty = not officer.shifts or any(
        minutes(a) <= start and end <= minutes(b) for a, b in officer.shifts
    )
    return on_duty and not any(
        one.officer == name and one.start < end and start < one.end for one in busy
    )
