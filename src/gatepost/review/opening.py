"""What an hour more of the same opening times costs each side, and what waits without it (OS-05).

Where only one of two sides is open, the other could open as well, and pays its people for that.
Meanwhile vehicles arrive and wait: their number grows evenly, so that their waiting grows with the
square of the time. What they wait after the opening, until the queue is gone, comes on top.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import prod

import msgspec

from gatepost.authority.hours_report import Mismatch, Overlap
from gatepost.kernel.language import Text
from gatepost.kernel.notice import Rule, Value
from gatepost.review import rules
from gatepost.review.costs import Assumption
from gatepost.review.figures import Keys, assumption_faults
from gatepost.review.present_value import Number, exact, plain

WEEKS = Fraction(365, 7)
"""Weeks in a year, as a yearly amount is made of a weekly one."""


class HourCost(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What one hour of a service of one side costs: the product of the assumptions named."""

    service: str
    side: str
    per_hour: tuple[str, ...]


class Waiting(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who waits for a service: vehicles ``arriving`` in an hour, and what each hour costs them."""

    service: str
    arriving: tuple[str, ...]
    per_hour: tuple[str, ...] = ()


class HourCosts(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The file ``hour_costs.yaml``: assumptions with their sources, and what is made of them."""

    id: str
    title: Text
    currency: str
    assumptions: tuple[Assumption, ...]
    services: tuple[HourCost, ...] = ()
    waiting: tuple[Waiting, ...] = ()


class SideCost(msgspec.Struct, frozen=True):
    """What it would cost a side to be open whenever the other is.

    ``added_hours`` are those of the days looked at; ``an_hour`` is one hour of it, ``in_all`` all
    of them, and ``a_year`` as much in a year. ``None`` where no cost of an hour is stated.
    """

    side: str
    added_hours: float
    an_hour: Number | None
    in_all: Number | None
    a_year: Number | None


class Queue(msgspec.Struct, frozen=True):
    """What gathers at a side that is open while the other is shut.

    ``longest`` is the longest such stretch in hours, ``gathered`` the vehicles there at its end,
    ``vehicle_hours`` the hours they wait in all stretches together until the other side opens.
    """

    side: str
    longest: float
    gathered: Number
    vehicle_hours: Number
    cost: Number | None


class OpeningCost(msgspec.Struct, frozen=True):
    """One service on two sides: what closing the gap costs each, and what waits meanwhile."""

    service: str
    overlap_hours: float
    sides: tuple[SideCost, ...]
    queues: tuple[Queue, ...]


def faults_in_hour_costs(costs: HourCosts) -> Iterator[tuple[Keys, Rule, dict[str, Value]]]:
    """Yield what is wrong with the file: assumptions without source, names of none."""
    yield from assumption_faults(costs.assumptions)
    known = {one.id for one in costs.assumptions}
    listed = ", ".join(sorted(known))
    for key, things in (("services", costs.services), ("waiting", costs.waiting)):
        for index, one in enumerate(things):
            for part in ("per_hour", "arriving"):
                for n, name in enumerate(getattr(one, part, ())):
                    if name not in known:
                        values: dict[str, Value] = {"figure": name, "known": listed}
                        yield (key, index, part, n), rules.UNKNOWN_FIGURE, values


def opening_costs(
    costs: HourCosts, overlaps: tuple[Overlap, ...], days: int
) -> Iterator[OpeningCost]:
    """Yield for each service on two sides what one more hour of overlap costs, over ``days``."""
    known = {one.id: exact(one.value) for one in costs.assumptions}
    for one in overlaps:
        yield OpeningCost(
            one.service,
            one.overlap_hours,
            tuple(_side(costs, known, one, side, days) for side in (one.first, one.second)),
            tuple(_queues(costs, known, one)),
        )


def _side(
    costs: HourCosts, known: Mapping[str, Fraction], one: Overlap, side: str, days: int
) -> SideCost:
    added = sum((_hours(gap) for gap in one.mismatches if gap.closed_side == side), Fraction(0))
    stated = next(
        (cost for cost in costs.services if (cost.service, cost.side) == (one.service, side)), None
    )
    if stated is None:
        return SideCost(side, float(added), None, None, None)
    an_hour = _product(known, stated.per_hour)
    in_all = an_hour * added
    a_year = in_all / days * 7 * WEEKS
    return SideCost(side, float(added), plain(an_hour), plain(in_all), plain(a_year))


def _queues(costs: HourCosts, known: Mapping[str, Fraction], one: Overlap) -> Iterator[Queue]:
    waiting = next((each for each in costs.waiting if each.service == one.service), None)
    if waiting is None:
        return
    arriving = _product(known, waiting.arriving)
    for side in (one.first, one.second):
        gaps = [_hours(gap) for gap in one.mismatches if gap.open_side == side]
        if not gaps:
            continue
        waited = sum((arriving * gap * gap / 2 for gap in gaps), Fraction(0))
        cost = plain(waited * _product(known, waiting.per_hour)) if waiting.per_hour else None
        longest = max(gaps)
        yield Queue(side, float(longest), plain(arriving * longest), plain(waited), cost)


def _product(known: Mapping[str, Fraction], names: tuple[str, ...]) -> Fraction:
    return prod((known[name] for name in names), start=Fraction(1))


def _hours(gap: Mismatch) -> Fraction:
    return Fraction(int((gap.end - gap.start).total_seconds()), 3600)
