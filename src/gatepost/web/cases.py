"""A case as its page shows it: the strip of agencies and steps, who is waited for, and why."""

from __future__ import annotations

from datetime import datetime

import msgspec

from gatepost.casework.desk import Desk
from gatepost.casework.reading import CaseStatus, Reading, status_of
from gatepost.casework.story import Why, reasons
from gatepost.casework.telling import Line, tell, zone_of
from gatepost.release.model import AgencyDecision, Hold
from gatepost.requirement.model import Charge, Need
from gatepost.web.case import timeline
from gatepost.web.case.plan import Plan, plan_shown
from gatepost.web.case.reasons import reasons_of
from gatepost.web.case.slot import Slot, next_slot
from gatepost.web.case.strip import STEPS, Strip, strips_of
from gatepost.web.charts import Rows


class CasePage(msgspec.Struct, frozen=True):
    """Everything the page of one case shows."""

    reference: str
    functional_reference: str
    declarant: str
    accepted_at: datetime
    status: CaseStatus
    story: tuple[Line, ...]
    strips: tuple[Strip, ...]
    wanted: tuple[Need, ...]
    charges: tuple[Charge, ...]
    holds: tuple[Hold, ...]
    decisions: tuple[AgencyDecision, ...]
    whys: tuple[Why, ...]
    timeline: tuple[timeline.Line, ...]
    chart: Rows | None
    plan: Plan | None
    slot: Slot | None

    @property
    def steps(self) -> tuple[str, ...]:
        """Return the names of the steps of the strip."""
        return tuple(str(label) for _, label in STEPS)


def case_page(desk: Desk, reading: Reading, now: datetime) -> CasePage:
    """Return the page of a case at ``now`` as its reader may see it."""
    case, jurisdiction = reading.case, desk.jurisdiction
    interests = case.interests(jurisdiction.users_on)
    whys = tuple(reasons(reading.events))
    return CasePage(
        reading.reference,
        case.known.functional_reference,
        case.known.declarant,
        case.known.accepted_at,
        status_of(reading.reference, case, jurisdiction.users_on),
        tell(desk, reading),
        strips_of(case, interests, reasons_of(jurisdiction, whys)),
        tuple(need for need in case.needs if need.open),
        case.charges,
        tuple(case.release.open_holds),
        tuple(case.release.decisions.values()),
        whys,
        timeline.timeline(jurisdiction, reading),
        timeline.whose_time(case, jurisdiction.users_on, now, zone_of(desk, case)),
        plan_shown(jurisdiction, reading),
        next_slot(desk, reading, now),
    )
