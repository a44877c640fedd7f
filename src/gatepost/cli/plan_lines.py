"""How a planned day is told to people: the board, the stops, what could not be, the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gatepost.casework.planning.board import Eyes
from gatepost.casework.planning.suggesting import suggested
from gatepost.casework.planning.world import PostDay
from gatepost.cli.output import columns, said
from gatepost.cli.timeline import timeline
from gatepost.control.schedule.admit import clock_of
from gatepost.control.schedule.plan import DayPlan
from gatepost.control.schedule.problem import Split, Unplanned
from gatepost.control.schedule.timetable import Halt, Timetable
from gatepost.control.schedule.world import World

_Line = tuple[str, str, str, str, str, str, str, str]


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
    yield from reasons(found.joint.splits, found.joint.unplanned)


def told_post(
    day: PostDay, plan: Timetable, eyes: Eyes, late: Mapping[str, int] | None = None
) -> Iterator[str]:
    """Yield the day of a post: the board, and for each stop what the blocks stand for and why.

    A consignment that the reader may not see is there without its reference. ``late`` is what
    ``day`` does not know yet of consignments that come later.
    """
    names = [name for halt in plan.halts for name in halt.consignments]
    numbers = {name: str(n) for n, name in enumerate(dict.fromkeys(names), 1)}
    yield from timeline(day.world, plan, numbers)
    yield ""
    rows = [("", "from", "to", "place", "consignment", "agencies", "because of", "waits for")]
    for halt in plan.halts:
        rows += list(_stop(day, halt, numbers, eyes))
    yield from columns(rows)
    left = (*plan.unplanned, *day.unplanned)
    yield from reasons(map(eyes.masked, plan.splits), map(eyes.masked, left))
    if (long := suggested(day, plan, late)) is not None:
        yield ""
        yield f"{long.code} {said([long])[0].sentence}"


def _stop(day: PostDay, halt: Halt, numbers: dict[str, str], eyes: Eyes) -> Iterator[_Line]:
    """Yield the lines of one stop: one for each consignment at it."""
    for name in halt.consignments:
        mine = [one for one in halt.work if name in one.consignments]
        agencies = ", ".join(one.agency for one in mine)
        scanned = f"scan {clock_of(halt.scan_start)} " if halt.scan_start is not None else ""
        visiting = day.consignments.get(name)
        known = eyes.why(visiting) if visiting else {}
        asked = [one.agency for one in mine] or list(known)
        why = ", ".join(source for agency in asked for source in known.get(agency, ()))
        yield (
            numbers[name],
            _clock(halt.start),
            _clock(halt.end),
            halt.bay or halt.scanner or "",
            eyes.name(name),
            scanned + agencies,
            why,
            halt.waits_for or "",
        )


def _clock(minutes: int) -> str:
    """Return a time as the clock on the wall shows it, and whether it is on the next day."""
    later = " +1" if minutes >= 24 * 60 else ""
    return f"{clock_of(minutes % (24 * 60))}{later}"


def reasons(splits: Iterable[Split], unplanned: Iterable[Unplanned]) -> Iterator[str]:
    """Yield why stops were split and what has no place on the day."""
    for split in splits:
        groups = " | ".join(", ".join(group) for group in split.groups)
        yield ""
        yield f"{', '.join(split.consignments)} stops {len(split.groups)} times: {groups}"
        yield f"  {split.reason.code} {said([split.reason])[0].sentence}"
    for one in unplanned:
        yield ""
        whom = f" for {', '.join(one.agencies)}" if one.agencies else ""
        yield f"{', '.join(one.consignments)} has no place{whom}"
        yield f"  {one.reason.code} {said([one.reason])[0].sentence}"


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
