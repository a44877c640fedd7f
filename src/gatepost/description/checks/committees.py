"""Committees can meet and vote as described, and each process has one that answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from gatepost.authority.instrument import abroad
from gatepost.cooperation import rules
from gatepost.cooperation.accountability import Process
from gatepost.cooperation.committee import Committee
from gatepost.description import rules as description_rules
from gatepost.description.described import Described, Located, listed
from gatepost.kernel.notice import Notice


def check_committees(described: Described) -> Iterator[Notice]:
    """Yield what does not hold in committees and in the matrix of accountability."""
    for thing in described.of("committee"):
        yield from _members(described, thing, thing.value)
        yield from _offices(thing, thing.value)
        yield from _sides(described, thing, thing.value)
    for thing in described.of("process"):
        yield from _process(described, thing, thing.value)


def _members(described: Described, thing: Located, found: Committee) -> Iterator[Notice]:
    for n, one in enumerate(found.members):
        country = abroad(one.agency)
        where = thing.where("members", n, "agency")
        if country is None and described.missing("agency", one.agency, described.agencies):
            yield description_rules.UNKNOWN_AGENCY.notice(
                where, agency=one.agency, known=listed(described.agencies)
            )
        if country is not None and country != found.joint_with:
            yield rules.FOREIGN_MEMBER.notice(
                where, agency=one.agency, country=found.joint_with or "nobody"
            )
    for (_, one), (m, other) in combinations(enumerate(found.members), 2):
        if one.seat == other.seat and one.valid.overlaps(other.valid):
            day = max(one.valid.start, other.valid.start).isoformat()
            where = thing.where("members", m, "seat")
            yield rules.SEAT_TWICE.notice(where, seat=one.seat, day=day)
    if not any(one.votes for one in found.members):
        yield rules.NOBODY_VOTES.notice(thing.where("members"))


def _offices(thing: Located, found: Committee) -> Iterator[Notice]:
    seats = {one.seat for one in found.members}
    known = listed(seats)
    if found.chair not in seats:
        yield rules.NOT_A_MEMBER.notice(thing.where("chair"), seat=found.chair, known=known)
    for n, seat in enumerate(found.vice_chair.seats if found.vice_chair else ()):
        if seat not in seats:
            where = thing.where("vice_chair", "seats", n)
            yield rules.NOT_A_MEMBER.notice(where, seat=seat, known=known)
    own = {one.agency for one in found.members if abroad(one.agency) is None}
    if found.secretariat not in own:
        yield rules.SECRETARIAT_OUTSIDE.notice(thing.where("secretariat"), agency=found.secretariat)


def _sides(described: Described, thing: Located, found: Committee) -> Iterator[Notice]:
    if found.level == "post" and not found.posts:
        yield rules.POST_UNNAMED.notice(thing.where("level"))
    voting = {abroad(one.agency) for one in found.members if one.votes}
    if found.joint_with is None:
        if found.vote.each_side:
            yield rules.SIDES_OF_ONE.notice(thing.where("vote", "each_side"))
        return
    here = described.country.code if described.country else "this country"
    for country, side in ((found.joint_with, found.joint_with), (None, here)):
        if voting and country not in voting:
            yield rules.ONE_SIDED.notice(
                thing.where("joint_with"), country=found.joint_with, side=side
            )


def _process(described: Described, thing: Located, found: Process) -> Iterator[Notice]:
    if len(found.accountable) != 1:
        named = listed(found.accountable) if found.accountable else "nobody"
        yield rules.ONE_ANSWERS.notice(thing.where("accountable"), process=found.id, named=named)
    agencies = described.agencies
    for key in ("accountable", "responsible", "consulted", "informed"):
        for n, agency in enumerate(getattr(found, key)):
            if described.missing("agency", agency, agencies):
                yield description_rules.UNKNOWN_AGENCY.notice(
                    thing.where(key, n), agency=agency, known=listed(agencies)
                )
    if "agency" in described.unread:
        return
    for one in agencies.values():
        heard = one.tier == "user" or one.id in found.involved
        if not heard and described.own(one) and one.valid.overlaps(found.valid):
            yield rules.NOT_HEARD.notice(thing.where("id"), process=found.id, agency=one.id)
