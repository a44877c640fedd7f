"""From a data set to needs, assessment, controls and plan; asked at lodgement and again later.

The same steps run when a declaration is lodged, when it is amended and when the
conveyance arrives. What comes out as before is not recorded again.
"""

from __future__ import annotations

from collections.abc import Sequence

from gatepost.casework.easing import Easing
from gatepost.casework.settling import agreements_of, recognise, settle_case
from gatepost.casework.work import Work
from gatepost.control.events import ControlsOrdered, PlanMade
from gatepost.control.model import Control
from gatepost.control.order import ordered_controls
from gatepost.control.plan import ClauseBetween, case_of, make_plan, planned_controls
from gatepost.permit.match import Papers
from gatepost.release.events import DecisionsLapsed
from gatepost.requirement.determine import determine
from gatepost.requirement.events import NeedsDetermined
from gatepost.risk.assess import assess, channels_of
from gatepost.risk.events import AssessmentMade
from gatepost.risk.model import highest

ARRIVAL, AMENDMENT = "arrival", "amendment"


def determine_case(work: Work, reference: str, cause: str | None = None) -> None:
    """Record what all agencies need of the case now, and everything that follows.

    ``cause`` says why it is looked at again. Decisions given before the release lapse
    when something changed, and always when the data they were given on was amended.
    """
    before = work.case(reference)
    changed = _needs_and_controls(work, reference, cause)
    given = before.release.decisions or before.release.denied
    moved = changed or cause == AMENDMENT
    if cause is not None and moved and given and before.release.released is None:
        work.happen(reference, DecisionsLapsed(cause))
    if changed:
        replan(work, work.case(reference).known.movement)
    settle_case(work, reference)


def _needs_and_controls(work: Work, reference: str, cause: str | None) -> bool:
    jurisdiction = work.desk.jurisdiction
    case = work.case(reference)
    lodged = case.known
    first = not case.needs and not case.controls.by_id
    consignment = work.consignment(reference)
    found = determine(
        jurisdiction.requirements.on(lodged.day),
        consignment,
        lodged.accepted_at,
        Papers(consignment).first,
        jurisdiction.fees.on(lodged.day),
    )
    changed = False
    if found.needs != case.needs or found.charges != case.charges:
        changed = True
        work.happen(reference, NeedsDetermined(found.needs, found.charges))
    secret = work.desk.secret(lodged.day, work.now)
    easing = Easing(work.desk, consignment, reference)
    assessment = assess(jurisdiction.indicators, consignment, reference, secret, easing)
    ordered = ordered_controls(
        reference,
        found.prescribed,
        assessment.live,
        case.controls.by_id,
        due=cause == AMENDMENT and lodged.is_here,
    )
    controls = jurisdiction.placings.on(lodged.day).placed(ordered, consignment, lodged.post)
    if {control.id: control for control in controls} != case.controls.by_id or first:
        changed = True
        kinds = [(c.agency, c.kind) for c in controls if c.status != "cancelled"]
        channel = highest([kind for _, kind in kinds])
        made = AssessmentMade(assessment.hits, channels_of(kinds), channel, assessment.spared)
        work.happen(reference, made)
        if controls or case.controls.by_id:
            work.happen(reference, ControlsOrdered(controls))
            _recognise_earlier(work, reference)
    return changed


def _recognise_earlier(work: Work, reference: str) -> None:
    """Let what was found before satisfy what is asked for now, but no officer's own order."""
    for finding in work.case(reference).controls.findings:
        asked = [
            control
            for control in work.case(reference).controls.open
            if control.status == "open" and control.source != "officer"
        ]
        recognise(work, reference, finding, asked)


def replan(work: Work, movement_key: str) -> None:
    """Plan the movement anew from the open controls of its cases; record a plan that differs."""
    movement = work.movement(movement_key)
    planned = {case_of(name) for name in planned_controls(movement.plan)}
    concerned = [one for one in movement.cases if one in planned or work.touched(one)]
    controls = [
        control
        for reference in concerned
        if (case := work.case(reference)).status not in ("withdrawn", "removed")
        for control in case.controls.open
    ]
    if not controls and not planned:
        return
    plan = make_plan(controls, joint_clauses(work, controls))
    if plan != movement.plan:
        cases = tuple(dict.fromkeys(control.case for control in controls))
        register = work.desk.jurisdiction.register
        clauses = dict.fromkeys(clause for stop in plan.stops for clause in stop.clauses)
        law = tuple(dict.fromkeys(one for name in clauses for one in register.clause_law(name)))
        work.move(movement_key, PlanMade(plan, cases), legal_basis=law)


def joint_clauses(work: Work, controls: Sequence[Control]) -> ClauseBetween:
    """Return which clause lets two agencies share a stop on the movement of ``controls``.

    It must cover every consignment in which one of the two has a control: an agreement
    on flowers opens no stop on the steel beside them.
    """
    present: dict[str, set[str]] = {}
    for control in controls:
        present.setdefault(control.case, set()).add(control.agency)
    agreements = {case: agreements_of(work, work.case(case).known) for case in present}

    def between(one: str, other: str) -> str | None:
        found = None
        for case, agencies in present.items():
            if one in agencies or other in agencies:
                clause = agreements[case].joint(one, other)
                if clause is None:
                    return None
                found = found or clause
        return found

    return between
