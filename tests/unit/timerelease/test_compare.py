"""Before and after: what changed, how surely, and what may not be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest

from gatepost.timerelease.compare import Change, compare, unlike
from gatepost.timerelease.model import EventMap, Scope, Target
from gatepost.timerelease.reading import Frame
from tests.trs import Line, frame_of


def cases(minutes: Iterable[float], **more: Sequence[str]) -> Frame:
    """Return cases that took so long; the segments are given once for each case."""
    lines: list[Line] = []
    for number, length in enumerate(minutes):
        lines += [(f"C{number}", "arrival", 0, ""), (f"C{number}", "release", length, "")]
    return frame_of(
        lines, None, **{n: [v for v in values for _ in (0, 1)] for n, values in more.items()}
    )


def headline(before: Frame, after: Frame, given: EventMap | None = None) -> Change:
    """Return the change of arrival to release."""
    given = given or EventMap()
    return compare(before, after, given, given)[0]


def test_the_interval_of_the_difference_is_that_of_welch() -> None:
    """For means with Student's intervals the recovered one is close to Welch's."""
    from scipy import stats

    random = np.random.default_rng(3)
    one, two = random.exponential(100, 300), random.exponential(80, 400)
    found = headline(cases(one), cases(two)).mean
    welch = stats.ttest_ind(two, one, equal_var=False).confidence_interval()
    assert found.difference == pytest.approx((two.mean() - one.mean()) * 60)
    assert found.low == pytest.approx(welch.low * 60, rel=0.01)
    assert found.high == pytest.approx(welch.high * 60, rel=0.01)
    assert found.shown == (welch.high < 0 or welch.low > 0)


def test_a_week_of_a_hundred_cases_cannot_show_ten_per_cent() -> None:
    """Design §1.4: with sigma 1.2 the mean of 100 is known to ±35 %."""
    random = np.random.default_rng(5)
    shown = sum(
        headline(
            cases(np.exp(1.2 * random.standard_normal(100)) * 100),
            cases(np.exp(1.2 * random.standard_normal(100)) * 90),
        ).mean.shown
        for _ in range(6)
    )
    assert shown <= 2


def test_what_did_not_change_is_seldom_shown_to_have() -> None:
    random = np.random.default_rng(6)
    shown = sum(
        headline(cases(random.exponential(9, 60)), cases(random.exponential(9, 60))).median.shown
        for _ in range(8)
    )
    assert shown <= 2


def test_both_means_are_restricted_to_what_both_observed() -> None:
    lines: list[Line] = [
        ("A", "arrival", 0, ""),
        ("A", "release", 50, ""),
        ("B", "arrival", 0, ""),
        ("B", "release", 500, ""),
    ]
    found = headline(frame_of(lines, until=100), frame_of(lines, until=600))
    assert found.horizon == 6000
    assert (found.mean.before, found.mean.after) == (75 * 60, 75 * 60)


def test_a_change_of_what_comes_is_not_a_change_of_how_it_is_treated() -> None:
    """Nothing is faster within a lane, only more of it is green: the adjusted change is none."""
    before = cases([10] * 5 + [100] * 5, lane=["green"] * 5 + ["red"] * 5)
    after = cases([10] * 9 + [100], lane=["green"] * 9 + ["red"])
    found = headline(before, after)
    assert found.mean.difference == -36 * 60
    assert found.adjusted == {"lane": pytest.approx(0)}


def test_the_share_within_the_target() -> None:
    given = EventMap(targets=(Target("arrival-release", "1h"),))
    found = headline(cases([30, 90, 90, 90]), cases([30, 30, 30, 90]), given).share_within_target
    assert (found.before, found.after, found.difference) == (0.25, 0.75, 0.5)
    assert found.low is not None
    assert found.low < 0


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        (Scope(flow="import"), Scope(flow="export"), ["flow"]),
        (Scope(arrival="berth"), Scope(arrival="discharge"), ["arrival"]),
        (Scope(modes=("sea",)), Scope(modes=("sea", "air")), ["modes"]),
        (Scope(), Scope(), []),
    ],
)
def test_unlike_scopes_are_told(first: Scope, second: Scope, what: list[str]) -> None:
    before, after = cases([10]), cases([20])
    found = unlike(before, after, EventMap(scope=first), EventMap(scope=second))
    assert [one.where for one in found] == what


def test_unlike_cases_are_told() -> None:
    """Japan's 2.4 hours begin with the declaration, its 59.5 with the arrival: never mix."""
    before = cases([10], office=["port"], mode=["sea"])
    after = cases([10], office=["airport"], mode=["sea"])
    assert [one.where for one in unlike(before, after, EventMap(), EventMap())] == ["office"]
    other = frame_of([("A", "lodgement", 0, ""), ("A", "release", 5, "")])
    assert "milestones" in [one.where for one in unlike(cases([1]), other, EventMap(), EventMap())]
