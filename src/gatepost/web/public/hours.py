"""The week of every post: which service is open when, by the clock of the post (OS-05, CT-01)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from gatepost.authority.hours_report import DayHours, ServiceHours, report_of
from gatepost.authority.instrument import abroad
from gatepost.authority.model import BorderPost
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.legal import LegalBasis

WEEK = 7


class OpenService(msgspec.Struct, frozen=True):
    """One service in the week: ``agency`` is one of this country, ``state`` one of another."""

    service: str
    agency: str | None
    state: str
    commodity: tuple[str, ...]
    zone: str
    offset: str
    days: tuple[DayHours, ...]
    open_now: bool


class PostWeek(msgspec.Struct, frozen=True):
    """One post in the week that begins on ``first``; no ``services`` where nobody states them."""

    post: BorderPost
    first: date
    days: tuple[date, ...]
    services: tuple[OpenService, ...]
    legal_basis: tuple[LegalBasis, ...]


def week_of(jurisdiction: Jurisdiction, now: datetime, first: date) -> tuple[PostWeek, ...]:
    """Return the week from ``first`` at every post in force; those without hours come last."""
    last = first + timedelta(days=WEEK - 1)
    days = tuple(first + timedelta(days=n) for n in range(WEEK))
    hours = jurisdiction.hours
    laws = {one.post: one.legal_basis for one in hours.calendars}
    weeks = [
        PostWeek(
            post,
            first,
            days,
            tuple(
                _service(jurisdiction, one, now)
                for calendar in report_of(hours, first, last, post.id).calendars
                for one in calendar.services
            ),
            laws.get(post.id, post.legal_basis),
        )
        for post in hours.posts
        if post.valid.on(first)
    ]
    return tuple(sorted(weeks, key=lambda week: not week.services))


def _service(jurisdiction: Jurisdiction, one: ServiceHours, now: datetime) -> OpenService:
    zone = ZoneInfo(one.zone)
    there = now.astimezone(zone)
    clock = f"{there:%H:%M}"
    today = next((day for day in one.days if day.day == there.date()), None)
    spans = [span.split("-") for span in today.open] if today else []
    offset = there.strftime("%z")
    foreign = abroad(one.agency or "") is not None
    return OpenService(
        one.service,
        None if foreign else one.agency,
        "" if one.side == jurisdiction.country.code else one.side,
        one.commodity,
        one.zone,
        f"{offset[:3]}:{offset[3:]}",
        one.days,
        any(start <= clock < end for start, end in spans),
    )
