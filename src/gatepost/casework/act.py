"""Doing an act: once, whatever the number of times it is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from gatepost.casework.acts import (
    amending,
    appealing,
    asking,
    assigning,
    crossing,
    deciding,
    examining,
    handing,
    moving,
    sampling,
    sending,
    summoning,
    treating,
)
from gatepost.casework.acts.gate import is_stranger
from gatepost.casework.acts.model import Act, ActName
from gatepost.casework.answers import ActAnswer, act_answer
from gatepost.casework.desk import Desk, observed
from gatepost.casework.disclosure import USUAL, reader_of, turned_away
from gatepost.casework.events import ActRefused
from gatepost.casework.work import ATTEMPTS, Work
from gatepost.kernel.actor import OPERATOR, Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Notice, Refused
from gatepost.ledger.model import ActRow, Repeated, Stale
from gatepost.lodgement import rules

SKEW = timedelta(minutes=10)
"""How far the clocks of two honest machines may differ."""

ACTS: dict[ActName, Callable[[Work, Act], None]] = {
    "arrive": moving.arrive,
    "present": moving.present,
    "send_on": sending.send_on,
    "remove": moving.remove,
    "exit": crossing.exit_completed,
    "reverse": crossing.reverse,
    "turn_back": crossing.turn_back,
    "readmit": crossing.readmit,
    "request_data": asking.request_data,
    "override": asking.override,
    "examine": examining.examine,
    "sample": sampling.sample,
    "pass_on": sampling.pass_on,
    "treat": treating.treat,
    "find": examining.find,
    "summon": summoning.summon,
    "attend": summoning.attend,
    "decide": deciding.decide,
    "hold": deciding.hold,
    "lift": deciding.lift,
    "meet": deciding.meet,
    "resolve": deciding.resolve,
    "release": deciding.release,
    "assign": assigning.assign,
    "hand_over": handing.hand_over,
    "tick": deciding.tick,
    "withdraw": amending.withdraw,
    "appeal": appealing.appeal,
    "answer_appeal": appealing.answer_appeal,
    "amend": amending.amend,
}


@observed("act")
def perform(desk: Desk, act: Act, now: datetime, by: str | None = None) -> ActAnswer:
    """Do ``act`` for ``by`` (or whom the act names) and answer; the same id answers the same.

    A refused act leaves nothing but the record of its refusal. Somebody to whom nothing of the
    case is open is told that there is no such case, whether there is one or not, and on the
    record of readings stands that it was tried.
    """
    key, digest = f"act|{act.id}", digest_of(act)
    actor = desk.actor(act.by or by or OPERATOR.id)
    for _ in range(ATTEMPTS):
        known = desk.ledger.act(key)
        if known is not None:
            return _again(desk, act, known, digest)
        work = Work(desk, now, act.at, act.source, act.zone, actor)
        try:
            work.case(act.reference)
        except Refused as refused:
            return _turned_away(desk, act, actor, refused, now)
        try:
            _not_ahead_of_time(work)
            ACTS[act.act](work, act)
        except Refused as refused:
            if is_stranger(Work(desk, now, act.at, act.source, act.zone, actor), act):
                return _turned_away(desk, act, actor, refused, now)
            work = Work(desk, now, act.at, act.source, act.zone, actor)
            work.case(act.reference)
            work.happen(act.reference, ActRefused(act.act, refused.notices), agency=act.agency)
        outcome = work.commit(key, digest)
        if not isinstance(outcome, Repeated | Stale):
            return act_answer(act.id, act.reference, work.happened)
    return ActAnswer(act.id, "refused", act.reference, (), (rules.BUSY.notice(),))


def _turned_away(desk: Desk, act: Act, actor: Actor, refused: Refused, now: datetime) -> ActAnswer:
    """Answer that there is no such case. The id stays free: it was used for nothing."""
    reader, code = reader_of(desk, actor, USUAL, "read", now), refused.notices[0].code
    answer = turned_away(desk, act.reference, reader, code, now, "act")
    return ActAnswer(act.id, "refused", None, (), answer.notices)


def _not_ahead_of_time(work: Work) -> None:
    """Refuse an act dated after its recording: dating ahead would outrun holds and limits.

    The operator replays history and rehearses what is to come, and may.
    """
    if work.actor.kind != "operator" and work.at > work.now + SKEW:
        at, now = work.at.isoformat(), work.now.isoformat()
        raise Refused([rules.AHEAD_OF_TIME.notice("at", at=at, now=now)])


def _again(desk: Desk, act: Act, known: ActRow, digest: str) -> ActAnswer:
    """Answer from the events the first time caused; other content under one id is a conflict."""
    if known.digest != digest:
        notice: Notice = rules.ACT_CONFLICT.notice(id=act.id)
        return ActAnswer(act.id, "refused", act.reference, (), (notice,))
    events = [
        recorded.event
        for span in known.appends
        for recorded in desk.ledger.read(span.stream, span.first - 1)
        if recorded.version <= span.last
    ]
    return act_answer(act.id, act.reference, events)
