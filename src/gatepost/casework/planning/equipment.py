"""Booking the equipment of a post, reporting that it failed, and who used it how much (RP-04)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Literal

import msgspec

from gatepost.authority.clause import Arrangement, JointControl
from gatepost.authority.lifecycle import periods
from gatepost.casework import projection
from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.keeping import Keeping, Named, keep
from gatepost.casework.planning.due import day_starts
from gatepost.casework.planning.kept import decode_day, key_of
from gatepost.casework.work import Work
from gatepost.control.schedule import rules
from gatepost.control.schedule.equipment import (
    Booking,
    Equipment,
    Stretch,
    Use,
    booking_notices,
    evolve,
    used,
)
from gatepost.control.schedule.events import (
    BookingCancelled,
    EquipmentBooked,
    EquipmentFailed,
    EquipmentRepaired,
)
from gatepost.control.schedule.reading import minutes
from gatepost.control.schedule.roster import Spot, spots_at
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Row

Body = EquipmentBooked | BookingCancelled | EquipmentFailed | EquipmentRepaired


class EquipmentAct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One act on the equipment of a post; ``id`` is its key, ``at`` the aware moment of it.

    ``book`` keeps ``equipment`` from ``start`` to ``end`` for the officer's agency; ``cancel``
    gives ``booking`` free. ``fail`` reports that equipment does not work, as far as is known
    until ``end``; ``repair`` that it does again.
    """

    id: str
    act: Literal["book", "cancel", "fail", "repair"]
    post: str
    at: datetime
    by: str
    equipment: str = ""
    start: datetime | None = None
    end: datetime | None = None
    booking: str = ""
    reason: str = ""


_decode = msgspec.json.Decoder(Equipment).decode


def equipment_of(desk: Desk, post: str) -> Equipment:
    """Return what is on record of the equipment of a post."""
    value = desk.ledger.row(projection.EQUIPMENT, post)
    return _decode(value) if value else Equipment()


def equipment_row(post: str, happened: Iterable[Event]) -> Row:
    """Return the row of a post's equipment."""
    return Row(projection.EQUIPMENT, post, msgspec.json.encode(_folded(happened)), None, post)


def _folded(happened: Iterable[Event]) -> Equipment:
    return reduce(evolve, happened, Equipment())


def act_on_equipment(desk: Desk, act: EquipmentAct, now: datetime) -> ActAnswer:
    """Do ``act`` and answer; the same id answers the same, a refused act leaves nothing.

    All that happens to the equipment of a post is one stream: of two who book at once, one is
    asked again and finds the other's booking.
    """

    def decide(keeping: Keeping) -> None:
        work = Work(desk, now, act.at, "manual", actor=keeping.actor)
        keeping.happen(act.post, _Deciding(work, act, _folded(keeping.events(act.post))).body())

    named = Named(act.id, act.post, act.at, act.by)
    return keep(desk, projection.EQUIPMENT, named, act, now, decide, equipment_row)


class _Deciding:
    def __init__(self, work: Work, act: EquipmentAct, state: Equipment) -> None:
        self.work = work
        self.act = act
        self.state = state
        self.register = work.desk.jurisdiction.register

    def body(self) -> Body:
        """Return what happens, or refuse with everything wrong."""
        self._officer()
        act = self.act
        if act.act == "cancel":
            return self._cancel()
        spot = self._spot()
        match act.act:
            case "fail":
                return EquipmentFailed(spot.id, act.end, act.reason)
            case "repair":
                if not any(self._still(one.equipment, one.end) for one in self.state.outages):
                    raise Refused([rules.WORKS.notice("equipment", equipment=spot.id)])
                return EquipmentRepaired(spot.id)
            case _:
                return self._book(spot)

    def _still(self, name: str, end: datetime | None) -> bool:
        return name == self.act.equipment and (end is None or end > self.work.at)

    def _officer(self) -> None:
        """Refuse whoever is no officer serving at the post that day."""
        work, register = self.work, self.register
        officer = register.officer(work.actor.id, work.day)
        posts = register.posts_of(officer, work.day) if officer else ()
        if officer is None or (posts and self.act.post not in posts):
            values = {"officer": work.actor.id, "post": self.act.post}
            raise Refused([rules.NOT_AT_THE_POST.notice("by", **values)])

    def _spot(self) -> Spot:
        """Return the equipment meant, as it is on the day it is wanted."""
        moment = self.act.start or self.work.at
        day = self.work.desk.jurisdiction.law_day(moment)
        spots = {one.id: one for one in spots_at(self.register, self.act.post, day)}
        found = spots.get(self.act.equipment)
        if found is None:
            raise Refused(
                [
                    rules.NO_SUCH_EQUIPMENT.notice(
                        "equipment",
                        equipment=self.act.equipment,
                        post=self.act.post,
                        day=day.isoformat(),
                        known=", ".join(spots) or "nothing: none is described",
                    )
                ]
            )
        return found

    def _book(self, spot: Spot) -> EquipmentBooked:
        act, agency = self.act, self.work.actor.agency or ""
        start, end = act.start or self.work.at, act.end or self.work.at
        clause = self._clause(agency, spot)
        notices = list(
            booking_notices(
                self.state,
                spot.id,
                (start, end),
                _shut(self.work, spot, start),
                planned(self.work, act.post, spot.id, start),
            )
        )
        if start < self.work.at:
            at = self.work.at.isoformat(" ", "minutes")
            notices.append(rules.IN_THE_PAST.notice("start", start=str(start), now=at))
        if agency != spot.agency and clause is None:
            values = {"agency": agency, "equipment": spot.id, "owner": spot.agency}
            notices.append(rules.NOT_YOUR_EQUIPMENT.notice("equipment", **values))
        if notices:
            raise Refused(notices)
        number = f"booking-{self.state.version + 1}"
        return EquipmentBooked(number, spot.id, start, end, act.reason, clause)

    def _clause(self, agency: str, spot: Spot) -> str | None:
        """Return by which clause an agency uses another's equipment at the post: an arrangement
        about equipment, or that they examine together there."""
        for agreement in self.register.all_agreements:
            if not any(period.on(self.work.day) for period in periods(agreement)):
                continue
            for clause in agreement.clauses:
                match clause:
                    case Arrangement() if "equipment" in clause.about:
                        parties = agreement.parties
                    case JointControl() if self.act.post in (
                        clause.scope.posts or (self.act.post,)
                    ):
                        parties = clause.parties
                    case _:
                        continue
                if {agency, spot.agency} <= set(parties):
                    return clause.id
        return None

    def _cancel(self) -> BookingCancelled:
        agency = self.work.actor.agency or ""
        mine = {one.id for one in self.state.bookings if one.agency == agency}
        if self.act.booking not in mine:
            raise Refused(
                [rules.NO_SUCH_BOOKING.notice("booking", agency=agency, booking=self.act.booking)]
            )
        return BookingCancelled(self.act.booking, self.act.reason)


def _shut(work: Work, spot: Spot, moment: datetime) -> list[Stretch]:
    """Return when equipment is closed on the day of ``moment`` and in the night after it."""
    midnight = day_starts(work, work.desk.jurisdiction.law_day(moment))
    return [
        (midnight + timedelta(minutes=minutes(a)), midnight + timedelta(minutes=minutes(b)))
        for a, b in spot.closed
    ]


def planned(work: Work, post: str, name: str, moment: datetime) -> list[Stretch]:
    """Return when the plan on record of the day of ``moment`` takes a piece of equipment."""
    day = work.desk.jurisdiction.law_day(moment)
    return [stretch for stretch, spot, _ in taken_by_plan(work, post, day) if spot == name]


def taken_by_plan(
    work: Work, post: str, day: date
) -> Iterator[tuple[Stretch, str, tuple[str, ...]]]:
    """Yield when the plan on record of a day takes which equipment, for which agencies."""
    value = work.desk.ledger.row(projection.DAY, key_of(post, day))
    midnight = day_starts(work, day)

    def at(minute: int) -> datetime:
        return midnight + timedelta(minutes=minute)

    for halt in decode_day(value).plan.halts if value else ():
        if halt.bay is not None:
            yield (at(halt.start), at(halt.end)), halt.bay, halt.agencies
        if halt.scanner and halt.scan_start is not None and halt.scan_end is not None:
            yield (at(halt.scan_start), at(halt.scan_end)), halt.scanner, halt.agencies


def utilisation(work: Work, post: str, day: date) -> tuple[Use, ...]:
    """Return who uses the equipment of a post on a day: bookings and the plan on record.

    By agency and its country; the share is of the hours in which the piece is open and works.
    """
    state, midnight = equipment_of(work.desk, post), day_starts(work, day)
    whole = (midnight, day_starts(work, day + timedelta(days=1)))
    stops = list(taken_by_plan(work, post, day))
    found: list[Use] = []
    for spot in spots_at(work.desk.jurisdiction.register, post, day):
        takes = [
            (agency, country_of(work, agency, day), stretch)
            for stretch, name, agencies in stops
            if name == spot.id
            for agency in agencies
        ]
        takes += [
            (one.agency, country_of(work, one.agency, day), (one.start, one.end))
            for one in state.bookings
            if one.equipment == spot.id and _on(one, whole)
        ]
        closed = [*_shut(work, spot, midnight)]
        closed += [
            (one.start, one.end or whole[1]) for one in state.outages if one.equipment == spot.id
        ]
        found.extend(used(spot.id, spot.agency, takes, _hours_left(whole, closed)))
    return tuple(found)


def _on(one: Booking, whole: Stretch) -> bool:
    return one.start < whole[1] and whole[0] < one.end


def _hours_left(whole: Stretch, closed: list[Stretch]) -> float:
    """Return the hours of ``whole`` that no stretch of ``closed`` takes."""
    at, left = whole[0], timedelta(0)
    for start, end in sorted(closed):
        left += max(timedelta(0), min(start, whole[1]) - at)
        at = max(at, min(end, whole[1]))
    return (left + (whole[1] - at)).total_seconds() / 3600


def country_of(work: Work, agency: str, day: date) -> str:
    """Return the code of the country that an agency serves."""
    register, own = work.desk.jurisdiction.register, work.desk.jurisdiction.country.code
    found = register.agency(agency, day)
    if found is None or found.state is None:
        return own
    return next((one.code for one in register.all_states if one.id == found.state), own)
