"""``gatepost trs``: how long release takes and where the time goes, from a file or the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from gatepost.adapters.files.tree import read_file
from gatepost.bootstrap import DATABASE_FILE
from gatepost.cli import rules
from gatepost.cli.context import Session, as_json, as_moment, command, plain_text
from gatepost.cli.output import columns, print_json, say_all
from gatepost.kernel.moment import is_zone
from gatepost.kernel.notice import Refused
from gatepost.timerelease.model import EventMap, Target

if TYPE_CHECKING:
    from gatepost.timerelease.measure import Measured

MEASURE = "measure"


class Trs(click.Group):
    """A group whose first command may be left out: ``gatepost trs EVENTS.csv``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put in the command that is meant where a file or an option comes first."""
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = [MEASURE, *args]
        return super().parse_args(ctx, args)


@click.group(cls=Trs)
def trs() -> None:
    """Time release study.

    With a file of events, or without one from the ledger, measures at once; that is what
    `measure` does, and the word may be left out."""


def options(function: Any) -> Any:
    """Give a command what says how events are read and told."""
    for option in (
        click.option("--by", multiple=True, metavar="NAME", callback=plain_text,
                     help="Break down by lane, office, mode, agency, hour, day, …; repeat for"
                     " several."),
        click.option("--target", metavar="LENGTH", help="How long arrival to release may take,"
                     " such as 48h."),
        click.option("--zone", metavar="ZONE", callback=plain_text,
                     help="Zone of times without an offset.  [default: that of the map, else"
                     " UTC]"),
        click.option("--until", metavar="TIME", callback=as_moment,
                     help="End of observation.  [default: the last event]"),
        click.option("--map", "mapping", type=click.Path(dir_okay=False, path_type=Path),
                     metavar="MAP.yaml", help="How the file is read: columns, events, segments,"
                     " targets."),
    ):  # fmt: skip
        function = option(function)
    return function


@trs.command(MEASURE)
@click.argument("file", metavar="[EVENTS]", required=False)
@options
@as_json
@command
def measure(
    session: Session,
    file: str | None,
    mapping: Path | None,
    until: datetime | None,
    zone: str | None,
    target: str | None,
    by: tuple[str, ...],
    as_json: bool,
) -> None:
    """Measure intervals, shares and bottlenecks.

    EVENTS is CSV or Parquet with the columns case, event, time, party, or what the map says.
    Without it the ledger is measured: what was done is what is counted."""
    given = read_map(mapping, target)
    if file:
        found = measure_file(file, given, until, zone, by)
    else:
        found = measure_ledger(session, given, until, zone, by)
    if as_json:
        print_json(found)
    else:
        say_all(told(found))


def read_map(mapping: Path | None, target: str | None) -> EventMap:
    """Return the map in a file, with the target of the command line instead of its own."""
    given = EventMap()
    if mapping:
        loaded = read_file(mapping, EventMap, "map")
        if loaded.faults:
            raise Refused(loaded.faults)
        given = loaded.items["map"][0].value
    if target:
        import msgspec

        given = msgspec.structs.replace(given, targets=(Target("arrival-release", target),))
    return given


def measure_file(
    file: str,
    given: EventMap,
    until: datetime | None = None,
    zone: str | None = None,
    by: Sequence[str] = (),
) -> Measured:
    """Return what the events in a file tell; ``Refused`` with all that is wrong with it."""
    with analytics():
        from gatepost.adapters.events.table import read_events
        from gatepost.timerelease.columns import Columns
        from gatepost.timerelease.measure import measure
    place = zone or given.zone or "UTC"
    if until is None and given.until:
        until = moment_of(given.until)
    if until is not None and until.tzinfo is None and is_zone(place):
        until = until.replace(tzinfo=ZoneInfo(place))
    tables = Columns({"raw": read_events(file)})
    try:
        return measure(tables, given, until, zone or "", by or None)
    finally:
        tables.close()


def measure_ledger(
    session: Session,
    given: EventMap,
    until: datetime | None = None,
    zone: str | None = None,
    by: Sequence[str] = (),
) -> Measured:
    """Return what the ledger tells, in the jurisdiction's zone."""
    with analytics():
        from gatepost.adapters.events.ledger import read_log
        from gatepost.timerelease.columns import Columns
        from gatepost.timerelease.log import make_raw
        from gatepost.timerelease.measure import measure
    place = zone or given.zone or session.jurisdiction.zone.key
    end = session.now(until) if until else None
    tables = Columns({"log": read_log(session.data / DATABASE_FILE, session.database)})
    try:
        make_raw(tables)
        return measure(tables, given, end, place, by or None)
    finally:
        tables.close()


def moment_of(text: str) -> datetime:
    """Return the end of observation that a map names; ``Refused`` if it is no moment."""
    from gatepost.timerelease.rules import NO_MOMENT

    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refused([NO_MOMENT.notice("until", value=text)]) from None


class analytics:
    """Turn a missing package of the analytics extra into a notice."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        if isinstance(fault, ModuleNotFoundError):
            raise Refused([rules.NO_ANALYTICS.notice(package=fault.name or "")]) from fault


def told(found: Measured) -> Iterator[str]:
    """Yield the tables for people."""
    yield (
        f"{found.cases} cases, {found.events} events,"
        f" {_day(found.since)} to {_day(found.until)} (end of observation)"
    )
    yield ""
    yield from interval_lines(found)
    yield ""
    yield from share_lines(found)
    yield ""
    yield from bottleneck_lines(found)
    if found.verification:
        yield ""
        yield "Verification"
        for one in found.verification:
            named = f" ({', '.join(one.cases)}{', …' if one.count > len(one.cases) else ''})"
            yield f"  {one.count} {one.what}{named if one.cases else ''}"


def interval_lines(found: Measured) -> Iterator[str]:
    """Yield the table of intervals, and below it what each of them means."""
    head = ("interval", "cases", "open", "mean", "median", "p90", "p95", "sd", "within target")
    rows = [head]
    for one in found.intervals:
        named = ", ".join(f"{key} {value}" for key, value in one.segment.items())
        share = one.share_within_target
        rows.append((
            f"{one.interval}, {named}" if named else one.interval,
            str(one.n),
            str(one.censored or ""),
            length(one.mean) + ("*" if one.horizon is not None else ""),
            length(one.median),
            length(one.p90),
            length(one.p95),
            length(one.sd),
            "" if share is None else f"{share:.1%} of {length(one.target)}",
        ))  # fmt: skip
    yield from columns(rows)
    if any(one.horizon is not None for one in found.intervals):
        yield "* restricted to the longest time observed, for some cases are still open"
    yield ""
    yield from columns([(f"  {name}", what) for name, what in found.definitions.items()])


def share_lines(found: Measured) -> Iterator[str]:
    """Yield whose the time was."""
    yield "Whose time it was, all together 100 %"
    rows = [
        (f"  {party}", f"{share:.1%}", f"{states_told(found.states[party])}")
        for party, share in found.shares.items()
    ]
    yield from columns(rows)
    yield f"  {found.shares_of}"


def states_told(states: dict[str, float]) -> str:
    """Return the two states of a party's share, as ``waiting 3.1 %, working 1.0 %``."""
    return ", ".join(f"{name} {share:.1%}" for name, share in sorted(states.items()))


def bottleneck_lines(found: Measured) -> Iterator[str]:
    """Yield the steps that hold release up most."""
    yield "Where release is held up; gain is how much earlier a case would be released without it"
    rows = [("  step", "party", "", "cases", "median", "p90", "gain")]
    rows += [
        (f"  {one.step}", one.party, one.state, str(one.cases), length(one.median),
         length(one.p90), length(one.gain))
        for one in found.bottlenecks["critical"][:8]
    ]  # fmt: skip
    yield from columns(rows)


def _day(at: datetime) -> str:
    return at.isoformat(sep=" ", timespec="minutes")[:16]


def length(seconds: float | None) -> str:
    """Return a length of time in its two largest units, negative ones with a minus."""
    if seconds is None:
        return "\N{EN DASH}"
    sign = "\N{MINUS SIGN}" if seconds < 0 else ""
    whole = abs(round(seconds))
    if whole < 60:
        return f"{sign}{whole} s"
    if whole < 3600:
        return f"{sign}{whole / 60:.1f} min"
    minutes = round(whole / 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{sign}{days} d {hours} h" if days else f"{sign}{hours} h {minutes:02d}"
