"""The process as it was lived: what followed what, variants, rework, and the spectrum of times.

The directly-follows map is the usual one of process mining; simultaneous events follow each
other in the order of the milestones.
"""

from __future__ import annotations

import msgspec

from gatepost.timerelease.columns import literal
from gatepost.timerelease.reading import Frame

HOUR = 3_600_000_000


class Arc(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    """How often one kind of event directly followed another, and after how many seconds."""

    start: str
    end: str
    n: int
    mean: float
    p50: float
    p90: float


class Variant(msgspec.Struct, frozen=True):
    """One way through the process, how many cases took it, and their share of all."""

    events: tuple[str, ...]
    cases: int
    share: float


class Rework(msgspec.Struct, frozen=True):
    """What a party did again in the same case: in how many cases, and how many times more."""

    event: str
    party: str
    cases: int
    again: int


class Spectrum(msgspec.Struct, frozen=True):
    """How long one step of the process took, by the hour in which it began.

    ``hours`` are whole hours since 1970; ``counts`` has for each of them how many passed in the
    fastest quarter of all, the second, the third and the slowest.
    """

    start: str
    end: str
    hours: tuple[int, ...]
    counts: tuple[tuple[int, int, int, int], ...]


def arcs_of(frame: Frame) -> list[Arc]:
    """Return the directly-follows map from the table ``arc``, the most frequent first."""
    rows = frame.columns.rows("""
        select kind::varchar, next::varchar, count(*) as n, avg(gap),
            quantile_disc(gap, [0.5, 0.9])
        from arc group by kind, next order by n desc, kind, next""")
    return [
        Arc(start=start, end=end, n=n, mean=mean / 1e6, p50=q[0] / 1e6, p90=q[1] / 1e6)
        for start, end, n, mean, q in rows
    ]


def variants_of(frame: Frame, most: int = 20) -> list[Variant]:
    """Return the ways through the process that most cases took."""
    rows = frame.columns.rows(f"""
        with way as (
            select list(kind order by us, kind, party) as events from event group by id
        )
        select events::varchar[], count(*) as cases, count(*) / sum(count(*)) over ()
        from way group by events order by cases desc, events::varchar[]::varchar limit {most}""")
    return [Variant(tuple(events), cases, share) for events, cases, share in rows]


def rework_of(frame: Frame) -> list[Rework]:
    """Return what was done more than once in a case by the same party, the most first."""
    rows = frame.columns.rows("""
        select kind::varchar, party::varchar, count(*) as cases, sum(times - 1)::bigint as again
        from (
            select id, kind, party, count(*) as times from event
            group by all having count(*) > 1
        ) group by kind, party order by again desc, kind, party""")
    return [Rework(*row) for row in rows]


def spectrum_of(frame: Frame, start: str, end: str) -> Spectrum:
    """Return the spectrum of the step from one milestone to the one that directly followed."""
    rows = frame.columns.rows(f"""
        with step as (
            select us, lead(us) over w - us as gap, kind, lead(kind) over w as next
            from event window w as (partition by id order by us, kind, party)
        ),
        quarter as (
            select us // {HOUR} as hour, least(4, 1 + floor(4 * percent_rank() over (order by gap)))
                as quarter
            from step where kind::varchar = {literal(start)} and next::varchar = {literal(end)}
        )
        select hour, count(*) filter (quarter = 1), count(*) filter (quarter = 2),
            count(*) filter (quarter = 3), count(*) filter (quarter = 4)
        from quarter group by hour order by hour""")
    hours = tuple(int(row[0]) for row in rows)
    return Spectrum(start, end, hours, tuple((a, b, c, d) for _, a, b, c, d in rows))
