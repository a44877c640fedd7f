"""What a day came to: openings, stops, times in the post, officer hours."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import msgspec

from gatepost.control.schedule.reading import minutes
from gatepost.control.schedule.timetable import Timetable
from gatepost.control.schedule.world import World


class Figures(msgspec.Struct, frozen=True):
    """A planned day in numbers.

    A stop is a halt in a bay, or at a scanner alone; an opening is one consignment opened
    at one halt. Minutes are those from arrival until a consignment may go, over all that
    could be planned; officer hours those at work on goods. ``gap`` is how far the weighted
    mean may lie above the best possible, as a share of it; 0 is proven optimal.
    """

    openings: int
    stops: int
    mean_minutes: float
    p90_minutes: float
    max_minutes: float
    officer_hours: float
    gap: float


def figures_of(world: World, plan: Timetable, gap: float) -> Figures:
    """Return the figures of ``plan`` for ``world``."""
    spent = sorted(minutes_in_post(world, plan).values())
    work = [one for halt in plan.halts for one in halt.work]
    return Figures(
        sum(len({name for one in halt.work for name in one.consignments}) for halt in plan.halts),
        len(plan.halts),
        round(sum(spent) / len(spent), 2) if spent else 0.0,
        float(percentile(spent, 0.9)),
        float(max(spent, default=0)),
        round(sum(one.end - one.start for one in work) / 60, 2),
        round(gap, 4),
    )


def minutes_in_post(world: World, plan: Timetable) -> dict[str, int]:
    """Return by consignment the minutes from its arrival until its last halt is over."""
    arrivals = {one.id: minutes(one.arrival) for one in world.consignments}
    ends: dict[str, int] = {}
    for halt in plan.halts:
        for name in halt.consignments:
            ends[name] = max(ends.get(name, 0), halt.end, halt.scan_end or 0)
    return {name: end - arrivals[name] for name, end in ends.items()}


def weighted_mean(world: World, plan: Timetable) -> float:
    """Return the mean minutes in the post, each consignment counted by its weight."""
    weights = {one.id: one.weight for one in world.consignments}
    spent = minutes_in_post(world, plan)
    total = sum(weights[name] for name in spent)
    return sum(weights[name] * time for name, time in spent.items()) / total if total else 0.0


def percentile(ordered: Sequence[int], share: float) -> int:
    """Return the smallest value that ``share`` of the ``ordered`` values do not exceed."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else 0
