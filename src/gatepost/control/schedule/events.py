"""What happens to the plan of a post's day, and to the equipment there."""

from __future__ import annotations

from datetime import date, datetime

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


class EquipmentBooked(Body, frozen=True, tag="control:equipment:booked"):
    """An agency keeps a piece of equipment for itself for some time; ``clause`` lets it."""

    booking: str
    equipment: str
    start: datetime
    end: datetime
    purpose: str = ""
    clause: str | None = None


class BookingCancelled(Body, frozen=True, tag="control:booking:cancelled"):
    """The agency that booked gives the time free again."""

    booking: str
    reason: str = ""


class EquipmentFailed(Body, frozen=True, tag="control:equipment:failed"):
    """A piece of equipment does not work from now on, as far as is known ``until`` then."""

    equipment: str
    until: datetime | None = None
    reason: str = ""


class EquipmentRepaired(Body, frozen=True, tag="control:equipment:repaired"):
    """It works again."""

    equipment: str
