"""Planning a day: first come, then turns changed, then a solver; the best that was checked.

What is returned never leaves out more than first come, first served. Where it leaves out as
many, it is never worse: not in the weighted mean, not in the longest time in the post and not in
the longest wait for a stop. Whoever has no place waits for the next day, which no longest time of
this one tells; so a plan that places one more may let somebody else wait longer.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gatepost.control.schedule.board import Board
from gatepost.control.schedule.bound import bound_of
from gatepost.control.schedule.check import violations
from gatepost.control.schedule.compiled import compile_world
from gatepost.control.schedule.figures import Figures, figures_of
from gatepost.control.schedule.greedy import Cost, Slots, cost_of, first_come, in_order
from gatepost.control.schedule.planner import Planner, Proposal
from gatepost.control.schedule.problem import Problem
from gatepost.control.schedule.search import Search
from gatepost.control.schedule.timetable import Timetable, timetable
from gatepost.control.schedule.world import World
from gatepost.kernel.notice import Refused

SMALL = 20
"""Up to so many visits the solver comes to an end by itself."""
PRICES = 0.15
"""The share of the time in which the bound is proven."""
TURNS, SOLVER, AGAIN = 0.3, 0.47, 0.23
"""How the rest of the time of a large day is shared."""
FIRST_TURNS = 0.1
"""The share of turns in a small day, where the solver is soon done."""


class Planned(msgspec.Struct, frozen=True):
    """A problem with the places chosen, what first come would cost, and the bound proven."""

    problem: Problem
    slots: Slots
    cost: Cost
    greedy: Cost
    bound: int

    @property
    def gap(self) -> float:
        """Return how far the weighted mean may lie above the best, as a share of it."""
        weighted = self.cost.weighted
        return max(0.0, 1 - self.bound / weighted) if weighted else 0.0


class DayPlan(msgspec.Struct, frozen=True):
    """A day as planned jointly, the same agency by agency, and both by first come."""

    joint: Timetable
    separate: Timetable
    figures: Figures
    separate_figures: Figures
    first_come: Figures


def plan(problem: Problem, planner: Planner, seconds: float, limit: Cost | None = None) -> Planned:
    """Return the best plan found in about ``seconds``.

    ``limit`` holds the longest times that anybody may have, by default those of first come.
    """
    best = _searched(problem, planner, seconds * (1 - PRICES), limit)
    return best.planned(planner, seconds * PRICES)


def improved(
    problem: Problem, planner: Planner, seconds: float, limit: Cost | None, order: Sequence[int]
) -> Slots:
    """Return the best places found in about ``seconds``, beginning from the turns one has.

    For planning again and again: no time goes into a bound, and what was found before is not
    looked for anew.
    """
    return _searched(problem, planner, seconds, limit, order).slots


def _searched(
    problem: Problem,
    planner: Planner,
    seconds: float,
    limit: Cost | None,
    known: Sequence[int] = (),
) -> _Best:
    """Return the best of first come, the turns ``known``, turns changed by hand and the solver."""
    order, slots = first_come(problem)
    greedy = cost_of(problem, slots)
    best = _Best(problem, order, slots, greedy, limit or greedy)
    if known:
        best.offer(known, in_order(problem, known))
    small = len(problem.visits) <= SMALL
    best.search(planner, seconds * (FIRST_TURNS if small else TURNS), seed=1)
    if not best.cost.left:
        best.take(planner.propose(problem, best.slots, best.limit, seconds * SOLVER))
    if not best.proven:
        best.search(planner, seconds * AGAIN, seed=2)
    return best


class _Best:
    """The best places so far, and what is known of the best possible."""

    def __init__(
        self, problem: Problem, order: Sequence[int], slots: Slots, greedy: Cost, limit: Cost
    ) -> None:
        self.problem = problem
        self.greedy = greedy
        self.limit = limit
        self.order = list(order)
        self.slots = slots
        self.cost = greedy
        self.bound = 0

    @property
    def proven(self) -> bool:
        """Tell whether nothing better can be found."""
        return self.cost.weighted <= self.bound

    def offer(self, order: Sequence[int], slots: Slots) -> None:
        """Keep ``slots`` if they are better: first in what passes the limit, then in the mean."""
        cost = cost_of(self.problem, slots)
        if self._rank(cost) < self._rank(self.cost):
            self.order, self.slots, self.cost = list(order), slots, cost

    def _rank(self, cost: Cost) -> tuple[int, int, Cost]:
        longer = max(0, cost.longest - self.limit.longest)
        later = max(0, cost.longest_wait - self.limit.longest_wait)
        return cost.left, longer + later, cost

    def search(self, planner: Planner, seconds: float, seed: int) -> None:
        """Change turns for a while."""
        board = Board(self.problem)
        search = Search(self.problem, self.order, self.limit, board, seed)
        search.run(planner.more(seconds))
        _, order, slots = search.best
        self.offer(order, slots)

    def take(self, proposal: Proposal) -> None:
        """Place the visits as proposed: in that order, held to those kinds of places."""
        if not proposal.starts:
            return
        visits = self.problem.visits
        order = sorted(range(len(visits)), key=lambda n: (visits[n].tier, proposal.starts[n]))
        held = msgspec.structs.replace(self.problem, visits=proposal.visits)
        self.offer(order, in_order(held, order))
        self.offer(order, in_order(self.problem, order))
        self.bound = max(self.bound, proposal.bound or 0)

    def planned(self, planner: Planner, seconds: float) -> Planned:
        """Return what was found, with the best bound that can be proven."""
        if not self.proven:
            bound = proven_bound(self.problem, self.slots, self.cost, planner, seconds)
            self.bound = max(self.bound, bound)
        return Planned(self.problem, self.slots, self.cost, self.greedy, self.bound)


def proven_bound(
    problem: Problem, slots: Slots, cost: Cost, planner: Planner, seconds: float
) -> int:
    """Return what no plan can cost less, of all the visits that have room at ``slots``."""
    pairs = zip(problem.visits, slots, strict=True)
    placed = tuple(visit._replace(after=()) for visit, slot in pairs if slot is not None)
    part = msgspec.structs.replace(problem, visits=placed)
    return bound_of(part, planner.prices(part, cost.weighted, seconds)) if placed else 0


def plan_world(world: World, planner: Planner, seconds: float) -> DayPlan:
    """Plan ``world`` jointly, and agency by agency beside it.

    The agencies that plan for themselves take what comes first, each goes where it is taken
    first: the best that is left to them without a common plan. Raises ``Refused`` with
    everything wrong in the world.
    """
    joint = plan(compile_world(world), planner, seconds)
    alone = compile_world(world, separate=True)
    _, slots = first_come(alone)
    cost = cost_of(alone, slots)
    bound = proven_bound(alone, slots, cost, planner, seconds * PRICES)
    separate = Planned(alone, slots, cost, cost, bound)
    together = _checked(world, joint.problem, joint.slots)
    apart = _checked(world, alone, slots)
    merged = _checked(world, joint.problem, first_come(joint.problem)[1])
    first_gap = msgspec.structs.replace(joint, cost=joint.greedy).gap
    return DayPlan(
        together,
        apart,
        figures_of(world, together, joint.gap),
        figures_of(world, apart, separate.gap),
        figures_of(world, merged, first_gap),
    )


def queued(world: World, separate: bool = False) -> Timetable:
    """Return the day by who comes first, jointly or agency by agency, checked as every plan is."""
    problem = compile_world(world, separate)
    return _checked(world, problem, first_come(problem)[1])


def _checked(world: World, problem: Problem, slots: Slots) -> Timetable:
    """Return the timetable if it keeps every constraint of the world; else it is refused."""
    found = timetable(problem, slots)
    if broken := violations(world, found):
        raise Refused(broken)
    return found
