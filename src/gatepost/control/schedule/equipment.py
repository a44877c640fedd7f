"""Shared equipment: bookings that cannot double, outages, and who used how much of it (RP-04).

A piece of equipment is one place, scanner or scale at a post, owned by one agency. Times are
aware moments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from gatepost.control.schedule import rules
from gatepost.control.schedule.events import (
    BookingCancelled,
    EquipmentBooked,
    EquipmentFailed,
    EquipmentRepaired,
)
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Notice

Stretch = tuple[datetime, datetime]


class Booking(msgspec.Struct, frozen=True, omit_defaults=True):
    """Equipment kept for an agency from ``start`` to ``end``."""

    id: str
    equipment: str
    agency: str
    start: datetime
    end: datetime
    purpose: str = ""


class Outage(msgspec.Struct, frozen=True, omit_defaults=True):
    """Equipment that does not work from ``start``; until it is repaired or, if told, ``end``."""

    equipment: str
    start: datetime
    end: datetime | None = None
    reason: str = ""


class Equipment(msgspec.Struct, frozen=True, omit_defaults=True):
    """The equipment of a post as it is on record; ``version`` is the number of its events."""

    version: int = 0
    bookings: tuple[Booking, ...] = ()
    outages: tuple[Outage, ...] = ()


def evolve(state: Equipment, event: Event) -> Equipment:
    """Return the equipment after ``event``."""
    version = state.version + 1
    match event.body:
        case EquipmentBooked() as one:
            new = Booking(
                one.booking, one.equipment, event.agency or "", one.start, one.end, one.purpose
            )
            return Equipment(version, (*state.bookings, new), state.outages)
        case BookingCancelled(booking=booking):
            left = tuple(one for one in state.bookings if one.id != booking)
            return Equipment(version, left, state.outages)
        case EquipmentFailed(equipment=name, until=until, reason=reason):
            failed = Outage(name, event.at, until, reason)
            return Equipment(version, state.bookings, (*state.outages, failed))
        case EquipmentRepaired(equipment=name):
            ended = tuple(_ended(one, name, event.at) for one in state.outages)
            return Equipment(version, state.bookings, ended)
        case _:
            return msgspec.structs.replace(state, version=version)


def _ended(one: Outage, name: str, at: datetime) -> Outage:
    still = one.equipment == name and (one.end is None or one.end > at)
    return msgspec.structs.replace(one, end=at) if still else one


def meets(one: Stretch, other: Stretch) -> bool:
    """Tell whether two stretches of time have a moment in common."""
    return one[0] < other[1] and other[0] < one[1]


def booking_notices(
    state: Equipment,
    name: str,
    wanted: Stretch,
    shut: Iterable[Stretch],
    planned: Iterable[Stretch],
) -> Iterator[Notice]:
    """Yield why equipment cannot be booked for a stretch of time.

    ``shut`` is when it is closed, ``planned`` when the plan of a day on record takes it.
    """
    start, end = wanted
    if not start < end:
        yield rules.ENDS_BEFORE_IT_BEGINS.notice("end", start=_told(start), end=_told(end))
        return
    for one in state.bookings:
        if one.equipment == name and meets(wanted, (one.start, one.end)):
            yield rules.BOOKED.notice(
                equipment=name, agency=one.agency, start=_told(one.start), end=_told(one.end)
            )
    for outage in state.outages:
        over = outage.end or datetime.max.replace(tzinfo=start.tzinfo)
        if outage.equipment == name and meets(wanted, (outage.start, over)):
            yield rules.OUT_OF_ORDER_THEN.notice(
                equipment=name,
                since=_told(outage.start),
                until=_told(outage.end) if outage.end else "it is repaired",
            )
    if any(meets(wanted, one) for one in shut):
        yield rules.SHUT_THEN.notice(equipment=name, start=_told(start), end=_told(end))
    taken = next((one for one in planned if meets(wanted, one)), None)
    if taken is not None:
        yield rules.PLANNED_THEN.notice(equipment=name, start=_told(taken[0]), end=_told(taken[1]))


def _told(moment: datetime) -> str:
    return moment.isoformat(" ", "minutes")


def closed_by(state: Equipment, name: str, within: Stretch) -> list[Stretch]:
    """Return when bookings and outages keep equipment from the plan of a day."""
    found = [(one.start, one.end) for one in state.bookings if one.equipment == name]
    found += [(one.start, one.end or within[1]) for one in state.outages if one.equipment == name]
    return [one for one in found if meets(one, within)]


class Use(msgspec.Struct, frozen=True):
    """What one agency used of one piece of equipment: hours, and the share of those there were.

    ``country`` is that of the agency; ``owner`` whose equipment it is.
    """

    equipment: str
    owner: str
    agency: str
    country: str
    hours: float
    share: float


def used(
    name: str, owner: str, takes: Sequence[tuple[str, str, Stretch]], there: float
) -> Iterator[Use]:
    """Yield the use of one piece of equipment by agency, ``there`` being the hours it could be had.

    ``takes`` are agency, country and time of each booking and each stop; where several agencies
    stand at one stop, each has its part of the time.
    """
    hours: dict[tuple[str, str], float] = {}
    for agency, country, (start, end) in takes:
        sharing = sum(1 for _, _, other in takes if other == (start, end))
        length = (end - start).total_seconds() / 3600 / sharing
        hours[agency, country] = hours.get((agency, country), 0.0) + length
    for (agency, country), spent in sorted(hours.items()):
        share = spent / there if there else 0.0
        yield Use(name, owner, agency, country, round(spent, 2), round(share, 4))
