"""Spans of time behave as the minutes in them do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gatepost.authority.spans import Spans, common, holds, hours, length, merged, without

START = datetime(2026, 3, 2, tzinfo=UTC)
MINUTES = 60


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def minutes(spans: Spans) -> set[int]:
    return {m for m in range(MINUTES) if holds(spans, at(m))}


@st.composite
def spans(draw: st.DrawFn) -> Spans:
    pairs = draw(st.lists(st.tuples(st.integers(0, MINUTES), st.integers(0, MINUTES)), max_size=6))
    return merged((at(one), at(other)) for one, other in pairs)


@given(spans(), spans())
def test_spans_are_sets_of_minutes(one: Spans, other: Spans) -> None:
    assert minutes(common(one, other)) == minutes(one) & minutes(other)
    assert minutes(without(one, other)) == minutes(one) - minutes(other)
    assert minutes(merged((*one, *other))) == minutes(one) | minutes(other)
    assert length(one) == timedelta(minutes=len(minutes(one)))
    for found in (common(one, other), without(one, other), merged((*one, *other))):
        assert merged(found) == found


def test_hours_are_told_to_a_minute() -> None:
    assert hours(((at(0), at(50)),)) == 0.8333
