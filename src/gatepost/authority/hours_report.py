"""What opening hours come to: overlap, gaps, what nobody performs, the nearest open office.

A week is looked at (or any stretch of days). Services of one kind on both sides of the border
are laid over each other; a queue grows on the side that is open while the other is shut. For
each formality of a crossing it is told when no office there performs it, and which office
elsewhere does (OS-05, OS-06).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import msgspec

from gatepost.authority.calendar import (
    DAYS,
    Calendar,
    Service,
    identity,
    is_holiday,
    open_spans,
    whole_days,
)
from gatepost.authority.hours import Nearest, OpeningHours, performs, touches
from gatepost.authority.model import BorderPost
from gatepost.authority.spans import Span, Spans, common, hours, merged, without


class DayHours(msgspec.Struct, frozen=True, omit_defaults=True):
    """The hours of one service on one day; ``open`` as its own clock shows them."""

    day: date
    weekday: str
    hours: float
    open: tuple[str, ...]
    holiday: bool = False


class ServiceHours(msgspec.Struct, frozen=True):
    """One service over the days looked at.

    ``missing_hours`` are those in which another service of its side works and it does not.
    """

    service: str
    side: str
    agency: str | None
    commodity: tuple[str, ...]
    zone: str
    open_hours: float
    closed_hours: float
    of_hours: float
    share: float
    missing_hours: float
    days: tuple[DayHours, ...]


class DayOverlap(msgspec.Struct, frozen=True):
    """Two services on one day: the hours of each, and those they have in common."""

    day: date
    first_hours: float
    second_hours: float
    overlap_hours: float


class Mismatch(msgspec.Struct, frozen=True):
    """A stretch in which only one of two sides is open: there the queue grows."""

    start: datetime
    end: datetime
    open_side: str
    closed_side: str


class Overlap(msgspec.Struct, frozen=True):
    """The same service on both sides; ``share`` is of the hours of the side that works longer."""

    service: str
    first: str
    second: str
    first_hours: float
    second_hours: float
    overlap_hours: float
    longer_hours: float
    share: float
    queue_grows_at: str | None
    days: tuple[DayOverlap, ...]
    mismatches: tuple[Mismatch, ...]


class Together(msgspec.Struct, frozen=True):
    """The hours in which every service of both sides is open at once."""

    hours: float
    of_hours: float
    share: float


class CalendarHours(msgspec.Struct, frozen=True):
    """One calendar over the days looked at."""

    calendar: str
    post: str | None
    zone: str
    of_hours: float
    services: tuple[ServiceHours, ...]
    overlaps: tuple[Overlap, ...]
    together: Together


class Gap(msgspec.Struct, frozen=True):
    """A stretch without a performer, and where to go instead."""

    start: datetime
    end: datetime
    hours: float
    nearest: Nearest


class Coverage(msgspec.Struct, frozen=True):
    """One formality at one crossing: who performs it there and when nobody does."""

    crossing: str
    formality: str
    performers: tuple[str, ...]
    covered_hours: float
    hours_without: float
    of_hours: float
    gaps: tuple[Gap, ...]


class HoursReport(msgspec.Struct, frozen=True):
    """Everything ``gatepost hours`` tells. ``unstated`` are the posts without a calendar."""

    first: date
    last: date
    calendars: tuple[CalendarHours, ...]
    coverage: tuple[Coverage, ...]
    unstated: tuple[str, ...]


def report_of(
    opening: OpeningHours, first: date, last: date, post: str | None = None
) -> HoursReport:
    """Return what the hours from ``first`` to ``last`` come to, at one post or all."""
    calendars = [one for one in opening.calendars if post in (None, one.post)]
    posts = [one for one in opening.posts if one.valid.on(first)]
    shown = [one for one in posts if post in (None, one.id)]
    # Where some posts name what they perform, the others are of no matter to the formalities.
    told = [one for one in shown if one.formalities] or shown
    return HoursReport(
        first,
        last,
        tuple(_calendar(opening, one, first, last) for one in calendars),
        tuple(_coverage(opening, posts, shown, first, last)),
        tuple(one.id for one in told if one.id not in opening.by_post),
    )


def _calendar(opening: OpeningHours, calendar: Calendar, first: date, last: date) -> CalendarHours:
    zone = opening.zone_of(calendar)
    window = whole_days(first, last, zone)
    wordings: dict[str, list[Service]] = {}
    for one in calendar.services:
        if touches(one, first, last):
            wordings.setdefault(repr(identity(one)), []).append(one)
    lines = [
        (every[-1], merged(s for one in every for s in opening.spans(calendar, one, first, last)))
        for every in wordings.values()
    ]
    services = tuple(
        _service(opening, calendar, every, mine, lines, window, (first, last))
        for every, (_, mine) in zip(wordings.values(), lines, strict=True)
    )
    overlaps = tuple(
        _overlap(one, other, mine, theirs, (first, last), zone)
        for (one, mine), (other, theirs) in combinations(lines, 2)
        if one.service == other.service and one.side != other.side
    )
    both: Spans = (window,)
    for _, mine in lines:
        both = common(both, mine)
    whole = hours((window,))
    together = Together(hours(both), whole, _share(hours(both), whole))
    name = str(zone.key)
    return CalendarHours(calendar.id, calendar.post, name, whole, services, overlaps, together)


def _service(
    opening: OpeningHours,
    calendar: Calendar,
    wordings: Sequence[Service],
    mine: Spans,
    beside: Sequence[tuple[Service, Spans]],
    window: Span,
    days: tuple[date, date],
) -> ServiceHours:
    service = wordings[-1]
    zone = opening.zone_of(calendar, service)
    others = merged(span for one, spans in beside if one.side == service.side for span in spans)
    listed = (*opening.holidays, *calendar.holidays)
    # Its days are those of its own clock, which may differ from that of the calendar.
    own = merged(span for one in wordings for span in open_spans(one, zone, *days, listed))
    whole, opened = hours((window,)), hours(mine)
    return ServiceHours(
        service.service,
        service.side,
        service.agency,
        service.commodity,
        str(zone.key),
        opened,
        round(whole - opened, 4),
        whole,
        _share(opened, whole),
        hours(without(others, mine)),
        tuple(
            DayHours(
                day,
                DAYS[day.weekday()],
                hours(common(own, (whole_days(day, day, zone),))),
                tuple(_clock(common(own, (whole_days(day, day, zone),)), zone)),
                is_holiday(listed, service.side, day),
            )
            for day in _days(*days)
        ),
    )


def _coverage(
    opening: OpeningHours,
    posts: Sequence[BorderPost],
    shown: Sequence[BorderPost],
    first: date,
    last: date,
) -> Iterator[Coverage]:
    crossings: dict[str, list[BorderPost]] = {}
    for post in posts:
        crossings.setdefault(post.crossing or post.id, []).append(post)
    here = {post.crossing or post.id for post in shown}
    for crossing, offices in crossings.items():
        if crossing not in here or not any(one.id in opening.by_post for one in offices):
            continue
        named = [one.formality for post in offices for one in post.formalities]
        for formality in dict.fromkeys(named):
            yield _covered(opening, crossing, formality, offices, first, last)


def _covered(
    opening: OpeningHours,
    crossing: str,
    formality: str,
    offices: list[BorderPost],
    first: date,
    last: date,
) -> Coverage:
    performers = [post for post in offices if performs(post, formality)]
    found: list[Span] = []
    for post in performers:
        found += opening.performing(post, formality, first, last) or ()
    calendars = [one for post in offices for one in opening.by_post.get(post.id, ())]
    window = whole_days(first, last, opening.zone_of(calendars[0]))
    covered = common(merged(found), (window,))
    bare = without((window,), covered)
    anchor = (performers or offices)[0]
    return Coverage(
        crossing,
        formality,
        tuple(post.id for post in performers),
        hours(covered),
        hours(bare),
        hours((window,)),
        tuple(
            Gap(
                *_local(opening, calendars[0], span),
                hours((span,)),
                opening.nearest(formality, anchor, span),
            )
            for span in bare
        ),
    )


def _local(opening: OpeningHours, calendar: Calendar, span: Span) -> Span:
    zone = opening.zone_of(calendar)
    return span[0].astimezone(zone), span[1].astimezone(zone)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


def _clock(spans: Iterable[Span], zone: ZoneInfo) -> Iterator[str]:
    for start, end in spans:
        here, there = start.astimezone(zone), end.astimezone(zone)
        last = "24:00" if there.date() != here.date() else f"{there:%H:%M}"
        yield f"{here:%H:%M}-{last}"


def _overlap(
    one: Service,
    other: Service,
    first: Spans,
    second: Spans,
    days: tuple[date, date],
    zone: ZoneInfo,
) -> Overlap:
    both = common(first, second)
    alone = {one.side: without(first, second), other.side: without(second, first)}
    lone = {side: hours(spans) for side, spans in alone.items()}
    growing = max(lone, key=lambda side: lone[side])
    longer = max(hours(first), hours(second))
    return Overlap(
        one.service,
        one.side,
        other.side,
        hours(first),
        hours(second),
        hours(both),
        longer,
        _share(hours(both), longer),
        growing if len(set(lone.values())) > 1 else None,
        tuple(
            DayOverlap(day, *(hours(common(spans, (today,))) for spans in (first, second, both)))
            for day in _days(*days)
            for today in (whole_days(day, day, zone),)
        ),
        tuple(
            Mismatch(start.astimezone(zone), end.astimezone(zone), side, shut)
            for side, shut in ((one.side, other.side), (other.side, one.side))
            for start, end in alone[side]
        ),
    )
