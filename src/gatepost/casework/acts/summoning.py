"""Calling a specialist who is not at the post, and the clock of the answer (IC-04)."""

from __future__ import annotations

from datetime import timedelta

from gatepost.authority import rules as authority_rules
from gatepost.casework.acts.gate import at_post
from gatepost.casework.acts.model import Act
from gatepost.casework.planning.due import minutes_of_day
from gatepost.casework.work import Work
from gatepost.control import rules
from gatepost.control.events import SpecialistAttended, SpecialistSummoned, SummonsEscalated
from gatepost.control.model import Summons
from gatepost.control.schedule.reading import minutes
from gatepost.control.schedule.roster import Person, people_at
from gatepost.kernel.actor import SYSTEM
from gatepost.kernel.notice import Refused


def summon(work: Work, act: Act) -> None:
    """Call the officer of ``agency`` who is on call for the post of the case at that moment.

    Any officer at the post may call. The roster says how long the way is; when that time is over
    and nobody has come, the regional unit is told (``tick``). Refused where somebody of the
    agency is on duty at the post, and where nobody is on call.
    """
    at_post(work, act)
    case = work.case(act.reference)
    agency = act.agency or ""
    if agency not in case.agencies:
        raise Refused([authority_rules.NOT_CONCERNED.notice(agency=agency or "nobody")])
    waiting = _waiting(work, act.reference, agency)
    if waiting is not None:
        due = waiting.due.astimezone(work.desk.jurisdiction.zone)
        values = {"officer": waiting.officer, "reference": act.reference, "due": f"{due:%H:%M}"}
        raise Refused([rules.CALLED_ALREADY.notice(**values)])
    person = _on_call(work, agency, case.known.post or "")
    name = f"summons-{len(case.controls.summons) + 1}"
    due = work.at + timedelta(minutes=person.on_call)
    work.happen(act.reference, SpecialistSummoned(name, person.role, due), agency=agency)


def _waiting(work: Work, reference: str, agency: str) -> Summons | None:
    calls = work.case(reference).controls.summons.values()
    return next((one for one in calls if one.agency == agency and one.minutes is None), None)


def _on_call(work: Work, agency: str, post: str) -> Person:
    """Return who is on call for the post now; refused where somebody is there, or nobody is."""
    jurisdiction = work.desk.jurisdiction
    passed = minutes_of_day(work, work.day)
    people = people_at(jurisdiction.register, jurisdiction.hours, post, work.day)
    now = [
        one
        for one in people
        if one.agency == agency and any(minutes(a) <= passed < minutes(b) for a, b in one.shifts)
    ]
    there = next((one for one in now if not one.on_call), None)
    if there is not None:
        raise Refused([rules.AT_THE_POST.notice(officer=there.role, agency=agency, post=post)])
    if not now:
        at = work.at.astimezone(jurisdiction.zone)
        raise Refused([rules.NOBODY_ON_CALL.notice(agency=agency, post=post, at=f"{at:%H:%M}")])
    return min(now, key=lambda one: one.on_call)


def attend(work: Work, act: Act) -> None:
    """Record that the officer called for ``agency``, or the officer's own, has come to the post."""
    at_post(work, act)
    agency = act.agency or work.actor.agency or ""
    waiting = _waiting(work, act.reference, agency)
    if waiting is None:
        raise Refused([rules.NOT_CALLED.notice(agency=agency, reference=act.reference)])
    took = int((work.at - waiting.at).total_seconds()) // 60
    work.happen(act.reference, SpecialistAttended(waiting.id, max(0, took)), agency=agency)


def escalate(work: Work, reference: str) -> None:
    """Tell the regional unit of each specialist who should have come by now and has not."""
    known = work.case(reference).known
    register = work.desk.jurisdiction.register
    for one in work.case(reference).controls.summons.values():
        if one.minutes is None and not one.escalated and work.at > one.due:
            unit = register.unit_at(one.agency, "regional", known.post, work.day)
            body = SummonsEscalated(one.id, unit)
            work.happen(reference, body, agency=one.agency, actor=SYSTEM)
