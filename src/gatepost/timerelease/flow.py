"""The process as it was lived: what followed what, variants, rework (process view of TR-07)."""

from __future__ import annotations

import msgspec

from gatepost.timerelease.reading import Frame


class Arc(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    """How often one kind of event directly followed another, and after how many seconds."""

    start: str
    end: str
    n: int
    mean: float
    p50: float
    p90: float


def arcs_of(frame: Frame) -> list[Arc]:
    """Return the directly-follows map, the most frequent first."""
    rows = frame.columns.rows("""
        select kind::varchar, next::varchar, count(*) as n, avg(gap),
            quantile_disc(gap, [0.5, 0.9])
        from arc group by kind, next order by n desc, kind, next""")
    return [
        Arc(start=start, end=end, n=n, mean=mean / 1e6, p50=q[0] / 1e6, p90=q[1] / 1e6)
        for start, end, n, mean, q in rows
    ]
