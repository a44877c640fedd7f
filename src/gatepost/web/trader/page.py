"""A case as its trader sees it: one status, the next action, who holds it and why (SW-06)."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from gatepost.casework.acts.appealing import Appealable, appealable
from gatepost.casework.desk import Desk
from gatepost.casework.reading import Reading, WaitingFor, status_of
from gatepost.casework.story import Why, reasons
from gatepost.release.model import CLEARING, AgencyDecision, Answer, Hold
from gatepost.requirement.model import Charge, Need
from gatepost.web.case.slot import Slot, next_slot
from gatepost.web.trader.story import Told, story_of

MINE = "trader to provide"


class Against(msgspec.Struct, frozen=True):
    """What one agency decided against the goods, and what can be done about it until when."""

    agency: str
    decisions: tuple[AgencyDecision, ...]
    holds: tuple[Hold, ...]
    right: str | None
    until: date | None
    appealed: datetime | None
    answer: Answer | None
    open: bool


class TraderCase(msgspec.Struct, frozen=True):
    """Everything the trader's page of one case shows."""

    reference: str
    functional_reference: str
    declarant: str
    agent: str | None
    accepted_at: datetime
    status: str
    waiting: tuple[WaitingFor, ...]
    wanted: tuple[Need, ...]
    charges: tuple[Charge, ...]
    total: float
    against: tuple[Against, ...]
    story: tuple[Told, ...]
    whys: tuple[Why, ...]
    slot: Slot | None

    @property
    def next(self) -> WaitingFor | None:
        """What comes next; what the trader must do goes before what others do."""
        mine = (one for one in self.waiting if one.action == MINE)
        return next(mine, self.waiting[0] if self.waiting else None)

    @property
    def rest(self) -> tuple[WaitingFor, ...]:
        """Whom the case waits for besides."""
        return tuple(one for one in self.waiting if one is not self.next)


def trader_case(desk: Desk, reading: Reading, now: datetime) -> TraderCase:
    """Return the page of a case for one of its parties."""
    case, known = reading.case, reading.case.known
    status = status_of(reading.reference, case, desk.jurisdiction.users_on)
    today = desk.jurisdiction.law_day(now)
    return TraderCase(
        reading.reference,
        known.functional_reference,
        known.declarant,
        known.agent,
        known.accepted_at,
        status.status,
        status.waiting,
        tuple(need for need in case.needs if need.open),
        case.charges,
        round(sum(one.amount for one in case.charges), 2),
        tuple(_against(reading, one, today) for one in appealable(desk.jurisdiction, case)),
        story_of(reading.events),
        tuple(why for why in reasons(reading.events) if why.rule),
        next_slot(desk, reading, now),
    )


def _against(reading: Reading, one: Appealable, today: date) -> Against:
    release = reading.case.release
    decisions = [d for d in release.decisions.values() if d.agency == one.agency]
    return Against(
        one.agency,
        tuple(d for d in decisions if d.kind not in CLEARING),
        tuple(hold for hold in release.open_holds if hold.agency == one.agency),
        one.right.id if one.right else None,
        one.until,
        one.appealed,
        one.answer,
        one.until is not None and today <= one.until and one.appealed is None,
    )
