"""When and where a case is to be examined, by the plan that is kept for the post's day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from gatepost.casework.desk import Desk
from gatepost.casework.planning.keeping import kept_day
from gatepost.casework.reading import Reading

AHEAD = 3
"""How many days are looked at, today being the first."""


class Slot(msgspec.Struct, frozen=True):
    """The next stop of a case on a day, in minutes from its midnight at the post.

    ``place`` is where the goods are examined; ``None`` for who only comes to be asked.
    """

    day: date
    start: int
    end: int
    place: str | None


def next_slot(desk: Desk, reading: Reading, now: datetime) -> Slot | None:
    """Return the stop that the plans of these days hold for a case, as long as a check is open.

    Only the case's own time and place are told, nothing of whoever else is in the plan.
    """
    case, today = reading.case, desk.jurisdiction.law_day(now)
    if case.known.post is None or not any(one.physical for one in case.controls.open):
        return None
    local = now.astimezone(desk.jurisdiction.zone)
    for ahead in range(AHEAD):
        day = today + timedelta(days=ahead)
        passed = 0 if ahead else local.hour * 60 + local.minute
        for halt in kept_day(desk, case.known.post, day).plan.halts:
            if reading.reference in halt.consignments and halt.end > passed:
                return Slot(day, halt.start, halt.end, halt.bay)
    return None
