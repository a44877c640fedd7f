"""Joint examinations of a day: how fast a plan is made, how good it is proven, what merging gains.

The days are those of ``_days.py``. Times of planning are wall clock: the solver is given
seconds and uses all processors. ``--quick`` plans the large days for a tenth of the time.
"""

from __future__ import annotations

import sys
from math import sqrt
from pathlib import Path
from statistics import mean, median, stdev
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._days import day
from benchmarks._probe import probe
from gatepost.adapters.planning.solver import Solver
from gatepost.control.schedule.check import violations
from gatepost.control.schedule.compiled import compile_world
from gatepost.control.schedule.figures import Figures, figures_of
from gatepost.control.schedule.greedy import Cost, Slots, cost_of, first_come
from gatepost.control.schedule.plan import plan
from gatepost.control.schedule.planner import Proposal
from gatepost.control.schedule.problem import Problem
from gatepost.control.schedule.rolling import replan, roll
from gatepost.control.schedule.timetable import timetable
from gatepost.control.schedule.world import World

TWELVE = {"customs": 3, "plant": 3, "veterinary": 3, "food": 3}
SEVENTEEN = {"customs": 5, "plant": 4, "veterinary": 4, "food": 4}
FORTY = {"customs": 10, "plant": 10, "veterinary": 10, "food": 10}
DUAL = 0.4
SECONDS = 30.0
SEEDS = range(20)


class Watched(Solver):
    """The solver, remembering what CP-SAT alone could prove."""

    own = 0

    def propose(self, problem: Problem, hint: Slots, limit: Cost, seconds: float) -> Proposal:
        found = super().propose(problem, hint, limit, seconds)
        self.own = found.bound or 0
        return found


def busy(seed: int, number: int = 60, bays: int = 6) -> World:
    """Return the day that is hard to plan: 60 consignments, 6 bays, 12 officers, 2 scanners."""
    return day(number, bays, seed, TWELVE, dual=DUAL)


def greedy() -> None:
    """Print how long first come, first served takes, the world being compiled in it."""
    times = []
    for seed in SEEDS:
        world = busy(seed)
        start = perf_counter()
        problem = compile_world(world)
        first_come(problem)
        times.append(1000 * (perf_counter() - start))
    print(
        f"greedy, 60 consignments, 6 bays, 12 officers, 2 scanners: median {median(times):.1f} ms, "
        f"longest {max(times):.1f} ms; {max(times) / 500:.3f} of the 0.5 s allowed"
    )


def proven() -> None:
    """Print up to how many consignments, and how fast, a plan is proven to be the best."""
    for number in (12, 16, 20):
        times, gaps = [], []
        for seed in range(10):
            problem = compile_world(busy(seed, number, 3))
            start = perf_counter()
            found = plan(problem, Solver(), 1.0 if number <= 16 else 5.0)
            times.append(perf_counter() - start)
            gaps.append(found.gap)
        print(
            f"{number} consignments, 3 bays: {sum(gap == 0 for gap in gaps)} of 10 proven optimal, "
            f"median {median(times):.2f} s, longest {max(times):.2f} s"
        )


def large(seconds: float) -> None:
    """Print what the search gains over first come on large days, and the bounds."""
    for number, bays, scanners, officers in (
        (60, 6, 2, TWELVE),
        (60, 11, 2, SEVENTEEN),
        (200, 25, 6, FORTY),
    ):
        for seed in range(2):
            world = day(number, bays, seed, officers, scanners, dual=DUAL)
            problem = compile_world(world)
            solver = Watched()
            start = perf_counter()
            found = plan(problem, solver, seconds)
            took = perf_counter() - start
            assert violations(world, timetable(problem, found.slots)) == []
            cost, first = found.cost, found.greedy
            assert cost.weighted <= first.weighted
            assert cost.longest <= first.longest
            assert cost.longest_wait <= first.longest_wait
            weight = sum(load.weight for load in problem.loads) / problem.unit
            print(
                f"{number} consignments, {bays} bays, seed {seed}, {took:.0f} s: "
                f"weighted mean {first.weighted / weight:.1f} -> {cost.weighted / weight:.1f} min "
                f"(-{100 * (1 - cost.weighted / first.weighted):.1f} %), "
                f"longest {first.longest * problem.unit} -> {cost.longest * problem.unit} min, "
                f"gap {100 * found.gap:.1f} % "
                f"(by CP-SAT's own bound {100 * (1 - solver.own / cost.weighted):.1f} %)"
            )


def ahead() -> None:
    """Print what planning anew every quarter of an hour gains, knowing two hours ahead.

    Nobody known is to be longer at the post than first come had anybody by then: that bound costs
    about half of what the mean could gain without it.
    """
    for bays, officers in ((6, TWELVE), (11, SEVENTEEN)):
        gains, longest = [], []
        for seed in range(5):
            world = day(60, bays, seed, officers, dual=DUAL)
            problem = compile_world(world)
            first = cost_of(problem, first_come(problem)[1])
            slots = roll(problem, Solver(), 15 // problem.unit, 120 // problem.unit, 0.4)
            assert violations(world, timetable(problem, slots)) == []
            cost = cost_of(problem, slots)
            gains.append(100 * (1 - cost.weighted / first.weighted))
            longest.append((first.longest * problem.unit, cost.longest * problem.unit))
        shown = ", ".join(f"{a}->{b}" for a, b in longest)
        print(
            f"two hours ahead, 60 consignments, {bays} bays: weighted mean -{mean(gains):.1f} % "
            f"({min(gains):.1f} to {max(gains):.1f}, 5 days; target 9 %); longest minutes {shown}"
        )


def slips() -> None:
    """Print how long it takes to plan anew when a halt runs over."""
    times = []
    for seed in range(5):
        problem = compile_world(busy(seed))
        _, slots = first_come(problem)
        now = 10 * 60 // problem.unit
        known = [n for n, v in enumerate(problem.visits) if v.arrival <= now + 120 // problem.unit]
        start = perf_counter()
        replan(problem, slots, now, known, Solver(), 0.8)
        times.append(perf_counter() - start)
    print(f"planned anew at 10:00: longest {max(times):.2f} s of the 1 s allowed")


def merging() -> None:
    """Print what merging alone gains: the same day, joint and separate, both first come."""
    print("merging alone, 60 consignments, 20 days each, first come in both, 95 % intervals:")
    for in_turn, queue in ((True, "one queue in turn"), (False, "gaps filled     ")):
        for bays in (15, 11, 9, 7):
            joint, apart, less, load = [], [], [], []
            for seed in SEEDS:
                world = day(60, bays, seed, SEVENTEEN)
                one, two = (_figures(world, separate, in_turn) for separate in (False, True))
                assert one.officer_hours == two.officer_hours
                joint.append(one)
                apart.append(two)
                less.append(100 * (1 - one.mean_minutes / two.mean_minutes))
                load.append(_load(world, bays))
            print(
                f"  {queue}, {bays:2} bays ({mean(load):.2f} loaded): separate {_shown(apart)}, "
                f"joint {_shown(joint)}, {mean(less):.0f} ± {_half(less):.0f} % shorter, "
                f"stops {mean(f.stops for f in apart):.0f} -> {mean(f.stops for f in joint):.0f}"
            )


def _figures(world: World, separate: bool, in_turn: bool) -> Figures:
    problem = compile_world(world, separate)
    found = timetable(problem, first_come(problem, in_turn)[1])
    assert not found.unplanned
    assert violations(world, found) == []
    return figures_of(world, found, 0.0)


def _load(world: World, bays: int) -> float:
    """Return the bay hours of separate visits in the eleven hours of the day, by bay."""
    problem = compile_world(world, separate=True)
    return sum(visit.length for visit in problem.visits) * problem.unit / 60 / bays / 11


def _half(values: list[float]) -> float:
    return 1.96 * stdev(values) / sqrt(len(values))


def _shown(figures: list[Figures]) -> str:
    means = [one.mean_minutes for one in figures]
    return (
        f"{mean(means):.0f} ± {_half(means):.0f} ({mean(f.p90_minutes for f in figures):.0f}) min"
    )


def main() -> None:
    """Print every figure of joint planning."""
    print(probe())
    greedy()
    proven()
    merging()
    slips()
    ahead()
    large(SECONDS / 10 if "--quick" in sys.argv else SECONDS)


if __name__ == "__main__":
    main()
