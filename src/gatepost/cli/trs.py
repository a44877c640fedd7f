"""``gatepost trs``: how long release takes and where the time goes, from a file or the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gatepost.cli.context import Session, as_json, command, plain_text
from gatepost.cli.events import frame_of, options, told_by
from gatepost.cli.output import columns, print_json, say_all

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


broken_down = click.option(
    "--by",
    multiple=True,
    metavar="NAME",
    callback=plain_text,
    help="Break down by lane, office, mode, agency, hour, day, …; repeat for several.",
)


@trs.command(MEASURE)
@click.argument("file", metavar="[EVENTS]", required=False)
@options
@broken_down
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
    told = told_by(mapping, until, zone, target)
    with frame_of(session, file, told) as frame:
        from gatepost.timerelease.measure import measured

        found = measured(frame, told.given, by or None)
    if as_json:
        print_json(found)
    else:
        say_all(lines(found))


def lines(found: Measured) -> Iterator[str]:
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
