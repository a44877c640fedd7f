"""The figures are those of other people's programs: NumPy where all is known, SciPy else."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from gatepost.timerelease.estimate import student
from gatepost.timerelease.model import PERCENTS, EventMap, Target
from tests.trs import Line, interval, study

lengths = st.lists(st.integers(-300, 3000), min_size=1, max_size=60)


def cases(minutes: list[int]) -> list[Line]:
    """Return cases that each took so many minutes from arrival to release."""
    lines: list[Line] = []
    for number, length in enumerate(minutes):
        lines.append((f"C{number}", "arrival", number * 7, "carrier"))
        lines.append((f"C{number}", "release", number * 7 + length, "customs"))
    return lines


@settings(max_examples=15)
@given(lengths)
def test_complete_cases_give_the_figures_of_numpy(minutes: list[int]) -> None:
    row = interval(study(cases(minutes)), "arrival-release")
    seconds = np.array(minutes) * 60.0
    assert (row.n, row.censored) == (len(minutes), 0)
    assert row.mean == pytest.approx(seconds.mean())
    assert (row.min, row.max) == (seconds.min(), seconds.max())
    for percent in PERCENTS:
        expected = np.quantile(seconds, percent / 100, method="inverted_cdf")
        assert getattr(row, f"p{percent}") == pytest.approx(expected)
    assert row.median == row.p50
    if len(minutes) > 1:
        assert row.sd == pytest.approx(seconds.std(ddof=1))
        if row.sd:
            error = seconds.std(ddof=1) / math.sqrt(len(minutes))
            low, high = stats.t.interval(0.95, len(minutes) - 1, seconds.mean(), error)
            assert row.mean_low == pytest.approx(low, rel=2e-3, abs=1)
            assert row.mean_high == pytest.approx(high, rel=2e-3, abs=1)


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=2, max_size=50))
def test_open_cases_give_the_curve_of_scipy(told: list[tuple[int, bool]]) -> None:
    """Cases that began so long before the end of observation; of some the release is known."""
    end = 1000
    lines: list[Line] = []
    for number, (length, released) in enumerate(told):
        lines.append((f"C{number}", "arrival", end - length, "carrier"))
        if released:
            # Released within the time that is observed, at some moment before its end.
            lines.append((f"C{number}", "release", end - length + length // 2, "customs"))
    ended = [length // 2 for length, released in told if released]
    open_ = [length for length, released in told if not released]
    row = interval(study(lines, until=end), "arrival-release")
    assert (row.n, row.censored) == (len(told), len(open_))
    if not ended or not open_:
        return
    curve = stats.ecdf(stats.CensoredData(uncensored=ended, right=open_)).sf
    for percent in (25, 50, 75, 90):
        reached = [t for t in sorted(set(ended)) if curve.evaluate(t) <= 1 - percent / 100 + 1e-9]
        assert getattr(row, f"p{percent}") == (reached[0] * 60 if reached else None)
    times = np.arange(0, max(ended + open_), 0.5)
    expected = np.sum(curve.evaluate(times)) * 0.5 * 60
    assert row.mean == pytest.approx(expected)
    assert row.horizon == max(ended + open_) * 60


def test_the_restricted_mean_has_the_spread_of_the_textbook() -> None:
    """Four of five released: the curve steps 0.8, 0.6, then 0.3 after one left the view."""
    told = [(10, True), (20, True), (25, False), (30, True), (40, False)]
    lines: list[Line] = []
    for number, (length, released) in enumerate(told):
        lines.append((f"C{number}", "arrival", 100 - (length if not released else 50), "carrier"))
        if released:
            lines.append((f"C{number}", "release", 50 + length, "customs"))
    row = interval(study(lines, until=100), "arrival-release")
    mean = 10 + 10 * 0.8 + 10 * 0.6 + 10 * 0.3
    assert row.mean == pytest.approx(mean * 60)
    areas = [(10 * 0.8 + 10 * 0.6 + 3, 5, 1), (10 * 0.6 + 3, 4, 1), (3, 2, 1)]
    variance = sum(area**2 * d / (r * (r - d)) for area, r, d in areas)
    assert row.mean_high == pytest.approx((mean + 1.959964 * math.sqrt(variance)) * 60, rel=1e-5)
    assert (row.median, row.p90) == (30 * 60, None)


@pytest.mark.parametrize("df", [1, 2, 3, 4, 5, 9, 30, 400])
def test_students_quantile(df: int) -> None:
    assert student(df) == pytest.approx(stats.t.ppf(0.975, df), rel=2e-3)


def test_the_median_is_bounded_with_the_confidence_told() -> None:
    """Of 400 samples of 41 lengths some 95 % bound the true median (binomial: 93 to 97 %)."""
    random = np.random.default_rng(7)
    lines: list[Line] = []
    groups = []
    for sample in range(400):
        for number, length in enumerate(random.exponential(100, 41)):
            case = f"{sample}/{number}"
            lines += [(case, "arrival", 0, "carrier"), (case, "release", length, "customs")]
            groups += [f"S{sample}"] * 2
    found = study(lines, lane=groups)
    rows = [one for one in found.intervals if one.segment and one.end == "release"]
    right = 100 * math.log(2) * 60
    inside = sum(
        one.median_low <= right <= one.median_high
        for one in rows
        if one.median_low is not None and one.median_high is not None
    )
    assert len(rows) == 400
    assert 0.92 <= inside / 400 <= 0.985


def test_the_censoring_table_is_reproduced() -> None:
    """Dropping what is open halves the mean; Kaplan-Meier keeps the median (design §1.4)."""
    random = np.random.default_rng(11)
    count, sigma = 20_000, 1.2
    hours = 48 * np.exp(sigma * random.standard_normal(count))
    lines: list[Line] = []
    for number, length in enumerate(hours):
        lines.append((f"C{number}", "arrival", 0, "carrier"))
        lines.append((f"C{number}", "release", length * 60, "customs"))
    raw = _table(lines)
    table = {72: (0.632, 30.3, 27.1), 168: (0.852, 50.8, 38.4), 336: (0.947, 69.0, 44.4)}
    for window, (share, mean, median) in table.items():
        done = hours[hours <= window]
        assert len(done) / count == pytest.approx(share, abs=0.015)
        assert done.mean() == pytest.approx(mean, rel=0.03)
        assert np.median(done) == pytest.approx(median, rel=0.03)
        row = interval(study(raw, until=window * 60), "arrival-release")
        assert row.n == count
        assert row.censored == count - len(done)
        assert row.median is not None
        assert row.median / 3600 == pytest.approx(
            np.quantile(hours, 0.5, method="inverted_cdf"), rel=1e-6
        )
        assert row.mean is not None
        assert row.mean / 3600 == pytest.approx(np.minimum(hours, window).mean(), rel=1e-6)
        assert row.horizon == window * 3600
        late = row.p90
        assert (late is None) == (len(done) < 0.9 * count)
    whole = interval(study(raw), "arrival-release")
    assert whole.mean is not None
    assert whole.mean / 3600 == pytest.approx(98.7, rel=0.03)
    assert whole.p90 is not None
    assert whole.p90 / 3600 == pytest.approx(223.5, rel=0.03)


def _table(lines: list[Line]) -> Any:
    from tests.trs import table

    return table(lines)


def test_segments_come_after_the_whole_and_add_up_to_it() -> None:
    minutes = [10, 20, 30, 40, 50, 60]
    lanes = [lane for lane in ("green", "red", "red") * 2 for _ in range(2)]
    found = study(cases(minutes), by=("lane", "hour"), lane=lanes)
    kinds = [tuple(one.segment) for one in found.intervals]
    assert kinds == sorted(kinds, key=lambda kind: [(), ("lane",), ("hour",)].index(kind))
    for by in ("lane", "hour"):
        rows = [one for one in found.intervals if by in one.segment and one.end == "release"]
        assert sum(one.n for one in rows) == 6
    assert interval(found, "arrival-release", lane="green").mean == (10 + 40) / 2 * 60


def test_targets_may_differ_by_segment() -> None:
    """India measures land posts against 48 hours and airports against 24."""
    targets = (
        Target("arrival-release", "30min"),
        Target("arrival\N{EN DASH}release", "15min", {"lane": "green"}),
    )
    lanes = [lane for lane in ("green", "green", "red", "red") for _ in range(2)]
    found = study(cases([10, 20, 30, 40]), EventMap(targets=targets), lane=lanes)
    assert interval(found, "arrival-release").share_within_target == 0.75
    green = interval(found, "arrival-release", lane="green")
    assert (green.target, green.share_within_target) == (900, 0.5)
    assert interval(found, "arrival-release", lane="red").share_within_target == 0.5


def test_a_share_within_a_target_that_nobody_was_followed_to_is_unknown() -> None:
    lines: list[Line] = [("A", "arrival", 0, ""), ("A", "release", 10, ""), ("B", "arrival", 0, "")]
    given_ = EventMap(targets=(Target("arrival-release", "1h"),))
    assert interval(study(lines, given_, until=30), "arrival-release").share_within_target is None
    row = interval(study(lines, given_, until=60), "arrival-release")
    assert row.share_within_target == 0.5


def test_each_agency_is_told_by_itself() -> None:
    lines: list[Line] = [
        ("A", "arrival", 0, "carrier"),
        ("A", "notified", 0, "plant"),
        ("A", "notified", 10, "vet"),
        ("A", "decision", 60, "plant"),
        ("A", "decision", 30, "vet"),
        ("A", "release", 60, "customs"),
    ]
    found = study(lines, by=("agency",))
    assert interval(found, "notified-decision").mean == 3600
    assert interval(found, "notified-decision", agency="plant").mean == 3600
    assert interval(found, "notified-decision", agency="vet").mean == 1200


def test_mode_buffer_index_and_variation_are_told() -> None:
    row = interval(study(cases([10, 10, 20, 40])), "arrival-release")
    assert row.mode == 600
    assert row.mean == 1200
    assert row.cv == pytest.approx(np.std([10, 10, 20, 40], ddof=1) / 20)
    assert row.buffer_index == pytest.approx((2400 - 1200) / 1200)
