"""What stands out in the events before anyone believes the figures (TR-04).

Nothing is mended in silence: a remark tells how many cases, some of them, and what was done.
"""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.timerelease.columns import quoted
from gatepost.timerelease.milestones import INTERVALS
from gatepost.timerelease.model import Remark
from gatepost.timerelease.reading import Frame

EXAMPLES = 5
FAR = 3
"""Quartile distances beyond the upper quartile after which a time is called extreme."""


def verify(frame: Frame, twice: int) -> list[Remark]:
    """Return every remark on the events of ``frame``, those of reading them first."""
    found = list(frame.remarks)
    if twice:
        found.append(Remark("twice", twice, "events that stand there twice; counted once"))
    return [*found, *_reversed(frame), *_missing(frame), *_extreme(frame)]


def _reversed(frame: Frame) -> Iterator[Remark]:
    for one in INTERVALS:
        if one.early or not {one.start, one.end} <= set(frame.milestones):
            continue
        what = f"{one.end} before {one.start}; left out of {one.name}"
        yield from _cases(frame, "reversed", f"{quoted(one.end)} < {quoted(one.start)}", what)


def _missing(frame: Frame) -> Iterator[Remark]:
    there = set(frame.milestones)
    if {"arrival", "release"} <= there:
        what = "released without an arrival; left out of all times from the arrival"
        yield from _cases(frame, "no_arrival", "release is not null and arrival is null", what)
    if {"release", "removal"} <= there:
        what = "removed without a release; left out of all times to the release"
        yield from _cases(frame, "no_release", "removal is not null and release is null", what)
        what = "removed before the release"
        yield from _cases(frame, "removed_early", "removal < release", what)
    if {"examination_start", "examination_end", "release"} <= there:
        what = "released during an examination that never ended"
        wrong = "examination_start < release and examination_end is null"
        yield from _cases(frame, "never_ended", wrong, what)
    closed = [one for one in ("withdrawn", "denied") if one in there]
    for one in closed:
        yield from _cases(frame, one, f"{quoted(one)} is not null", f"{one}; never released")
    if "arrival" in there:
        over = [quoted(o) for o in ("release", "removal", *closed) if o in there]
        still = " and ".join(["arrival is not null", *(f"{one} is null" for one in over)])
        yield from _cases(frame, "not_released", still, "not released yet; counted as censored")


def _extreme(frame: Frame) -> Iterator[Remark]:
    """Name the cases far beyond the others; they are kept, and the median does not mind them."""
    if not {"arrival", "release"} <= set(frame.milestones):
        return
    (quartiles,) = frame.columns.one(
        "select quantile_disc(release - arrival, [0.25, 0.75]) from wide"
    )
    if not quartiles:
        return
    low, high = quartiles
    limit = high + FAR * (high - low)
    what = f"longer than {round(limit / 3.6e9)} h from arrival to release; kept"
    yield from _cases(frame, "extreme", f"release - arrival > {limit}", what)


def _cases(frame: Frame, kind: str, wrong: str, what: str) -> Iterator[Remark]:
    (count,) = frame.columns.one(f"select count(*) from wide where {wrong}")
    if not count:
        return
    named = frame.columns.rows(
        f'select "case" from wide join named using (id) where {wrong} order by "case"'
        f" limit {EXAMPLES}"
    )
    yield Remark(kind, count, what, tuple(name for (name,) in named))
