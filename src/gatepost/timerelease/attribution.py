"""Every minute to one party, and to waiting or working (TR-06); bottlenecks (TR-07).

The elapsed time of a case runs from the queue, else the arrival, to the release, else to the end
of observation. It is cut at every event. A slice belongs

1. to the party that is working on the case, where one is: from the start to the end of its
   examination;
2. else to the party that has the case before it: from its notice to its decision;
3. else to the party whose act ends the slice, for that is who was waited for.

Of several at once, the slice belongs to the one that is done last, for release waits for that
one; so what is done side by side counts once, and all shares sum to one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from gatepost.timerelease.model import StepTime
from gatepost.timerelease.reading import Frame

DEFINITION = (
    "From joining the queue, else from the arrival, to the release, else to the end of"
    " observation. Time belongs to the party working on the case, else to the party that has it"
    " before it, else to the party whose act was waited for; of several at once to the one that"
    " is done last, so that parallel controls count once. Shares sum to 1."
)


class Shares(msgspec.Struct, frozen=True):
    """The elapsed time of all cases by party, and by party and state, each summing to one."""

    party: dict[str, float]
    state: dict[str, dict[Literal["waiting", "working"], float]]
    elapsed: float
    cases: int


def shares_of(frame: Frame) -> Shares:
    """Return whose the elapsed time was, from the table ``once`` of :func:`walk`."""
    rows = frame.columns.rows(
        "select party, works, sum(length) from once group by all order by 3 desc, 1"
    )
    (cases,) = frame.columns.one("select sum(cases) from walked")
    total = sum(int(length) for *_, length in rows)
    party: dict[str, float] = {}
    state: dict[str, dict[Literal["waiting", "working"], float]] = {}
    for name, works, length in rows:
        share = int(length) / total
        party[name] = party.get(name, 0.0) + share
        state.setdefault(name, {})["working" if works else "waiting"] = share
    ordered = dict(sorted(party.items(), key=lambda item: (-item[1], item[0])))
    return Shares(ordered, state, total / 1e6, int(cases))


def steps_of(frame: Frame) -> list[StepTime]:
    """Return every step that took time, the one that took most of all first."""
    rows = frame.columns.rows("""
        with whole as (
            select (select sum(cases) from walked) as cases, sum(length) as length from once
        )
        select step::varchar, party, works, count(*), avg(o.length),
            quantile_disc(o.length, [0.5, 0.9]), stddev_samp(o.length),
            sum(o.length) / any_value(whole.length), count(*) / any_value(whole.cases),
            sum(o.alone) / any_value(whole.cases)
        from once o, whole group by step, party, works
        order by sum(o.length) desc, step::varchar, party""")
    return [
        StepTime(
            step,
            party,
            "working" if works else "waiting",
            cases,
            mean / 1e6,
            quantiles[0] / 1e6,
            quantiles[1] / 1e6,
            None if sd is None or not mean else sd / mean,
            share,
            critical,
            gain / 1e6,
        )
        for step, party, works, cases, mean, quantiles, sd, share, critical, gain in rows
    ]


def bottlenecks_of(steps: Sequence[StepTime]) -> dict[str, list[StepTime]]:
    """Return the steps ranked four ways, the worst first.

    ``longest`` by the median of those who go through it, ``variable`` by how far its 90th
    percentile lies above the median, ``frequent`` by how many cases wait for it, ``critical`` by
    how much earlier release would be without it.
    """
    return {
        "longest": sorted(steps, key=lambda one: (-one.median, one.step, one.party)),
        "variable": sorted(steps, key=lambda one: (one.median - one.p90, one.step, one.party)),
        "frequent": sorted(steps, key=lambda one: (-one.cases, -one.median, one.step)),
        "critical": sorted(steps, key=lambda one: (-one.gain, one.step, one.party)),
    }
