"""Stretches of time and what is common to them, or missing from them.

A span is a first and a last moment, the last one no longer in it; all moments are in UTC, so a
length is a real one on the days on which clocks change too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]
Spans = tuple[Span, ...]


def merged(spans: Iterable[Span]) -> Spans:
    """Return the same time in spans that are in order and do not touch each other."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def common(one: Sequence[Span], other: Sequence[Span]) -> Spans:
    """Return the time that lies in both; each of them is merged."""
    found: list[Span] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            found.append((start, end))
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def without(one: Sequence[Span], other: Sequence[Span]) -> Spans:
    """Return the time of ``one`` that is not in ``other``; each of them is merged."""
    found: list[Span] = []
    for start, end in one:
        for begin, stop in other:
            if stop <= start or begin >= end:
                continue
            if begin > start:
                found.append((start, begin))
            start = max(start, stop)
        if start < end:
            found.append((start, end))
    return tuple(found)


def length(spans: Iterable[Span]) -> timedelta:
    """Return how long spans are together."""
    return sum((end - start for start, end in spans), timedelta(0))


def hours(spans: Iterable[Span]) -> float:
    """Return the length of spans in hours, to a minute."""
    return round(length(spans).total_seconds() / 3600, 4)


def holds(spans: Iterable[Span], moment: datetime) -> bool:
    """Tell whether a moment lies in one of the spans."""
    return any(start <= moment < end for start, end in spans)
