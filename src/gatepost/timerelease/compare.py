"""Before and after: what changed, how surely, and whether the two may be compared at all (TR-08).

The interval of a difference is made from the intervals of the two figures (Newcombe's method of
variance estimates recovery): it needs no assumption about the shape of the times. Where cases
are censored, both means are restricted to the same horizon.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import msgspec

from gatepost.kernel.notice import Notice
from gatepost.timerelease import rules
from gatepost.timerelease.columns import quoted
from gatepost.timerelease.model import EventMap, Scope, Statistic
from gatepost.timerelease.reading import Frame
from gatepost.timerelease.statistics import restricted_mean, statistics_of

SCOPED = ("regime", "office", "mode")
"""What two studies must be alike in; a lane or a trusted operator is a result, not a scope."""


class Difference(msgspec.Struct, frozen=True):
    """After less before, in seconds and per cent, bounded with 95 %.

    ``shown`` tells that the bounds lie on one side of zero; ``None`` where a figure is missing.
    """

    before: float | None
    after: float | None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    percent: float | None = None
    shown: bool = False


class Change(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """One interval in two studies. ``horizon`` is what both means are restricted to.

    ``adjusted`` is the difference of the means had the cases been of the same kinds as before,
    for each breakdown that both studies have.
    """

    interval: str
    start: str
    end: str
    before: Statistic
    after: Statistic
    mean: Difference
    median: Difference
    p90: Difference
    share_within_target: Difference
    horizon: float | None
    adjusted: dict[str, float]


class Comparison(msgspec.Struct, frozen=True):
    """Two studies side by side; ``unlike`` is what they differ in and ``acknowledged`` why not."""

    changes: list[Change]
    unlike: tuple[str, ...] = ()
    acknowledged: str = ""


def unlike(
    before: Frame, after: Frame, given_before: EventMap, given_after: EventMap
) -> Iterator[Notice]:
    """Yield everything the scopes of two studies differ in (TRS-012)."""
    one, two = given_before.scope, given_after.scope
    for name in Scope.__struct_fields__:
        first, second = getattr(one, name), getattr(two, name)
        if first != second:
            yield _differ(name, _shown(first), _shown(second))
    for name in SCOPED:
        first, second = _values(before, name), _values(after, name)
        if first != second:
            yield _differ(name, _shown(first), _shown(second))
    for name in ("queue", "arrival", "release"):
        if (name in before.milestones) != (name in after.milestones):
            told = [name if name in frame.milestones else "" for frame in (before, after)]
            yield _differ("milestones", _shown(told[0]), _shown(told[1]))


def _differ(what: str, before: str, after: str) -> Notice:
    return rules.UNLIKE.notice(what, what=what, before=before, after=after)


def _shown(value: str | tuple[str, ...]) -> str:
    return (value if isinstance(value, str) else ", ".join(value)) or "not told"


def _values(frame: Frame, segment: str) -> tuple[str, ...]:
    if segment not in frame.own:
        return ()
    rows = frame.columns.rows(
        f"select distinct {quoted(segment)} from wide where {quoted(segment)} is not null"
        " order by 1"
    )
    return tuple(value for (value,) in rows)


def compare(
    before: Frame, after: Frame, given_before: EventMap, given_after: EventMap
) -> list[Change]:
    """Return every interval that both studies have, over all cases."""
    both = [one for one in before.own if one in after.own]
    first = statistics_of(before, both, given_before.targets)
    second = statistics_of(after, both, given_after.targets)
    changes = []
    for one in first:
        two = next((s for s in second if s.interval == one.interval and not s.segment), None)
        if not one.segment and two is not None:
            changes.append(_change(before, after, one, two, (first, second, both)))
    return changes


def _change(
    before: Frame,
    after: Frame,
    one: Statistic,
    two: Statistic,
    told: tuple[list[Statistic], list[Statistic], list[str]],
) -> Change:
    horizon = None
    means = ((one.mean, one.mean_low, one.mean_high), (two.mean, two.mean_low, two.mean_high))
    if one.censored or two.censored:
        ends = [end for end in (one.horizon, two.horizon) if end is not None]
        horizon = min(ends) if ends else None
        if horizon is not None:
            means = (
                restricted_mean(before, one.interval, horizon),
                restricted_mean(after, two.interval, horizon),
            )
    return Change(
        one.interval,
        one.start,
        one.end,
        one,
        two,
        _difference(*means),
        _difference(
            (one.median, one.median_low, one.median_high),
            (two.median, two.median_low, two.median_high),
        ),
        _difference((one.p90, None, None), (two.p90, None, None)),
        _share(one, two),
        horizon,
        {} if one.censored or two.censored else _adjusted(one.interval, *told),
    )


Bounded = tuple[float | None, float | None, float | None]


def _difference(before: Bounded, after: Bounded) -> Difference:
    (one, low_one, high_one), (two, low_two, high_two) = before, after
    if one is None or two is None:
        return Difference(one, two)
    change = two - one
    percent = None if one <= 0 else 100 * change / one
    if None in (low_one, high_one, low_two, high_two):
        return Difference(one, two, change, percent=percent)
    assert low_one is not None
    assert high_one is not None
    assert low_two is not None
    assert high_two is not None
    low = change - math.hypot(two - low_two, high_one - one)
    high = change + math.hypot(high_two - two, one - low_one)
    return Difference(one, two, change, low, high, percent, low > 0 or high < 0)


def _share(one: Statistic, two: Statistic) -> Difference:
    """Return the change of the share within the target, each bounded as Wilson (1927) does."""
    if one.target != two.target:
        return Difference(one.share_within_target, two.share_within_target)
    return _difference(_wilson(one), _wilson(two))


def _wilson(one: Statistic) -> Bounded:
    share, n, z = one.share_within_target, one.n, 1.959964
    if share is None or not n:
        return (share, None, None)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (share, middle - reach, middle + reach)


def _adjusted(
    interval: str, before: list[Statistic], after: list[Statistic], by: list[str]
) -> dict[str, float]:
    """Return the change of the mean weighted as the cases were before (direct standardisation).

    Japan's mean fell to 1.0 h in 2024, and was 1.6 h without small lots: the kinds of cases had
    changed, not only the times.
    """
    found = {}
    for name in by:
        old = {s.segment[name]: s for s in before if s.interval == interval and name in s.segment}
        new = {s.segment[name]: s for s in after if s.interval == interval and name in s.segment}
        common = [value for value in old if value in new]
        weight = sum(old[value].n for value in common)
        if not weight:
            continue
        change = 0.0
        for value in common:
            one, two = old[value].mean, new[value].mean
            if one is not None and two is not None:
                change += old[value].n / weight * (two - one)
        found[name] = change
    return found
