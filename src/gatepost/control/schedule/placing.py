"""Stops as visits that can be placed: what each takes, whether it can be made, and why not.

Where officers or hours never let the agencies of a stop come together, it is split into as few
as will do, and the reason is kept with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from gatepost.control.schedule import rules
from gatepost.control.schedule.admit import clock_of
from gatepost.control.schedule.board import Board
from gatepost.control.schedule.minutes import spans
from gatepost.control.schedule.problem import Job, Problem, Split, Unplanned, Visit
from gatepost.control.schedule.reading import minutes, places_of, tier_of
from gatepost.control.schedule.wanted import Stops, Wanted
from gatepost.kernel.notice import Notice


class Placing:
    """Turns stops as asked for into visits that can be placed, or says why they cannot."""

    def __init__(self, stops: Stops, empty: Problem) -> None:
        """Begin with an ``empty`` problem: its times and places, and no visit yet."""
        self.stops = stops
        self.world = stops.world
        self.empty = empty
        self.bays = places_of(self.world.bays, "bay")
        self.board = Board(empty)
        self.tiers = {
            movement: min(tier_of(self.world.order, one) for one in consignments)
            for movement, consignments in stops.moved.items()
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
            ordered = self.stops.waits(visit.agencies, one.agencies)
            if scanned or ordered:
                found.append(other)
        return tuple(found)

    def _add(self, asked: Wanted) -> bool:
        """Add the visit or visits for a stop; tell whether its scan is among them."""
        stop = self._allowed(asked)
        if asked.exams and not stop.exams:
            return False
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
            part = self._allowed(stop.only(group, scan))
            if not part.exams:
                continue
            visit = self._visit(part)
            why = self._impossible(part, visit)
            if why is None:
                self.visits.append(visit)
                made.append(part.agencies)
                scan = False
            else:
                self._give_up(part, why)
        if len(made) > 1:
            self.splits.append(Split(stop.names, tuple(made), reason))
        return bool(made)

    def _allowed(self, stop: Wanted) -> Wanted:
        """Return the stop without those who may only finish after one who cannot come (PLAN-210).

        Stops come in the order of their agencies, so what is given up before is known.
        """
        gone = {
            (name, agency)
            for one in self.unplanned
            for agency in one.agencies
            for name in one.consignments
        }
        barred = {
            agency: before
            for agency, _, _, name in stop.exams
            for before in self.stops.befores_of(agency)
            if (name, before) in gone
        }
        for agency, before in barred.items():
            names = tuple(name for one, _, _, name in stop.exams if one == agency)
            shown = ", ".join(names)
            notice = rules.NOT_BEFORE.notice(agencies=agency, consignment=shown, before=before)
            self.unplanned.append(Unplanned(names, (agency,), notice))
        rest = stop.only([one for one in stop.agencies if one not in barred], True)
        return self._allowed(rest) if barred and rest.exams else rest

    def _give_up(self, stop: Wanted, reason: Notice) -> None:
        """Keep for each agency which consignments it cannot examine, and why."""
        for agency in stop.agencies:
            names = tuple(name for one, _, _, name in stop.exams if one == agency)
            self.unplanned.append(Unplanned(names, (agency,), reason))
        if not stop.exams:
            self.unplanned.append(Unplanned(stop.names, (), reason))

    def _visit(self, stop: Wanted) -> Visit:
        unit = self.empty.unit
        arrival = max(minutes(one.arrival) // unit for one in stop.consignments)
        known = max(
            minutes(one.arrival if one.known is None else one.known) // unit
            for one in stop.consignments
        )
        needs = frozenset(need for one in stop.consignments for need in one.needs)
        bays = [n for n, bay in enumerate(self.bays) if needs <= set(bay.offers)]
        bays.sort(key=lambda n: len(self.bays[n].offers))
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
        unit = self.empty.unit
        lengths: dict[tuple[str, str], int] = {}
        whose: dict[tuple[str, str], list[int]] = {}
        for agency, skill, length, name in stop.exams:
            lengths[agency, skill] = lengths.get((agency, skill), 0) + length // unit
            whose.setdefault((agency, skill), []).append(self.loads[name])
        jobs: dict[tuple[str, str], Job] = {}
        alone = [frozenset({agency}) for agency in stop.agencies]
        for (agency,) in self.stops.in_order(alone):
            for key in (one for one in lengths if one[0] == agency):
                offset = self._offset(agency, lengths[key], jobs.values())
                able = self._able(key[1])
                jobs[key] = Job(agency, key[1], tuple(whose[key]), offset, lengths[key], able)
        return tuple(jobs[key] for key in lengths)

    def _offset(self, agency: str, length: int, earlier: Iterable[Job]) -> int:
        offset = self.empty.positioning
        earlier = tuple(earlier)
        for before in self.stops.befores:
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
        return tuple(by_agency[stop] for stop in self.stops.in_order(list(by_agency)))

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
