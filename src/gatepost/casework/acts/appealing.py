"""A party appeals against a decision or a hold, within the time the law gives (CT-03).

The appeal is recorded in the case, where the agency reads it; who hears it stands in the right
(:class:`gatepost.authority.entitlement.Entitlement`), and nothing is released or stopped by it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from gatepost.authority.entitlement import Entitlement
from gatepost.casework.acts.gate import party_of_case
from gatepost.casework.acts.model import Act
from gatepost.casework.case import Case
from gatepost.casework.work import Work
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.notice import Refused
from gatepost.release import rules
from gatepost.release.events import AppealLodged
from gatepost.release.model import CLEARING


class Appealable(NamedTuple):
    """What of an agency may be appealed: decided when, by which right, and until which day.

    ``right`` is ``None`` where the description gives none; ``appealed`` when it was done.
    """

    agency: str
    decided: datetime
    right: Entitlement | None
    until: date | None
    appealed: datetime | None


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
    right = next(
        (
            one
            for one in jurisdiction.parts.get("right", ())
            if one.agency == agency and one.about == "appeal" and one.valid.on(day)
        ),
        None,
    )
    until = day + parse_duration(right.within) if right and right.within else None
    appealed = case.release.appeals.get(agency)
    if appealed is not None and appealed < decided:
        appealed = None
    return Appealable(agency, decided, right, until, appealed)


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
