"""Whether somebody took a place that another, who goes first, was waiting for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatepost.control.schedule import rules
from gatepost.control.schedule.admit import LAST, clock_of
from gatepost.control.schedule.minutes import first, span, starts, union
from gatepost.control.schedule.reading import minutes, places_of, tier_of
from gatepost.control.schedule.timetable import Halt, Timetable
from gatepost.control.schedule.world import Hours, World
from gatepost.kernel.notice import Notice

DAY = (1 << LAST) - 1


class Overtaking:
    """Looks, for each halt that goes first, whether it could have begun earlier without others."""

    def __init__(self, world: World, plan: Timetable, now: int = 0) -> None:
        """``now`` is before which what has begun took its place from nobody."""
        self.world = world
        self.now = now
        self.plan = plan
        self.consignments = {one.id: one for one in world.consignments}
        self.bays = places_of(world.bays, "bay")
        self.hours = {one.id: one.hours for one in world.agencies}

    def all(self) -> Iterator[Notice]:
        """Yield each halt that was overtaken, with one that took its place."""
        if not any(one.kind == "goes_first" for one in self.world.order):
            return
        tiers = {halt.id: self._tier(halt) for halt in self.plan.halts}
        for halt in self.plan.halts:
            low = self._ready(halt)
            if not halt.work or halt.start <= low:
                continue
            lower = {one.id for one in self.plan.halts if tiers[one.id] > tiers[halt.id]}
            later = [
                one for one in self.plan.halts if one.id in lower and not one.begun_by(self.now)
            ]
            before = [one for one in later if one.start < halt.end]
            if not before:
                continue
            rest = [one for one in self.plan.halts if one.id != halt.id]
            with_them = self._could(halt, rest, low)
            kept = [one for one in rest if one not in later]
            without = self._could(halt, kept, low)
            lost = without & ~with_them & span(0, halt.start)
            at = first(lost)
            if at is not None:
                name = ", ".join(halt.consignments)
                other = next(
                    (one for one in before if one.start < at + halt.end - halt.start), before[0]
                )
                yield rules.OVERTAKEN.notice(
                    halt.id,
                    consignment=name,
                    other=", ".join(other.consignments),
                    start=clock_of(other.start),
                )

    def _tier(self, halt: Halt) -> int:
        moved = self._moved(halt)
        return min(
            tier_of(self.world.order, one)
            for one in self.world.consignments
            if (one.movement or f"={one.id}") in moved
        )

    def _moved(self, halt: Halt) -> set[str]:
        """Return the conveyances of a halt; what has no name moves by itself."""
        return {self.consignments[name].movement or f"={name}" for name in halt.consignments}

    def _ready(self, halt: Halt) -> int:
        """Return from when on the halt itself could begin: all arrived, scanned, not elsewhere."""
        ready = max(minutes(self.consignments[name].arrival) for name in halt.consignments)
        if halt.scan_end is not None and halt.scan_end <= halt.start:
            ready = max(ready, halt.scan_end)
        for other in self.plan.halts:
            # A conveyance is at one halt, or in its scan, at a time, for whichever consignment.
            if other.id != halt.id and self._moved(other) & self._moved(halt):
                ready = max(ready, min(max(other.end, other.scan_end or 0), halt.start))
        return ready

    def _could(self, halt: Halt, others: Sequence[Halt], low: int) -> int:
        """Return the minutes at which the halt could begin beside ``others``."""
        needs = {need for name in halt.consignments for need in self.consignments[name].needs}
        found = 0
        for bay in self.bays:
            if needs <= set(bay.offers):
                busy = union((one.start, one.end) for one in others if one.bay == bay.id)
                free = DAY & ~busy & ~_mask(bay.closed)
                found |= starts(free, halt.end - halt.start)
        found = found >> low << low
        jobs = [(one.start - halt.start, one.end - one.start, one.skill) for one in halt.work]
        able = [self._able(halt, skill, others) for _, _, skill in jobs]
        for (offset, length, _), officers in zip(jobs, able, strict=True):
            some = 0
            for free in officers.values():
                some |= starts(free, length)
            found &= some >> offset
        return _keep(found, jobs, able)

    def _able(self, halt: Halt, skill: str, others: Sequence[Halt]) -> dict[str, int]:
        known = max(
            minutes(one.arrival if one.known is None else one.known)
            for one in (self.consignments[name] for name in halt.consignments)
        )
        found = {}
        for officer in self.world.officers:
            if skill not in (officer.skills or (officer.agency,)):
                continue
            busy = union(
                (work.start, work.end)
                for one in others
                for work in one.work
                if work.officer == officer.id
            )
            duty = _mask(officer.shifts) or DAY
            duty &= _mask(self.hours.get(officer.agency, ())) or DAY
            there = known + officer.on_call if officer.on_call else 0
            found[officer.id] = (duty & ~busy) >> there << there
        return found


def _mask(hours: Hours) -> int:
    return union((minutes(start), minutes(end)) for start, end in hours)


def _keep(
    moments: int, jobs: Sequence[tuple[int, int, str]], able: Sequence[dict[str, int]]
) -> int:
    """Return those of ``moments`` at which different officers can be found for all jobs."""
    if len({name for one in able for name in one}) == sum(map(len, able)):
        return moments
    kept = 0
    while moments:
        at = moments & -moments
        moments &= moments - 1
        start = at.bit_length() - 1
        if _crew(start, jobs, able, 0, []):
            kept |= at
    return kept


def _crew(
    start: int,
    jobs: Sequence[tuple[int, int, str]],
    able: Sequence[dict[str, int]],
    number: int,
    chosen: list[tuple[str, int]],
) -> bool:
    if number == len(jobs):
        return True
    offset, length, _ = jobs[number]
    busy = span(start + offset, start + offset + length)
    for name, free in able[number].items():
        clash = any(name == other and busy & taken for other, taken in chosen)
        if clash or free & busy != busy:
            continue
        if _crew(start, jobs, able, number + 1, [*chosen, (name, busy)]):
            return True
    return False
