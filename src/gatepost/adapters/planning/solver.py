"""The planner with a solver: CP-SAT for starts, prices for the bound."""

from __future__ import annotations

from collections.abc import Callable

from gatepost.adapters.planning.clock import lasting
from gatepost.adapters.planning.cpsat import solve
from gatepost.adapters.planning.prices import Climb
from gatepost.control.schedule.bound import Prices
from gatepost.control.schedule.greedy import Cost, Slots
from gatepost.control.schedule.planner import Proposal
from gatepost.control.schedule.problem import Problem


class Solver:
    """CP-SAT proposes starts, and a climb proposes prices."""

    def more(self, seconds: float) -> Callable[[], bool]:
        """Return a question that is answered with yes for so many seconds from now."""
        return lasting(seconds)

    def propose(self, problem: Problem, hint: Slots, limit: Cost, seconds: float) -> Proposal:
        """Return the starts of CP-SAT."""
        return solve(problem, hint, limit, seconds)

    def prices(self, problem: Problem, cost: int, seconds: float) -> Prices:
        """Return the prices to which the climb came."""
        return Climb(problem, cost).run(lasting(seconds))
