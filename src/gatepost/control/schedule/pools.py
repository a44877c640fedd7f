"""Officers, bays and scanners as pools: how much of a day's work each can do at a moment.

Whoever may do a job is its pool. By Hall's condition jobs at one moment find different
officers exactly if no union of pools has more jobs than officers; unions of pools without
a common officer say nothing new and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from gatepost.control.schedule.minutes import spans
from gatepost.control.schedule.problem import Problem

MOST_UNIONS = 256


class Use(NamedTuple):
    """A visit takes one of a pool, so long after it begins, for so long."""

    visit: int
    offset: int
    length: int


class Pool(NamedTuple):
    """What together does the uses: the free moments of each; ``scan`` if they are scans."""

    free: tuple[int, ...]
    uses: tuple[Use, ...]
    scan: bool = False

    def capacity(self, horizon: int) -> list[int]:
        """Return how many of the pool are there at each moment."""
        found = [0] * horizon
        for free in self.free:
            for start, end in spans(free):
                for moment in range(start, min(end, horizon)):
                    found[moment] += 1
        return found


def pools_of(problem: Problem) -> list[Pool]:
    """Return the pools that bind somewhere: those with more uses than members."""
    bays = [
        (frozenset(visit.bays), Use(number, 0, visit.length))
        for number, visit in enumerate(problem.visits)
        if visit.bays
    ]
    jobs = [
        (frozenset(job.officers), Use(number, job.offset, job.length))
        for number, visit in enumerate(problem.visits)
        for job in visit.jobs
    ]
    scans = tuple(Use(number, 0, v.scan) for number, v in enumerate(problem.visits) if v.scan)
    found = [*_unions(bays, problem.bays), *_unions(jobs, problem.officers)]
    if scans:
        found.append(Pool(problem.scanners, scans, scan=True))
    return found


def _unions(uses: Iterable[tuple[frozenset[int], Use]], free: tuple[int, ...]) -> list[Pool]:
    by_pool: dict[frozenset[int], list[Use]] = {}
    for members, use in uses:
        by_pool.setdefault(members, []).append(use)
    known = set(by_pool)
    while True:
        joined = {a | b for a, b in combinations(known, 2) if a & b} - known
        if not joined or len(known) > MOST_UNIONS:
            break
        known |= joined
    found = []
    for union in sorted(known, key=sorted):
        mine = tuple(
            use for members, listed in by_pool.items() if members <= union for use in listed
        )
        found.append(Pool(tuple(free[one] for one in sorted(union)), mine))
    return found
