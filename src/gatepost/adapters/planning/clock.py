"""Planning without a solver: turns are changed by hand, for as long as the clock allows."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from gatepost.control.schedule.bound import Prices
from gatepost.control.schedule.greedy import Cost, Slots
from gatepost.control.schedule.planner import Proposal
from gatepost.control.schedule.pools import pools_of
from gatepost.control.schedule.problem import Problem


def lasting(seconds: float) -> Callable[[], bool]:
    """Return a question that is answered with yes for so many seconds from now."""
    end = monotonic() + seconds
    return lambda: monotonic() < end


class Clock:
    """A planner that proposes nothing and knows what time it is."""

    def more(self, seconds: float) -> Callable[[], bool]:
        """Return a question that is answered with yes for so many seconds from now."""
        return lasting(seconds)

    def propose(self, problem: Problem, hint: Slots, limit: Cost, seconds: float) -> Proposal:
        """Propose nothing."""
        return Proposal()

    def prices(self, problem: Problem, cost: int, seconds: float) -> Prices:
        """Ask for nothing: the bound is then the day without any queue."""
        return [[0.0] * problem.horizon for _ in pools_of(problem)]
