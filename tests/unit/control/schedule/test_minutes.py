"""Sets of moments as bits, against plain sets."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gatepost.control.schedule.minutes import first, span, spans, starts, union

moments = st.integers(0, 2**40 - 1)


def plain(bits: int) -> set[int]:
    return {n for n in range(bits.bit_length()) if bits >> n & 1}


@given(moments, st.integers(1, 12))
def test_starts_are_where_so_many_moments_in_a_row_begin(free: int, length: int) -> None:
    there = plain(free)
    expected = {n for n in there if all(n + k in there for k in range(length))}
    assert plain(starts(free, length)) == expected


@given(moments)
def test_spans_make_up_the_set(free: int) -> None:
    found = list(spans(free))
    assert union(found) == free
    assert all(a < b for a, b in found)
    assert all(end < begin for (_, end), (begin, _) in pairwise(found))
    assert first(free) == min(plain(free), default=None)


def test_a_span_that_ends_before_it_begins_is_no_time() -> None:
    assert span(5, 5) == span(7, 5) == 0
    assert plain(span(2, 5)) == {2, 3, 4}
