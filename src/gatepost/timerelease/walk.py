"""One walk over the events of every case in their order, for all that depends on the order.

It makes two tables: ``arc``, which kind of event followed which after how long, and ``once``,
how long each case waited for each step or was worked on, and on whom that was
(:mod:`~gatepost.timerelease.attribution`). Cases are walked some at a time, so that memory does
not grow with their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from gatepost.timerelease.columns import literal
from gatepost.timerelease.milestones import SPANS
from gatepost.timerelease.reading import Frame

PART = 1_250_000
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
    key = _Key.of(frame)
    begins = [one for one in BEGINS if one in frame.milestones]
    base = f"coalesce({', '.join(begins)})" if begins else "first_us"
    ends = [one for one in ENDS if one in frame.milestones]
    return f"""
        with {_spans_sql(frame, some, there)},
        told as ({_told_sql(frame, some, there, key)}),
        bound as (
            select id, {base} as base, coalesce({", ".join([*ends, str(frame.until)])}) as done
            from wide where {some}
        )
        select id, us, kind, party, lead(us) over w as until, lead(kind) over w as next_kind,
            lead(party) over w as next_party,
            coalesce(lead(us) over w = us and lead(kind) over w = kind
                and lead(party) over w = party, false) as twice,
            {key.running("work")}, {key.running("has")}, {key.running("pends")},
            coalesce(sum(change) over so_far, 0) <= 1 as alone, base, done
        from told join bound using (id)
        window w as (partition by id order by us, kind, party),
            so_far as (partition by id order by us, kind, party rows unbounded preceding)"""


class _Key(msgspec.Struct, frozen=True):
    """How (finish, party, step) is told as one number, so that a running maximum finds the last.

    ``wide`` is its type: a plain integer wherever the time observed and the parties fit in one.
    """

    first: int
    scale: int
    wide: str

    @classmethod
    def of(cls, frame: Frame) -> _Key:
        """Return the numbers for the events of ``frame``."""
        (parties,) = frame.columns.one("select coalesce(len(enum_range(null::party)), 0)")
        fits = (frame.until - frame.first + 2) * parties * 8 < 2**62
        return cls(frame.first, parties * 8, "bigint" if fits else "hugeint")

    @property
    def sql(self) -> str:
        """Return the number of a stretch."""
        finish = f"(finish - {self.first})::{self.wide}"
        return f"({finish} * {self.scale} + enum_code(party) * 8 + label)"

    def running(self, name: str) -> str:
        """Return until when the stretches so far go on, and by whom, as two columns."""
        latest = f"max({name}) over so_far"
        return (
            f"({latest} // {self.scale} + {self.first})::bigint as {name}_until,"
            f" ({latest} % {self.scale})::integer as {name}_by"
        )


Spans = Sequence[tuple[str, str, bool]]


def _among(names: Iterable[str]) -> str:
    """Return the SQL that tells whether a kind is one of some: by its number, not its letters."""
    listed = ", ".join(f"{literal(name)}::kind" for name in names)
    return f"kind in ({listed})" if listed else "false"


def _listed(frame: Frame, there: Spans) -> str:
    begun = {kind for start, end, _ in there for kind in (start, end)}
    return _among(sorted(begun & set(frame.milestones)))


def _spans_sql(frame: Frame, some: str, there: Spans) -> str:
    """Return the SQL of the stretches: who had or worked on a case from when until when."""
    ends = [f"when '{start}'::kind then {_ending(frame, start, end)}" for start, end, _ in there]
    labels = "".join(
        f" when '{start}'::kind then {number}"
        for number, (start, _, _) in enumerate(SPANS)
        if start in frame.milestones
    )
    starts = _among(start for start, *_ in there)
    worked = _among(start for start, _, works in there if works)
    return f"""
        own as (
            select id, kind, us, party, {starts} as starts,
                {f"case kind {' '.join(ends)} end" if ends else "null::bigint"} as ending,
                {f"case kind {labels} end" if labels else "null::integer"} as label,
                {worked} as works,
                sum(case when {starts} then 1 else -1 end) over so_far_own as depth,
                last_value(us) over all_own as party_last
            from event where {some} and {_listed(frame, there)}
            window own as (partition by id, party order by us, kind),
                so_far_own as (partition by id, party order by us, kind rows unbounded preceding),
                all_own as (partition by id, party order by us, kind
                    rows between unbounded preceding and unbounded following)
        ),
        spans as (
            -- What never ended lasts until the party was last heard of, else is pending.
            select *, ending is null and party_last = us as pending,
                coalesce(ending, nullif(party_last, us), {frame.until + 1}) as finish
            from own
        )"""


def _ending(frame: Frame, start: str, end: str) -> str:
    """Return the SQL of when a stretch ends; a hold that nobody lifted goes on."""
    never = str(frame.until + 1) if start == "hold" else "null::bigint"
    if end not in frame.milestones:
        return never
    following = f"lead(case when kind = '{end}'::kind then us end ignore nulls) over own"
    return f"coalesce({following}, {never})"


def _told_sql(frame: Frame, some: str, there: Spans, key: _Key) -> str:
    """Return the SQL of all events, those of stretches with their number, and of the end."""
    unfinished = " and ".join(f"{one} is null" for one in ENDS if one in frame.milestones)
    return f"""
            select id, kind, us, party, null::{key.wide} as work, null::{key.wide} as has,
                null::{key.wide} as pends, 0 as change
            from event where {some} and not {_listed(frame, there)}
            union all
            select id, kind, us, party,
                case when starts and works then {key.sql} end,
                case when starts and not works and not pending then {key.sql} end,
                case when starts and not works and pending then {key.sql} end,
                case when starts and depth = 1 then 1 when not starts and depth = 0 then -1
                    else 0 end
            from spans
            union all
            select id, null, {frame.until}, null, null, null, null, 0 from wide
            where {some} and {unfinished or "true"}"""


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
            when next_kind = 'hold'::kind then 'decision'::kind
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
