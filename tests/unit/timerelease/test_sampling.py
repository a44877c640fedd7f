"""How many cases to look at, against the published numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.kernel.notice import Refused
from gatepost.timerelease.sampling import allocate, sample_size, size_for_mean


@pytest.mark.parametrize(("cases", "size"), [(None, 385), (8860, 369), (1000, 278), (200, 132)])
def test_the_usual_sizes(cases: int | None, size: int) -> None:
    assert sample_size(cases) == size


@given(st.integers(1, 10**7), st.floats(0.005, 0.2))
def test_fewer_cases_need_no_more(cases: int, margin: float) -> None:
    size = sample_size(cases, margin)
    assert 1 <= size <= min(cases, sample_size(None, margin))
    assert sample_size(cases + 1, margin) >= size


def test_a_mean_of_uneven_times_needs_many() -> None:
    """With lognormal times of sigma 1.2 the coefficient of variation is 1.80."""
    assert size_for_mean(1.8, 0.05) == 4979
    assert size_for_mean(0.5, 0.1) == 97


@pytest.mark.parametrize(("cases", "margin", "sure"), [(0, 0.05, 0.95), (9, 0, 0.95), (9, 0.1, 1)])
def test_what_is_no_share_is_refused(cases: int, margin: float, sure: float) -> None:
    with pytest.raises(Refused) as refused:
        sample_size(cases, margin, sure)
    assert refused.value.notices[0].code == "TRS-013"


@given(st.dictionaries(st.text(max_size=4), st.integers(0, 500), max_size=6), st.integers(0, 900))
def test_strata_get_their_part(strata: dict[str, int], size: int) -> None:
    told = allocate(strata, size)
    if not told:
        return
    assert sum(one.weight for one in told) == pytest.approx(1)
    assert sum(one.sample for one in told) == min(size, sum(strata.values()))
    for one in told:
        assert one.sample <= one.cases
        assert abs(one.sample - min(size, sum(strata.values())) * one.weight) < 1
