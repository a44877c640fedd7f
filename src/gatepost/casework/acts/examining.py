"""Examining together, taking samples, recording what was found (IC-01, IC-05)."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.authority.decide import Allowed, Denied, find_mandate, may, no_mandate
from gatepost.casework.acts.gate import agency_of, allowed, shut_notices
from gatepost.casework.acts.model import Act
from gatepost.casework.acts.sampling import chain_notices, refuse_bad_digests
from gatepost.casework.settling import agreements_of, question, recognise, settle_case
from gatepost.casework.work import Work
from gatepost.control import decide, rules
from gatepost.control.events import ExaminationPerformed, FindingRecorded
from gatepost.control.model import Control, Finding
from gatepost.control.plan import case_of, qualified
from gatepost.kernel.notice import Notice, Refused
from gatepost.lodgement.model import Lodged


def examine(work: Work, act: Act) -> None:
    """Record one examination by ``agency`` and those named in ``with``, at a ``stop`` of the plan.

    It covers the named ``controls`` or all open ones of these agencies; with a
    stop, those of every consignment of the movement that stand in it. With
    ``result`` the finding is recorded at once for every agency that took part.
    """
    mandate = allowed(work, act, "examine")
    refuse_bad_digests(act)
    agencies = (agency_of(work, act), *act.with_)
    by_agency = {agencies[0]: mandate, **_represented(work, act, agencies)}
    by_case = _controls_meant(work, act, agencies)
    notices: list[Notice] = []
    for reference, controls in by_case.items():
        known = work.case(reference).known
        notices += decide.examination_notices(
            known,
            controls,
            agencies,
            act.controls if reference == act.reference else (),
            agreements_of(work, known).joint,
        )
        notices += _mandate_notices(work, act, known, controls)
    if notices:
        raise Refused(notices)
    for reference, controls in by_case.items():
        work.happen(
            reference,
            ExaminationPerformed(tuple(c.id for c in controls), agencies, act.stop, act.started),
            agency=agencies[0],
            rule=mandate.mandate,
            legal_basis=mandate.legal_basis,
        )
        if act.result is not None:
            for agency in agencies:
                mine = tuple(c.id for c in controls if c.agency == agency)
                _record(work, act, reference, agency, mine, by_agency.get(agency))
        settle_case(work, reference)


def _represented(work: Work, act: Act, agencies: tuple[str, ...]) -> dict[str, Allowed]:
    """Return by which delegation the officer examines for those of ``with`` who are not there.

    Refused where no clause lets them stand together and the officer may not act for them.
    """
    known = work.case(act.reference).known
    agreements = agreements_of(work, known)
    found: dict[str, Allowed] = {}
    notices: list[Notice] = []
    for other in agencies[1:]:
        if agreements.together(agencies[0], other) or not agreements.joint(agencies[0], other):
            continue
        asked = question(work, known, other, "examine")
        answer = may(work.desk.jurisdiction.register, asked)
        if isinstance(answer, Denied):
            notices += answer.notices
        else:
            found[other] = answer
    if notices:
        raise Refused(notices)
    return found


def _mandate_notices(
    work: Work, act: Act, known: Lodged, controls: tuple[Control, ...]
) -> Iterator[Notice]:
    """Yield which agency may not examine these goods: by no mandate of its own, or not now.

    The acting agency has answered for its own case and hours already.
    """
    for agency in dict.fromkeys(control.agency for control in controls):
        asked = question(work, known, agency, "examine")
        mandate = find_mandate(work.desk.jurisdiction.register, asked)
        if mandate is None:
            yield no_mandate(asked)
        elif agency != agency_of(work, act) or known.reference != act.reference:
            yield from shut_notices(work, act, asked, mandate.id)


def _controls_meant(
    work: Work, act: Act, agencies: tuple[str, ...]
) -> dict[str, tuple[Control, ...]]:
    """Return the controls by case; always the act's own case, others only through a stop."""
    case = work.case(act.reference)
    if act.stop is None:
        own = decide.chosen_controls(case.controls.open, agencies, act.controls)
        return {act.reference: own}
    plan = work.movement(case.known.movement).plan
    names = {name for stop in plan.stops if stop.id == act.stop for name in stop.controls}
    references = dict.fromkeys([act.reference, *map(case_of, sorted(names))])
    meant = {}
    for reference in references:
        planned = [c for c in work.case(reference).controls.open if qualified(c) in names]
        chosen = decide.chosen_controls(planned, agencies, act.controls)
        if chosen or reference == act.reference:
            meant[reference] = chosen
    return meant


def find(work: Work, act: Act) -> None:
    """Record ``result`` for ``controls``, or for all the agency has examined and not yet found."""
    mandate = allowed(work, act, "examine")
    refuse_bad_digests(act)
    agency = agency_of(work, act)
    controls = work.case(act.reference).controls
    named = (
        act.controls
        or tuple(
            c.id
            for c in controls.open
            if c.agency == agency and (c.status in ("examined", "sampled") or not c.physical)
        )
        or tuple(c.id for c in controls.open if c.agency == agency)
    )
    notices = list(decide.finding_notices(act.reference, agency, controls.by_id, named))
    notices += chain_notices(work, act.reference, named)
    if act.result is None:
        notices.append(rules.NO_RESULT.notice())
    if notices:
        raise Refused(notices)
    _record(work, act, act.reference, agency, named, mandate)
    settle_case(work, act.reference)


def _record(
    work: Work,
    act: Act,
    reference: str,
    agency: str,
    named: tuple[str, ...],
    by: Allowed | None,
) -> None:
    """Record one finding for each thing checked, and whom it satisfies besides.

    It is stamped with whom the officer acts for, and by which clause (IC-03).
    """
    assert act.result is not None
    for_whom, clause = (by.on_behalf_of, by.clause) if by else (None, None)
    controls = work.case(reference).controls
    groups: dict[tuple[str, str], list[str]] = {}
    for name in named:
        control = controls.by_id[name]
        if control.open:
            groups.setdefault((control.check, control.target), []).append(name)
    for (check, target), names in groups.items():
        law = tuple(dict.fromkeys(b for n in names for b in controls.by_id[n].legal_basis))
        number = len(work.case(reference).controls.findings) + 1
        finding = Finding(
            f"finding-{number}",
            agency,
            tuple(names),
            check,
            target,
            act.result,
            work.at,
            work.actor.id,
            act.code,
            act.text,
            for_whom,
            clause,
            act.evidence,
        )
        source = controls.by_id[names[0]].source
        work.happen(
            reference, FindingRecorded(finding), agency=agency, rule=source, legal_basis=law
        )
        recognise(work, reference, finding, work.case(reference).controls.open)
