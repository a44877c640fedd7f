"""Whether a world can be planned at all: everything wrong in it, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gatepost.control.schedule import rules
from gatepost.control.schedule.world import Clock, Examination, Hours, Order, Place, World
from gatepost.kernel.notice import Notice

LAST = 48 * 60
"""The end of what a plan looks at: midnight after the next day."""
MOST = {"weight": 1000, "minutes": LAST, "scan": LAST, "positioning": LAST, "on_call": LAST}
MOST_PLACES = 1000

_CLOCK = re.compile(r"(\d{1,2}):(\d\d)").fullmatch


def minutes_of(clock: Clock) -> int | None:
    """Return a time as minutes from midnight, or ``None`` if it is none."""
    if isinstance(clock, str):
        match = _CLOCK(clock)
        if match is None or int(match[2]) > 59:
            return None
        clock = 60 * int(match[1]) + int(match[2])
    return clock if 0 <= clock <= LAST else None


def clock_of(minutes: int) -> str:
    """Return minutes from midnight as hours and minutes."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def faults_of(world: World) -> list[Notice]:
    """Return everything that keeps ``world`` from being planned."""
    return [
        *_numbers(world),
        *_agencies(world),
        *_officers(world),
        *_places("bays", world.bays),
        *_places("scanners", world.scanners),
        *_consignments(world),
        *_order(world),
    ]


def _numbers(world: World) -> Iterator[Notice]:
    yield from _within("positioning", world.positioning, "positioning", 0, MOST["positioning"])
    if world.joint_within is not None:
        yield from _within("joint_within", world.joint_within, "joint_within", 0, LAST)


def _within(where: str, value: int, key: str, least: int, most: int) -> Iterator[Notice]:
    if not least <= value <= most:
        yield rules.NOT_SO_MANY.notice(where, key=key, value=value, least=least, most=most)


def _clock(where: str, clock: Clock) -> Iterator[Notice]:
    if minutes_of(clock) is None:
        yield rules.NOT_A_TIME.notice(where, value=clock)


def _hours(where: str, hours: Hours) -> Iterator[Notice]:
    for number, (start, end) in enumerate(hours):
        here = f"{where}[{number}]"
        yield from _clock(f"{here}[0]", start)
        yield from _clock(f"{here}[1]", end)
        begins, ends = minutes_of(start), minutes_of(end)
        if begins is not None and ends is not None and begins >= ends:
            yield rules.ENDS_BEFORE_IT_BEGINS.notice(here, start=start, end=end)


def _same(kind: str, ids: Iterable[str]) -> Iterator[Notice]:
    seen: set[str] = set()
    for number, one in enumerate(ids):
        if one in seen:
            yield rules.SAME_ID.notice(f"{kind}[{number}].id", kind=kind, id=one)
        seen.add(one)


def _agencies(world: World) -> Iterator[Notice]:
    yield from _same("agencies", (one.id for one in world.agencies))
    for number, agency in enumerate(world.agencies):
        here = f"agencies[{number}]"
        yield from _hours(f"{here}.hours", agency.hours)
        if agency.minutes is not None:
            yield from _within(f"{here}.minutes", agency.minutes, "minutes", 1, MOST["minutes"])


def _known(world: World, where: str, agency: str) -> Iterator[Notice]:
    """Yield that an agency is not described; a world that describes none lets any name pass."""
    known = sorted(one.id for one in world.agencies)
    if known and agency not in known:
        yield rules.NO_SUCH_AGENCY.notice(where, agency=agency, known=", ".join(known))


def _officers(world: World) -> Iterator[Notice]:
    yield from _same("officers", (one.id for one in world.officers))
    for number, officer in enumerate(world.officers):
        here = f"officers[{number}]"
        yield from _known(world, f"{here}.agency", officer.agency)
        yield from _hours(f"{here}.shifts", officer.shifts)
        yield from _within(f"{here}.on_call", officer.on_call, "on_call", 0, MOST["on_call"])


def _places(kind: str, places: int | Sequence[Place]) -> Iterator[Notice]:
    if isinstance(places, int):
        yield from _within(kind, places, kind, 0, MOST_PLACES)
        return
    yield from _same(kind, (one.id for one in places))
    for number, place in enumerate(places):
        yield from _hours(f"{kind}[{number}].closed", place.closed)


def _consignments(world: World) -> Iterator[Notice]:
    yield from _same("consignments", (one.id for one in world.consignments))
    usual = {one.id: one.minutes for one in world.agencies}
    for number, consignment in enumerate(world.consignments):
        here = f"consignments[{number}]"
        yield from _clock(f"{here}.arrival", consignment.arrival)
        if consignment.known is not None:
            yield from _clock(f"{here}.known", consignment.known)
        yield from _within(f"{here}.weight", consignment.weight, "weight", 0, MOST["weight"])
        yield from _within(f"{here}.scan", consignment.scan, "scan", 0, MOST["scan"])
        seen: set[str] = set()
        for position, asked in enumerate(consignment.agencies):
            there = f"{here}.agencies[{position}]"
            one = Examination(asked) if isinstance(asked, str) else asked
            yield from _known(world, there, one.agency)
            if one.agency in seen:
                yield rules.SAME_ID.notice(there, kind="examinations of", id=one.agency)
            seen.add(one.agency)
            if one.minutes is not None:
                yield from _within(f"{there}.minutes", one.minutes, "minutes", 1, MOST["minutes"])
            elif usual.get(one.agency) is None:
                yield rules.NO_MINUTES.notice(there, agency=one.agency)


def _order(world: World) -> Iterator[Notice]:
    yield from _same("order", (one.id for one in world.order))
    for number, order in enumerate(world.order):
        here = f"order[{number}]"
        wanted = {"first": order.first, "then": order.then}
        if order.kind == "goes_first":
            wanted = {"cargo": order.cargo and order.cargo[0]}  # type: ignore[dict-item]
        for key, value in wanted.items():
            if not value:
                yield rules.ORDER_INCOMPLETE.notice(here, kind=order.kind, key=key)
            elif order.kind == "before":
                yield from _known(world, f"{here}.{key}", value)
    circle = circle_of(world.order)
    if circle:
        yield rules.ORDER_CIRCLE.notice("order", circle=" → ".join(circle))


def circle_of(orders: Iterable[Order]) -> list[str]:
    """Return agencies that would wait for each other in a circle, or nothing."""
    after: dict[str, list[str]] = {}
    for one in orders:
        if one.kind == "before" and one.first and one.then:
            after.setdefault(one.first, []).append(one.then)
    done: set[str] = set()

    def walk(agency: str, way: list[str]) -> list[str]:
        if agency in way:
            return [*way[way.index(agency) :], agency]
        if agency in done:
            return []
        for other in after.get(agency, ()):
            if found := walk(other, [*way, agency]):
                return found
        done.add(agency)
        return []

    return next((found for one in sorted(after) if (found := walk(one, []))), [])
