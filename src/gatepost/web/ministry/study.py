"""A time release study of the cases that are open to the reader, as charts and tables show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from math import ceil, floor

import msgspec

from gatepost.casework.timing import Times, times
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.timerelease.model import DASH, PERCENTS, EventMap, Statistic, StepTime
from gatepost.web import rules
from gatepost.web.site import site

WORDS = ("ref", "name", "happened", "agency", "source", "body")
SEGMENTS = ("office", "mode", "agency")
CURVES = (f"arrival{DASH}release", f"lodgement{DASH}release")
HANDLING = f"notified{DASH}decision"
HOURS = (0.5, 1, 2, 4, 6, 12, 24, 48, 168)
WHOLE = 640
"""How wide a full share is drawn."""


class Curve(msgspec.Struct, frozen=True):
    """The share released by a time: the points of a line from the 10th to the 95th percentile."""

    name: str
    kind: str
    points: str
    median: float | None
    median_x: float


class Piece(msgspec.Struct, frozen=True):
    """A piece of the bar of all time: waiting or working, drawn from ``x`` on."""

    state: str
    share: float
    x: float
    width: float


class Part(msgspec.Struct, frozen=True):
    """A party's part of all time."""

    party: str
    share: float
    waiting: float
    working: float
    pieces: tuple[Piece, ...]


class Study(msgspec.Struct, frozen=True):
    """What the ministry sees of a period; ``held_back`` figures rest on too few cases."""

    since: datetime
    until: datetime
    cases: int
    left_out: int
    fewest: int
    held_back: int
    whole: tuple[Statistic, ...]
    by: tuple[tuple[str, tuple[Statistic, ...]], ...]
    curves: tuple[Curve, ...]
    ticks: tuple[tuple[float, float], ...]
    parts: tuple[Part, ...]
    bottlenecks: tuple[StepTime, ...]
    definition: str


def study(actor: Actor, days: int, now: datetime) -> Study | None:
    """Return the study of the cases of the last ``days``; ``None`` if none of them is open.

    ``Refused`` to whom no instrument opens times, and where the packages are not installed.
    """
    here = site()
    since = now - timedelta(days=days)
    found = here.write(lambda: times(here.desk, actor, since, now, now))
    if found.cases < found.fewest or not found.events:
        return None
    return _measured(found, since, now)


def _measured(found: Times, since: datetime, now: datetime) -> Study:
    try:
        import pyarrow as pa

        from gatepost.timerelease.columns import Columns
        from gatepost.timerelease.log import make_raw
        from gatepost.timerelease.measure import measure
    except ModuleNotFoundError as fault:
        raise Refused([rules.NO_ANALYTICS.notice(package=fault.name or "")]) from fault
    rows = {word: pa.array([getattr(e, word) for e in found.events], pa.string()) for word in WORDS}
    columns = Columns({"log": pa.table(rows)}, threads=1)
    try:
        make_raw(columns)
        zone = site().desk.jurisdiction.zone.key
        told = measure(columns, EventMap(), now, zone, SEGMENTS)
    finally:
        columns.close()
    enough = [one for one in told.intervals if one.n >= found.fewest]
    whole = tuple(one for one in enough if not one.segment)
    start, end, ticks = _hours([one for one in whole if one.interval in CURVES])
    steps = [one for one in told.bottlenecks["critical"] if one.cases >= found.fewest]
    return Study(
        since,
        now,
        found.cases,
        found.left_out,
        found.fewest,
        len(told.intervals) - len(enough),
        whole,
        tuple((name, tuple(_of(enough, name))) for name in SEGMENTS),
        tuple(_curves(whole, start, end)),
        ticks,
        tuple(_parts(told.states)),
        tuple(steps[:6]),
        told.shares_of,
    )


def _of(statistics: Iterable[Statistic], segment: str) -> Iterator[Statistic]:
    wanted = HANDLING if segment == "agency" else CURVES[0]
    return (one for one in statistics if segment in one.segment and one.interval == wanted)


def _hours(told: Iterable[Statistic]) -> tuple[float, float, tuple[tuple[float, float], ...]]:
    """Return the shortest and longest time drawn, in hours, and where full hours are written."""
    values = [value for one in told for value in _values(one).values()]
    low, high = min([0.0, *values]) / 3600, max([0.0, *values]) / 3600
    step = next((one for one in HOURS if (high - low) / one <= 9), HOURS[-1])
    start, end = floor(low / step) * step, max(ceil(high / step), 1) * step
    marks = [start + number * step for number in range(round((end - start) / step) + 1)]
    return start, end, tuple((one, _x(one, start, end)) for one in marks)


def _values(one: Statistic) -> dict[int, float]:
    found = {percent: getattr(one, f"p{percent}") for percent in PERCENTS}
    return {percent: value for percent, value in found.items() if value is not None}


def _x(hours: float, start: float, end: float) -> float:
    return round((hours - start) / (end - start) * WHOLE, 1)


def _curves(whole: Iterable[Statistic], start: float, end: float) -> Iterator[Curve]:
    """Yield the lines of the shares that had ended, from the 10th to the 95th percentile."""
    for one in whole:
        if one.interval not in CURVES:
            continue
        points = [
            f"{_x(value / 3600, start, end)},{200 - 2 * percent}"
            for percent, value in _values(one).items()
        ]
        kind = "work" if one.interval == CURVES[0] else "other"
        median = _x((one.median or 0.0) / 3600, start, end)
        yield Curve(one.interval, kind, " ".join(points), one.median, median)


def _parts(states: dict[str, dict[str, float]]) -> Iterator[Part]:
    x = 0.0
    for party, told in states.items():
        pieces = []
        for state, share in told.items():
            pieces.append(Piece(state, share, round(x * WHOLE, 1), round(share * WHOLE, 1)))
            x += share
        waiting, working = told.get("waiting", 0.0), told.get("working", 0.0)
        yield Part(party, waiting + working, waiting, working, tuple(pieces))
