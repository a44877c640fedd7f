"""A proven lower bound: no plan of a problem can cost less.

Somebody proposes a price for each moment of each pool (Lagrangian relaxation; Fisher 1981).
What the visits would cost if each chose its cheapest moment, less what the pools would earn,
is at most the cost of every plan that keeps to the pools. So prices need no trust: what they
prove is computed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import ceil, inf

from gatepost.control.schedule.board import Board
from gatepost.control.schedule.pools import Pool, Use, pools_of
from gatepost.control.schedule.problem import Problem, Visit

Prices = Sequence[Sequence[float]]
"""For each pool, in the order of ``pools_of``, a price not below zero for each moment."""

ROUNDING = 1e-6


def weights_of(problem: Problem) -> list[tuple[int, int]]:
    """Return for each visit its weight and what its loads' arrivals take off its cost.

    A consignment with several visits waits for all, so for the one that is over last at the
    earliest: it is counted with that one alone.
    """
    board = Board(problem)
    soonest = []
    for visit in problem.visits:
        slot = board.slot(visit)
        soonest.append(slot.end if slot else 0)
    last: dict[int, int] = {}
    for number, visit in enumerate(problem.visits):
        for index in visit.loads:
            if index not in last or soonest[number] > soonest[last[index]]:
                last[index] = number
    found = [(0, 0)] * len(problem.visits)
    for index, number in last.items():
        load = problem.loads[index]
        weight, less = found[number]
        found[number] = weight + load.weight, less + load.weight * load.arrival
    return found


def bound_of(problem: Problem, prices: Prices) -> int:
    """Return the bound that ``prices`` prove, in weighted time units."""
    pools = pools_of(problem)
    horizon = problem.horizon
    sums = [[0.0, *accumulate(max(0.0, price) for price in row)] for row in prices]
    earned = sum(
        sum(
            max(0.0, price) * there
            for price, there in zip(row, pool.capacity(horizon), strict=True)
        )
        for row, pool in zip(prices, pools, strict=True)
    )
    uses = uses_of(problem, pools)
    board = Board(problem)
    total = 0.0
    for number, (visit, (weight, less)) in enumerate(
        zip(problem.visits, weights_of(problem), strict=True)
    ):
        best = _cheapest(problem, board, visit, weight, uses[number], sums)
        if best < inf:
            total += best - less
    return ceil(total - earned - ROUNDING * max(1.0, abs(total)))


def uses_of(problem: Problem, pools: Sequence[Pool]) -> list[list[tuple[int, Use, bool]]]:
    """Return by visit which pools it uses, and how."""
    found: list[list[tuple[int, Use, bool]]] = [[] for _ in problem.visits]
    for number, pool in enumerate(pools):
        for use in pool.uses:
            found[use.visit].append((number, use, pool.scan))
    return found


def _cheapest(
    problem: Problem,
    board: Board,
    visit: Visit,
    weight: int,
    uses: Sequence[tuple[int, Use, bool]],
    sums: Sequence[Sequence[float]],
) -> float:
    """Return the least that a visit can cost at these prices."""
    scans = [sums[number] for number, _, scan in uses if scan]
    stops = [(sums[number], use) for number, use, scan in uses if not scan]
    before = problem.scan_first or not visit.length
    scanned = _scanned(scans[0], visit, problem.horizon, before) if scans else None
    low = visit.arrival + (visit.scan if before else 0)
    moments = board.moments(visit, low) if visit.length else -1
    best = inf
    for start in range(low, problem.horizon - visit.length + 1):
        if not moments >> start & 1:
            continue
        cost = float(weight * (start + visit.length))
        for sums_of, use in stops:
            begin = start + use.offset
            cost += sums_of[begin + use.length] - sums_of[begin]
        if scanned is not None:
            cost += scanned[start]
        best = min(best, cost)
    return best


def _scanned(sums: Sequence[float], visit: Visit, horizon: int, before: bool) -> list[float]:
    """Return what a scan costs at least if the stop begins at each moment."""
    costs = [inf] * (horizon + 1)
    best = inf
    for end in range(visit.arrival + visit.scan, horizon + 1):
        best = min(best, sums[end] - sums[end - visit.scan])
        costs[end] = best
    return costs if before else [best] * (horizon + 1)
