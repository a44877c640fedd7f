"""Shares and their intervals, against published figures and by their meaning."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.risk.intervals import Z, share_of


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_that_of_wilson(found: int, of: int, low: float, high: float) -> None:
    share = share_of(found, of)
    assert share.low == pytest.approx(low, abs=6e-5)
    assert share.high == pytest.approx(high, abs=6e-5)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_its_ends_are_where_the_score_test_just_fails(counts: tuple[int, int]) -> None:
    found, of = counts
    share = share_of(found, of)
    assert share.low is not None
    assert share.high is not None
    assert 0 <= share.low <= found / of <= share.high <= 1
    for end in (share.low, share.high):
        if 1e-3 < end < 1 - 1e-3:
            score = abs(found / of - end) / (end * (1 - end) / of) ** 0.5
            assert isclose(score, Z, rel_tol=0.02)


def test_of_nothing_nothing_is_known() -> None:
    assert share_of(0, 0).share is None
    with pytest.raises(ValueError, match="cannot be found"):
        share_of(2, 1)
