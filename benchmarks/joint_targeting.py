"""What joint targeting finds, and that chance keeps finding after the world has moved.

On worlds whose truth is known: three agencies with two stops in a hundred consignments each,
against one budget of six in a hundred for all. Then the joint budget without chance against
one that draws a tenth of it. Means over the worlds with intervals of 95 %.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import mean, stdev

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._probe import probe
from benchmarks.worlds.targeting import Outcome, alone, jointly
from benchmarks.worlds.truth import AGENCIES, World

WORLDS, WARM = 20, 10
EACH = 0.02
ALL = EACH * len(AGENCIES)
T_95 = 2.093
"""Student's t for 19 degrees of freedom."""


def rate(outcome: Outcome, weeks: slice) -> float:
    """Return the finds per 1,000 examinations: looks of one agency, or joint ones."""
    return float(1000 * outcome.finds[weeks].sum() / outcome.looks[weeks].sum())


def told(values: list[float]) -> str:
    """Return a mean with its interval."""
    return f"{mean(values):6.1f} ± {T_95 * stdev(values) / len(values) ** 0.5:.1f}"


def main() -> None:
    """Play the worlds and print."""
    found: dict[str, list[Outcome]] = {}
    worlds = [World(seed) for seed in range(WORLDS)]
    base = []
    for seed, world in enumerate(worlds):
        base.append(1000 * mean(float(week.wrong.sum()) / week.size for week in world.weeks))
        for name, outcome in (
            ("each alone, a tenth by chance", alone(world.weeks, EACH, 0.1, seed)),
            ("jointly, a tenth by chance", jointly(world.weeks, ALL, 0.1, seed)),
            ("jointly, none by chance", jointly(world.weeks, ALL, 0.0, seed)),
            ("jointly, all by chance", jointly(world.weeks, ALL, 1.0, seed)),
        ):
            found.setdefault(name, []).append(outcome)
    print(probe())
    drift, weeks = worlds[0].drift, len(worlds[0].weeks)
    spans = {
        f"weeks {WARM} to {drift - 1}": slice(WARM, drift),
        f"after the drift, weeks {drift} to {drift + 9}": slice(drift, drift + 10),
        f"weeks {drift + 10} to {weeks - 1}": slice(drift + 10, weeks),
    }
    print(f"{WORLDS} worlds, {told(base)} wrong in 1,000; finds in 1,000 looks:")
    print(f"{'':32}" + "  ".join(f"{name:>36}" for name in spans))
    for name, outcomes in found.items():
        told_all = [told([rate(one, span) for one in outcomes]) for span in spans.values()]
        print(f"{name:32}" + "  ".join(f"{text:>36}" for text in told_all))
    _compare(found, drift)


def _compare(found: dict[str, list[Outcome]], drift: int) -> None:
    apart, joint = found["each alone, a tenth by chance"], found["jointly, a tenth by chance"]
    none = found["jointly, none by chance"]
    before, after = slice(WARM, drift), slice(drift + 10, None)
    stops = sum(one.stops[before].sum() for one in joint)
    stops /= sum(one.stops[before].sum() for one in apart)
    print(
        f"jointly over each alone: {_ratio(joint, apart, before):.2f} times the finds in as many "
        f"looks and {stops:.2f} times the stops; at a joint look {len(AGENCIES)} agencies look"
    )
    print(
        f"a tenth by chance over none: {_ratio(joint, none, before):.2f} times before the drift, "
        f"{_ratio(joint, none, after):.2f} from ten weeks after it"
    )


def _ratio(some: list[Outcome], others: list[Outcome], weeks: slice) -> float:
    return sum(rate(one, weeks) for one in some) / sum(rate(one, weeks) for one in others)


if __name__ == "__main__":
    main()
