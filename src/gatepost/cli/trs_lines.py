"""The tables of a time release study as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gatepost.cli.output import columns
from gatepost.timerelease.words import length

if TYPE_CHECKING:
    from gatepost.timerelease.compare import Change, Difference
    from gatepost.timerelease.measure import Measured, Process


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


def change_lines(changes: list[Change]) -> Iterator[str]:
    """Yield what changed between two studies, with what bounds it."""
    rows = [("interval", "cases", "mean", "change, 95 % bounds", "median", "change, 95 % bounds")]
    for one in changes:
        rows.append((
            one.interval,
            f"{one.before.n} → {one.after.n}",
            f"{length(one.mean.before)} → {length(one.mean.after)}",
            _bounded(one.mean),
            f"{length(one.median.before)} → {length(one.median.after)}",
            _bounded(one.median),
        ))  # fmt: skip
    yield from columns(rows)
    yield ""
    yield "A change is shown (!) where its bounds leave zero out."
    for one in changes:
        if one.horizon is not None:
            yield f"{one.interval}: means restricted to {length(one.horizon)}; some cases are open"
        for name, value in one.adjusted.items():
            yield f"{one.interval}: {length(value)} had the cases been of the {name} as before"


def _bounded(one: Difference) -> str:
    if one.difference is None:
        return ""
    percent = "" if one.percent is None else f" ({one.percent:+.1f} %)"
    bounds = "" if one.low is None else f" [{length(one.low)}, {length(one.high)}]"
    return f"{length(one.difference)}{percent}{bounds}{' !' if one.shown else ''}"


def process_lines(found: Process) -> Iterator[str]:
    """Yield the process as it was lived."""
    rows = [("from", "to", "times", "mean", "p50", "p90")]
    rows += [
        (one.start, one.end, str(one.n), length(one.mean), length(one.p50), length(one.p90))
        for one in found.arcs
    ]
    yield from columns(rows)
    yield ""
    yield "Variants"
    for way in found.variants[:10]:
        yield f"  {way.cases} ({way.share:.1%}): {', '.join(way.events)}"
    if found.rework:
        yield ""
        yield "Done again in the same case"
        yield from columns([
            (f"  {one.event}", one.party, f"{one.cases} cases", f"{one.again} times more")
            for one in found.rework
        ])  # fmt: skip
    for told in found.conformance:
        yield ""
        yield f"{told.agency} followed its procedure in {told.followed} of {told.cases} cases"
        for fault in told.deviations:
            yield f"  {fault.cases} {fault.what} ({', '.join(fault.examples)})"
    if found.spectrum:
        yield ""
        yield f"{found.spectrum.start} to {found.spectrum.end}, by hour: fastest quarter to slowest"
        for hour, counts in zip(found.spectrum.hours, found.spectrum.counts, strict=True):
            at = datetime.fromtimestamp(hour * 3600, UTC)
            yield f"  {_day(at)}  {' '.join(f'{count:4}' for count in counts)}"
