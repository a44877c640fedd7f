"""A post's day made ready to plan: what is due, with the people and places there are.

Every officer is asked for by the one gate for every agency's part of every consignment, so no
plan can hold an assignment that authority would refuse (IC-01, IC-02, IC-03, RP-03).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

import msgspec

from gatepost.authority.decide import Allowed, Denied, Question, may
from gatepost.authority.model import Power
from gatepost.casework.determining import joint_clauses
from gatepost.casework.planning.due import Due, day_starts, due_at
from gatepost.casework.planning.equipment import equipment_of
from gatepost.casework.settling import question
from gatepost.casework.work import Work
from gatepost.control.model import Control, ControlPlan
from gatepost.control.plan import make_plan, qualified
from gatepost.control.schedule import rules
from gatepost.control.schedule.admit import LAST
from gatepost.control.schedule.equipment import closed_by
from gatepost.control.schedule.problem import Unplanned
from gatepost.control.schedule.reading import minutes
from gatepost.control.schedule.roster import (
    Person,
    Spot,
    examined_in,
    joined,
    people_at,
    spots_at,
    time_of,
)
from gatepost.control.schedule.standing import Orders, StandingOrder
from gatepost.control.schedule.world import Consignment, Examination, Officer, Place, World
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused, Rule
from gatepost.lodgement.model import Lodged

ELSEWHERE = "own work"
"""What a delegate could do besides; no control asks for it."""
GRID = 5
"""Whole minutes to which arrivals are rounded up."""


class Visiting(msgspec.Struct, frozen=True):
    """One consignment of the day: its conveyance, why it is examined, and by which clauses.

    ``why`` are the sources of its controls by agency, ``controls`` their names by agency.
    """

    reference: str
    movement: str
    why: dict[str, tuple[str, ...]]
    controls: dict[str, tuple[str, ...]]
    clauses: tuple[str, ...]


class PostDay(msgspec.Struct, frozen=True):
    """The day of a post: the world to plan, and what the plan's names stand for.

    ``roles`` are the officer roles of the people on the roster, ``owners`` the agencies of the
    places; ``unplanned`` is what cannot even be asked of a plan, each with the reason.
    ``act_jointly`` is the standing order that says from which wait on a joint action is suggested.
    """

    post: str
    day: date
    world: World
    consignments: dict[str, Visiting]
    roles: dict[str, str]
    owners: dict[str, str]
    unplanned: tuple[Unplanned, ...]
    act_jointly: StandingOrder | None = None


def post_day(
    work: Work,
    post: str,
    day: date,
    late: Mapping[str, int] | None = None,
    begun: Container[str] | None = None,
) -> PostDay:
    """Return the day of ``post``; ``late`` tells by reference how many minutes it comes later.

    It has all that is asked for on the day, made or not. With ``begun``, the consignments at
    which work began as planned, it is the day as it can still be planned: of all others it has
    what nobody has made yet.

    Refused with PLAN-301 where there is no such post, with PLAN-302 where a reference named as
    late is not due there on the day.
    """
    jurisdiction = work.desk.jurisdiction
    if jurisdiction.register.post(post, day) is None:
        known = ", ".join(sorted({one.id for one in jurisdiction.register.all_posts}))
        raise Refused([rules.NO_SUCH_POST.notice(post=post, day=day.isoformat(), known=known)])
    due = due_at(work, post, day)
    if begun is not None:
        due = list(_still_to_make(due, begun))
    return _Builder(work, post, day, late or {}).built(due)


def _still_to_make(due: Iterable[Due], begun: Container[str]) -> Iterator[Due]:
    for one in due:
        if one.lodged.reference in begun:
            yield one
        elif waiting := tuple(c for c in one.controls if c.status == "open"):
            yield one._replace(controls=waiting)


class _Builder:
    def __init__(self, work: Work, post: str, day: date, late: Mapping[str, int]) -> None:
        self.work = work
        self.post = post
        self.day = day
        self.late = dict(late)
        jurisdiction = work.desk.jurisdiction
        self.register = jurisdiction.register
        self.orders = Orders(jurisdiction.standing_orders, post, day)
        self.people = tuple(people_at(self.register, jurisdiction.hours, post, day))
        self.midnight = day_starts(work, day)
        self.spots = tuple(self._had(one) for one in spots_at(self.register, post, day))
        self.skills: dict[tuple[str, frozenset[str]], str] = {}
        self.answers: dict[object, tuple[str, ...]] = {}
        self.unplanned: list[Unplanned] = []

    def _had(self, spot: Spot) -> Spot:
        """Return a place without the times for which somebody booked it or it is out of order."""
        end = self.midnight + timedelta(minutes=LAST)
        state = equipment_of(self.work.desk, self.post)
        gone = closed_by(state, spot.id, (self.midnight, end))
        if not gone:
            return spot
        closed = [(minutes(a), minutes(b)) for a, b in spot.closed]
        closed += [(self._floor(a), min(LAST, self._minutes(b))) for a, b in gone]
        return spot._replace(closed=tuple(joined(closed)))

    def _floor(self, moment: datetime) -> int:
        passed = (moment - self.midnight).total_seconds()
        return max(0, int(passed // 60) // GRID * GRID)

    def built(self, due: Sequence[Due]) -> PostDay:
        """Return the day on which ``due`` is due."""
        self._check_late(due)
        plans = dict(self._plans(due))
        consignments: list[Consignment] = []
        visiting: dict[str, Visiting] = {}
        for one in due:
            if one.arrival is None:
                self._leave(one, sorted({c.agency for c in one.controls}), rules.NO_ARRIVAL)
                continue
            plan = plans[one.lodged.movement]
            made = self._consignment(one, one.arrival, plan)
            if made is not None:
                consignments.append(made)
                visiting[made.id] = _visiting(one, plan)
        return PostDay(
            self.post,
            self.day,
            self._world(tuple(consignments)),
            visiting,
            {one.id: one.role for one in self.people},
            {one.id: one.agency for one in self.spots},
            tuple(self.unplanned),
            self.orders.act_jointly,
        )

    def _check_late(self, due: Iterable[Due]) -> None:
        """Take lateness by conveyance: what travels together comes together."""
        moved = {one.lodged.reference: one.lodged.movement for one in due}
        wrong = [
            rules.NOT_DUE.notice(reference=one, post=self.post, day=self.day.isoformat())
            for one in self.late
            if one not in moved
        ]
        if wrong:
            raise Refused(wrong)
        self.late = {moved[one]: minutes for one, minutes in self.late.items()}

    def _plans(self, due: Iterable[Due]) -> Iterator[tuple[str, ControlPlan]]:
        """Yield by movement the stops that the agreements in force allow for what is due."""
        moved: dict[str, list[Control]] = {}
        for one in due:
            asked = (msgspec.structs.replace(c, status="open") for c in one.controls)
            moved.setdefault(one.lodged.movement, []).extend(asked)
        for movement, controls in moved.items():
            yield movement, make_plan(controls, joint_clauses(self.work, controls))

    def _minutes(self, moment: datetime) -> int:
        """Return a moment as minutes of the day on the post's clock, on the grid."""
        wall = moment.astimezone(self.midnight.tzinfo).replace(tzinfo=None)
        passed = wall - self.midnight.replace(tzinfo=None)
        minutes = -int(-passed.total_seconds() // 60)
        return max(0, -(-minutes // GRID) * GRID)

    def _consignment(self, one: Due, arrival: datetime, plan: ControlPlan) -> Consignment | None:
        lodged = one.lodged
        stops = {a: stop.id for stop in plan.stops for a in stop.agencies}
        exams: list[Examination] = []
        scan = 0
        for agency in dict.fromkeys(c.agency for c in one.controls):
            mine = [c for c in one.controls if c.agency == agency]
            minutes = self._times(agency, mine)
            if minutes is None:
                self._leave(one, [agency], rules.NO_TIME, agency=agency, post=self.post)
                continue
            scan += minutes["scan"]
            if minutes["work"]:
                skill = self._skill(one, agency, mine)
                if skill is not None:
                    exams.append(Examination(agency, minutes["work"], skill, stops[agency]))
        if not exams and not scan:
            return None
        late = self.late.get(lodged.movement, 0)
        people = lodged.people
        return Consignment(
            lodged.reference,
            self._minutes(arrival) + late,
            tuple(exams),
            scan,
            cargo=self.orders.cargo(lodged.commodities, people),
            needs=self.orders.needs(lodged.commodities, people),
            movement=lodged.movement,
            known=min(self._minutes(lodged.accepted_at), self._minutes(arrival) + late),
        )

    def _times(self, agency: str, controls: Iterable[Control]) -> dict[str, int] | None:
        """Return the minutes at the scanner and of work; ``None`` if one is nowhere stated."""
        found = {"scan": 0, "work": 0}
        for kind, check in dict.fromkeys((c.kind, c.check) for c in controls):
            minutes = time_of(self.register, agency, self.post, kind, check, self.day)
            if minutes is None:
                return None
            found["scan" if kind == "scan" else "work"] += minutes
        return found

    def _skill(self, one: Due, agency: str, controls: Iterable[Control]) -> str | None:
        """Return the name of the skill held by whoever may do this; ``None`` if told why nobody.

        Where nobody of the agency is on the roster, the plan itself says that nobody is there.
        """
        allowed: set[str] = set()
        denied: set[str] = set()
        for person in self.people:
            codes = self._denied(one, person, agency, controls)
            if not codes:
                allowed.add(person.role)
            elif person.agency == agency:
                denied.update(codes)
        if denied and not allowed:
            self._leave(
                one, [agency], rules.NOBODY_MAY, agency=agency, reasons=", ".join(sorted(denied))
            )
            return None
        key = agency, frozenset(allowed)
        if key not in self.skills:
            number = 1 + sum(other == agency for other, _ in self.skills)
            self.skills[key] = agency if number == 1 else f"{agency} {number}"
        return self.skills[key]

    def _denied(
        self, one: Due, person: Person, agency: str, controls: Iterable[Control]
    ) -> tuple[str, ...]:
        """Return the rules by which authority refuses somebody this work; none if it allows it."""
        found: list[str] = []
        actor = Actor(person.role, "officer", person.agency)
        for power, target in dict.fromkeys((_power(c), c.target) for c in controls):
            asked = _question(
                self.work, one.lodged, actor, agency, power, target, self.day, self.post
            )
            if asked not in self.answers:
                answer = may(self.register, asked)
                denied = answer.notices if isinstance(answer, Denied) else ()
                self.answers[asked] = tuple(notice.code for notice in denied)
            found.extend(self.answers[asked])
        return tuple(found)

    def _leave(self, one: Due, agencies: Iterable[str], rule: Rule, **values: str) -> None:
        reason = rule.notice(consignment=one.lodged.reference, **values)
        self.unplanned.append(Unplanned((one.lodged.reference,), tuple(agencies), reason))

    def _world(self, consignments: tuple[Consignment, ...]) -> World:
        """Return the world of the day: what is due, who may do it, and where."""
        held: dict[str, list[str]] = {}
        for (agency, roles), skill in self.skills.items():
            for role in roles:
                held.setdefault(role, []).append(skill)
                if self.register.agency_of(role) != agency:
                    # Who can do more is taken later: the owner's own officers come first.
                    held[role].append(ELSEWHERE)
        officers = tuple(
            Officer(one.id, one.agency, tuple(held[one.role]), one.shifts, one.on_call)
            for one in self.people
            if one.role in held
        )
        return World(
            consignments,
            officers,
            _places(examined_in(self.spots)),
            scanners=_places(one for one in self.spots if one.kind == "scanner"),
            positioning=self.orders.positioning,
            scan_first=self.orders.scan_first,
            order=tuple(self.orders.order()),
            joint_within=self.orders.joint_within,
        )


def _question(
    work: Work,
    lodged: Lodged,
    actor: Actor,
    agency: str,
    power: Power,
    target: str,
    day: date,
    post: str,
) -> Question:
    """Return the question of the gate as it will be asked on the day, at the post."""
    asked = question(work, lodged, agency, power, target=target)
    return msgspec.structs.replace(asked, actor=actor, day=day, post=post)


def asked_of_gate(
    work: Work, lodged: Lodged, actor: Actor, agency: str, day: date, post: str
) -> Allowed | Denied:
    """Return whether ``actor`` may examine a consignment for ``agency`` at ``post`` on ``day``."""
    asked = _question(work, lodged, actor, agency, "examine", "consignment", day, post)
    return may(work.desk.jurisdiction.register, asked)


def _power(control: Control) -> Power:
    return "sample" if control.kind == "sample" else "examine"


def _places(spots: Iterable[Spot]) -> tuple[Place, ...]:
    return tuple(Place(one.id, one.offers, one.closed) for one in spots)


def _visiting(one: Due, plan: ControlPlan) -> Visiting:
    why: dict[str, tuple[str, ...]] = {}
    controls: dict[str, tuple[str, ...]] = {}
    for agency in dict.fromkeys(c.agency for c in one.controls):
        mine = [c for c in one.controls if c.agency == agency]
        why[agency] = tuple(dict.fromkeys(c.source for c in mine))
        controls[agency] = tuple(c.id for c in mine)
    own = {qualified(c) for c in one.controls}
    clauses = dict.fromkeys(
        clause for stop in plan.stops if own & set(stop.controls) for clause in stop.clauses
    )
    lodged = one.lodged
    return Visiting(lodged.reference, lodged.movement, why, controls, tuple(clauses))
