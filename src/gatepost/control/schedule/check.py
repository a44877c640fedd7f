"""Whether a plan keeps every constraint of its world. Whoever made it, it is checked here.

Nothing is shared with the planning itself but the words: what is looked at are minutes,
names and spans of time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise

from gatepost.control.schedule import rules
from gatepost.control.schedule.admit import LAST, clock_of
from gatepost.control.schedule.overtaking import Overtaking
from gatepost.control.schedule.reading import asked_of, minutes, places_of
from gatepost.control.schedule.timetable import Halt, Timetable, Work
from gatepost.control.schedule.world import Consignment, Hours, Officer, Place, World
from gatepost.kernel.notice import Notice, Rule


def violations(world: World, plan: Timetable, now: int = 0) -> list[Notice]:
    """Return every constraint of ``world`` that ``plan`` breaks; none if it may be carried out.

    What began before ``now``, in minutes from midnight, took its place from nobody who became
    known later.
    """
    return list(_Checker(world, plan, now).all())


class _Checker:
    def __init__(self, world: World, plan: Timetable, now: int) -> None:
        self.world = world
        self.now = now
        self.plan = plan
        self.consignments = {one.id: one for one in world.consignments}
        self.officers = {one.id: one for one in world.officers}
        self.bays = {one.id: one for one in places_of(world.bays, "bay")}
        self.scanners = {one.id: one for one in places_of(world.scanners, "scanner")}
        self.hours = {one.id: one.hours for one in world.agencies}

    def all(self) -> Iterator[Notice]:
        """Yield everything wrong; what cannot be looked at is told first and alone."""
        unknown = list(self.unknown())
        yield from unknown
        if unknown:
            return
        yield from self.asked()
        for halt in self.plan.halts:
            yield from self.halt(halt)
            for work in halt.work:
                yield from self.work(halt, work)
        yield from self.scans()
        yield from self.taken()
        yield from self.ordered()
        yield from Overtaking(self.world, self.plan, self.now).all()

    def unknown(self) -> Iterator[Notice]:
        """Yield names that the world does not have."""
        named: list[tuple[str | None, Mapping[str, object]]]
        for halt in self.plan.halts:
            named = [(halt.bay, self.bays), (halt.scanner, self.scanners)]
            named += [(work.officer, self.officers) for work in halt.work]
            named += [(name, self.consignments) for name in halt.consignments]
            named += [(name, self.consignments) for one in halt.work for name in one.consignments]
            for name, known in named:
                if name is not None and name not in known:
                    yield rules.NO_SUCH_PLACE.notice(halt.id, place=name)

    @cached_property
    def given_up(self) -> set[tuple[str, str]]:
        """The examinations for which the plan gives a reason why they are not in it."""
        return {
            (name, agency)
            for one in self.plan.unplanned
            for name in one.consignments
            for agency in one.agencies or ("",)
        }

    def asked(self) -> Iterator[Notice]:
        """Every examination once, none that nobody asked for."""
        done: dict[tuple[str, str], int] = {}
        for halt in self.plan.halts:
            for work in halt.work:
                for name in work.consignments:
                    done[name, work.agency] = done.get((name, work.agency), 0) + 1
        asked = {
            (one.id, agency)
            for one in self.world.consignments
            for agency, *_ in asked_of(self.world, one)
        }
        for name, agency in sorted(asked - done.keys() - self.given_up):
            yield rules.LEFT_OUT.notice(name, agency=agency, consignment=name)
        for (name, agency), count in sorted(done.items()):
            if (name, agency) not in asked:
                yield rules.NOT_ASKED.notice(name, agency=agency, consignment=name)
            elif count > 1 or (name, agency) in self.given_up:
                yield rules.TWICE.notice(name, agency=agency, consignment=name)

    def halt(self, halt: Halt) -> Iterator[Notice]:
        """A halt comes after the arrival, in a bay that is open, fits and is long enough taken."""
        begins = [halt.start] if halt.scan_start is None else [halt.start, halt.scan_start]
        for name in halt.consignments:
            one = self.consignments[name]
            if min(begins) < minutes(one.arrival):
                shown = clock_of(min(begins))
                arrival = clock_of(minutes(one.arrival))
                yield rules.TOO_EARLY.notice(
                    halt.id, consignment=name, start=shown, arrival=arrival
                )
            for need in one.needs:
                if halt.bay is not None and need not in self.bays[halt.bay].offers:
                    yield rules.PLACE_UNFIT.notice(
                        halt.id, consignment=name, need=need, place=halt.bay
                    )
        if halt.work and halt.bay is None:
            yield rules.NO_SUCH_PLACE.notice(halt.id, place="bay for this stop")
        if halt.bay is not None:
            yield from self.open(halt.id, self.bays[halt.bay], halt.start, halt.end)
        if halt.scanner is not None and halt.scan_start is not None and halt.scan_end is not None:
            place = self.scanners[halt.scanner]
            yield from self.open(halt.id, place, halt.scan_start, halt.scan_end)

    def open(self, where: str, place: Place, start: int, end: int) -> Iterator[Notice]:
        """A place is not closed while it is taken."""
        closed = any(a < end and start < b for a, b in _spans(place.closed))
        if closed or end > LAST or start < 0:
            yield rules.PLACE_CLOSED.notice(where, place=place.id, start=clock_of(start))

    def work(self, halt: Halt, work: Work) -> Iterator[Notice]:
        """An officer has the skill and the duty, takes as long as asked, once all is unloaded."""
        officer = self.officers[work.officer]
        if work.skill not in (officer.skills or (officer.agency,)):
            yield rules.NOT_SKILLED.notice(
                halt.id, officer=officer.id, skill=work.skill, agency=work.agency
            )
        if not self.on_duty(officer, work.start, work.end):
            yield rules.OFF_DUTY.notice(
                halt.id, officer=officer.id, start=clock_of(work.start), end=clock_of(work.end)
            )
        wanted = 0
        for name in work.consignments:
            one = self.consignments[name]
            for agency, skill, length, _ in asked_of(self.world, one):
                if agency == work.agency:
                    wanted += length
                    if skill != work.skill:
                        yield rules.NOT_SKILLED.notice(
                            halt.id, officer=officer.id, skill=skill, agency=agency
                        )
            yield from self.called(halt, officer, one, work.start)
        if work.end - work.start != wanted:
            yield rules.WRONG_LENGTH.notice(
                halt.id, what=work.agency, wanted=wanted, given=work.end - work.start
            )
        opened = halt.start + self.world.positioning
        if work.start < opened or work.end > halt.end:
            yield rules.WRONG_LENGTH.notice(
                halt.id,
                what="the stop",
                wanted=max(work.end, work.end - work.start + opened) - halt.start,
                given=halt.end - halt.start,
            )

    def on_duty(self, officer: Officer, start: int, end: int) -> bool:
        """Tell whether the officer is on duty all the time, within the hours of the agency."""
        return all(
            any(a <= start and end <= b for a, b in _joined(hours)) or (not hours and end <= LAST)
            for hours in (officer.shifts, self.hours.get(officer.agency, ()))
        )

    def called(
        self, halt: Halt, officer: Officer, one: Consignment, start: int
    ) -> Iterator[Notice]:
        """An officer on call is not there before the call has been answered."""
        there = minutes(one.arrival if one.known is None else one.known) + officer.on_call
        if officer.on_call and start < there:
            yield rules.NOT_THERE_YET.notice(halt.id, officer=officer.id, there=clock_of(there))

    def scans(self) -> Iterator[Notice]:
        """What is to be scanned is, for as long as asked; and before it is opened."""
        moved: dict[str, list[Consignment]] = {}
        for one in self.world.consignments:
            moved.setdefault(one.movement or f"={one.id}", []).append(one)
        for consignments in moved.values():
            names = {one.id for one in consignments}
            mine = [halt for halt in self.plan.halts if names & set(halt.consignments)]
            wanted = sum(one.scan for one in consignments)
            spans = [
                (halt.scan_start, halt.scan_end)
                for halt in mine
                if halt.scan_start is not None and halt.scan_end is not None
            ]
            given = sum(end - start for start, end in spans)
            gone = any(
                (one.id, agency) in self.given_up
                for one in consignments
                for agency in self._whom(one)
            )
            shown = ", ".join(sorted(names))
            if wanted and not given:
                if not gone:
                    yield rules.NOT_SCANNED.notice(shown, consignment=shown)
            elif given != wanted and not (gone and given < wanted):
                yield rules.WRONG_LENGTH.notice(shown, what="the scan", wanted=wanted, given=given)
            if self.world.scan_first and spans:
                last = max(end for _, end in spans)
                for halt in mine:
                    if halt.work and halt.start < last:
                        yield rules.OPENED_UNSCANNED.notice(
                            halt.id, consignment=shown, start=clock_of(halt.start)
                        )

    def _whom(self, one: Consignment) -> tuple[str, ...]:
        return (*(agency for agency, *_ in asked_of(self.world, one)), "")

    def taken(self) -> Iterator[Notice]:
        """Nobody and nothing is at two places at once."""
        taken: dict[tuple[Rule, str, str], list[tuple[int, int]]] = {}
        movement = {one.id: one.movement or f"={one.id}" for one in self.world.consignments}
        for halt in self.plan.halts:
            moved = {movement[name] for name in halt.consignments}
            uses: list[tuple[Rule, str, str, int, int]] = []
            if halt.bay is not None:
                uses.append((rules.PLACE_TAKEN, "place", halt.bay, halt.start, halt.end))
                for one in moved:
                    uses.append((rules.IN_TWO_PLACES, "consignment", one, halt.start, halt.end))
            if halt.scanner and halt.scan_start is not None and halt.scan_end is not None:
                start, end = halt.scan_start, halt.scan_end
                uses.append((rules.PLACE_TAKEN, "place", halt.scanner, start, end))
                for one in moved:
                    uses.append((rules.IN_TWO_PLACES, "consignment", one, start, end))
            for work in halt.work:
                who = (rules.OFFICER_TAKEN, "officer", work.officer)
                uses.append((*who, work.start, work.end))
            for rule, key, name, start, end in uses:
                taken.setdefault((rule, key, name), []).append((start, end))
        for (rule, key, name), spans in taken.items():
            for (_, end), (start, _) in pairwise(sorted(spans)):
                if start < end:
                    shown = name.removeprefix("=")
                    yield rule.notice("", **{key: shown, "start": clock_of(start)})

    def ordered(self) -> Iterator[Notice]:
        """Agencies finish a consignment in the order prescribed; who waits for one that has no
        place on this day has none either, unless it began before that was known.
        """
        works: dict[tuple[str, str], Work] = {}
        begun = set()
        for halt in self.plan.halts:
            for work in halt.work:
                for name in work.consignments:
                    works[name, work.agency] = work
                    if halt.begun_by(self.now):
                        begun.add((name, work.agency))
        for order in self.world.order:
            if order.kind != "before" or order.first is None or order.then is None:
                continue
            for one in self.world.consignments:
                before, after = works.get((one.id, order.first)), works.get((one.id, order.then))
                if after is None or before is None:
                    ahead = (one.id, order.first) in self.given_up
                    wrong = ahead and after is not None and (one.id, order.then) not in begun
                else:
                    wrong = (after.start if order.whole else after.end) < before.end
                if wrong:
                    yield rules.OUT_OF_ORDER.notice(
                        one.id,
                        consignment=one.id,
                        first=order.first,
                        then=order.then,
                        order=order.id,
                    )


def _spans(hours: Hours) -> list[tuple[int, int]]:
    return [(minutes(start), minutes(end)) for start, end in hours]


def _joined(hours: Hours) -> list[tuple[int, int]]:
    """Return the hours with those that meet made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(_spans(hours)):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
