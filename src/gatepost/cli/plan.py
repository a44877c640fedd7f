"""``gatepost plan``: the joint examinations of a day, and the same day agency by agency."""

from __future__ import annotations

from collections.abc import Iterator

import click
import msgspec

from gatepost.adapters.formats.world import read_world, schema
from gatepost.bootstrap import open_planner
from gatepost.cli.context import Session, as_json, command
from gatepost.cli.output import Said, columns, print_json, said, say_all
from gatepost.cli.reading import read_bytes
from gatepost.cli.timeline import timeline
from gatepost.control.schedule.admit import clock_of
from gatepost.control.schedule.figures import Figures
from gatepost.control.schedule.plan import DayPlan, plan_world
from gatepost.control.schedule.timetable import Halt, Timetable
from gatepost.control.schedule.world import World
from gatepost.kernel.notice import Notice

SECONDS = 10.0


class Reason(msgspec.Struct, frozen=True):
    """Consignments and agencies that could not be planned as asked, and why."""

    consignments: tuple[str, ...]
    agencies: tuple[str, ...]
    reason: Said
    groups: tuple[tuple[str, ...], ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """The day as planned; times are minutes from midnight."""

    halts: tuple[Halt, ...]
    unplanned: tuple[Reason, ...]
    splits: tuple[Reason, ...]
    joint: Figures
    separate: Figures


@click.command()
@click.option("--world", "file", metavar="FILE", help="The day, as JSON.")
@click.option("--compare", is_flag=True, help="Only the figures, jointly and agency by agency.")
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 600),
    default=SECONDS,
    show_default=True,
    help="How long to look for a better plan.",
)
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON Schema of a world.")
@as_json
@command
def plan(
    session: Session,
    file: str | None,
    compare: bool,
    seconds: float,
    as_schema: bool,
    as_json: bool,
) -> None:
    """Plan the joint examinations of a day at a post.

    Every agency's controls of a movement at one stop, on the bays, scanners and officers
    there are; beside it the same day with each agency planning for itself."""
    if as_schema:
        click.echo(schema())
        return
    if file is None:
        raise click.UsageError("Name the file of a day with --world.")
    world = read_world(read_bytes(file))
    found = plan_world(world, open_planner(), seconds)
    if as_json and compare:
        print_json({"joint": found.figures, "separate": found.separate_figures})
    elif as_json:
        print_json(answer_of(found))
    elif compare:
        say_all(compared(found))
    else:
        say_all([*told(world, found), "", *compared(found)])


def answer_of(found: DayPlan) -> Answer:
    """Return the plan for programs."""
    return Answer(
        found.joint.halts,
        tuple(
            Reason(one.consignments, one.agencies, _said(one.reason))
            for one in found.joint.unplanned
        ),
        tuple(
            Reason(
                one.consignments,
                tuple(agency for group in one.groups for agency in group),
                _said(one.reason),
                one.groups,
            )
            for one in found.joint.splits
        ),
        found.figures,
        found.separate_figures,
    )


def _said(notice: Notice) -> Said:
    return said([notice])[0]


def told(world: World, found: DayPlan) -> Iterator[str]:
    """Yield the day as a post chief reads it: the board, the stops, and what could not be."""
    yield from timeline(world, found.joint)
    yield ""
    rows = [("from", "to", "bay", "consignment", "agencies", "waits for")]
    for halt in found.joint.halts:
        scanned = f"scan {clock_of(halt.scan_start)}, " if halt.scan_start is not None else ""
        agencies = ", ".join(f"{one.agency} ({one.officer})" for one in halt.work)
        where = halt.bay or halt.scanner or ""
        start, end = clock_of(halt.start), clock_of(halt.end)
        names = ", ".join(halt.consignments)
        rows.append((start, end, where, names, scanned + agencies, halt.waits_for or ""))
    yield from columns(rows)
    yield from reasons(found.joint)


def reasons(found: Timetable) -> Iterator[str]:
    """Yield why stops were split and what has no place on the day."""
    for split in found.splits:
        groups = " | ".join(", ".join(group) for group in split.groups)
        yield ""
        yield f"{', '.join(split.consignments)} stops {len(split.groups)} times: {groups}"
        yield f"  {split.reason.code} {_said(split.reason).sentence}"
    for one in found.unplanned:
        yield ""
        whom = f" for {', '.join(one.agencies)}" if one.agencies else ""
        yield f"{', '.join(one.consignments)} has no place{whom}"
        yield f"  {one.reason.code} {_said(one.reason).sentence}"


def compared(found: DayPlan) -> Iterator[str]:
    """Yield the figures of the day: as planned, merely merged, and agency by agency."""
    rows = [("", "openings", "stops", "mean", "p90", "longest", "officer hours", "gap")]
    for name, one in (
        ("joint, as planned", found.figures),
        ("joint, first come", found.first_come),
        ("agency by agency", found.separate_figures),
    ):
        rows.append(
            (
                name,
                str(one.openings),
                str(one.stops),
                f"{one.mean_minutes:.0f} min",
                f"{one.p90_minutes:.0f} min",
                f"{one.max_minutes:.0f} min",
                f"{one.officer_hours:.1f}",
                f"{100 * one.gap:.1f} %",
            )
        )
    yield from columns(rows)
    yield "gap: how far the weighted mean may at most lie above the best plan possible"
