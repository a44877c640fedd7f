"""Committees at work: convening, voting, assigning and closing actions, kept in the log (GV-04)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Literal

import msgspec

from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.insiders import insider_of, outsider
from gatepost.casework.keeping import Keeping, Named, keep
from gatepost.casework.projection import COMMITTEE
from gatepost.cooperation import meeting, rules
from gatepost.cooperation.committee import Committee, Vote
from gatepost.cooperation.meeting import Minutes, Motion, Sitting
from gatepost.kernel.actor import Actor
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Row

_encode = msgspec.json.Encoder().encode
decode_minutes = msgspec.json.Decoder(Minutes).decode


class CommitteeAct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One act of a committee; ``id`` is its key.

    ``convene`` reads ``meeting``, ``on`` and ``agenda``; ``decide`` reads ``meeting``, ``item``
    (its number on the agenda), ``text``, ``present`` (seats), ``votes`` (``for``, ``against`` or
    ``abstain`` by seat) and ``second``, who confirms the minutes; ``assign`` reads ``action``,
    ``meeting``, ``text``, ``owner`` (a seat) and ``due``; ``close`` reads ``action`` and ``text``.
    """

    id: str
    act: Literal["convene", "decide", "assign", "close"]
    committee: str
    at: datetime
    by: str | None = None
    second: str = ""
    meeting: str = ""
    on: date | None = None
    agenda: tuple[str, ...] = ()
    item: str = ""
    text: str = ""
    present: tuple[str, ...] = ()
    votes: dict[str, Vote] = {}
    action: str = ""
    owner: str = ""
    due: date | None = None


def sit(desk: Desk, act: CommitteeAct, now: datetime, by: str | None = None) -> ActAnswer:
    """Do ``act`` for ``by`` (or whom the act names) and answer; a refusal is on record."""
    named = Named(act.id, act.committee, act.at, act.by or by or "")
    return keep(
        desk, COMMITTEE, named, act, now, lambda keeping: _decide(keeping, act), minutes_row
    )


def _decide(keeping: Keeping, act: CommitteeAct) -> None:
    committee = committee_of(keeping.desk, act.committee, keeping.day)
    if committee is None:
        day = keeping.day.isoformat()
        raise Refused([rules.NO_COMMITTEE.notice("committee", id=act.committee, day=day)])
    at = Sitting(
        keeping.desk.jurisdiction.register,
        committee,
        folded(committee.id, keeping.events(committee.id)),
        keeping.actor,
        keeping.at,
        keeping.day,
    )
    match act.act:
        case "convene":
            notices, bodies = meeting.convene(at, act.meeting, act.on or at.day, act.agenda)
        case "decide":
            motion = Motion(act.meeting, act.item, act.text, act.present, act.votes, act.second)
            notices, bodies = meeting.decide(at, motion, keeping.desk.actor(act.second))
        case "assign":
            due = act.due or at.day
            notices, bodies = meeting.assign(at, act.action, act.meeting, act.text, act.owner, due)
        case _:
            notices, bodies = meeting.close(at, act.action, act.text)
    if notices:
        raise Refused(notices)
    for body in bodies:
        keeping.happen(committee.id, body, committee.legal_basis)


def committee_of(desk: Desk, committee: str, day: date) -> Committee | None:
    """Return a committee by its id, as it stands on a day, else as it last stood."""
    found = [one for one in desk.jurisdiction.committees if one.id == committee]
    return next((one for one in found if one.valid.on(day)), found[-1] if found else None)


def folded(committee: str, happened: Iterable[Event]) -> Minutes:
    """Return the minutes that events amount to."""
    found = Minutes(committee)
    for event in happened:
        found = meeting.evolve(found, event)
    return found


def minutes_row(key: str, happened: Iterable[Event]) -> Row:
    """Return the row of a committee: its minutes."""
    return Row(COMMITTEE, key, _encode(folded(key, happened)))


class Sat(msgspec.Struct, frozen=True):
    """A committee on a day: who is in the chair's stead, its minutes, and what is late.

    ``meeting_due`` is the day by which it must meet again, if a meeting is on record.
    """

    committee: Committee
    vice_chair: str | None
    minutes: Minutes
    overdue: tuple[str, ...]
    meeting_due: date | None


def committees(
    desk: Desk, actor: Actor, now: datetime, committee: str | None = None
) -> Iterator[Sat]:
    """Yield the committees there are, or one of them, with their minutes.

    An officer is shown those on which the own agency has a seat, with a vote or without; the
    operator is shown all. Others, and who asks for another one, are refused with AUTH-070.
    """
    day = desk.jurisdiction.law_day(now)
    found = [
        one
        for one in desk.jurisdiction.committees
        if one.valid.on(day) and committee in (None, one.id)
    ]
    reader = insider_of(desk, actor, now)
    if reader is not None:
        found = [one for one in found if _has_seat(one, reader.agency, day)]
        if not found:
            raise outsider(desk, actor, f"members of {committee or 'a committee'}", now)
    return (_sat(desk, one, day) for one in found)


def _has_seat(committee: Committee, agency: str, day: date) -> bool:
    return any(one.agency == agency for one in committee.seats(day).values())


def _sat(desk: Desk, one: Committee, day: date) -> Sat:
    value = desk.ledger.row(COMMITTEE, one.id)
    minutes = decode_minutes(value) if value else Minutes(one.id)
    return Sat(
        one,
        one.vice_chair.on(day) if one.vice_chair else None,
        minutes,
        tuple(key for key, action in minutes.actions.items() if action.overdue(day)),
        meeting.due_by(one, minutes, day),
    )
