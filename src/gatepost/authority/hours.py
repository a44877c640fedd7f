"""When which office is open, when it opens again, and which other one is (OS-05, OS-06).

What the hours of some days come to is told by ``hours_report.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import msgspec

from gatepost.authority.calendar import Calendar, Holidays, Service, open_spans, whole_days
from gatepost.authority.distance import far, kilometres
from gatepost.authority.model import BorderPost
from gatepost.authority.spans import Span, Spans, common, holds, merged


class Nearest(msgspec.Struct, frozen=True):
    """The nearest other office that performs a formality and is open, as far as is stated.

    ``office`` is one with known hours that is open then; ``unstated`` the nearest one of which
    nobody states the hours. Distances are as the crow flies, in kilometres.
    """

    office: str | None
    kilometres: int | None
    unstated: str | None
    unstated_kilometres: int | None


class Shut(msgspec.Struct, frozen=True):
    """That a service is shut: when it opens next, and the nearest post where it is open."""

    opens: datetime | None
    nearest: str | None
    kilometres: int | None


class OpeningHours:
    """The calendars of a jurisdiction and its posts, to ask when what is open where.

    ``zone`` is that of services and calendars which name none.
    """

    def __init__(
        self,
        calendars: Sequence[Calendar],
        posts: Sequence[BorderPost],
        holidays: Sequence[Holidays],
        zone: ZoneInfo,
    ) -> None:
        self.calendars = tuple(calendars)
        self.posts = tuple(posts)
        self.holidays = tuple(holidays)
        self.zone = zone

    @cached_property
    def by_post(self) -> dict[str, list[Calendar]]:
        """The calendars of each post that has one."""
        found: dict[str, list[Calendar]] = {}
        for calendar in self.calendars:
            if calendar.post is not None:
                found.setdefault(calendar.post, []).append(calendar)
        return found

    def zone_of(self, calendar: Calendar, service: Service | None = None) -> ZoneInfo:
        """Return the zone in which a service keeps its hours."""
        name = (service.zone if service else None) or calendar.zone
        if name is None and service is None and calendar.services:
            name = calendar.services[0].zone
        return ZoneInfo(name) if name else self.zone

    def spans(self, calendar: Calendar, service: Service, first: date, last: date) -> Spans:
        """Return when a service is open, clipped to whole days of the calendar's zone."""
        listed = (*self.holidays, *calendar.holidays)
        zone, day = self.zone_of(calendar, service), timedelta(days=1)
        wide = open_spans(service, zone, first - day, last + day, listed)
        return common(wide, (whole_days(first, last, self.zone_of(calendar)),))

    def performing(
        self, post: BorderPost, formality: str | None, first: date, last: date
    ) -> Spans | None:
        """Return when an office of ``post`` performs a formality; ``None``: nobody states it.

        Without a formality: when any agency there is at work.
        """
        found: list[Span] = []
        stated = False
        for calendar in self.by_post.get(post.id, ()):
            for service in calendar.services:
                if service.agency is None or (
                    formality and service.formalities and formality not in service.formalities
                ):
                    continue
                stated = stated or touches(service, first, last)
                found += self.spans(calendar, service, first, last)
        return merged(found) if stated else None

    def serving(
        self,
        post: BorderPost,
        agency: str,
        formality: str,
        commodities: tuple[str, ...],
        first: date,
        last: date,
    ) -> Spans | None:
        """Return when an agency's service for these goods is open; ``None``: nobody states it.

        A service that names HS prefixes is one for goods among them; without goods, as for a
        traveller, those without prefixes count.
        """
        found: list[Span] = []
        stated = False
        for calendar in self.by_post.get(post.id, ()):
            for service in calendar.services:
                if service.agency != agency or not touches(service, first, last):
                    continue
                wrong = service.formalities and formality not in service.formalities
                other = service.commodity and not any(
                    code.startswith(service.commodity) for code in commodities
                )
                if not wrong and not other:
                    stated = True
                    found += self.spans(calendar, service, first, last)
        return merged(found) if stated else None

    def shut(
        self,
        post: BorderPost,
        agency: str,
        formality: str,
        commodities: tuple[str, ...],
        moment: datetime,
    ) -> Shut | None:
        """Return when a shut service opens, and which open post is nearest; ``None`` if open.

        Hours that nobody states shut nothing.
        """
        day, around = moment.astimezone(self.zone).date(), timedelta(days=1)
        ask = (agency, formality, commodities)
        found = self.serving(post, *ask, day - around, day + timedelta(days=14))
        if found is None or holds(found, moment):
            return None
        opens = next((start for start, _ in found if start >= moment), None)
        others = sorted(
            (one for one in self.posts if one.id != post.id and one.valid.on(day)),
            key=lambda one: (far(post, one), one.id),
        )
        for one in others:
            there = self.serving(one, *ask, day - around, day + around)
            if there is not None and holds(there, moment):
                return Shut(opens, one.id, kilometres(post, one))
        return Shut(opens, None, None)

    def open_at(self, post: BorderPost, formality: str | None, moment: datetime) -> bool | None:
        """Tell whether a formality is performed at ``post`` at a moment; ``None`` if unstated."""
        day = moment.astimezone(self.zone).date()
        if self.performing(post, formality, day, day) is None:
            return None
        around = timedelta(days=1)
        found = self.performing(post, formality, day - around, day + around)
        return None if found is None else holds(found, moment)

    def opens_next(
        self, post: BorderPost, formality: str | None, moment: datetime
    ) -> datetime | None:
        """Return when a shut office opens again, looking two weeks ahead."""
        day = moment.astimezone(self.zone).date()
        found = self.performing(post, formality, day, day + timedelta(days=14)) or ()
        return next((start for start, _ in found if start >= moment), None)

    def nearest(self, formality: str, post: BorderPost, span: Span) -> Nearest:
        """Return where else a formality is performed at the start of ``span``."""
        day = span[0].astimezone(self.zone).date()
        others = sorted(
            (one for one in self.posts if one.id != post.id and performs(one, formality)),
            key=lambda one: (far(post, one), one.id),
        )
        open_one = unstated = None
        for one in others:
            opened = self.open_at(one, formality, span[0]) if one.valid.on(day) else False
            if opened and open_one is None:
                open_one = one
            elif opened is None and unstated is None:
                unstated = one
        return Nearest(
            open_one.id if open_one else None,
            kilometres(post, open_one),
            unstated.id if unstated else None,
            kilometres(post, unstated),
        )


def performs(post: BorderPost, formality: str) -> bool:
    """Tell whether it is stated that an office performs a formality."""
    return any(one.formality == formality and one.performed for one in post.formalities)


def touches(service: Service, first: date, last: date) -> bool:
    """Tell whether a service is in force on some day of a stretch."""
    return service.valid.start <= last and (service.valid.end is None or first <= service.valid.end)
