"""The figures of each interval, for all cases and for each segment of them (TR-05).

Nothing unfinished is dropped: a case that has not ended an interval counts as censored, and
median and percentiles are Kaplan and Meier's (1958). Where nothing is censored these are the
plain order statistics, which are faster.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from gatepost.kernel.duration import parse_duration
from gatepost.kernel.notice import Refused
from gatepost.timerelease import rules
from gatepost.timerelease.columns import Columns, literal, quoted
from gatepost.timerelease.estimate import Z, median_ranks, rank, student
from gatepost.timerelease.milestones import BY_AGENCY, BY_NAME, HEADLINE, INTERVALS
from gatepost.timerelease.model import DASH, PERCENTS, Interval, Statistic, Target
from gatepost.timerelease.reading import Frame

AGENCY = "agency"
MINUTE = 60_000_000
SECOND = 1_000_000


class Goal(msgspec.Struct, frozen=True):
    """A target made ready: microseconds for one interval, in the segments it is meant for."""

    interval: str
    limit: int
    where: dict[str, str]


def goals_of(targets: Iterable[Target]) -> tuple[Goal, ...]:
    """Return targets made ready; ``Refused`` for a length (TRS-009) or interval (TRS-010)."""
    found, faults = [], []
    names = {one.name for one in INTERVALS}
    for target in targets:
        name = plain_name(target.interval)
        if name not in names:
            faults.append(rules.NO_INTERVAL.notice(interval=target.interval))
        try:
            limit = parse_duration(target.within)
        except ValueError:
            faults.append(rules.NO_DURATION.notice(text=target.within))
            continue
        found.append(Goal(name, round(limit.total_seconds() * SECOND), target.where))
    if faults:
        raise Refused(faults)
    return tuple(found)


def plain_name(interval: str) -> str:
    """Return the name of an interval, written with whatever dash."""
    for dash in ("\N{EM DASH}", "->", "-", ":", " to "):
        interval = interval.replace(dash, DASH)
    return DASH.join(part.strip() for part in interval.split(DASH))


def statistics_of(
    frame: Frame, by: Sequence[str] = (), targets: Iterable[Target] = ()
) -> list[Statistic]:
    """Return every interval over all cases first, then over the segments of each of ``by``.

    ``by`` are names of the frame's segments, or ``agency``; ``Refused`` with TRS-011 for others.
    """
    known = (*frame.segments, AGENCY)
    if wrong := [one for one in by if one not in known]:
        raise Refused([rules.NO_SEGMENT.notice(segment=w, known=", ".join(known)) for w in wrong])
    goals = goals_of(targets)
    told = tuple(one for one in INTERVALS if one == HEADLINE or _has(frame, one))
    make_lengths(frame, told)
    rows = list(_dimension(frame.columns, "length", told, "", goals))
    for segment in by:
        if segment == AGENCY:
            rows += _by_agency(frame, goals)
        else:
            rows += _dimension(frame.columns, "length", told, segment, goals)
    return rows


def _has(frame: Frame, interval: Interval) -> bool:
    return interval.start in frame.milestones and interval.end in frame.milestones


def make_lengths(frame: Frame, told: Sequence[Interval]) -> None:
    """See each case as its lengths: ``d0, e0, d1, e1, …``, microseconds and whether it ended."""
    lengths = [
        part
        for number, interval in enumerate(told)
        for part in length_sql(interval, frame.milestones, frame.until, number)
    ]
    columns = ", ".join([*map(quoted, frame.segments), *lengths])
    frame.columns.run(f"create or replace view length as select {columns} from wide")


def length_sql(
    interval: Interval, milestones: Sequence[str], until: int, number: int
) -> tuple[str, str]:
    """Return the columns of one interval: its length, null where a case has none; if it ended.

    A case that cannot reach the end any more has no length, and neither has one whose moments
    are reversed where that makes no sense; verification tells how many.
    """
    if interval.start not in milestones:
        return f"null::bigint as d{number}", f"false as e{number}"
    start = quoted(interval.start)
    end = quoted(interval.end) if interval.end in milestones else "null::bigint"
    closing = [f"{quoted(one)} is null" for one in interval.ends if one in milestones]
    if interval.sure in milestones:
        closing.append(f"{quoted(interval.sure)} is not null")
    still_open = " and ".join([f"{start} is not null", *closing])
    right = "true" if interval.early else f"{end} >= {start}"
    length = (
        f"case when {end} is not null then case when {right} then {end} - {start} end"
        f" when {still_open} then {until} - {start} end as d{number}"
    )
    return length, f"{end} is not null as e{number}"


def _by_agency(frame: Frame, goals: Sequence[Goal]) -> Iterator[Statistic]:
    """Yield the intervals that each agency has of its own, by agency."""
    told = tuple(one for one in INTERVALS if (one.start, one.end) in BY_AGENCY and _has(frame, one))
    if not told:
        return
    own = list(dict.fromkeys(name for one in told for name in (one.start, one.end)))
    closing = [one for one in frame.milestones if one not in own]
    times = [
        f"{'max' if BY_NAME[one].pick == 'last' else 'min'}(us) filter (kind = '{one}')"
        f" as {quoted(one)}"
        for one in own
    ]
    kept = ", ".join(f"w.{quoted(one)}" for one in closing)
    frame.columns.run(f"""
        create or replace table by_agency as
        with own as (
            select id, party::varchar as agency, {", ".join(times)} from event
            where kind in ({", ".join(map(literal, own))}) group by all
        )
        select own.*{", " + kept if kept else ""} from own join wide w using (id)""")
    lengths = [
        part
        for number, one in enumerate(told)
        for part in length_sql(one, frame.milestones, frame.until, number)
    ]
    frame.columns.run(
        f"create or replace view agency_length as select agency, {', '.join(lengths)}"
        " from by_agency"
    )
    yield from _dimension(frame.columns, "agency_length", told, AGENCY, goals)


def _dimension(
    columns: Columns, table: str, told: Sequence[Interval], segment: str, goals: Sequence[Goal]
) -> Iterator[Statistic]:
    """Yield every interval over the segments of one breakdown, in the order of the intervals."""
    key = quoted(segment) if segment else "''"
    where = f"where {key} is not null" if segment else ""
    parts = [_plain_sql(number) for number in range(len(told))]
    plain = columns.rows(
        f"select {key}, {', '.join(parts)} from {table} {where} group by 1 order by 1"
    )
    for number, interval in enumerate(told):
        begun = {row[0]: row[number + 1] for row in plain if row[number + 1]["n"]}
        if not begun and not (interval == HEADLINE and not segment):
            continue
        wanted = {
            value: _limit(goals, interval.name, {segment: str(value)} if segment else {})
            for value in begun or {"": None}
        }
        if any(one["censored"] for one in begun.values()):
            figures = _censored(columns, table, key, where, number, begun, wanted)
        else:
            figures = _complete(columns, table, key, where, number, begun, wanted)
        for value in begun or {"": None}:
            named = {segment: str(value)} if segment else {}
            yield _statistic(interval, named, figures.get(value, {}), wanted[value])


def _plain_sql(number: int) -> str:
    d, e = f"d{number}", f"e{number}"
    return (
        f"{{'n': count({d}), 'censored': count({d}) filter (not {e}), 'mean': avg({d}),"
        f" 'sd': stddev_samp({d}), 'min': min({d}) filter ({e}), 'max': max({d}) filter ({e})}}"
    )


def _limit(goals: Sequence[Goal], interval: str, segment: Mapping[str, str]) -> int | None:
    """Return the target for a segment: the one that names most of what it is told by."""
    fitting = [
        one for one in goals if one.interval == interval and one.where.items() <= segment.items()
    ]
    return max(fitting, key=lambda one: len(one.where)).limit if fitting else None


Found = dict[str, Any]


def _complete(
    columns: Columns,
    table: str,
    key: str,
    where: str,
    number: int,
    begun: Mapping[Any, Found],
    wanted: Mapping[Any, int | None],
) -> dict[Any, Found]:
    """Return the figures where every case ended: plain order statistics."""
    shares: set[float] = set()
    picks: dict[Any, dict[str, float]] = {}
    for value, one in begun.items():
        n = one["n"]
        ranks = {f"p{percent}": rank(n, percent) for percent in PERCENTS}
        ranks["median"] = rank(n, 50)
        if bounds := median_ranks(n):
            ranks["median_low"], ranks["median_high"] = bounds
        picks[value] = {name: (place - 0.5) / n for name, place in ranks.items()}
        shares |= set(picks[value].values())
    ordered = sorted(shares)
    if not ordered:
        return {}
    d = f"d{number}"
    within = " ".join(
        f"when {key} = {literal(str(value))} then {limit}"
        for value, limit in wanted.items()
        if limit is not None
    )
    counted = f"count(*) filter ({d} <= case {within} end)" if within else "null"
    rows = columns.rows(
        f"select {key}, quantile_disc({d}, {ordered}), {counted} from {table} {where} group by 1"
    )
    modes = _modes(columns, table, key, where, number)
    found: dict[Any, Found] = {}
    for value, quantiles, reached in rows:
        if value not in begun:
            continue
        one = dict(begun[value])
        at = dict(zip(ordered, quantiles, strict=True))
        one |= {name: at[share] for name, share in picks[value].items()}
        one["mode"] = modes.get(value)
        if one["n"] > 1:
            reach = student(one["n"] - 1) * one["sd"] / math.sqrt(one["n"])
            one |= {"mean_low": one["mean"] - reach, "mean_high": one["mean"] + reach}
        if wanted[value] is not None:
            one["share_within_target"] = reached / one["n"]
        found[value] = one
    return found


def _modes(columns: Columns, table: str, key: str, where: str, number: int) -> dict[Any, int]:
    """Return the most frequent whole minute of each segment, of several the shortest."""
    d, e = f"d{number}", f"e{number}"
    return dict(
        columns.rows(f"""
            select key, arg_max(minute, (count, -minute)) * {MINUTE}
            from (
                select {key} as key, floor({d} / {MINUTE})::bigint as minute, count(*) as count
                from {table} {where} {"and" if where else "where"} {d} is not null and {e}
                group by all
            )
            group by key having max(count) > 1""")
    )


def _censored(
    columns: Columns,
    table: str,
    key: str,
    where: str,
    number: int,
    begun: Mapping[Any, Found],
    wanted: Mapping[Any, int | None],
) -> dict[Any, Found]:
    """Return the figures where some cases have not ended: Kaplan and Meier's estimate."""
    columns.run(_curve_sql(table, key, where, number))
    picks = [f"min(d) filter (ended > 0 and s <= {1 - p / 100 + 1e-9})" for p in PERCENTS]
    low, high = (
        f"min(d) filter (ended > 0 and s {sign} {Z} * s * sqrt(g) <= 0.5 + 1e-9)" for sign in "-+"
    )
    rows = columns.rows(f"""
        select key, sum(d * (before - s)) + max(d) * min(s) as mean,
            sum(d::double * d * (before - s)) + max(d)::double * max(d) * min(s) as square,
            sum(case when risk > ended then area * area * ended / (risk * (risk - ended))
                else 0 end) as variance,
            max(d) as horizon, min(s) as left_over, {low}, {high}, {", ".join(picks)}
        from curve group by key""")
    modes = _modes(columns, table, key, where, number)
    found: dict[Any, Found] = {}
    for value, mean, square, variance, horizon, left_over, *bounds_and_picks in rows:
        one = dict(begun[value])
        n = one["n"]
        reach = Z * math.sqrt(variance)
        one |= {"mean": mean, "mean_low": mean - reach, "mean_high": mean + reach}
        spread = max(0.0, square - mean * mean)
        one["sd"] = math.sqrt(spread * n / (n - 1)) if n > 1 else None
        one["horizon"] = horizon if one["censored"] else None
        one["median_low"], one["median_high"] = bounds_and_picks[:2]
        one |= {f"p{p}": at for p, at in zip(PERCENTS, bounds_and_picks[2:], strict=True)}
        one["median"] = one["p50"]
        one["mode"] = modes.get(value)
        limit = wanted[value]
        if limit is not None and (limit <= horizon or left_over < 1e-12):
            (still,) = columns.one(
                "select coalesce(min(s), 1.0) from curve where key = ? and d <= ?", value, limit
            )
            one["share_within_target"] = 1 - still
        found[value] = one
    return found


def restricted_mean(
    frame: Frame, interval: str, horizon: float
) -> tuple[float | None, float | None, float | None]:
    """Return the mean of an interval restricted to ``horizon`` seconds, and its 95 % bounds.

    What lasts longer counts as ``horizon``: so two studies that were observed for different
    times are compared alike.
    """
    (one,) = [known for known in INTERVALS if known.name == interval]
    limit = round(horizon * SECOND)
    length, ended = length_sql(one, frame.milestones, frame.until, 0)
    frame.columns.run(
        f"create or replace view capped as select least(d0, {limit}) as d0,"
        f" e0 or d0 >= {limit} as e0 from (select {length}, {ended} from wide)"
    )
    frame.columns.run(_curve_sql("capped", "''", "", 0))
    mean, variance = frame.columns.one("""
        select sum(d * (before - s)) + max(d) * min(s),
            sum(case when risk > ended then area * area * ended / (risk * (risk - ended))
                else 0 end)
        from curve""")
    if mean is None:
        return None, None, None
    reach = Z * math.sqrt(variance)
    return mean / SECOND, (mean - reach) / SECOND, (mean + reach) / SECOND


def _curve_sql(table: str, key: str, where: str, number: int) -> str:
    """Return the SQL of the survival curve: one row for each length that occurs in a segment.

    ``s`` is the share still waiting just after ``d``, ``g`` Greenwood's sum, ``area`` what lies
    under the curve from ``d`` on.
    """
    d, e = f"d{number}", f"e{number}"
    return f"""
        create or replace temp table curve as
        with told as (
            select {key} as key, {d} as d, count(*) filter ({e}) as ended, count(*) as n
            from {table} {where} {"and" if where else "where"} {d} is not null group by all
        ),
        risk as (
            select *, sum(n) over (partition by key order by d desc)::double as risk from told
        ),
        stepped as (
            select key, d, ended, risk,
                product(1 - ended / risk) over w as s,
                sum(case when risk > ended then ended / (risk * (risk - ended)) else 0 end)
                    over w as g
            from risk window w as (partition by key order by d rows unbounded preceding)
        ),
        wide_step as (
            select *, coalesce(lag(s) over w, 1.0) as before,
                s * coalesce(lead(d) over w - d, 0) as piece
            from stepped window w as (partition by key order by d)
        )
        select *, sum(piece) over (partition by key order by d desc rows unbounded preceding)
            as area
        from wide_step"""


def _statistic(
    interval: Interval, segment: dict[str, str], found: Found, limit: int | None
) -> Statistic:
    """Return figures in seconds, with what is made from them."""
    whole = {"n", "censored", "share_within_target"}
    told = {
        name: value if name in whole or value is None else value / SECOND
        for name, value in found.items()
    }
    mean, sd, p95 = told.get("mean"), told.get("sd"), told.get("p95")
    if mean and sd is not None:
        told["cv"] = sd / mean if mean > 0 else None
    if mean and mean > 0 and p95 is not None:
        told["buffer_index"] = (p95 - mean) / mean
    fields = {"n": 0, "censored": 0} | told
    return Statistic(
        interval=interval.name,
        start=interval.start,
        end=interval.end,
        segment=segment,
        target=None if limit is None else limit / SECOND,
        **fields,
    )
