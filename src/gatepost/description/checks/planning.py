"""Standing orders do not contradict each other, and rosters and places can be planned with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from gatepost.authority.calendar import hours_faults
from gatepost.authority.model import Officer, Resources
from gatepost.control.placing import Placing
from gatepost.control.schedule.admit import LAST, circle_of
from gatepost.control.schedule.standing import ONCE, READ, WANTED, StandingOrder
from gatepost.control.schedule.world import Order
from gatepost.description import rules
from gatepost.description.described import Described, Located, listed
from gatepost.kernel.notice import Notice
from gatepost.kernel.validity import Validity

_MAY = ("first", "then", "whole", "cargo", "rank", "commodity", "people", "offers", "minutes")
MOST_ALIKE = 200
"""As many people in a shift, or places that are alike, as any post has."""


def check_planning(described: Described) -> Iterator[Notice]:
    """Yield what does not hold in standing orders, rosters, places and times."""
    for thing in described.of("standing_order"):
        yield from _order(described, thing, thing.value)
    yield from _contradictions(described)
    for thing in described.of("placing"):
        yield from _placing(thing, thing.value)
    for thing in described.of("resources"):
        yield from _resources(described, thing, thing.value)


def _placing(thing: Located, rule: Placing) -> Iterator[Notice]:
    """Yield what a rule on places says of the way there when it sends the goods nowhere."""
    for key in ("site", "under_seal"):
        if rule.place == "off_lane" and getattr(rule, key):
            yield rules.SEAL_AT_THE_POST.notice(thing.where(key), key=key)


def _order(described: Described, thing: Located, order: StandingOrder) -> Iterator[Notice]:
    wanted = WANTED[order.kind]
    for key in wanted:
        if getattr(order, key) is None:
            yield rules.ORDER_INCOMPLETE.notice(thing.where("kind"), kind=order.kind, key=key)
    if order.kind in ("goes_first", "needs") and not (order.commodity or order.people):
        key = "commodity or people"
        yield rules.ORDER_INCOMPLETE.notice(thing.where("kind"), kind=order.kind, key=key)
    for key in _MAY:
        # What is left out is None, empty or False; a rank or a time of 0 is said.
        value = getattr(order, key)
        if value not in (None, (), False) and key not in READ[order.kind]:
            yield rules.ORDER_IDLE.notice(thing.where(key), kind=order.kind, key=key)
    for key in ("first", "then"):
        agency = getattr(order, key)
        if agency is not None and described.missing("agency", agency, described.agencies):
            yield rules.UNKNOWN_AGENCY.notice(
                thing.where(key), agency=agency, known=listed(described.agencies)
            )
    if order.minutes is not None:
        yield from _within(thing, "minutes", order.minutes, 0, LAST, "minutes")
    if order.kind == "needs" and order.offers is not None:
        yield from _offered(described, thing, order, order.offers)


def _within(
    thing: Located, name: str, value: int, least: int, most: int, *keys: str | int
) -> Iterator[Notice]:
    if not least <= value <= most:
        place = thing.where(*keys)
        yield rules.NO_NUMBER.notice(place, key=name, value=value, least=least, most=most)


def _offered(
    described: Described, thing: Located, order: StandingOrder, offers: str
) -> Iterator[Notice]:
    """Yield at which posts that order is for nothing would ever be examined again."""
    if "resources" in described.unread:
        return
    offered = {
        place.post
        for resources in described.of("resources")
        for place in resources.value.facilities
        if offers in place.all_offers
    }
    planned = {
        place.post
        for resources in described.of("resources")
        for place in resources.value.facilities
    }
    for post in order.posts or sorted(planned):
        if post in described.posts and post not in offered:
            yield rules.NEVER_OFFERED.notice(thing.where("offers"), offers=offers, post=post)


def _together(one: StandingOrder, other: StandingOrder) -> bool:
    """Tell whether two orders are in force at the same post on the same day."""
    posts = not one.posts or not other.posts or bool(set(one.posts) & set(other.posts))
    return posts and one.valid.overlaps(other.valid)


def _contradictions(described: Described) -> Iterator[Notice]:
    things = described.of("standing_order")
    for first, second in combinations(things, 2):
        one, other = first.value, second.value
        if one.id != other.id and _together(one, other):
            what = _differ(one, other)
            if what is not None:
                yield rules.ORDERS_CONTRADICT.notice(
                    second.where("kind"), other=one.id, what=what, day=_day(one.valid, other.valid)
                )
    yield from _circles(things)


def _day(one: Validity, other: Validity) -> str:
    return max(one.start, other.start).isoformat()


def _differ(one: StandingOrder, other: StandingOrder) -> str | None:
    """Return about what two orders in force together cannot both be right."""
    if one.kind != other.kind:
        return None
    if one.kind in ONCE:
        return one.kind
    if one.kind == "goes_first" and one.rank == other.rank:
        return f"who has rank {one.rank}"
    if one.kind == "goes_first" and one.cargo == other.cargo:
        return f"which rank {one.cargo} has"
    return None


def _circles(things: Sequence[Located]) -> Iterator[Notice]:
    """Yield, at the last order of it to begin, a circle in which agencies wait for each other.

    What is in force together at a post is looked at on the day each order begins.
    """
    befores = [one for one in things if one.value.kind == "before"]
    for thing in befores:
        day = thing.value.valid.start
        posts = thing.value.posts or sorted({p for one in befores for p in one.value.posts}) or [""]
        for post in posts:
            held = [one.value for one in befores if one.value.holds(post, day)]
            circle = circle_of(Order(o.id, "before", o.first, o.then, o.whole) for o in held)
            if circle and thing.value.first in circle and thing.value.then in circle:
                shown = " → ".join(circle)
                yield rules.ORDERS_CIRCLE.notice(
                    thing.where("then"), day=day.isoformat(), circle=shown
                )
                break


def _resources(described: Described, thing: Located, resources: Resources) -> Iterator[Notice]:
    for index, officer in enumerate(resources.officers):
        yield from _shifts(described, thing, resources, index, officer)
    for index, place in enumerate(resources.facilities):
        own = ("facilities", index)
        yield from _within(thing, "capacity", place.capacity, 1, MOST_ALIKE, *own, "capacity")
        for keys, rule, values in hours_faults(own, place.hours or {}, place.exceptions):
            yield rule.notice(thing.where(*keys), **values)
    for index, time in enumerate(resources.times):
        keys = ("times", index, "minutes")
        yield from _within(thing, "minutes", time.minutes, 1, LAST, *keys)
    for (_, one), (m, other) in combinations(enumerate(resources.times), 2):
        alike = (one.kind, one.check) == (other.kind, other.check)
        if alike and one.valid.overlaps(other.valid):
            yield rules.TIMES_CONTRADICT.notice(
                thing.where("times", m),
                kind=other.kind,
                what=other.check or "whatever is checked",
                day=_day(one.valid, other.valid),
            )


def _shifts(
    described: Described, thing: Located, resources: Resources, index: int, officer: Officer
) -> Iterator[Notice]:
    unit = described.units.get(resources.agency, {}).get(officer.unit)
    served = officer.posts or (unit.posts if unit else ())
    for n, shift in enumerate(officer.shifts):
        own = ("officers", index, "shifts", n)
        yield from _within(thing, "officers", shift.officers, 1, MOST_ALIKE, *own, "officers")
        for keys, rule, values in hours_faults(own, shift.hours, shift.exceptions):
            yield rule.notice(thing.where(*keys), **values)
        if unit is None and not officer.posts:
            continue  # What its unit is, is told elsewhere.
        if shift.post is None and len(served) != 1:
            posts = ", ".join(served) or "every post"
            yield rules.SHIFT_WITHOUT_POST.notice(
                thing.where(*own), officer=officer.id, posts=posts
            )
        elif shift.post is not None and served and shift.post not in served:
            yield rules.SHIFT_ELSEWHERE.notice(
                thing.where(*own, "post"), officer=officer.id, post=shift.post
            )
