"""Planning while the day goes on: what has begun stays, what is known is planned again.

A post knows of a consignment some time before it arrives, and at most so many that a solver
comes to an end are looked at together.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gatepost.control.schedule.board import Board
from gatepost.control.schedule.greedy import Cost, Slots, cost_of, first_come, lawful, ready_of
from gatepost.control.schedule.plan import SMALL, improved
from gatepost.control.schedule.planner import Planner
from gatepost.control.schedule.problem import Problem, Slot, Visit


def replan(
    problem: Problem,
    slots: Sequence[Slot | None],
    now: int,
    known: Sequence[int],
    planner: Planner,
    seconds: float,
    limit: Cost | None = None,
    most: int | None = SMALL,
) -> Slots:
    """Return the places of all visits, those of ``known`` that have not begun planned anew.

    What began before ``now`` keeps its place; of the others the first ``most`` to arrive are
    placed (all of them with ``None``), and the rest has no place yet.
    """
    found: list[Slot | None] = [None] * len(problem.visits)
    board = Board(problem, now)
    under_way = [0] * problem.movements
    for number, slot in enumerate(slots):
        if slot is not None and begun(slot, now):
            visit = problem.visits[number]
            found[number] = slot
            board.take(visit, slot)
            scanned = slot.scan_start + visit.scan if slot.scanner >= 0 else 0
            under_way[visit.movement] = max(under_way[visit.movement], slot.end, scanned)
    todo = [number for number in known if found[number] is None]
    todo.sort(key=lambda number: (problem.visits[number].tier, problem.visits[number].arrival))
    del todo[len(todo) if most is None else most :]
    todo = [number for number in todo if not _held_back(problem, number, found, todo)]
    place = {number: turn for turn, number in enumerate(todo)}
    visits = tuple(
        problem.visits[number]._replace(
            after=tuple(place[other] for other in problem.visits[number].after if other in place),
            # A movement is in one place: what is under way of it comes to its end first.
            arrival=max(problem.visits[number].arrival, under_way[problem.visits[number].movement]),
        )
        for number in todo
    )
    rest = msgspec.structs.replace(
        problem,
        visits=visits,
        bays=tuple(board.bays),
        scanners=tuple(board.scanners),
        officers=tuple(board.officers),
    )
    for number, slot in zip(
        todo, improved(rest, planner, seconds, limit, _turns(todo, visits, slots)), strict=True
    ):
        found[number] = slot
    return tuple(found)


def _held_back(
    problem: Problem, number: int, found: Sequence[Slot | None], todo: Sequence[int]
) -> bool:
    """Tell whether something must be over before a visit that has no place and gets none yet."""
    visit = problem.visits[number]
    missing = [n for n in visit.after if found[n] is None]
    return any(
        (n not in todo and ready_of(problem, visit, problem.visits[n], None) > 0)
        or _held_back(problem, n, found, todo)
        for n in missing
    )


def _turns(todo: Sequence[int], visits: Sequence[Visit], slots: Sequence[Slot | None]) -> list[int]:
    """Return the turns of the visits of ``todo`` as they were planned; who is new comes last.

    Unless it must be over before one that was planned: then it comes before that.
    """

    def turn(place: int) -> tuple[int, bool, int]:
        slot, visit = slots[todo[place]], visits[place]
        return visit.tier, slot is None, slot.start if slot is not None else visit.arrival

    return lawful(visits, sorted(range(len(todo)), key=turn))


def begun(slot: Slot, now: int) -> bool:
    """Tell whether a halt, or the scan before it, began before ``now``."""
    return min(slot.start, slot.scan_start if slot.scanner >= 0 else slot.start) < now


def roll(problem: Problem, planner: Planner, every: int, ahead: int, seconds: float) -> Slots:
    """Play the day, planning anew every so many units what arrives within ``ahead``.

    ``seconds`` is the time of each planning. This is how a post that hears of consignments
    ``ahead`` of their arrival would have worked. Nobody known is to wait longer than the
    longest that first come, first served has come to by then.
    """
    slots: Slots = (None,) * len(problem.visits)
    if not problem.visits:
        return slots
    _, queue = first_come(problem)
    now = min(visit.arrival for visit in problem.visits) - ahead
    while now < problem.horizon:
        known = [n for n, visit in enumerate(problem.visits) if visit.arrival <= now + ahead]
        first = [slot if n in known else None for n, slot in enumerate(queue)]
        limit = cost_of(problem, first)
        slots = replan(problem, slots, max(now, 0), known, planner, seconds, limit)
        if all(slot is not None and begun(slot, now) for slot in slots):
            break
        now += every
    return slots
