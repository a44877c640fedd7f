"""First come, first served: the plan that every other one is compared with, and its cost."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

import msgspec

from gatepost.control.schedule.board import Board
from gatepost.control.schedule.problem import Problem, Slot, Visit

Slots = tuple[Slot | None, ...]
"""Where each visit of a problem is placed; ``None`` where there was no room."""


class Cost(msgspec.Struct, frozen=True, order=True):
    """What a plan costs, in time units: what had no room, weighted and longest times."""

    left: int
    weighted: int
    longest: int
    longest_wait: int


def over(visit: Visit, slot: Slot) -> int:
    """Return when a visit is over, a scan after it included."""
    return max(slot.end, slot.scan_start + visit.scan) if visit.scan else slot.end


def cost_of(problem: Problem, slots: Sequence[Slot | None]) -> Cost:
    """Return the cost of placing the visits so; a consignment waits for its last visit."""
    left = weighted = longest = wait = 0
    ends = [-1] * len(problem.loads)
    for visit, slot in zip(problem.visits, slots, strict=True):
        if slot is None:
            left += 1
            continue
        end = over(visit, slot)
        for index in visit.loads:
            ends[index] = max(ends[index], end)
        if slot.start - visit.arrival > wait:
            wait = slot.start - visit.arrival
    for load, end in zip(problem.loads, ends, strict=True):
        if end >= 0:
            time = end - load.arrival
            weighted += load.weight * time
            if time > longest:
                longest = time
    return Cost(left, weighted, longest, wait)


def first_come(problem: Problem, in_turn: bool = False) -> tuple[list[int], Slots]:
    """Place every visit in the order of arrival, classes that go first before others.

    A movement with several visits queues for the next when one is over, and goes where it is
    taken first; whoever fits into a gap takes it. ``in_turn`` is the stricter queue of a post
    without a plan: each goes from one agency to the next in the order asked, and nobody
    begins before one who queued before. Returns the order of placing, and the places.
    """
    board = Board(problem)
    slots: list[Slot | None] = [None] * len(problem.visits)
    order: list[int] = []
    begun = 0
    waiting: dict[int, list[int]] = {}
    for number, visit in enumerate(problem.visits):
        waiting.setdefault(visit.movement, []).append(number)
    queue = []
    for movement, numbers in waiting.items():
        visits = [problem.visits[number] for number in numbers]
        tier, arrival = min(v.tier for v in visits), min(v.arrival for v in visits)
        queue.append((tier, arrival, movement))
    heapq.heapify(queue)
    while queue:
        tier, ready, movement = heapq.heappop(queue)
        low = max(ready, begun) if in_turn else ready
        number, slot = _next(board, waiting[movement], slots, low, in_turn)
        waiting[movement].remove(number)
        order.append(number)
        slots[number] = slot
        if slot is not None:
            board.take(problem.visits[number], slot)
            ready = over(problem.visits[number], slot)
            begun = max(begun, slot.start)
        if waiting[movement]:
            heapq.heappush(queue, (tier, ready, movement))
    return order, tuple(slots)


def _next(
    board: Board,
    numbers: Sequence[int],
    slots: Sequence[Slot | None],
    ready: int,
    only_first: bool,
) -> tuple[int, Slot | None]:
    """Return the visit of a movement that can be made first, of those nothing must precede."""
    problem, visits = board.problem, board.problem.visits
    free = [n for n in numbers if not any(other in numbers for other in visits[n].after)]
    found = [
        (n, board.slot(visits[n], max(ready, ready_after(problem, visits[n], slots))))
        for n in (free[:1] if only_first else free)
    ]
    return min(found, key=lambda one: (one[1] is None, one[1].start if one[1] else 0))


def in_order(problem: Problem, order: Sequence[int]) -> Slots:
    """Place the visits one by one in ``order``, each as early as what is left allows."""
    board = Board(problem)
    slots: list[Slot | None] = [None] * len(problem.visits)
    for number in order:
        visit = problem.visits[number]
        slots[number] = board.place(visit, ready_after(problem, visit, slots))
    return tuple(slots)


def lawful(visits: Sequence[Visit], order: Iterable[int]) -> list[int]:
    """Return ``order`` with every visit behind those that must be over before it, else as it is."""
    waiting = list(order)
    found = []
    while waiting:
        number = next(n for n in waiting if not any(m in waiting for m in visits[n].after))
        waiting.remove(number)
        found.append(number)
    return found


def ready_after(problem: Problem, visit: Visit, slots: Sequence[Slot | None]) -> int:
    """Return when the visits that must be over before ``visit`` are; past the day if never."""
    ready = 0
    for other in visit.after:
        ready = max(ready, ready_of(problem, visit, problem.visits[other], slots[other]))
    return ready


def ready_of(problem: Problem, visit: Visit, before: Visit, slot: Slot | None) -> int:
    """Return when ``before``, placed at ``slot``, lets ``visit`` begin.

    What has no room on this day holds back those of its consignments until the next.
    """
    if slot is not None:
        return over(before, slot)
    return 0 if set(before.loads).isdisjoint(visit.loads) else problem.horizon
