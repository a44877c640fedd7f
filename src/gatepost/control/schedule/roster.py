"""Who and what there is at a post on a day, from the agencies' dated resources (RP-03, RP-04).

Times are minutes from midnight of the day on the post's clock; the night after it is seen too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from gatepost.authority.calendar import WHOLE_DAY, Minutes, minutes_of_week, minutes_on
from gatepost.authority.hours import OpeningHours
from gatepost.authority.model import Officer
from gatepost.authority.register import Register
from gatepost.authority.resources import OFFERS, ControlTime, Facility, Shift
from gatepost.control.schedule.admit import LAST
from gatepost.control.schedule.world import Hours
from gatepost.kernel.duration import parse_duration

Spans = list[Minutes]
_ALWAYS = {"daily": ("00:00-24:00",)}
OnDay = Callable[[date], Iterable[Minutes]]


class Person(NamedTuple):
    """Somebody on duty: the role, numbered where several hold it, and when."""

    id: str
    role: str
    agency: str
    shifts: Hours
    on_call: int


class Spot(NamedTuple):
    """One bay, scanner or piece of equipment: whose, what it offers, when it cannot be had."""

    id: str
    facility: str
    agency: str
    kind: str
    offers: tuple[str, ...]
    closed: Hours


def people_at(register: Register, openings: OpeningHours, post: str, day: date) -> Iterator[Person]:
    """Yield who works at ``post`` on ``day`` or in the night after it.

    A shift counts only while a service of the officer's agency is open there; an agency of
    which no hours are stated is open always.
    """
    for resources in register.all_resources:
        opened = agency_hours(openings, resources.agency, post, day)
        for officer in resources.officers:
            if officer.shifts and officer.valid.on(day) and _serves(register, officer, post, day):
                yield from _people(officer, resources.agency, opened, post, day)


def _serves(register: Register, officer: Officer, post: str, day: date) -> bool:
    posts = register.posts_of(officer, day)
    return not posts or post in posts


def _people(officer: Officer, agency: str, opened: Spans, post: str, day: date) -> Iterator[Person]:
    here = [one for one in officer.shifts if one.post in (None, post) and one.valid.on(day)]
    several = sum(one.officers for one in here) > 1
    number = 0
    for shift in here:
        spans = tuple(common(_around(partial(_on_duty, shift, officer), day), opened))
        wait = parse_duration(shift.on_call) if shift.on_call else timedelta(0)
        for _ in range(shift.officers):
            number += 1
            if spans:
                name = f"{officer.id} {number}" if several else officer.id
                yield Person(name, officer.id, agency, spans, int(wait.total_seconds()) // 60)


def _on_duty(shift: Shift, officer: Officer, day: date) -> Iterable[Minutes]:
    if not (shift.valid.on(day) and officer.valid.on(day)):
        return ()
    return minutes_of_week(shift.hours, shift.exceptions, day)


def agency_hours(openings: OpeningHours, agency: str, post: str, day: date) -> Spans:
    """Return when some service of an agency is open at ``post``; always where none is stated."""
    services = [
        partial(minutes_on, service, holidays=(*openings.holidays, *calendar.holidays))
        for calendar in openings.calendars
        if calendar.post == post
        for service in calendar.services
        if service.agency == agency and service.valid.on(day)
    ]
    if not services:
        return [(0, LAST)]
    return joined(span for service in services for span in _around(service, day))


def _around(on: OnDay, day: date) -> Spans:
    """Return what the days before, of and after ``day`` give, in minutes of ``day``, joined."""
    found: Spans = []
    for later in (-1, 0, 1):
        for start, end in on(day + timedelta(days=later)):
            a, b = max(0, start + later * WHOLE_DAY), min(LAST, end + later * WHOLE_DAY)
            if a < b:
                found.append((a, b))
    return joined(found)


def common(first: Spans, second: Spans) -> Spans:
    """Return what lies in spans of both."""
    both = ((max(a, c), min(b, d)) for a, b in first for c, d in second)
    return [(start, end) for start, end in both if start < end]


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return spans in order, those that meet made one."""
    found: Spans = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def spots_at(register: Register, post: str, day: date) -> Iterator[Spot]:
    """Yield every place and piece of equipment at ``post`` on ``day``, one for each there is."""
    for resources in register.all_resources:
        for one in resources.facilities:
            if one.post == post and (one.valid is None or one.valid.on(day)):
                closed = tuple(_closed(one, day))
                for number in range(1, one.capacity + 1):
                    name = f"{one.id} {number}" if one.capacity > 1 else one.id
                    yield Spot(name, one.id, resources.agency, one.kind, one.all_offers, closed)


def _closed(one: Facility, day: date) -> Spans:
    opened = _around(partial(_in_use, one), day)
    edges = [(0, 0), *opened, (LAST, LAST)]
    return [(a, b) for (_, a), (b, _) in pairwise(edges) if a < b]


def _in_use(one: Facility, day: date) -> Iterable[Minutes]:
    if one.valid is not None and not one.valid.on(day):
        return ()
    return minutes_of_week(one.hours or _ALWAYS, one.exceptions, day)


def examined_in(spots: Sequence[Spot]) -> list[Spot]:
    """Return the places to which a conveyance is brought to be examined."""
    return [one for one in spots if one.kind in OFFERS]


def time_of(
    register: Register, agency: str, post: str, kind: str, check: str, day: date
) -> int | None:
    """Return the minutes a control usually takes an agency here; ``None`` if nobody says."""
    found = [
        one
        for resources in register.all_resources
        if resources.agency == agency and resources.post in (None, post)
        for one in resources.times
        if one.kind == kind and one.check in (None, check) and one.valid.on(day)
    ]
    best: ControlTime | None = min(found, key=lambda one: one.check is None, default=None)
    return best.minutes if best else None
