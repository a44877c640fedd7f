"""A whole study from a table of events: verified, measured, attributed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from gatepost.timerelease.attribution import (
    DEFINITION,
    Shares,
    bottlenecks_of,
    shares_of,
    steps_of,
)
from gatepost.timerelease.columns import Columns
from gatepost.timerelease.conform import Conformance, conformance_of
from gatepost.timerelease.flow import (
    Arc,
    Rework,
    Spectrum,
    Variant,
    arcs_of,
    rework_of,
    spectrum_of,
    variants_of,
)
from gatepost.timerelease.milestones import INTERVALS
from gatepost.timerelease.model import EventMap, Procedure, Remark, Scope, Statistic, StepTime
from gatepost.timerelease.reading import Frame, read_frame
from gatepost.timerelease.statistics import statistics_of
from gatepost.timerelease.verify import verify
from gatepost.timerelease.walk import walk


class Measured(msgspec.Struct, frozen=True):
    """What a study found. ``shares`` by party sum to one; ``states`` splits them further.

    ``bottlenecks`` ranks the same steps four ways, the worst first; ``arcs`` is the
    directly-follows map; ``verification`` is everything that stood out, nothing left out in
    silence. ``until`` is the end of observation. Of the ``released`` cases that arrived,
    ``released_early`` were released before.
    """

    intervals: list[Statistic]
    shares: dict[str, float]
    states: dict[str, dict[str, float]]
    shares_of: str
    elapsed: float
    bottlenecks: dict[str, list[StepTime]]
    arcs: list[Arc]
    verification: list[Remark]
    definitions: dict[str, str]
    scope: Scope
    cases: int
    events: int
    since: datetime
    until: datetime
    zone: str
    by: tuple[str, ...] = ()
    released: int = 0
    released_early: int = 0


def measure(
    columns: Columns,
    given: EventMap,
    until: datetime | None = None,
    zone: str = "",
    by: Sequence[str] | None = None,
) -> Measured:
    """Return what the events in the table ``raw`` of ``columns`` tell.

    ``until`` is the end of observation, by default the last event; ``by`` are the breakdowns, by
    default those of the map or the file. Refused is what :func:`read_frame` refuses, and a
    breakdown, interval or length that is none (TRS-009 to TRS-011).
    """
    frame = read_frame(columns, given, until, zone)
    return measured(frame, given, by)


def measured(frame: Frame, given: EventMap, by: Sequence[str] | None = None) -> Measured:
    """Return what the events of ``frame`` tell."""
    twice = walk(frame)
    wanted = tuple(frame.own if by is None else by)
    intervals = statistics_of(frame, wanted, given.targets)
    shares = shares_of(frame)
    told = {one.interval for one in intervals}
    return Measured(
        intervals,
        shares.party,
        _states(shares),
        DEFINITION,
        shares.elapsed,
        bottlenecks_of(steps_of(frame)),
        arcs_of(frame),
        verify(frame, twice),
        {one.name: one.definition for one in INTERVALS if one.name in told},
        given.scope,
        frame.cases,
        frame.events - twice,
        moment(frame.first),
        moment(frame.until),
        frame.zone,
        wanted,
        *_released(frame),
    )


def _released(frame: Frame) -> tuple[int, int]:
    """Return how many cases that arrived are released, and how many of them before they came."""
    if not {"arrival", "release"} <= set(frame.milestones):
        return 0, 0
    released, early = frame.columns.one(
        "select count(release - arrival), count(*) filter (release < arrival) from wide"
    )
    return released, early


class Process(msgspec.Struct, frozen=True):
    """The process as it was lived, and how each agency with a procedure followed it."""

    arcs: list[Arc]
    variants: list[Variant]
    rework: list[Rework]
    conformance: list[Conformance]
    spectrum: Spectrum | None = None


def process_of(
    frame: Frame, procedures: Sequence[Procedure] = (), step: tuple[str, str] | None = None
) -> Process:
    """Return the process view of ``frame``; ``step`` names the two events of a spectrum."""
    walk(frame)
    return Process(
        arcs_of(frame),
        variants_of(frame),
        rework_of(frame),
        [conformance_of(frame, one) for one in procedures],
        spectrum_of(frame, *step) if step else None,
    )


def _states(shares: Shares) -> dict[str, dict[str, float]]:
    return {
        party: {str(state): share for state, share in states.items()}
        for party, states in shares.state.items()
    }


def moment(us: int) -> datetime:
    """Return a moment from its microseconds since 1970."""
    return datetime.fromtimestamp(us / 1e6, UTC)
