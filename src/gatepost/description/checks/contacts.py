"""Contacts can be reached, in some language, at hours and posts that do not contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost.authority.calendar import Calendar, contradictions
from gatepost.authority.instrument import abroad
from gatepost.authority.model import Unit
from gatepost.cooperation import rules
from gatepost.cooperation.contacts import Contact, Contacts, as_service
from gatepost.description import rules as description_rules
from gatepost.description.checks.organisation import first_gap
from gatepost.description.described import Described, Keys, Located
from gatepost.kernel.notice import Notice

_LANGUAGE = re.compile(r"[a-z]{2}").fullmatch


def check_contacts(described: Described) -> Iterator[Notice]:
    """Yield what does not hold in the duty contact lists of agencies here and abroad."""
    country = described.country.code if described.country else ""
    for thing in described.of("contacts"):
        yield from _side(thing, thing.value, country)
        yield from _list(described, thing, thing.value)
    for thing in described.of("neighbour_contacts"):
        yield from _side(thing, thing.value, abroad(thing.value.agency) or country)
        yield from _list(described, thing, thing.value)


def _side(thing: Located, found: Contacts, serves: str) -> Iterator[Notice]:
    if found.side != serves:
        yield rules.OTHER_SIDE.notice(
            thing.where("side"), agency=found.agency, side=found.side, serves=serves
        )


def _list(described: Described, thing: Located, found: Contacts) -> Iterator[Notice]:
    for index, one in enumerate(found.contacts):
        own: Keys = ("contacts", index)
        yield from _reachable(thing, own, one)
        yield from _unit(described, thing, own, found.agency, one)
        # One by one: that two have the same id is told with all other names borne twice.
        alone = Calendar("", {}, (), (as_service(found, one),))
        for keys, rule, values in contradictions(alone):
            yield rule.notice(thing.where(*own, *keys[2:]), **values)


def _reachable(thing: Located, own: Keys, one: Contact) -> Iterator[Notice]:
    if not one.languages:
        yield rules.NO_LANGUAGE.notice(thing.where(*own, "languages"), contact=one.id)
    for n, language in enumerate(one.languages):
        if not _LANGUAGE(language):
            where = thing.where(*own, "languages", n)
            yield rules.NOT_A_LANGUAGE.notice(where, language=language)
    if not any(way.strip() for way in one.reach.values()):
        yield rules.NO_WAY_TO_REACH.notice(thing.where(*own, "reach"), contact=one.id)
    if not any((*one.hours.values(), *(each.hours for each in one.exceptions))):
        yield rules.NEVER_ON_DUTY.notice(thing.where(*own, "hours"), contact=one.id)


def _unit(
    described: Described, thing: Located, own: Keys, agency: str, one: Contact
) -> Iterator[Notice]:
    units = described.units.get(agency)
    if one.unit is None or units is None:
        return
    unit = units.get(one.unit)
    if unit is None:
        yield description_rules.UNKNOWN_UNIT.notice(
            thing.where(*own, "unit"), unit=one.unit, agency=agency
        )
        return
    yield from _fits(thing, own, one, unit)


def _fits(thing: Located, own: Keys, one: Contact, unit: Unit) -> Iterator[Notice]:
    """Yield where a contact says something else than its unit: level, posts and days."""
    if one.level != unit.level:
        yield rules.OTHER_LEVEL.notice(
            thing.where(*own, "level"),
            contact=one.id,
            level=one.level,
            unit=unit.id,
            actual=unit.level,
        )
    for n, post in enumerate(one.posts):
        if unit.posts and post not in unit.posts:
            yield rules.NOT_THE_UNITS_POST.notice(
                thing.where(*own, "posts", n), contact=one.id, post=post, unit=unit.id
            )
    day = first_gap(one.valid, [unit.valid])
    if day is not None:
        yield rules.LISTED_TOO_LONG.notice(
            thing.where(*own, "valid"), contact=one.id, day=day.isoformat(), unit=unit.id
        )
