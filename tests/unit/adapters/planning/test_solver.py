"""CP-SAT and prices against every order of turns, on worlds small enough to try all."""

from __future__ import annotations

from itertools import permutations

from hypothesis import HealthCheck, given, settings

from gatepost.adapters.planning.solver import Solver
from gatepost.control.schedule.bound import bound_of
from gatepost.control.schedule.check import violations
from gatepost.control.schedule.compiled import compile_world
from gatepost.control.schedule.greedy import cost_of, in_order
from gatepost.control.schedule.plan import plan
from gatepost.control.schedule.timetable import timetable
from gatepost.control.schedule.world import World
from tests.worlds import worlds

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(worlds(most=4))
def test_the_plan_is_the_best_of_all_orders_and_proven_so(given_: World) -> None:
    problem = compile_world(given_)
    if not 1 < len(problem.visits) <= 5 or any(visit.tier for visit in problem.visits):
        return
    found = plan(problem, Solver(), 0.5)
    if found.cost.left:
        return
    lawful = [
        order
        for order in permutations(range(len(problem.visits)))
        if all(
            order.index(other) < order.index(one)
            for one in order
            for other in problem.visits[one].after
        )
    ]
    costs = [cost_of(problem, in_order(problem, order)) for order in lawful]
    fair = [
        cost.weighted
        for cost in costs
        if not cost.left
        and cost.longest <= found.greedy.longest
        and cost.longest_wait <= found.greedy.longest_wait
    ]
    # Where first come leaves somebody out, no order of all may keep within its longest times.
    assert fair or found.greedy.left
    assert all(found.cost.weighted <= weighted for weighted in fair)
    assert found.bound <= found.cost.weighted
    assert violations(given_, timetable(problem, found.slots)) == []


@FEW
@given(worlds(most=5))
def test_prices_prove_no_more_than_is_true(given_: World) -> None:
    problem = compile_world(given_)
    found = plan(problem, Solver(), 0.2)
    if found.cost.left or not problem.visits:
        return
    prices = Solver().prices(problem, found.cost.weighted, 0.2)
    assert bound_of(problem, prices) <= found.cost.weighted


def test_where_there_is_nothing_to_do_nothing_is_asked() -> None:
    empty = compile_world(World((), (), 1))
    found = plan(empty, Solver(), 0.1)
    assert found.slots == ()
    assert found.gap == 0
