"""A party appeals against a decision or a hold, within the time the law gives, and is answered.

The appeal is recorded in the case, where the agency reads it; who hears it stands in the right
(:class:`gatepost.authority.entitlement.Entitlement`). The agency answers, or records what the
authority that hears it answered. Nothing is released or stopped by either: what is granted takes
effect by the agency's new decision or lifted hold, and stays on its work list until then (CT-03).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from gatepost.authority.entitlement import Entitlement
from gatepost.casework.acts.gate import agency_of, allowed, party_of_case
from gatepost.casework.acts.model import Act
from gatepost.casework.case import Case
from gatepost.casework.work import Work
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.notice import Refused
from gatepost.release import rules
from gatepost.release.events import AppealAnswered, AppealLodged
from gatepost.release.model import CLEARING, Answer
from gatepost.release.state import ReleaseState


class Appealable(NamedTuple):
    """What of an agency may be appealed: decided when, by which right, and until which day.

    ``right`` is ``None`` where the description gives none; ``appealed`` when it was done, and
    ``answer`` what it came to.
    """

    agency: str
    decided: datetime
    right: Entitlement | None
    until: date | None
    appealed: datetime | None
    answer: Answer | None = None


def appealable(jurisdiction: Jurisdiction, case: Case) -> tuple[Appealable, ...]:
    """Return what of each agency's decisions in a case may be appealed; open holds count too."""
    decided: dict[str, datetime] = {}
    for one in case.release.decisions.values():
        if one.kind not in CLEARING:
            decided[one.agency] = max(one.at, decided.get(one.agency, one.at))
    for hold in case.release.open_holds:
        placed = hold.placed_at
        decided[hold.agency] = max(placed, decided.get(hold.agency, placed))
    return tuple(_appealable(jurisdiction, case, agency, at) for agency, at in decided.items())


def _appealable(
    jurisdiction: Jurisdiction, case: Case, agency: str, decided: datetime
) -> Appealable:
    day = jurisdiction.law_day(decided)
    right = _right_on(jurisdiction, agency, day)
    until = day + parse_duration(right.within) if right and right.within else None
    appealed = case.release.appeals.get(agency)
    if appealed is not None and appealed < decided:
        appealed = None
    answer = case.release.answers.get(agency)
    if appealed is None or (answer is not None and answer.at < appealed):
        answer = None
    return Appealable(agency, decided, right, until, appealed, answer)


def _right_on(jurisdiction: Jurisdiction, agency: str, day: date) -> Entitlement | None:
    """Return the right of appeal against an agency in force on ``day``."""
    rights = jurisdiction.parts.get("right", ())
    about = (one for one in rights if one.agency == agency and one.about == "appeal")
    return next((one for one in about if one.valid.on(day)), None)


def appeal(work: Work, act: Act) -> None:
    """Appeal against what ``agency`` refused or holds, with grounds under ``reason``."""
    party_of_case(work, act)
    agency, jurisdiction = act.agency or "", work.desk.jurisdiction
    case = work.case(act.reference)
    found = next((one for one in appealable(jurisdiction, case) if one.agency == agency), None)
    if found is None:
        notice = rules.NO_DECISION_TO_APPEAL.notice(agency=agency, reference=act.reference)
        raise Refused([notice])
    notices = []
    if found.right is None or found.until is None:
        day = jurisdiction.law_day(found.decided).isoformat()
        notices.append(rules.NO_RIGHT_OF_APPEAL.notice(agency=agency, day=day))
    elif work.day > found.until:
        last = found.until.isoformat()
        notices.append(rules.APPEAL_TOO_LATE.notice(agency=agency, last=last))
    if found.appealed is not None:
        at = found.appealed.isoformat()
        notices.append(rules.APPEALED_ALREADY.notice(agency=agency, reference=act.reference, at=at))
    if not act.reason.strip():
        notices.append(rules.NO_GROUNDS.notice("reason"))
    if notices or found.right is None or found.until is None:
        raise Refused(notices)
    work.happen(
        act.reference,
        AppealLodged(found.right.id, act.reason.strip(), found.until),
        agency=agency,
        rule=found.right.id,
        legal_basis=found.right.legal_basis,
    )


def answer_appeal(work: Work, act: Act) -> None:
    """Answer the open appeal against ``agency`` by ``outcome``, with reasons under ``reason``.

    It takes the power to decide. Whoever decided what is appealed does not answer.
    """
    allowed(work, act, "decide", entering=False)
    agency = agency_of(work, act)
    release = work.case(act.reference).release
    lodged = release.open_appeals.get(agency)
    if lodged is None:
        notice = rules.NO_OPEN_APPEAL.notice(agency=agency, reference=act.reference)
        raise Refused([notice])
    notices = []
    if work.actor.id in _deciders(release, agency, lodged):
        notices.append(rules.OWN_DECISION_APPEALED.notice(officer=work.actor.id, agency=agency))
    if act.outcome is None:
        notices.append(rules.NO_APPEAL_OUTCOME.notice("outcome"))
    if not act.reason.strip():
        notices.append(rules.NO_APPEAL_REASONS.notice("reason"))
    if notices or act.outcome is None:
        raise Refused(notices)
    right = _right_on(work.desk.jurisdiction, agency, work.desk.jurisdiction.law_day(lodged))
    work.happen(
        act.reference,
        AppealAnswered(right.id if right else "", act.outcome, act.reason.strip()),
        agency=agency,
        rule=right.id if right else None,
        legal_basis=right.legal_basis if right else (),
    )


def may_answer(release: ReleaseState, agency: str, officer: str) -> bool:
    """Tell whether an appeal against ``agency`` is open that ``officer`` did not bring about."""
    lodged = release.open_appeals.get(agency)
    return lodged is not None and officer not in _deciders(release, agency, lodged)


def _deciders(release: ReleaseState, agency: str, lodged: datetime) -> set[str]:
    """Return who refused or held for ``agency`` what an appeal lodged then is about."""
    decided = {
        one.officer
        for one in release.decisions.values()
        if one.agency == agency and one.kind not in CLEARING and one.at <= lodged
    }
    held = {
        release.held_by.get(one.id, "")
        for one in release.holds.values()
        if one.agency == agency and one.placed_at <= lodged
    }
    return decided | held
