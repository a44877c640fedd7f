"""One walk over the events of every case in their order, for all that depends on the order.

It makes two tables: ``arc``, which kind of event followed which after how long, and ``once``,
how long each case waited for each step or was worked on, and on whom that was
(:mod:`~gatepost.timerelease.attribution`). Cases are walked some at a time, so that memory does
not grow with their number.
"""

from __future__ import annotations

from gatepost.timerelease.columns import literal
from gatepost.timerelease.milestones import SPANS
from gatepost.timerelease.reading import Frame

PART = 2_500_000
"""Events walked at a time."""

BEGINS = ("queue", "arrival", "traveller_queue", "primary_start")
ENDS = ("release", "removal", "exit", "withdrawn", "denied")


def walk(frame: Frame) -> int:
    """Make the tables ``arc``, ``once`` and ``walked``; return how many events stood there twice.

    An event that stands there twice, with the same moment and party, is counted once.
    """
    twice = _walk(frame)
    if twice:
        frame.columns.run("create table single as select distinct * from parsed")
        frame.columns.run("drop view event; drop table parsed")
        frame.columns.run("alter table single rename to parsed")
        frame.columns.run(f"create view event as select * from parsed where us <= {frame.until}")
        _walk(frame)
    return twice


def _walk(frame: Frame) -> int:
    columns = frame.columns
    columns.run("""
        create or replace table arc (kind kind, next kind, gap bigint);
        create or replace table once (
            step kind, party varchar, works boolean, length bigint, alone bigint);
        create or replace table walked (cases bigint, twice bigint)""")
    parts = max(1, -(-frame.events // PART))
    size = -(-frame.cases // parts)
    for part in range(parts):
        some = f"id between {part * size + 1} and {(part + 1) * size}"
        columns.run(f"create or replace temp table step as {_walk_sql(frame, some)}")
        columns.run("insert into arc select kind, next_kind, until - us from step"
                    " where next_kind is not null and not twice")  # fmt: skip
        columns.run(f"insert into once {ONCE}")
        columns.run("""
            insert into walked select
                count(distinct id) filter (
                    base is not null and least(until, done) > greatest(us, base)),
                count(*) filter (twice)
            from step""")
    columns.run("drop table step")
    return int(columns.one("select sum(twice) from walked")[0])


def _walk_sql(frame: Frame, some: str) -> str:
    """Return the SQL of one row for each event, with what went on from then to the next.

    ``work`` and ``has`` are the running maximum of (finish, party) over the stretches begun so
    far: the one that is done last, still going on if it finishes after this moment.
    """
    there = [one for one in SPANS if one[0] in frame.milestones]
    kinds = {kind for start, end, _ in there for kind in (start, end)} | {""}
    listed = ", ".join(map(literal, sorted(kinds)))
    (parties,) = frame.columns.one("select coalesce(len(enum_range(null::party)), 0)")
    wide = "bigint" if (frame.until - frame.first + 2) * parties * 8 < 2**62 else "hugeint"
    label = "".join(f" when '{start}' then {number}" for number, (start, _, _) in enumerate(SPANS))
    worked = ", ".join(literal(start) for start, _, works in SPANS if works)
    scale = parties * 8
    key = f"((finish - {frame.first})::{wide} * {scale} + enum_code(party) * 8 + label)"
    never = f", {frame.until + 1}"
    ends = [
        f"when '{start}' then coalesce("
        f"lead(case when kind::varchar = '{end}' then us end ignore nulls) over own"
        f"{never if start == 'hold' else ', null'})"
        for start, end, _ in there
    ]
    starts = ", ".join(literal(start) for start, *_ in there) or "''"
    last = ", ".join(
        [f"max(case when kind = '{one}' then us end) over whole"
         for one in ENDS if one in frame.milestones] + [str(frame.until)]
    )  # fmt: skip
    begins = [
        f"min(case when kind = '{one}' then us end) over whole"
        for one in BEGINS
        if one in frame.milestones
    ]
    base = f"coalesce({', '.join(begins)})" if begins else "min(us) over whole"
    unfinished = " and ".join(f"{one} is null" for one in ENDS if one in frame.milestones)
    depth = f"sum(case when kind::varchar in ({starts}) then 1 else -1 end) over so_far_own"
    return f"""
        with own as (
            select id, kind, us, party,
                kind::varchar in ({starts}) as starts,
                case kind::varchar {" ".join(ends) or "when '' then null"} end as ending,
                case kind::varchar {label or "when '' then 0"} end as label,
                kind::varchar in ({worked}) as works,
                {depth} as depth, max(us) over (partition by id, party) as party_last
            from event where {some} and kind::varchar in ({listed})
            window own as (partition by id, party order by us, kind),
                so_far_own as (partition by id, party order by us, kind rows unbounded preceding)
        ),
        spans as (
            -- What never ended lasts until the party was last heard of, else is pending.
            select *, ending is null and party_last = us as pending,
                coalesce(ending, nullif(party_last, us), {frame.until + 1}) as finish
            from own
        ),
        told as (
            select id, kind, us, party, null::{wide} as work, null::{wide} as has,
                null::{wide} as pends, 0 as change
            from event where {some} and kind::varchar not in ({listed})
            union all
            select id, kind, us, party,
                case when starts and works then {key} end,
                case when starts and not works and not pending then {key} end,
                case when starts and not works and pending then {key} end,
                case when starts and depth = 1 then 1 when not starts and depth = 0 then -1
                    else 0 end
            from spans
            union all
            select id, null, {frame.until}, null, null, null, null, 0 from wide
            where {some} and {unfinished or "true"}
        )
        select id, us, kind, party, lead(us) over w as until, lead(kind) over w as next_kind,
            lead(party) over w as next_party,
            coalesce(lead(us) over w = us and lead(kind) over w = kind
                and lead(party) over w = party, false) as twice,
            {_running("work", frame, scale)}, {_running("has", frame, scale)},
            {_running("pends", frame, scale)},
            coalesce(sum(change) over so_far, 0) <= 1 as alone,
            {base} as base, coalesce({last}) as done
        from told window w as (partition by id order by us, kind, party),
            so_far as (partition by id order by us, kind, party rows unbounded preceding),
            whole as (partition by id)"""


def _running(name: str, frame: Frame, scale: int) -> str:
    latest = f"max({name}) over so_far"
    return (
        f"({latest} // {scale} + {frame.first})::bigint as {name}_until,"
        f" ({latest} % {scale})::integer as {name}_by"
    )


STEPS = ["decision", "examination", "primary", "secondary", "hold"]
"""What each of SPANS is called as a step."""

ONCE = f"""
    with owned as (
        select id, least(until, done) - greatest(us, base) as length, alone,
            coalesce(work_until > us, false) as works,
            coalesce(has_until > us, false) as has,
            work_by, has_by, pends_by, next_kind, next_party
        from step where base is not null and least(until, done) > greatest(us, base)
    ),
    told as (
        select id, length, alone, works,
            case when works then work_by // 8 when has then has_by // 8
                else coalesce(enum_code(next_party), pends_by // 8, -1) end as owner,
            case when works then
                list_extract({STEPS!r}, (work_by % 8) + 1)::kind
            when has and (has_by // 8) is distinct from enum_code(next_party)
                then list_extract({STEPS!r}, (has_by % 8) + 1)::kind
            when next_party is null and pends_by is not null then 'decision'::kind
            when next_kind::varchar = 'hold' then 'decision'::kind
            else coalesce(next_kind, 'unknown'::kind) end as step
        from owned
    ),
    summed as (
        select id, step, owner, works, sum(length)::bigint as length,
            coalesce(sum(length) filter (alone), 0)::bigint as alone
        from told group by all
    )
    select step, case when owner < 0 then 'unknown'
        else list_extract(enum_range(null::party), owner + 1) end, works, length, alone
    from summed"""
