"""Small tables of events for the tests of time release studies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from gatepost.timerelease.columns import Columns
from gatepost.timerelease.measure import Measured, measure
from gatepost.timerelease.model import EventMap, Statistic
from gatepost.timerelease.reading import Frame, read_frame
from gatepost.timerelease.walk import walk

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
Line = tuple[str, str, float, str]
"""Case, event, minutes after the start, party."""


def at(minutes: float) -> str:
    """Return a moment as a file writes it."""
    return (START + timedelta(minutes=minutes)).isoformat()


def table(lines: Iterable[Line], **more: Sequence[Any]) -> pa.Table:
    """Return events as a table of text, as a CSV file is read."""
    rows = list(lines)
    columns: dict[str, Sequence[Any]] = {
        "case": [row[0] for row in rows],
        "event": [row[1] for row in rows],
        "time": [at(row[2]) for row in rows],
        "party": [row[3] for row in rows],
        **more,
    }
    return pa.table({n: pa.array(list(v), type=pa.string()) for n, v in columns.items()})


def study(
    lines: Iterable[Line] | pa.Table,
    given: EventMap | None = None,
    until: float | None = None,
    by: Sequence[str] | None = None,
    **more: Sequence[Any],
) -> Measured:
    """Return what the events tell; ``until`` in minutes after the start."""
    raw = lines if isinstance(lines, pa.Table) else table(lines, **more)
    end = None if until is None else START + timedelta(minutes=until)
    return measure(Columns({"raw": raw}, threads=1), given or EventMap(), end, by=by)


def frame_of(lines: Iterable[Line], until: float | None = None, **more: Sequence[Any]) -> Frame:
    """Return the events read and walked."""
    end = None if until is None else START + timedelta(minutes=until)
    frame = read_frame(Columns({"raw": table(lines, **more)}, threads=1), EventMap(), end)
    walk(frame)
    return frame


def interval(found: Measured, name: str, **segment: str) -> Statistic:
    """Return the row of one interval over one segment."""
    start, end = name.split("-")
    (row,) = [
        one
        for one in found.intervals
        if (one.start, one.end) == (start, end) and one.segment == segment
    ]
    return row
