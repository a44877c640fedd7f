"""Local search: visits change their turn while the day gets better and nobody waits longer.

A turn is tried by placing again what comes after it. Late acceptance (Burke and Bykov 2017)
decides: a change stays if the day is no worse than it was some hundred tries ago. It
needs no clock; the caller says when it is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from gatepost.control.schedule.board import Board
from gatepost.control.schedule.greedy import Cost, Slots, over, ready_of
from gatepost.control.schedule.problem import Problem, Slot, Visit

MEMORY = 120
"""How many tries ago a change is compared with."""
NEAR = 12
"""Most changes move a visit by no more than so many turns."""
NO_ROOM = 10**9
TOO_LONG = 10**4
"""What a unit of time past the longest allowed, or a visit without room, is held to cost."""


class Dice:
    """Whole numbers as if by chance, the same every time (xorshift, Marsaglia 2003)."""

    def __init__(self, seed: int = 1) -> None:
        self._state = seed * 2654435769 % 2**32 or 1

    def below(self, limit: int) -> int:
        """Return a number from 0 to ``limit`` - 1."""
        state = self._state
        state ^= state << 13 & 0xFFFFFFFF
        state ^= state >> 17
        state ^= state << 5 & 0xFFFFFFFF
        self._state = state
        return state % limit


class State(NamedTuple):
    """The day after some turns: what is free, when each consignment was over, the cost so far."""

    board: Board
    ends: list[int]
    value: int

    def same(self, other: State) -> bool:
        """Tell whether what follows would be placed the same."""
        one, two = self.board, other.board
        return (
            one.bays == two.bays
            and one.officers == two.officers
            and one.scanners == two.scanners
            and one.movements == two.movements
            and self.ends == other.ends
        )


class Search:
    """One search from an order of turns; ``best`` is never worse than where it began.

    ``limit`` is a plan no consignment of which may be longer in the post, or wait longer for
    its stop, than its longest. What begins before ``since`` is not looked at.
    """

    def __init__(
        self, problem: Problem, order: Sequence[int], limit: Cost, board: Board, seed: int = 1
    ) -> None:
        self.problem = problem
        self.limit = limit
        self.dice = Dice(seed)
        self.order = list(order)
        self._chained = any(visit.after for visit in problem.visits)
        start = State(board, [-1] * len(problem.loads), 0)
        self.slots: list[Slot | None] = [None] * len(problem.visits)
        self._states = [start]
        self._adopt(0, self.order, self._tried(0, len(order), self.order, NO_ROOM * NO_ROOM))
        self.best: tuple[int, tuple[int, ...], Slots] = (
            self._value,
            tuple(self.order),
            tuple(self.slots),
        )

    @property
    def _value(self) -> int:
        return self._states[-1].value

    def run(self, more: Callable[[], bool]) -> Slots:
        """Search while ``more`` says so, and return the best places found."""
        if len(self.order) < 2:
            return self.best[2]
        memory = [self._value] * MEMORY
        tries = 0
        while more():
            tries += 1
            here = tries % MEMORY
            changed = self._changed()
            if changed is None:
                continue
            low, high, order = changed
            tried = self._tried(low, high, order, max(memory[here], self._value))
            if tried is not None:
                self._adopt(low, order, tried)
                if self._value < self.best[0]:
                    self.best = self._value, tuple(order), tuple(self.slots)
            memory[here] = min(memory[here], self._value)
        return self.best[2]

    def _changed(self) -> tuple[int, int, list[int]] | None:
        """Return the turns between which an order is changed, and the order."""
        count, dice = len(self.order), self.dice
        source = dice.below(count)
        if dice.below(4):
            step = 1 + dice.below(NEAR)
            target = source + step if dice.below(2) else source - step
        else:
            target = dice.below(count)
        if not 0 <= target < count or target == source:
            return None
        order = self.order.copy()
        if dice.below(3):
            order.insert(target, order.pop(source))
        else:
            order[source], order[target] = order[target], order[source]
        low, high = min(source, target), max(source, target)
        return (low, high, order) if self._lawful(order, low, high) else None

    def _lawful(self, order: Sequence[int], low: int, high: int) -> bool:
        """Tell whether classes and visits that go first still do, between two turns."""
        visits = self.problem.visits
        changed = order[low : high + 1]
        if any(visits[a].tier > visits[b].tier for a, b in pairwise(changed)):
            return False
        if not self._chained:
            return True
        turn = {number: n for n, number in enumerate(order)}
        return all(turn[other] < turn[one] for one in order[low:] for other in visits[one].after)

    def _tried(
        self, low: int, high: int, order: Sequence[int], most: int
    ) -> list[tuple[Slot | None, State]] | None:
        """Place the visits from turn ``low`` on; ``None`` as soon as it costs over ``most``.

        Past turn ``high``, where all is as it was, the rest need not be placed again.
        """
        visits, known = self.problem.visits, self._states
        state, placed = known[low], []
        fresh: dict[int, Slot | None] = {}
        for turn in range(low, len(order)):
            number = order[turn]
            visit = visits[number]
            after = 0
            for other in visit.after:
                slot = fresh[other] if other in fresh else self.slots[other]
                after = max(after, ready_of(self.problem, visit, visits[other], slot))
            board = state.board.copy()
            slot = board.place(visit, after)
            state = self._with(state, board, visit, slot)
            if state.value > most:
                return None
            fresh[number] = slot
            placed.append((slot, state))
            if high < turn < len(known) - 1 and state.same(known[turn + 1]):
                if known[-1].value - known[turn + 1].value + state.value > most:
                    return None
                break
        return placed

    def _with(self, state: State, board: Board, visit: Visit, slot: Slot | None) -> State:
        """Return the state after ``visit`` was placed at ``slot``."""
        if slot is None:
            return State(board, state.ends, state.value + NO_ROOM)
        ends, value, limit = state.ends.copy(), state.value, self.limit
        end = over(visit, slot)
        for index in visit.loads:
            load, earlier = self.problem.loads[index], ends[index]
            if end > earlier:
                value += load.weight * (end - (earlier if earlier >= 0 else load.arrival))
                ends[index] = end
            value += TOO_LONG * max(0, end - load.arrival - limit.longest)
        value += TOO_LONG * max(0, slot.start - visit.arrival - limit.longest_wait)
        return State(board, ends, value)

    def _adopt(
        self, low: int, order: list[int], tried: list[tuple[Slot | None, State]] | None
    ) -> None:
        """Make what was tried the order that stands."""
        assert tried is not None
        self.order = order
        for number, (slot, _) in zip(order[low:], tried, strict=False):
            self.slots[number] = slot
        states = [state for _, state in tried]
        rest = self._states[low + 1 + len(states) :]
        if rest:
            less = self._states[low + len(states)].value - states[-1].value
            rest = [State(one.board, one.ends, one.value - less) for one in rest]
        self._states[low + 1 :] = [*states, *rest]
