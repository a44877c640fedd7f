"""The same day without joint examinations: not assumed, but planned agency by agency.

Both days have the same arrivals, officers, bays, times and rules of order, and both are planned
by who comes first, so the difference is that of coming to one stop.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from gatepost.casework.desk import Desk
from gatepost.casework.planning.world import post_day
from gatepost.casework.work import Work
from gatepost.control.schedule.figures import minutes_in_post
from gatepost.control.schedule.plan import queued
from gatepost.control.schedule.timetable import Timetable


class Side(msgspec.Struct, frozen=True):
    """One way to examine a day: how many stops, and the mean minutes from arrival until done."""

    stops: int
    minutes: float
    plan: Timetable

    def stops_of(self, reference: str) -> int:
        """Return how often one consignment is stopped."""
        return sum(reference in halt.consignments for halt in self.plan.halts)


class Counterfactual(msgspec.Struct, frozen=True):
    """A day at a post with the agencies together, and with each for itself."""

    together: Side
    apart: Side

    @property
    def avoided(self) -> int:
        """Return the stops avoided."""
        return self.apart.stops - self.together.stops


def counterfactual(desk: Desk, post: str, day: date, now: datetime) -> Counterfactual:
    """Return both ways to examine what was due at ``post`` on ``day``, as known at ``now``."""
    world = post_day(Work(desk, now), post, day).world
    sides = []
    for separate in (False, True):
        plan = queued(world, separate)
        spent = minutes_in_post(world, plan).values()
        mean = sum(spent) / len(spent) if spent else 0.0
        sides.append(Side(len(plan.halts), mean, plan))
    return Counterfactual(*sides)
