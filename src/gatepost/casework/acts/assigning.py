"""Who does an agency's work on a case: taking it, handing it on, putting it back."""

from __future__ import annotations

import msgspec

from gatepost.authority import rules as authority_rules
from gatepost.authority.decide import Denied, may
from gatepost.authority.model import Power
from gatepost.casework import rules
from gatepost.casework.acts.gate import agency_of, at_post, still_open
from gatepost.casework.acts.model import Act
from gatepost.casework.events import WorkAssigned
from gatepost.casework.settling import question
from gatepost.casework.work import Work
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused

WORKING: tuple[Power, ...] = ("examine", "decide")
"""The powers of which somebody needs one to do an agency's work."""


def assign(work: Work, act: Act) -> None:
    """Give the agency's work on the case to ``officer``, or back to all if none is named.

    An officer of the agency at the post does it, for himself or a colleague there who may
    examine or decide; what is with somebody else is taken over with a ``reason`` alone. It
    binds nobody: whoever has the power may still act.
    """
    still_open(work, act)
    at_post(work, act)
    agency = agency_of(work, act)
    case = work.case(act.reference)
    if work.actor.agency != agency:
        notice = authority_rules.OTHER_AGENCY.notice(
            officer=work.actor.id, serves=work.actor.agency or "no agency", agency=agency
        )
        raise Refused([notice])
    if agency not in case.agencies:
        raise Refused([authority_rules.NOT_CONCERNED.notice(agency=agency)])
    notices = []
    if act.officer is not None and not _can_work(work, act, agency, act.officer):
        post = case.known.post or "any post"
        notices.append(rules.NOT_THEIR_WORK.notice(officer=act.officer, agency=agency, post=post))
    holder = case.assigned.get(agency)
    if holder not in (None, work.actor.id) and not act.reason.strip():
        notices.append(
            rules.TAKEN.notice(agency=agency, reference=act.reference, officer=holder or "")
        )
    if notices:
        raise Refused(notices)
    if holder != act.officer:
        work.happen(act.reference, WorkAssigned(act.officer, act.reason), agency=agency)


def _can_work(work: Work, act: Act, agency: str, officer: str) -> bool:
    """Tell whether an officer of the agency may examine or decide what is in the case."""
    register = work.desk.jurisdiction.register
    if register.agency_of(officer) != agency:
        return False
    known = work.case(act.reference).known
    for power in WORKING:
        asked = question(work, known, agency, power)
        asked = msgspec.structs.replace(asked, actor=Actor(officer, "officer", agency))
        if not isinstance(may(register, asked), Denied):
            return True
    return False
