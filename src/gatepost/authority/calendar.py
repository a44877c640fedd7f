"""When a service at a post is open: weekly hours, holidays and exceptions, in its own zone (OS-05).

Hours are written as the clock on the wall shows them, ``"07:00-23:00"``; an end before the
beginning is on the next day, and ``"00:00-24:00"`` is the whole day, however long it is. Where
the clock is set back, a time that comes twice opens the first time and closes the second;
where it is set forward, a time that never comes is the moment of the change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import combinations
from zoneinfo import ZoneInfo

import msgspec

from gatepost.authority import rules
from gatepost.authority.spans import Span, Spans, common, merged
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Rule, Value
from gatepost.kernel.validity import Validity

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WHOLE_DAY = 24 * 60

_TIMES = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)").fullmatch

Keys = tuple[str | int, ...]
Minutes = tuple[int, int]


class Exceptional(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Other hours than those of the week, on the days of ``valid``; none at all means closed."""

    valid: Validity
    hours: tuple[str, ...]
    because: Text


class Service(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One service of one side at a post: whose it is, when it is open, and what for.

    A service with an ``agency`` performs formalities: those named, else all its post performs.
    One without, such as a bank, a laboratory or a scanner, is what others depend on.
    ``hours`` are by day: ``mon`` to ``sun``, ``mon-fri`` or ``daily``. ``on_holidays`` are
    the hours on public holidays of its side; left out, they are as on any day. ``commodity``
    are the HS prefixes of what it handles; none means everything.
    """

    service: str
    side: str
    hours: dict[str, tuple[str, ...]]
    valid: Validity
    agency: str | None = None
    zone: str | None = None
    on_holidays: tuple[str, ...] | None = None
    exceptions: tuple[Exceptional, ...] = ()
    formalities: tuple[str, ...] = ()
    commodity: tuple[str, ...] = ()


class Holiday(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A public holiday: ``on`` one day, or ``every`` year on a day such as 12-25."""

    name: Text
    on: date | None = None
    every: str | None = None


class Holidays(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The public holidays of one country."""

    side: str
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    days: tuple[Holiday, ...]


class Calendar(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The services at one place, on both sides of the border.

    ``post`` is the post they stand at; a calendar that stands alone, as a file by itself, has
    none. ``zone`` is that of every service which names none.
    """

    id: str
    title: Text
    legal_basis: tuple[LegalBasis, ...]
    services: tuple[Service, ...]
    post: str | None = None
    zone: str | None = None
    holidays: tuple[Holidays, ...] = ()


def is_holiday(holidays: Iterable[Holidays], side: str, day: date) -> bool:
    """Tell whether ``day`` is a public holiday of a country."""
    yearly = f"{day:%m-%d}"
    return any(
        one.on == day or one.every == yearly
        for listed in holidays
        if listed.side == side and listed.valid.on(day)
        for one in listed.days
    )


def open_spans(
    service: Service, zone: ZoneInfo, first: date, last: date, holidays: Iterable[Holidays] = ()
) -> Spans:
    """Return when ``service`` is open from the start of ``first`` to the end of ``last``."""
    listed = tuple(holidays)
    found: list[Span] = []
    day = first - timedelta(days=1)
    while day <= last:
        if service.valid.on(day):
            for start, end in minutes_on(service, day, listed):
                found.append((moment(day, start, zone, False), moment(day, end, zone, True)))
        day += timedelta(days=1)
    return common(merged(found), (whole_days(first, last, zone),))


def whole_days(first: date, last: date, zone: ZoneInfo) -> Span:
    """Return the time from the start of ``first`` to the end of ``last`` in a zone."""
    return moment(first, 0, zone, False), moment(last, WHOLE_DAY, zone, True)


def minutes_on(service: Service, day: date, holidays: Iterable[Holidays]) -> Iterator[Minutes]:
    """Yield when a service opens and closes on a day, in minutes of its clock."""
    special = any(one.valid.on(day) for one in service.exceptions)
    if not special and service.on_holidays is not None and is_holiday(holidays, service.side, day):
        return iter(parsed(service.on_holidays))
    return iter(minutes_of_week(service.hours, service.exceptions, day))


def minutes_of_week(
    hours: Mapping[str, tuple[str, ...]], exceptions: Iterable[Exceptional], day: date
) -> tuple[Minutes, ...]:
    """Return when something with weekly ``hours`` begins and ends on a day, exceptions first."""
    for one in exceptions:
        if one.valid.on(day):
            return parsed(one.hours)
    return _week(tuple(hours.items()))[day.weekday()]


@lru_cache(maxsize=4096)
def _week(hours: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[Minutes, ...], ...]:
    week: list[tuple[Minutes, ...]] = [()] * 7
    for key, texts in hours:
        for day in days_of(key):
            week[day] = parsed(texts)
    return tuple(week)


def days_of(key: str) -> tuple[int, ...]:
    """Return the days of the week a key names, Monday being 0; none if it is no such key."""
    if key == "daily":
        return tuple(range(7))
    first, _, last = key.partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        return ()
    start, end = DAYS.index(first), DAYS.index(last or first)
    return tuple((start + n) % 7 for n in range((end - start) % 7 + 1))


def parsed(texts: tuple[str, ...]) -> tuple[Minutes, ...]:
    """Return the minutes of texts such as ``07:00-23:00``; what is none of these is left out."""
    return tuple(minutes for text in texts if (minutes := _minutes(text)) is not None)


def _minutes(text: str) -> Minutes | None:
    match = _TIMES(text)
    if match is None:
        return None
    start, end = (int(match[n]) * 60 + int(match[n + 1]) for n in (1, 3))
    if start >= WHOLE_DAY or end > WHOLE_DAY or start == end:
        return None
    return (start, end) if end > start else (start, end + WHOLE_DAY)


def moment(day: date, minutes: int, zone: ZoneInfo, closing: bool) -> datetime:
    """Return the moment at which the clock of ``zone`` shows so many minutes of ``day``."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    early = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    late = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if early > late:
        return _change(late, early, zone)
    return late if closing else early


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment between two at which the clock is set forward."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def contradictions(calendar: Calendar) -> Iterator[tuple[Keys, Rule, dict[str, Value]]]:
    """Yield what cannot be true of a calendar: its place, the rule and the values."""
    for index, service in enumerate(calendar.services):
        own: Keys = ("services", index)
        yield from hours_faults(own, service.hours, service.exceptions)
        yield from _texts((*own, "on_holidays"), service.on_holidays or ())
    yield from _holidays(calendar.holidays, ("holidays",))
    for (_, first), (m, second) in combinations(enumerate(calendar.services), 2):
        if same_service(first, second):
            day = max(first.valid.start, second.valid.start).isoformat()
            values: dict[str, Value] = {
                "service": second.service,
                "side": second.side,
                "day": day,
            }
            yield ("services", m), rules.TWO_CALENDARS, values


def hours_faults(
    own: Keys, hours: Mapping[str, tuple[str, ...]], exceptions: Sequence[Exceptional]
) -> Iterator[tuple[Keys, Rule, dict[str, Value]]]:
    """Yield what cannot be true of weekly hours and their exceptions, which stand at ``own``."""
    yield from _weekly(own, hours)
    for n, one in enumerate(exceptions):
        yield from _texts((*own, "exceptions", n, "hours"), one.hours)
    for (_, one), (m, other) in combinations(enumerate(exceptions), 2):
        if one.valid.overlaps(other.valid):
            day = max(one.valid.start, other.valid.start).isoformat()
            yield (*own, "exceptions", m), rules.TWO_EXCEPTIONS, {"day": day}


def same_service(one: Service, other: Service) -> bool:
    """Tell whether two entries give hours to the same service on the same day."""
    return identity(one) == identity(other) and one.valid.overlaps(other.valid)


def identity(service: Service) -> tuple[object, ...]:
    """Return what makes two entries wordings of the same service."""
    what = (service.commodity, service.formalities)
    return (service.service, service.side, service.agency, *what)


def holiday_faults(listed: Holidays) -> Iterator[tuple[Keys, Rule, dict[str, Value]]]:
    """Yield what is wrong with the holidays of a country."""
    return ((keys[2:], rule, values) for keys, rule, values in _holidays((listed,), ("",)))


def _holidays(
    every: Iterable[Holidays], keys: Keys
) -> Iterator[tuple[Keys, Rule, dict[str, Value]]]:
    for index, listed in enumerate(every):
        for n, one in enumerate(listed.days):
            place = (*keys, index, "days", n)
            if (one.on is None) == (one.every is None):
                yield place, rules.HOLIDAY_UNDATED, {}
            elif one.every is not None and not _is_day_of_year(one.every):
                yield (*place, "every"), rules.NO_DAY_OF_YEAR, {"text": one.every}


def _is_day_of_year(text: str) -> bool:
    try:
        return f"{date.fromisoformat(f'2024-{text}'):%m-%d}" == text
    except ValueError:
        return False


def _weekly(
    own: Keys, hours: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Keys, Rule, dict[str, Value]]]:
    told: dict[int, str] = {}
    sound = True
    week: list[tuple[int, int, str, str]] = []
    for key, texts in hours.items():
        place = (*own, "hours", key)
        if not days_of(key):
            sound = False
            yield place, rules.NO_DAY_OF_WEEK, {"text": key}
        for day in days_of(key):
            if day in told:
                sound = False
                values: dict[str, Value] = {"day": DAYS[day], "key": key, "other": told[day]}
                yield place, rules.DAY_TWICE, values
                break
            told[day] = key
        for n, text in enumerate(texts):
            minutes = _minutes(text)
            if minutes is None:
                sound = False
                yield (*place, n), rules.NO_HOURS, {"text": text}
                continue
            for day in days_of(key):
                start, end = (day * WHOLE_DAY + one for one in minutes)
                week.append((start, end, key, text))
    if sound:
        yield from _clashes(own, week)


def _clashes(
    own: Keys, week: list[tuple[int, int, str, str]]
) -> Iterator[tuple[Keys, Rule, dict[str, Value]]]:
    """Yield, once for each two texts, which hours of a week overlap."""
    whole = 7 * WHOLE_DAY
    told: set[frozenset[tuple[str, str]]] = set()
    for one, other in combinations(sorted(week), 2):
        wraps = one[1] > other[0] or (other[1] > whole and other[1] - whole > one[0])
        pair = frozenset((one[2:], other[2:]))
        if wraps and pair not in told:
            told.add(pair)
            values: dict[str, Value] = {"one": one[3], "other": other[3], "day": other[2]}
            yield (*own, "hours", other[2]), rules.HOURS_OVERLAP, values


def _texts(place: Keys, texts: tuple[str, ...]) -> Iterator[tuple[Keys, Rule, dict[str, Value]]]:
    sound: list[tuple[Minutes, str]] = []
    for n, text in enumerate(texts):
        minutes = _minutes(text)
        if minutes is None:
            yield (*place, n), rules.NO_HOURS, {"text": text}
        else:
            sound.append((minutes, text))
    for (one, text), (other, second) in combinations(sorted(sound), 2):
        if one[1] > other[0]:
            values: dict[str, Value] = {"one": text, "other": second, "day": "one day"}
            yield place, rules.HOURS_OVERLAP, values
