"""What committees do: convene with an agenda, decide by their rule, follow open actions (GV-04)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

import msgspec

from gatepost.authority.instrument import abroad
from gatepost.authority.register import Register
from gatepost.cooperation import events, rules
from gatepost.cooperation.committee import Committee, Tally, Vote, tally
from gatepost.kernel.actor import Actor
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.event import Body, Event
from gatepost.kernel.notice import Notice


class Meeting(msgspec.Struct, frozen=True):
    """A meeting on a day, with the items of its agenda by number."""

    id: str
    on: date
    agenda: dict[str, str]
    convened_at: datetime


class Decision(msgspec.Struct, frozen=True):
    """What was voted on an item of an agenda, and how it came out."""

    meeting: str
    item: str
    text: str
    tally: Tally
    votes: dict[str, Vote]
    at: datetime


class Action(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a seat is to do by a day; ``closed`` says what came of it."""

    id: str
    meeting: str
    text: str
    owner: str
    due: date
    closed: str | None = None
    closed_at: datetime | None = None

    def overdue(self, day: date) -> bool:
        """Tell whether it should have been done before ``day``."""
        return self.closed is None and self.due < day


class Minutes(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that a committee did so far, in the order in which it happened."""

    committee: str
    meetings: dict[str, Meeting] = {}
    decisions: tuple[Decision, ...] = ()
    actions: dict[str, Action] = {}

    def decided(self, meeting: str, item: str) -> bool:
        """Tell whether an item was voted on."""
        return any((one.meeting, one.item) == (meeting, item) for one in self.decisions)


def evolve(minutes: Minutes, event: Event) -> Minutes:
    """Return the minutes after ``event``; bodies of other kinds change nothing."""
    body = event.body
    match body:
        case events.MeetingConvened():
            held = Meeting(body.meeting, body.on, body.agenda, event.at)
            meetings = {**minutes.meetings, body.meeting: held}
            return msgspec.structs.replace(minutes, meetings=meetings)
        case events.MotionCarried() | events.MotionRejected():
            made = Decision(body.meeting, body.item, body.text, body.tally, body.votes, event.at)
            return msgspec.structs.replace(minutes, decisions=(*minutes.decisions, made))
        case events.ActionAssigned():
            new = Action(body.action, body.meeting, body.text, body.owner, body.due)
            actions = {**minutes.actions, body.action: new}
            return msgspec.structs.replace(minutes, actions=actions)
        case events.ActionClosed() if body.action in minutes.actions:
            done = msgspec.structs.replace(
                minutes.actions[body.action], closed=body.text, closed_at=event.at
            )
            actions = {**minutes.actions, body.action: done}
            return msgspec.structs.replace(minutes, actions=actions)
        case _:
            return minutes


class Sitting(msgspec.Struct, frozen=True):
    """Who does something in a committee, when, and what is on record of it so far."""

    register: Register
    committee: Committee
    minutes: Minutes
    actor: Actor
    at: datetime
    day: date

    def may_keep(self) -> list[Notice]:
        """Return why the actor does not keep the minutes: officers of the secretariat do."""
        officer = self.register.officer(self.actor.id, self.day)
        keeps = officer is not None and self.actor.agency == self.committee.secretariat
        if keeps and officer is not None and "agree" in officer.powers:
            return []
        return [
            rules.NOT_THE_SECRETARIAT.notice(
                actor=self.actor.id,
                committee=self.committee.id,
                agency=self.committee.secretariat,
            )
        ]

    def sits(self) -> list[Notice]:
        """Return why there is no such committee on the day."""
        if self.committee.valid.on(self.day):
            return []
        return [rules.NO_COMMITTEE.notice(id=self.committee.id, day=self.day.isoformat())]


def convene(
    at: Sitting, meeting: str, on: date, agenda: tuple[str, ...]
) -> tuple[list[Notice], list[Body]]:
    """Return what is wrong with convening a meeting, or what happens.

    The items of the agenda are numbered in their order, from 1.
    """
    notices = [*at.sits(), *at.may_keep()]
    if meeting in at.minutes.meetings:
        notices.append(rules.MEETING_TWICE.notice("meeting", meeting=meeting))
    if not agenda or not all(one.strip() for one in agenda):
        notices.append(rules.NO_AGENDA.notice("agenda"))
    if (on - at.day) < parse_duration(at.committee.notice):
        notices.append(
            rules.TOO_SHORT_NOTICE.notice(
                "on", on=on.isoformat(), notice=at.committee.notice, day=at.day.isoformat()
            )
        )
    items = {str(number): one for number, one in enumerate(agenda, 1)}
    return notices, [events.MeetingConvened(meeting, on, items)]


class Motion(msgspec.Struct, frozen=True):
    """What a committee votes on: an item, the text, who is there and how each seat votes."""

    meeting: str
    item: str
    text: str
    present: tuple[str, ...]
    votes: dict[str, Vote]
    second: str


def decide(at: Sitting, motion: Motion, second: Actor) -> tuple[list[Notice], list[Body]]:
    """Return why a committee cannot vote, or what came of the vote.

    Minutes are confirmed by ``second``, of another member. A motion that is not carried is on
    record as well; without a quorum there is no vote at all.
    """
    day = at.minutes.meetings[motion.meeting].on if motion.meeting in at.minutes.meetings else None
    notices = [*at.sits(), *at.may_keep(), *_confirmed(at, second)]
    notices += _on_agenda(at, motion)
    if not motion.text.strip():
        notices.append(rules.SAYS_NOTHING.notice("text", key="text"))
    notices += _seats(at.committee.seats(day or at.day), motion)
    if day is None:
        return notices, []
    found = tally(at.committee, day, motion.present, motion.votes)
    if not found.quorate and not notices:
        notices.append(
            rules.NO_QUORUM.notice(
                "present",
                present=found.present,
                members=found.members,
                quorum=at.committee.vote.quorum.replace("_", " "),
                sides=" on each side" if at.committee.vote.each_side else "",
            )
        )
    kind = events.MotionCarried if found.carried else events.MotionRejected
    body = kind(
        motion.meeting, motion.item, motion.text, found, motion.present, motion.votes, second.id
    )
    return notices, [body]


def _confirmed(at: Sitting, second: Actor) -> Iterator[Notice]:
    """Yield why somebody cannot confirm the minutes: it is for another member to do so."""
    agencies = {one.agency for one in at.committee.seats(at.day).values()}
    other = second.agency in agencies and second.agency != at.actor.agency
    officer = at.register.officer(second.id, at.day)
    here = officer is not None and "agree" in officer.powers
    if not (other and (here or abroad(second.id))):
        yield rules.NOT_CONFIRMED.notice(
            "second", second=second.id or "nobody", agency=at.committee.secretariat
        )


def _on_agenda(at: Sitting, motion: Motion) -> Iterator[Notice]:
    meeting = at.minutes.meetings.get(motion.meeting)
    if meeting is None:
        yield rules.NO_MEETING.notice("meeting", meeting=motion.meeting, id=at.committee.id)
        return
    if meeting.on > at.day:
        yield rules.NOT_HELD_YET.notice(
            "meeting", meeting=meeting.id, on=meeting.on.isoformat(), day=at.day.isoformat()
        )
    if motion.item not in meeting.agenda:
        known = ", ".join(f"{key} {one}" for key, one in meeting.agenda.items())
        yield rules.NOT_ON_AGENDA.notice(
            "item", item=motion.item or "nothing", meeting=meeting.id, known=known
        )
    elif at.minutes.decided(meeting.id, motion.item):
        yield rules.DECIDED_ALREADY.notice("item", item=motion.item, meeting=meeting.id)


def _seats(seats: Mapping[str, object], motion: Motion) -> Iterator[Notice]:
    known = ", ".join(sorted(seats))
    for n, seat in enumerate(motion.present):
        if seat not in seats:
            yield rules.NO_SEAT.notice(f"present/{n}", seat=seat, known=known)
    for seat in motion.votes:
        member = seats.get(seat)
        if seat not in motion.present or member is None or not getattr(member, "votes", False):
            yield rules.NO_VOTE.notice(f"votes/{seat}", seat=seat)


def assign(
    at: Sitting, action: str, meeting: str, text: str, owner: str, due: date
) -> tuple[list[Notice], list[Body]]:
    """Return what is wrong with giving a seat something to do, or what happens."""
    notices = [*at.sits(), *at.may_keep()]
    if meeting not in at.minutes.meetings:
        notices.append(rules.NO_MEETING.notice("meeting", meeting=meeting, id=at.committee.id))
    if action in at.minutes.actions:
        notices.append(rules.ACTION_TWICE.notice("action", action=action))
    if owner not in at.committee.seats(at.day):
        known = ", ".join(sorted(at.committee.seats(at.day)))
        notices.append(rules.NO_SEAT.notice("owner", seat=owner, known=known))
    if not text.strip():
        notices.append(rules.SAYS_NOTHING.notice("text", key="text"))
    if due < at.day:
        notices.append(rules.DUE_BEFORE.notice("due", due=due.isoformat()))
    return notices, [events.ActionAssigned(action, meeting, text, owner, due)]


def close(at: Sitting, action: str, text: str) -> tuple[list[Notice], list[Body]]:
    """Return why an action is not closed, or what happens: its owner or the secretariat does."""
    known = at.minutes.actions.get(action)
    if known is None or known.closed is not None:
        open_ones = ", ".join(open_actions(at.minutes)) or "none"
        return [rules.NO_ACTION.notice("action", action=action, known=open_ones)], []
    notices: list[Notice] = []
    owner = at.committee.seats(at.day).get(known.owner)
    if owner is None or at.actor.agency != owner.agency:
        notices += [
            rules.NOT_THE_OWNER.notice(actor=at.actor.id, action=action, owner=known.owner)
            for _ in at.may_keep()
        ]
    if not text.strip():
        notices.append(rules.SAYS_NOTHING.notice("text", key="text"))
    return notices, [events.ActionClosed(action, text)]


def open_actions(minutes: Minutes) -> Iterable[str]:
    """Return the actions that nobody has closed."""
    return tuple(key for key, one in minutes.actions.items() if one.closed is None)


def due_by(committee: Committee, minutes: Minutes, day: date) -> date | None:
    """Return the day by which a committee must meet again; ``None`` if no meeting is on record."""
    held = [one.on for one in minutes.meetings.values() if one.on <= day]
    return max(held) + parse_duration(committee.meets) if held else None
