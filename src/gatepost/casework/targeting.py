"""Putting indicators into force, taking them back, ending them: two officers of the agency.

One officer proposes the step with its reason and, to go live, a back-test of the very wording;
another one, who did not write the indicator, confirms it. It counts from a day that has not begun
(RM-01, IN-01).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from gatepost.authority import rules as authority_rules
from gatepost.casework import projection
from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.indicators import BODY_OF, Kept, evolve, kept_of, kept_row
from gatepost.casework.instruments import stamp_row
from gatepost.casework.once import answered, answered_again
from gatepost.casework.work import ATTEMPTS
from gatepost.kernel.actor import Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.event import Body, Event
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Notice, Refused
from gatepost.ledger.model import Append, Commit, Done
from gatepost.lodgement import rules as lodgement_rules
from gatepost.risk import rules
from gatepost.risk.events import IndicatorStepProposed
from gatepost.risk.life import Evidence, IndicatorStep, State, state_on, wording_of
from gatepost.risk.model import Indicator


class IndicatorAct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One act on a version of an indicator; ``id`` is its key.

    ``propose`` names what it is to become, from which day and why; ``confirm`` takes the step
    that is proposed.
    """

    id: str
    act: Literal["propose", "confirm"]
    indicator: str
    at: datetime
    version: int = 1
    by: str | None = None
    to: State = "live"
    start: date | None = None
    reason: str = ""
    evidence: Evidence | None = None


def take_step(desk: Desk, act: IndicatorAct, now: datetime, by: str | None = None) -> ActAnswer:
    """Do ``act`` and answer; the same id answers the same, and a refused act leaves nothing."""
    key, digest = f"indicator-act|{act.id}", digest_of(act)
    stream = projection.stream_of(projection.INDICATOR, act.indicator)
    actor = desk.actor(act.by or by or "")
    for _ in range(ATTEMPTS):
        known = desk.ledger.act(key)
        if known is not None:
            return answered_again(desk.ledger, act.id, act.indicator, known, digest)
        desk.refresh()
        expected = len(desk.ledger.read(stream))
        kept = kept_on(desk, act.indicator)
        try:
            body = _decide(desk, act, actor, kept, now)
        except Refused as refused:
            return ActAnswer(act.id, "refused", act.indicator, (), refused.notices)
        zone = desk.jurisdiction.country.zone
        event = Event(act.at, body, zone, "manual", actor, actor.agency)
        rows = (kept_row(evolve(kept, event)), stamp_row(stream, expected + 1))
        commit = Commit(key, digest, now, (Append(stream, expected, (event,)),), rows)
        if isinstance(desk.ledger.commit(commit), Done):
            return answered(act.id, act.indicator, (event,))
    return ActAnswer(act.id, "refused", act.indicator, (), (lodgement_rules.BUSY.notice(),))


def kept_on(desk: Desk, indicator: str) -> Kept:
    """Return what is on record of an indicator."""
    value = desk.ledger.row(projection.INDICATOR, indicator)
    return kept_of(value) if value else Kept(indicator)


def _decide(desk: Desk, act: IndicatorAct, actor: Actor, kept: Kept, now: datetime) -> Body:
    """Return what happens, or refuse with everything that is wrong."""
    indicator = _described(desk, act)
    notices = list(_officer(desk, act, actor, indicator))
    if act.at > now:
        notices.append(lodgement_rules.AHEAD_OF_TIME.notice("at", at=str(act.at), now=str(now)))
    today = desk.jurisdiction.law_day(now)
    if act.act == "propose":
        start = act.start or today + timedelta(days=1)
        step = IndicatorStep(act.version, act.to, start, wording_of(indicator))
        if not act.reason.strip():
            notices.append(rules.NO_REASON.notice("reason", id=indicator.id))
        notices += _evidence_faults(step, indicator, act.evidence)
        notices += _step_faults(step, indicator, kept, today)
        if notices:
            raise Refused(notices)
        return IndicatorStepProposed(step, act.reason, act.evidence)
    proposal = kept.proposal
    if proposal is None or proposal.step.version != act.version:
        notices.append(rules.NOTHING_PROPOSED.notice(id=indicator.id, version=act.version))
        raise Refused(notices)
    notices += _second(desk, proposal.by, actor, indicator, today)
    if proposal.step.wording != wording_of(indicator):
        notices.append(rules.WORDING_CHANGED.notice(id=indicator.id, version=act.version))
    else:
        notices += _step_faults(proposal.step, indicator, kept, today)
    if notices:
        raise Refused(notices)
    return BODY_OF[proposal.step.to](proposal.step, proposal.reason, proposal.evidence)


def _described(desk: Desk, act: IndicatorAct) -> Indicator:
    for one in desk.described.indicators.indicators:
        if (one.id, one.version) == (act.indicator, act.version):
            return one
    raise Refused([rules.UNKNOWN_INDICATOR.notice(id=act.indicator, version=act.version)])


def _officer(desk: Desk, act: IndicatorAct, actor: Actor, indicator: Indicator) -> Iterator[Notice]:
    """Yield why this officer may not act on an indicator of that agency."""
    register, day = desk.jurisdiction.register, desk.jurisdiction.law_day(act.at)
    officer = register.officer(actor.id, day)
    may = (
        officer is not None
        and actor.agency == indicator.agency
        and "target" in officer.powers
        and any("target" in mandate.powers for mandate in register.mandates(indicator.agency, day))
    )
    if not may:
        yield rules.MAY_NOT_TARGET.notice(officer=actor.id or "nobody", agency=indicator.agency)


def _second(
    desk: Desk, proposer: str, actor: Actor, indicator: Indicator, day: date
) -> Iterator[Notice]:
    """Yield why this officer is not the second pair of eyes."""
    if actor.id == proposer:
        yield authority_rules.SAME_OFFICER_TWICE.notice(officer=actor.id)
    officer = desk.jurisdiction.register.officer(actor.id, day)
    role = in_language(officer.role).casefold() if officer else actor.id
    if indicator.author == actor.id or indicator.author.casefold() == role:
        yield rules.OWN_INDICATOR.notice(officer=actor.id, id=indicator.id)


def _evidence_faults(
    step: IndicatorStep, indicator: Indicator, evidence: Evidence | None
) -> Iterator[Notice]:
    if step.to != "live":
        return
    problem = None
    if evidence is None:
        problem = "none is attached"
    elif evidence.wording != step.wording:
        problem = "the one attached is of another wording"
    elif not evidence.consignments:
        problem = "the one attached looked at no consignment"
    if problem:
        yield rules.NO_BACKTEST.notice(id=indicator.id, version=indicator.version, problem=problem)


def _step_faults(
    step: IndicatorStep, indicator: Indicator, kept: Kept, today: date
) -> Iterator[Notice]:
    """Yield why a step cannot be taken from its day on."""
    if step.start <= today:
        earliest = (today + timedelta(days=1)).isoformat()
        day = step.start.isoformat()
        yield rules.TOO_SOON.notice("start", day=day, earliest=earliest)
    state = state_on(indicator, kept.steps, step.start - timedelta(days=1))
    after = state_on(indicator, (*kept.steps, step), step.start)
    if state == step.to or after != step.to:
        yield rules.NO_STEP.notice(
            id=indicator.id,
            version=indicator.version,
            state=state,
            day=step.start.isoformat(),
            to=step.to,
        )
