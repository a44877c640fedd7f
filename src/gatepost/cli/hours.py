"""``gatepost hours``: when is what open, what is missing, and where to go instead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import click
import msgspec

from gatepost.authority.hours import Nearest, OpeningHours
from gatepost.authority.hours_report import (
    CalendarHours,
    Coverage,
    HoursReport,
    Overlap,
    report_of,
)
from gatepost.bootstrap import load_calendar, load_hour_costs
from gatepost.cli.context import Session, as_day, as_json, command, plain_text, scenario
from gatepost.cli.hour_costs import priced, told_costs
from gatepost.cli.output import columns, print_json, say
from gatepost.description import rules as description_rules
from gatepost.kernel.notice import Refused

LONGEST = 366


@click.command()
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--from", "first", callback=as_day, help="First day.  [default: Monday this week]")
@click.option(
    "--days", type=click.IntRange(1, LONGEST), default=7, show_default=True, help="How many days."
)
@click.option("--post", callback=plain_text, help="One post only.")
@click.option(
    "--costs",
    "costing",
    metavar="NAME",
    callback=plain_text,
    help="What longer hours cost: a jurisdiction with an hour_costs.yaml, or such a file.",
)
@scenario
@as_json
@command
def hours(
    session: Session,
    file: str | None,
    first: date | None,
    days: int,
    post: str | None,
    costing: str | None,
    scenario: str | None,
    as_json: bool,
) -> None:
    """Compare opening hours on both sides of the border.

    All calendars of a jurisdiction, or the one in FILE: overlap, gaps, what nobody performs,
    and the nearest open office."""
    session.scenario = scenario
    opening = _alone(file) if file else None
    if opening is None:
        opening = session.jurisdiction.hours
        known = {one.id for one in opening.posts}
        if post is not None and post not in known:
            listed = ", ".join(sorted(known))
            raise Refused(
                [description_rules.UNKNOWN_POST.notice("--post", post=post, known=listed)]
            )
    today = datetime.now(opening.zone).date() if first is None else first
    start = first or today - timedelta(days=today.weekday())
    report = report_of(opening, start, start + timedelta(days=days - 1), None if file else post)
    costs = load_hour_costs(costing) if costing else None
    if as_json:
        named = {"jurisdiction": None if file else session.name, "scenario": scenario}
        found = {"costs": priced(costs, report, days)} if costs else {}
        print_json({**named, **msgspec.structs.asdict(report), **found})
        return
    for line in _told(report):
        say(line)
    if costs is not None:
        for line in told_costs(costs, report, days):
            say(line)


def _alone(file: str) -> OpeningHours:
    calendar = load_calendar(file)
    zone = calendar.zone or next((one.zone for one in calendar.services), None) or "UTC"
    return OpeningHours((calendar,), (), (), ZoneInfo(zone))


def _told(report: HoursReport) -> Iterator[str]:
    yield f"{report.first} to {report.last}"
    for calendar in report.calendars:
        yield ""
        yield from _calendar(calendar)
    for one in report.coverage:
        yield from _covered(one)
    if report.unstated:
        yield ""
        yield f"Nobody states the hours of {', '.join(report.unstated)}."
    if not report.calendars:
        yield "No calendar is described."


def _calendar(one: CalendarHours) -> Iterator[str]:
    place = f" at {one.post}" if one.post else ""
    yield f"{one.calendar}{place}, {one.zone}, {one.of_hours:g} hours"
    rows = [("service", "side", "open", "share", "shut while its side works", "in the week")]
    for service in one.services:
        shown = dict.fromkeys(", ".join(day.open) or "shut" for day in service.days)
        week = "; ".join(shown) if len(shown) < 4 else f"{len(shown)} different days"
        name = service.service + (f" ({', '.join(service.commodity)})" if service.commodity else "")
        opened, missing = f"{service.open_hours:g} h", f"{service.missing_hours:g} h"
        rows.append((name, service.side, opened, f"{service.share:.1%}", missing, week))
    yield from (f"  {line}" for line in columns(rows))
    for overlap in one.overlaps:
        yield f"  {_overlap(overlap)}"
    if len(one.services) > 1:
        both = one.together
        yield f"  All services at once: {both.hours:g} of {both.of_hours:g} h, {both.share:.1%}."


def _overlap(one: Overlap) -> str:
    text = (
        f"{one.service}: {one.first} {one.first_hours:g} h, {one.second} {one.second_hours:g} h, "
        f"together {one.overlap_hours:g} of {one.longer_hours:g} h ({one.share:.1%})."
    )
    if one.queue_grows_at:
        text += f" The queue grows on the side of {one.queue_grows_at}."
    return text


def _covered(one: Coverage) -> Iterator[str]:
    yield ""
    who = ", ".join(one.performers) or "nobody"
    yield (
        f"{one.formality} at {one.crossing}: {who}, {one.covered_hours:g} of {one.of_hours:g} h; "
        f"{one.hours_without:g} h without a performer."
    )
    rows = [
        (f"{gap.start:%a %d %b %H:%M}", f"to {gap.end:%a %H:%M}", _nearest(gap.nearest))
        for gap in one.gaps
    ]
    yield from (f"  {line}" for line in columns(rows))


def _nearest(one: Nearest) -> str:
    told = []
    if one.office:
        told.append(f"nearest open: {one.office}{_far(one.kilometres)}")
    else:
        told.append("no office is known to be open")
    if one.unstated:
        far = _far(one.unstated_kilometres)
        told.append(f"nearest whose hours nobody states: {one.unstated}{far}")
    return "; ".join(told)


def _far(kilometres: int | None) -> str:
    return "" if kilometres is None else f" ({kilometres} km as the crow flies)"
