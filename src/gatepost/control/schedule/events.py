"""What happens to the plan of a post's day."""

from __future__ import annotations

from datetime import date

from gatepost.control.schedule.timetable import Timetable
from gatepost.kernel.event import Body


class TimetableAdopted(Body, frozen=True, tag="control:timetable:adopted"):
    """The plan is that of the day from now on; ``late`` are the minutes consignments come later."""

    post: str
    day: date
    plan: Timetable
    late: dict[str, int] = {}


class SlotMoved(Body, frozen=True, tag="control:slot:moved"):
    """An officer moved one stop of the plan; ``plan`` is the whole of it as it is now."""

    post: str
    day: date
    slot: str
    plan: Timetable
    reason: str = ""
