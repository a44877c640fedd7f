"""How fast specialists on call come, by post and agency (IC-04)."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

import msgspec

from gatepost.casework import projection
from gatepost.casework.planning.due import day_starts
from gatepost.casework.work import Work
from gatepost.control.model import Summons


class Response(msgspec.Struct, frozen=True):
    """The calls of one agency to a post: minutes from the call until somebody was there.

    ``late`` are those who came later than the roster says, or have not come and should have;
    without an answer yet there is no ``median`` and no ``longest``.
    """

    post: str
    agency: str
    calls: int
    answered: int
    late: int
    median: float | None
    longest: int | None


_decode = msgspec.json.Decoder(Summons).decode


def responses(work: Work, post: str, first: date, last: date) -> tuple[Response, ...]:
    """Return what calls to ``post`` from ``first`` to ``last`` came to, as known at the act."""
    rows = work.desk.ledger.rows(
        projection.CALL,
        post=post,
        since=projection.instant(day_starts(work, first)),
        before=projection.instant(day_starts(work, last + timedelta(days=1))),
    )
    calls: dict[str, list[Summons]] = {}
    for row in rows:
        calls.setdefault(row.agency or "", []).append(_decode(row.value))
    return tuple(_response(work, post, agency, calls[agency]) for agency in sorted(calls))


def _response(work: Work, post: str, agency: str, calls: list[Summons]) -> Response:
    took = [one.minutes for one in calls if one.minutes is not None]
    late = sum(_late(work, one) for one in calls)
    middle = float(median(took)) if took else None
    return Response(post, agency, len(calls), len(took), late, middle, max(took, default=None))


def _late(work: Work, one: Summons) -> bool:
    if one.minutes is None:
        return work.at > one.due
    return timedelta(minutes=one.minutes) > one.due - one.at
