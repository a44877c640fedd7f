"""The duty contact directory: who can be asked now, on either side of the border (TN-02).

Each agency lists its own contacts, dated and as roles; what a neighbour sent of its list stands
beside them under ``neighbours/``. Hours are kept as those of services are, by the clock of the
place, with holidays and exceptions (paper §19, §20).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from gatepost.authority.calendar import Exceptional, Holidays, Service, open_spans
from gatepost.authority.model import Level
from gatepost.authority.spans import Spans
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity

Function = Literal[
    "post_management",
    "customs_clearance",
    "immigration",
    "veterinary",
    "plant_health",
    "food_safety",
    "environment",
    "transport",
    "police",
    "risk",
    "legal",
    "laboratory",
    "scanner",
    "information_technology",
    "statistics",
    "press",
]
"""What a contact can be asked about; one list for both sides, so that a question finds both."""

Way = Literal["telephone", "mail", "radio", "desk"]

LOOK_AHEAD = timedelta(days=14)
"""How far ahead the next duty is looked for; longer than any run of holidays."""


class Contact(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One role that can be asked: about what, where, in which languages, when and how.

    ``languages`` are ISO 639 codes, the best first. ``unit`` names the agency's unit, left out
    for a neighbour's whose organisation is its own affair. No ``posts`` means wherever the
    agency works. ``hours``, ``on_holidays`` and ``exceptions`` are those of a service;
    ``reach`` says how, by ``telephone``, ``mail``, ``radio`` or ``desk``. Who leaves the list is
    given a last day under ``valid``.
    """

    id: str
    function: Function
    role: Text
    level: Level
    languages: tuple[str, ...]
    hours: dict[str, tuple[str, ...]]
    reach: dict[Way, str]
    valid: Validity
    unit: str | None = None
    posts: tuple[str, ...] = ()
    zone: str | None = None
    on_holidays: tuple[str, ...] | None = None
    exceptions: tuple[Exceptional, ...] = ()


class Contacts(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The list of one agency; ``agency`` is ``XB/border_agency`` for one of a neighbour.

    ``side`` is the country whose holidays count, ``zone`` that of contacts which name none, and
    ``legal_basis`` the instrument under which the list is shared.
    """

    agency: str
    side: str
    zone: str
    legal_basis: tuple[LegalBasis, ...]
    contacts: tuple[Contact, ...]


class OnDuty(msgspec.Struct, frozen=True):
    """A contact and its duty: since when and until when, in the zone of the place."""

    contact: str
    agency: str
    side: str
    function: str
    role: Text
    level: Level
    posts: tuple[str, ...]
    languages: tuple[str, ...]
    reach: dict[Way, str]
    start: datetime
    end: datetime


class Duty(msgspec.Struct, frozen=True):
    """Who answers at a moment, and who next; ``next`` leaves out nobody who is on duty now."""

    at: datetime
    now: tuple[OnDuty, ...]
    next: tuple[OnDuty, ...]


class Wanted(msgspec.Struct, frozen=True):
    """Which contacts are asked for; what is left out does not matter."""

    post: str | None = None
    function: str | None = None
    language: str | None = None
    side: str | None = None
    agency: str | None = None
    level: str | None = None

    def fits(self, of: Contacts, one: Contact) -> bool:
        """Tell whether a contact is one of those asked for."""
        return (
            (self.post is None or not one.posts or self.post in one.posts)
            and self.function in (None, one.function)
            and (self.language is None or self.language in one.languages)
            and self.side in (None, of.side)
            and self.agency in (None, of.agency)
            and self.level in (None, one.level)
        )


class Directory:
    """The lists of all agencies, to ask who is on duty."""

    def __init__(self, lists: Sequence[Contacts], holidays: Sequence[Holidays]) -> None:
        self.lists = tuple(lists)
        self.holidays = tuple(holidays)

    def duty(self, wanted: Wanted, moment: datetime) -> Duty:
        """Return who of those ``wanted`` is on duty at ``moment``, and when each is next.

        Those who answer in the language asked for as their best go first, then local before
        regional before central; who is next is in the order of time.
        """
        now: list[OnDuty] = []
        later: list[OnDuty] = []
        for of, one in self._wanted(wanted):
            zone = ZoneInfo(one.zone or of.zone)
            for start, end in self._spans(of, one, zone, moment):
                told = _told(of, one, start.astimezone(zone), end.astimezone(zone))
                if start <= moment < end:
                    now.append(told)
                elif start > moment:
                    later.append(told)
                    break
        return Duty(
            moment,
            tuple(sorted(now, key=lambda one: _order(one, wanted))),
            tuple(sorted(later, key=lambda one: (one.start, *_order(one, wanted)))),
        )

    def _wanted(self, wanted: Wanted) -> Iterator[tuple[Contacts, Contact]]:
        for of in self.lists:
            for one in of.contacts:
                if wanted.fits(of, one):
                    yield of, one

    def _spans(self, of: Contacts, one: Contact, zone: ZoneInfo, moment: datetime) -> Spans:
        day: date = moment.astimezone(zone).date()
        return open_spans(
            as_service(of, one), zone, day - timedelta(days=1), day + LOOK_AHEAD, self.holidays
        )


def as_service(of: Contacts, one: Contact) -> Service:
    """Return the duty of a contact as a service of its side, whose hours are kept alike."""
    return Service(
        one.id,
        of.side,
        one.hours,
        one.valid,
        of.agency,
        one.zone or of.zone,
        one.on_holidays,
        one.exceptions,
    )


def _told(of: Contacts, one: Contact, start: datetime, end: datetime) -> OnDuty:
    return OnDuty(
        one.id,
        of.agency,
        of.side,
        one.function,
        one.role,
        one.level,
        one.posts,
        one.languages,
        one.reach,
        start,
        end,
    )


def _order(one: OnDuty, wanted: Wanted) -> tuple[int, int, str]:
    spoken = one.languages.index(wanted.language) if wanted.language in one.languages else 0
    return spoken, ("local", "regional", "central").index(one.level), one.contact
