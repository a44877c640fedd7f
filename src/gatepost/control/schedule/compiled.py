"""Making a world ready to plan: its stops as visits, jointly or agency by agency.

Agencies of one movement come to one stop. Where officers or hours never let them, the
stop is split into as few as will do, and the reason is kept with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import gcd
from typing import NamedTuple

import msgspec

from gatepost.control.schedule import rules
from gatepost.control.schedule.admit import LAST, clock_of, faults_of, minutes_of
from gatepost.control.schedule.board import Board
from gatepost.control.schedule.minutes import spans, union
from gatepost.control.schedule.problem import Job, Load, Problem, Split, Unplanned, Visit
from gatepost.control.schedule.world import (
    Clock,
    Consignment,
    Examination,
    Hours,
    Order,
    Place,
    World,
)
from gatepost.kernel.notice import Notice, Refused

CALLED = 1000
"""The rank of an officer on call: somebody at the post is always taken before."""


class Wanted(NamedTuple):
    """One stop as asked for, in minutes: whose, and what each agency does there."""

    movement: int
    consignments: tuple[Consignment, ...]
    exams: tuple[tuple[str, str, int, str], ...]
    scan: int

    @property
    def names(self) -> tuple[str, ...]:
        """Return the consignments."""
        return tuple(one.id for one in self.consignments)

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the agencies, in the order asked."""
        return tuple(dict.fromkeys(agency for agency, *_ in self.exams))

    def only(self, agencies: Iterable[str], scan: bool) -> Wanted:
        """Return the part of the stop that these agencies make."""
        kept = set(agencies)
        exams = tuple(one for one in self.exams if one[0] in kept)
        return self._replace(exams=exams, scan=self.scan if scan else 0)


def compile_world(world: World, separate: bool = False) -> Problem:
    """Return ``world`` ready to plan, jointly or with a stop for each agency and consignment.

    Raises ``Refused`` with everything that is wrong in it.
    """
    if faults := faults_of(world):
        raise Refused(faults)
    return _Compiler(world).problem(separate)


def minutes(clock: Clock) -> int:
    """Return a time that was admitted as minutes from midnight."""
    found = minutes_of(clock)
    assert found is not None
    return found


def asked_of(world: World, consignment: Consignment) -> Iterator[tuple[str, str, int, str]]:
    """Yield agency, skill, minutes and stop of each examination, what is usual filled in."""
    usual = {one.id: one for one in world.agencies}
    for asked in consignment.agencies:
        one = Examination(asked) if isinstance(asked, str) else asked
        agency = usual.get(one.agency)
        skill = one.skill or (agency.skill if agency else None) or one.agency
        length = one.minutes or (agency.minutes if agency else None)
        assert length is not None
        yield one.agency, skill, length, one.stop


def places_of(places: int | Sequence[Place], kind: str) -> tuple[Place, ...]:
    """Return the bays or scanners; a number stands for so many that are alike."""
    if isinstance(places, int):
        return tuple(Place(f"{kind}-{number}") for number in range(1, places + 1))
    return tuple(places)


def tier_of(orders: Iterable[Order], consignment: Consignment) -> int:
    """Return the class of a consignment; 0 goes first, and its conveyance with it."""
    found = [one for one in orders if one.kind == "goes_first"]
    tiers = (n for n, one in enumerate(found) if consignment.cargo in one.cargo)
    return next(tiers, len(found))


class _Compiler:
    def __init__(self, world: World) -> None:
        self.world = world
        self.bays = places_of(world.bays, "bay")
        self.scanners = places_of(world.scanners, "scanner")
        self.befores = [one for one in world.order if one.kind == "before"]
        names: dict[str, int] = {}
        for one in world.consignments:
            names.setdefault(one.movement or f"={one.id}", len(names))
        self.movements = names

    @cached_property
    def unit(self) -> int:
        """The longest time unit in which every time of the world is a whole number."""
        world = self.world
        times = [world.positioning, LAST]
        for one in world.consignments:
            times += [minutes(one.arrival), one.scan, minutes(one.known or 0)]
            times += [length for _, _, length, _ in asked_of(world, one)]
        hours: list[Hours] = [one.hours for one in world.agencies]
        for officer in world.officers:
            hours.append(officer.shifts)
            times.append(officer.on_call)
        hours += [one.closed for one in (*self.bays, *self.scanners)]
        times += [minutes(clock) for found in hours for pair in found for clock in pair]
        return gcd(*times)

    def units(self, clock: Clock) -> int:
        return minutes(clock) // self.unit

    def mask(self, hours: Hours) -> int:
        return union((self.units(start), self.units(end)) for start, end in hours)

    def problem(self, separate: bool) -> Problem:
        """Return the whole problem."""
        world, horizon = self.world, LAST // self.unit
        always = (1 << horizon) - 1
        agencies = {one.id: self.mask(one.hours) or always for one in world.agencies}
        officers = tuple(
            (self.mask(one.shifts) or always) & agencies.get(one.agency, always)
            for one in world.officers
        )
        empty = Problem(
            self.unit,
            horizon,
            (),
            tuple(Load(one.id, self.units(one.arrival), one.weight) for one in world.consignments),
            tuple(always & ~self.mask(one.closed) for one in self.bays),
            tuple(always & ~self.mask(one.closed) for one in self.scanners),
            officers,
            tuple(one.on_call // self.unit for one in world.officers),
            tuple(CALLED * (one.on_call > 0) + len(one.skills) for one in world.officers),
            len(self.movements),
            world.positioning // self.unit,
            world.scan_first,
            tuple(one.id for one in self.bays),
            tuple(one.id for one in self.scanners),
            tuple(one.id for one in world.officers),
        )
        return _Placing(self, empty).all(self.separate() if separate else self.joint())

    def joint(self) -> Iterator[Wanted]:
        """Yield one stop for each movement, or several where agencies must not share one."""
        for movement, consignments in self.moved.items():
            exams = [
                (agency, skill, length, one.id, stop)
                for one in consignments
                for agency, skill, length, stop in asked_of(self.world, one)
            ]
            scan = sum(one.scan for one in consignments)
            stop_of: dict[str, str] = {}
            for agency, _, _, _, stop in exams:
                stop_of.setdefault(agency, stop)
            stops = self.stops(stop_of)
            for agencies in stops or [frozenset[str]()]:
                mine = tuple(exam[:4] for exam in exams if exam[0] in agencies)
                named = {name for *_, name in mine}
                there = tuple(one for one in consignments if one.id in named or not stops)
                if mine or scan:
                    yield Wanted(movement, there or tuple(consignments), mine, scan)
                scan = 0

    def stops(self, named: Mapping[str, str]) -> list[frozenset[str]]:
        """Return the agencies of each stop of a movement, in an order that they may come in.

        ``named`` tells by agency the name of its stop. Where two stops would each have to be
        over before the other, nobody shares one.
        """
        found = [
            frozenset(agency for agency in named if named[agency] == stop)
            for stop in dict.fromkeys(named.values())
        ]
        return self.in_order(found) or self.in_order([frozenset({agency}) for agency in named])

    def in_order(self, stops: Sequence[frozenset[str]]) -> list[frozenset[str]]:
        """Return the stops so that each comes after those it waits for; none if they circle."""
        found: list[frozenset[str]] = []
        waiting = list(stops)
        while waiting:
            free = (
                stop
                for stop in waiting
                if not any(self.waits(stop, other) for other in waiting if other is not stop)
            )
            following = next(free, None)
            if following is None:
                return []
            found.append(following)
            waiting.remove(following)
        return found

    def waits(self, stop: Collection[str], other: Collection[str]) -> bool:
        """Tell whether an agency at ``stop`` may only finish after one at ``other``."""
        return any(one.first in other and one.then in stop for one in self.befores)

    def movement(self, one: Consignment) -> int:
        """Return the number of the conveyance on which a consignment travels."""
        return self.movements[one.movement or f"={one.id}"]

    def separate(self) -> Iterator[Wanted]:
        """Yield a stop for each agency and consignment; a movement is scanned at its first."""
        for movement, consignments in self.moved.items():
            scan = sum(one.scan for one in consignments)
            exams = [
                (one, (agency, skill, length, one.id))
                for one in consignments
                for agency, skill, length, _ in asked_of(self.world, one)
            ]
            agencies = [frozenset({agency}) for agency in {exam[0]: 0 for _, exam in exams}]
            for alone in self.in_order(agencies):
                for one, exam in exams:
                    if exam[0] in alone:
                        yield Wanted(movement, (one,), (exam,), scan)
                        scan = 0
            if scan:
                yield Wanted(movement, tuple(consignments), (), scan)

    @cached_property
    def moved(self) -> dict[int, list[Consignment]]:
        """The consignments on each conveyance."""
        found: dict[int, list[Consignment]] = {}
        for one in self.world.consignments:
            found.setdefault(self.movement(one), []).append(one)
        return found


class _Placing:
    """Turns stops as asked for into visits that can be placed, or says why they cannot."""

    def __init__(self, compiler: _Compiler, empty: Problem) -> None:
        self.compiler = compiler
        self.world = compiler.world
        self.empty = empty
        self.board = Board(empty)
        self.tiers = {
            movement: min(tier_of(self.world.order, one) for one in consignments)
            for movement, consignments in compiler.moved.items()
        }
        self.loads = {load.id: number for number, load in enumerate(empty.loads)}
        self.visits: list[Visit] = []
        self.unplanned: list[Unplanned] = []
        self.splits: list[Split] = []

    def all(self, stops: Iterable[Wanted]) -> Problem:
        """Return the problem with a visit for all that can be placed."""
        unscanned: dict[int, Wanted] = {}
        for stop in stops:
            if stop.movement in unscanned:
                stop = stop._replace(scan=unscanned.pop(stop.movement).scan)
            if stop.scan and not self._add(stop):
                unscanned[stop.movement] = stop
            elif not stop.scan:
                self._add(stop)
        for stop in unscanned.values():
            scan = self._visit(stop._replace(exams=()))
            if stop.exams and not self._no_scan(scan):
                self.visits.append(scan)
        visits = tuple(v._replace(after=self._after(n, v)) for n, v in enumerate(self.visits))
        return msgspec.structs.replace(
            self.empty,
            visits=visits,
            unplanned=tuple(self.unplanned),
            splits=tuple(self.splits),
        )

    def _after(self, number: int, visit: Visit) -> tuple[int, ...]:
        """Return the visits of the same movement that must be over before this one."""
        found = []
        for other, one in enumerate(self.visits):
            if other == number or one.movement != visit.movement:
                continue
            scanned = self.world.scan_first and one.scan and not visit.scan
            ordered = self.compiler.waits(visit.agencies, one.agencies)
            if scanned or ordered:
                found.append(other)
        return tuple(found)

    def _add(self, stop: Wanted) -> bool:
        """Add the visit or visits for a stop; tell whether its scan is among them."""
        visit = self._visit(stop)
        reason = self._reason(stop, visit)
        if reason is None:
            self.visits.append(visit)
            return True
        if len(stop.agencies) < 2 or (stop.scan and self._no_scan(visit)):
            self._give_up(stop, reason)
            return False
        made, scan = [], True
        for group in self._fewest(stop):
            part = stop.only(group, scan)
            visit = self._visit(part)
            why = self._impossible(part, visit)
            if why is None:
                self.visits.append(visit)
                made.append(group)
                scan = False
            else:
                self._give_up(part, why)
        if len(made) > 1:
            self.splits.append(Split(stop.names, tuple(made), reason))
        return bool(made)

    def _give_up(self, stop: Wanted, reason: Notice) -> None:
        """Keep for each agency which consignments it cannot examine, and why."""
        for agency in stop.agencies:
            names = tuple(name for one, _, _, name in stop.exams if one == agency)
            self.unplanned.append(Unplanned(names, (agency,), reason))
        if not stop.exams:
            self.unplanned.append(Unplanned(stop.names, (), reason))

    def _visit(self, stop: Wanted) -> Visit:
        compiler, unit = self.compiler, self.compiler.unit
        arrival = max(compiler.units(one.arrival) for one in stop.consignments)
        known = max(
            compiler.units(one.arrival if one.known is None else one.known)
            for one in stop.consignments
        )
        needs = frozenset(need for one in stop.consignments for need in one.needs)
        bays = [n for n, bay in enumerate(compiler.bays) if needs <= set(bay.offers)]
        bays.sort(key=lambda n: len(compiler.bays[n].offers))
        jobs = self._jobs(stop)
        return Visit(
            stop.movement,
            tuple(self.loads[name] for name in stop.names),
            arrival,
            known,
            self.tiers[stop.movement],
            stop.scan // unit,
            needs,
            tuple(bays) if jobs else (),
            max((job.offset + job.length for job in jobs), default=0),
            jobs,
        )

    def _jobs(self, stop: Wanted) -> tuple[Job, ...]:
        """Return the jobs of a stop; one agency does its consignments one after the other."""
        unit = self.compiler.unit
        lengths: dict[tuple[str, str], int] = {}
        whose: dict[tuple[str, str], list[int]] = {}
        for agency, skill, length, name in stop.exams:
            lengths[agency, skill] = lengths.get((agency, skill), 0) + length // unit
            whose.setdefault((agency, skill), []).append(self.loads[name])
        jobs: dict[tuple[str, str], Job] = {}
        alone = [frozenset({agency}) for agency in stop.agencies]
        for (agency,) in self.compiler.in_order(alone):
            for key in (one for one in lengths if one[0] == agency):
                offset = self._offset(agency, lengths[key], jobs.values())
                able = self._able(key[1])
                jobs[key] = Job(agency, key[1], tuple(whose[key]), offset, lengths[key], able)
        return tuple(jobs[key] for key in lengths)

    def _offset(self, agency: str, length: int, earlier: Iterable[Job]) -> int:
        offset = self.empty.positioning
        earlier = tuple(earlier)
        for before in self.compiler.befores:
            if before.then == agency:
                for job in earlier:
                    if job.agency == before.first:
                        over = job.offset + job.length
                        offset = max(offset, over if before.whole else over - length)
        return offset

    def _able(self, skill: str) -> tuple[int, ...]:
        return tuple(
            number
            for number, officer in enumerate(self.world.officers)
            if skill in (officer.skills or (officer.agency,))
        )

    def _no_scan(self, visit: Visit) -> bool:
        return self.board.slot(visit._replace(length=0, jobs=(), bays=())) is None

    def _reason(self, stop: Wanted, visit: Visit) -> Notice | None:
        """Return why a stop cannot be made as asked, or ``None`` if it can."""
        why = self._impossible(stop, visit)
        limit = self.world.joint_within
        slot = self.board.slot(visit)
        at = slot.start if slot else None
        if why is not None or limit is None or at is None or len(stop.agencies) < 2:
            return why
        wait = (at - visit.arrival) * self.empty.unit
        if wait <= limit:
            return None
        groups = self._fewest(stop)
        if len(groups) < 2:
            return None
        return rules.TOO_LONG.notice(
            agencies=", ".join(stop.agencies),
            first=clock_of(at * self.empty.unit),
            wait=wait,
            limit=limit,
        )

    def _impossible(self, stop: Wanted, visit: Visit) -> Notice | None:
        """Return why the visit cannot be made on this day, even if nothing else were done."""
        if self.board.slot(visit) is not None:
            return None
        unit = self.empty.unit
        after = clock_of(visit.arrival * unit)
        if visit.scan and self._no_scan(visit):
            return rules.NO_SCANNER.notice(minutes=visit.scan * unit, after=after)
        for job in visit.jobs:
            if not self.board.job_moments(visit, job) >> visit.arrival:
                length = job.length * unit
                return rules.NOBODY.notice(skill=job.skill, minutes=length, after=after)
        if not self.board.moments(visit._replace(jobs=()), visit.arrival):
            needs = ", ".join(sorted(visit.needs)) or "no more than room"
            length = visit.length * unit
            return rules.NO_BAY.notice(needs=needs, minutes=length, after=after)
        hours = "; ".join(f"{job.agency} {self._hours(visit, job)}" for job in visit.jobs)
        return rules.NEVER_TOGETHER.notice(
            agencies=", ".join(stop.agencies), after=after, hours=hours
        )

    def _hours(self, visit: Visit, job: Job) -> str:
        """Return when somebody could do a job, as text."""
        unit = self.empty.unit
        able = 0
        for officer in job.officers:
            able |= self.board.officers[officer]
        after = able >> visit.arrival << visit.arrival
        return ", ".join(f"{clock_of(a * unit)}-{clock_of(b * unit)}" for a, b in spans(after))

    def _fewest(self, stop: Wanted) -> tuple[tuple[str, ...], ...]:
        """Return the agencies in the fewest groups that can each come together in good time.

        Among as few, those that would be over first if nothing else were to be done. An agency
        that cannot come at all stands alone.
        """
        lone = [a for a in stop.agencies if not self._early(stop, (a,))]
        able = [a for a in stop.agencies if a not in lone]
        best: tuple[tuple[int, int], tuple[tuple[str, ...], ...]] | None = None
        for groups in map(self._turns, partitions(able)):
            if not groups:
                continue
            ends = [self._early(stop, group) for group in groups]
            if all(ends):
                cost = len(groups), sum(end or 0 for end in ends)
                if best is None or cost < best[0]:
                    best = cost, groups
        found = best[1] if best else tuple((agency,) for agency in able)
        turns = self._turns((*found, *((agency,) for agency in lone)))
        return turns or self._turns([(agency,) for agency in stop.agencies])

    def _turns(self, groups: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
        """Return the groups in an order that they may come in; none if they wait in a circle."""
        by_agency = {frozenset(group): group for group in groups}
        return tuple(by_agency[stop] for stop in self.compiler.in_order(list(by_agency)))

    def _early(self, stop: Wanted, group: Sequence[str]) -> int | None:
        """Return when these agencies together would be done; ``None`` if never, or too late.

        A single agency is never too late: there is nobody to part it from.
        """
        visit = self._visit(stop.only(group, True))
        slot = self.board.slot(visit)
        if slot is None:
            return None
        wait = (slot.start - visit.arrival - visit.scan) * self.empty.unit
        limit = self.world.joint_within
        if len(group) > 1 and limit is not None and wait > limit:
            return None
        return slot.end


def partitions(names: Sequence[str]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield every way to put ``names`` into groups."""
    if not names:
        yield ()
        return
    head, rest = names[0], names[1:]
    for groups in partitions(rest):
        yield ((head,), *groups)
        for number, group in enumerate(groups):
            yield (*groups[:number], (head, *group), *groups[number + 1 :])
