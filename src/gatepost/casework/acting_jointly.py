"""Proposing, joining and stopping joint actions, and what they changed at the post (RP-06)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from gatepost.casework import projection
from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.keeping import Keeping, Named, keep
from gatepost.cooperation import action
from gatepost.cooperation import action_events as events
from gatepost.cooperation import action_rules as rules
from gatepost.cooperation.action import JointAction, Proposal
from gatepost.cooperation.action_events import Effect
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Notice, Refused
from gatepost.ledger.model import Row

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(JointAction).decode


class JointAct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One act on a joint action; ``id`` is its key.

    ``propose`` reads ``title``, ``post``, ``trigger`` (what set it off), ``agencies``,
    ``measures`` (one sentence each), ``until`` and ``like``, an earlier action from which the
    rest is taken. ``join`` is for the officer's agency; when all have joined it begins.
    ``stop`` reads ``result``: what came of it.
    """

    id: str
    act: Literal["propose", "join", "stop"]
    action: str
    at: datetime
    by: str | None = None
    title: str = ""
    post: str = ""
    trigger: str = ""
    agencies: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    until: datetime | None = None
    like: str | None = None
    result: str = ""


def act_jointly(desk: Desk, act: JointAct, now: datetime, by: str | None = None) -> ActAnswer:
    """Do ``act`` for ``by`` (or whom the act names) and answer; refused acts leave nothing."""
    named = Named(act.id, act.action, act.at, act.by or by or "")
    return keep(
        desk, projection.ACTION, named, act, now, lambda keeping: _decide(keeping, act), action_row
    )


def _decide(keeping: Keeping, act: JointAct) -> None:
    register, actor, day = keeping.desk.jurisdiction.register, keeping.actor, keeping.day
    known = _folded(keeping.events(act.action))
    if act.act == "propose":
        _propose(keeping, act, known)
        return
    if known is None:
        raise Refused([rules.UNKNOWN_ACTION.notice("action", id=act.action)])
    if act.act == "join":
        _refuse(action.joining_notices(register, actor, known, day))
        keeping.happen(act.action, events.JointActionJoined(actor.agency or ""))
        _begin(keeping, act.action)
        return
    _refuse(action.stopping_notices(register, actor, known, act.result, day))
    effect = effect_of(keeping.desk, known, keeping.at)
    keeping.happen(act.action, events.JointActionStopped(act.result, effect))


def _propose(keeping: Keeping, act: JointAct, known: JointAction | None) -> None:
    earlier = _folded(keeping.events(act.like)) if act.like else None
    if act.like and earlier is None:
        raise Refused([rules.UNKNOWN_ACTION.notice("like", id=act.like)])
    given = Proposal(
        act.action,
        act.title,
        act.post,
        act.trigger,
        act.agencies,
        act.measures,
        act.until,
        act.like,
    )
    wanted = action.filled(given, earlier)
    register = keeping.desk.jurisdiction.register
    _refuse(
        action.proposal_notices(
            register, keeping.actor, wanted, known is not None, keeping.at, keeping.day
        )
    )
    assert wanted.until is not None
    body = events.JointActionProposed(
        wanted.id,
        wanted.title,
        wanted.post,
        wanted.trigger,
        wanted.agencies,
        wanted.measures,
        wanted.until,
        wanted.like,
    )
    keeping.happen(act.action, body)
    keeping.happen(act.action, events.JointActionJoined(keeping.actor.agency or ""))


def _begin(keeping: Keeping, key: str) -> None:
    """Let it begin once all agencies have joined."""
    known = _folded(keeping.events(key))
    if known is not None and known.begun_at is None and set(known.agencies) <= set(known.joined):
        keeping.happen(key, events.JointActionBegun())


def _refuse(notices: Iterable[Notice]) -> None:
    if found := list(notices):
        raise Refused(found)


def _folded(happened: Iterable[Event]) -> JointAction | None:
    found: JointAction | None = None
    for event in happened:
        found = action.evolve(found, event)
    return found


def action_row(key: str, happened: Iterable[Event]) -> Row:
    """Return the row of a joint action, in the list of its post."""
    found = _folded(happened)
    assert found is not None
    at = projection.instant(found.proposed_at)
    return Row(projection.ACTION, key, _encode(found), None, found.post, at)


def actions(desk: Desk, post: str | None = None) -> list[JointAction]:
    """Return the actions on record, of a post if one is named, the oldest first."""
    return [_decode(row.value) for row in desk.ledger.rows(projection.ACTION, post=post)]


def effect_of(desk: Desk, known: JointAction, now: datetime) -> Effect:
    """Return how long consignments stood at the post since the action began, and before.

    The time before is as long as the action lasted so far and ends where it begins. Of a short
    action on a quiet day the means say little: the numbers of cases stand beside them.
    """
    assert known.begun_at is not None
    length = now - known.begun_at
    before, cases_before, _ = _stood(desk, known.post, known.begun_at - length, known.begun_at)
    during, cases_during, waiting = _stood(desk, known.post, known.begun_at, now)
    return Effect(before, during, cases_before, cases_during, waiting)


def _stood(desk: Desk, post: str, start: datetime, end: datetime) -> tuple[float | None, int, int]:
    """Return mean minutes from arrival to release by ``end``, how many, and how many still wait."""
    rows = desk.ledger.rows(
        projection.MOVEMENT,
        post=post,
        since=projection.instant(start),
        before=projection.instant(end),
    )
    spent: list[float] = []
    waiting = 0
    for row in rows:
        movement = projection.decode_movement(row.value)
        for reference in movement.cases:
            value = desk.ledger.row(projection.CASE, reference)
            case = projection.decode_case(value) if value else None
            if case is None or movement.arrived_at is None:
                continue
            released = case.release.released
            if released is not None and released.at <= end:
                seconds = (released.at - movement.arrived_at).total_seconds()
                spent.append(max(0.0, seconds / 60))
            elif case.status in ("waiting", "held"):
                waiting += 1
    mean = round(sum(spent) / len(spent), 1) if spent else None
    return mean, len(spent), waiting
