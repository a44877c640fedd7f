"""Which consignments have controls due at a post on a day, and when they are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from gatepost.casework import projection
from gatepost.casework.work import Work
from gatepost.control.model import Control, Status
from gatepost.lodgement.model import Lodged

ASKED: frozenset[Status] = frozenset(("open", "examined", "sampled", "done"))
"""Controls somebody made or must make; neither set aside nor answered by another's result."""


class Due(NamedTuple):
    """One consignment with controls at the post: when it is there, ``None`` if nobody says."""

    lodged: Lodged
    arrival: datetime | None
    controls: tuple[Control, ...]


def due_at(work: Work, post: str, day: date) -> list[Due]:
    """Return what is to be examined at ``post`` on ``day``, in the order of arrival.

    What arrived on the day has all its controls there, made or not, so that a day can be planned
    afterwards too. What is expected on it, or came before and still waits, has those still open.
    """
    found = {one.lodged.reference: one for one in _arrived(work, post, day)}
    for one in _waiting(work, post, day):
        found.setdefault(one.lodged.reference, one)
    last = day_starts(work, day + timedelta(days=1))
    return sorted(found.values(), key=lambda one: (one.arrival or last, one.lodged.reference))


def day_starts(work: Work, day: date) -> datetime:
    """Return midnight at the beginning of ``day`` where the country keeps its time."""
    return datetime.combine(day, time(), work.desk.jurisdiction.zone)


def minutes_of_day(work: Work, day: date) -> int:
    """Return the moment of an act as minutes of ``day``: 0 before it begins."""
    passed = (work.at - day_starts(work, day)).total_seconds()
    return max(0, int(passed) // 60)


def _arrived(work: Work, post: str, day: date) -> Iterator[Due]:
    rows = work.desk.ledger.rows(
        projection.MOVEMENT,
        post=post,
        since=projection.instant(day_starts(work, day)),
        before=projection.instant(day_starts(work, day + timedelta(days=1))),
    )
    for row in rows:
        movement = projection.decode_movement(row.value)
        for reference in movement.cases:
            case = work.case(reference)
            controls = _at_the_border(case.controls.by_id.values(), ASKED)
            if controls and case.status != "withdrawn":
                yield Due(case.known, movement.arrived_at, controls)


def _waiting(work: Work, post: str, day: date) -> Iterator[Due]:
    rows = work.desk.ledger.rows(projection.WORK, post=post)
    names = dict.fromkeys(row.key.partition("|")[2] for row in rows)
    for reference in names:
        case = work.case(reference)
        controls = _at_the_border(case.controls.by_id.values(), frozenset(("open",)))
        if not controls:
            continue
        movement = work.movement(case.known.movement)
        arrival = case.known.arrived_at or movement.arrived_at or movement.expected
        law_day = work.desk.jurisdiction.law_day(arrival) if arrival else None
        there = case.known.arrived_at is not None
        if law_day is None or law_day == day or (there and law_day < day):
            yield Due(case.known, arrival, controls)


def _at_the_border(controls: Iterable[Control], status: frozenset[Status]) -> tuple[Control, ...]:
    return tuple(
        one for one in controls if one.physical and one.at_the_post and one.status in status
    )
