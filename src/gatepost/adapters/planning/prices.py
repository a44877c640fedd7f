"""Prices for the moments of a day, climbed towards the best bound they can prove.

Subgradient steps after Polyak (1969) on arrays; ``control.schedule.bound`` computes what the
prices prove, so a fault here can weaken a bound and never falsify it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gatepost.control.schedule.board import Board
from gatepost.control.schedule.bound import uses_of, weights_of
from gatepost.control.schedule.pools import pools_of
from gatepost.control.schedule.problem import Problem

Row = NDArray[np.float64]

PATIENCE = 12
"""Rounds without a better bound after which steps become shorter."""
SHORTEST = 0.002


class Climb:
    """The climb for one problem; ``cost`` is that of a plan one has."""

    def __init__(self, problem: Problem, cost: int) -> None:
        self.problem = problem
        self.cost = float(cost)
        self.pools = pools_of(problem)
        self.horizon = problem.horizon
        self.capacity = np.array(
            [pool.capacity(problem.horizon) for pool in self.pools], dtype=np.float64
        ).reshape(len(self.pools), problem.horizon)
        self.uses = uses_of(problem, self.pools)
        self.base = self._base()

    def _base(self) -> list[tuple[int, Row]]:
        """Return for each visit its first moment, and what each start costs without prices."""
        board, found = Board(self.problem), []
        for visit, (weight, less) in zip(
            self.problem.visits, weights_of(self.problem), strict=True
        ):
            before = self.problem.scan_first or not visit.length
            low = visit.arrival + (visit.scan if before else 0)
            count = self.horizon - visit.length + 1 - low
            at = np.arange(low, low + max(count, 0), dtype=np.float64)
            costs = weight * (at + visit.length) - less
            moments = board.moments(visit, low) if visit.length else -1
            bits = np.array([moments >> low + n & 1 for n in range(len(at))], dtype=bool)
            costs[~bits] = np.inf
            found.append((low, costs))
        return found

    def run(self, more: Callable[[], bool]) -> list[list[float]]:
        """Return the best prices found while ``more`` says so."""
        prices = np.zeros_like(self.capacity)
        best, best_prices, factor, stale = -np.inf, prices, 1.0, 0
        while more() and factor > SHORTEST:
            value, used = self._answer(prices)
            if value > best:
                best, best_prices, stale = value, prices, 0
            else:
                stale += 1
                if stale >= PATIENCE:
                    factor, stale, prices = factor / 2, 0, best_prices
                    value, used = self._answer(prices)
            slope = used - self.capacity
            slope[(prices <= 0) & (slope < 0)] = 0
            norm = float((slope * slope).sum())
            if norm == 0 or self.cost - value < 0.5:
                break
            prices = np.maximum(0.0, prices + factor * (self.cost - value) / norm * slope)
        return [[float(price) for price in row] for row in best_prices]

    def _answer(self, prices: Row) -> tuple[float, Row]:
        """Return what the prices prove, and how much of each pool the visits would use."""
        sums = np.zeros((prices.shape[0], self.horizon + 1))
        np.cumsum(prices, axis=1, out=sums[:, 1:])
        marks = np.zeros_like(sums)
        total = -float((prices * self.capacity).sum())
        for visit, (low, base), uses in zip(self.problem.visits, self.base, self.uses, strict=True):
            if not len(base) or not np.isfinite(base).any():
                continue
            costs, last = base.copy(), low + len(base)
            for number, use, scan in uses:
                if not scan:
                    row, at = sums[number], low + use.offset
                    costs += row[at + use.length : last + use.offset + use.length]
                    costs -= row[at : last + use.offset]
            scanned = None
            for number, use, scan in uses:
                if scan:
                    row = sums[number]
                    begins = row[visit.arrival + use.length :] - row[visit.arrival : -use.length]
                    scanned = number, begins
                    if self.problem.scan_first or not visit.length:
                        costs += np.minimum.accumulate(begins)[: len(costs)]
                    else:
                        costs += begins.min()
            choice = int(costs.argmin())
            total += float(costs[choice])
            start = low + choice
            for number, use, scan in uses:
                if not scan:
                    marks[number, start + use.offset] += 1
                    marks[number, start + use.offset + use.length] -= 1
            if scanned is not None:
                number, begins = scanned
                before = self.problem.scan_first or not visit.length
                among = begins[: choice + 1] if before else begins
                at = visit.arrival + int(among.argmin())
                marks[number, at] += 1
                marks[number, at + visit.scan] -= 1
        return total, np.cumsum(marks[:, :-1], axis=1)
