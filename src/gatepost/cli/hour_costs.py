"""What longer hours cost each side, as ``gatepost hours --costs`` tells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gatepost.authority.hours_report import HoursReport
from gatepost.cli.output import columns
from gatepost.kernel.language import in_language
from gatepost.review.opening import HourCosts, OpeningCost, SideCost, opening_costs


def priced(costs: HourCosts, report: HoursReport, days: int) -> dict[str, Any]:
    """Return the costs of each service on two sides, with the assumptions behind them."""
    return {
        "id": costs.id,
        "currency": costs.currency,
        "services": tuple(_every(costs, report, days)),
        "assumptions": costs.assumptions,
    }


def _every(costs: HourCosts, report: HoursReport, days: int) -> Iterator[OpeningCost]:
    for calendar in report.calendars:
        yield from opening_costs(costs, calendar.overlaps, days)


def told_costs(costs: HourCosts, report: HoursReport, days: int) -> Iterator[str]:
    """Yield what longer hours cost in lines for people; what nobody states is left out."""
    yield ""
    yield in_language(costs.title)
    rows = []
    for one in _every(costs, report, days):
        rows += [
            _row(one.service, side, costs.currency)
            for side in one.sides
            if side.an_hour is not None
        ]
    yield from (f"  {line}" for line in columns(rows))
    for one in _every(costs, report, days):
        for queue in one.queues:
            cost = "" if queue.cost is None else f", {queue.cost:,} {costs.currency}"
            yield (
                f"  {one.service}: at {queue.side} {queue.gathered:,} vehicles gather in "
                f"{queue.longest:g} h; they wait {queue.vehicle_hours:,} vehicle-hours{cost}, "
                "and more until the queue is gone."
            )
    for said in costs.assumptions:
        stated = f"{said.basis}: {said.source}, {said.date}"
        yield f"  {said.id} = {said.value:,} {said.unit}, {stated}"


def _row(service: str, side: SideCost, currency: str) -> tuple[str, ...]:
    hour = f"an hour more {side.an_hour:,} {currency}"
    if not side.added_hours:
        return service, side.side, hour, "open whenever the other side is", ""
    added = f"{side.added_hours:g} h to be open with the other side {side.in_all:,} {currency}"
    return service, side.side, hour, added, f"{side.a_year:,} {currency} a year"
