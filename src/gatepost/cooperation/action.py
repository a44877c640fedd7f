"""Joint actions: agencies of a post do something together for a while, of their own will.

The lowest rung of the paper (§15): traffic peaks, a bottleneck, more staff for some days. An action
grants no power and discloses nothing; whoever acts in it is asked of authority as always. What was
tried and what came of it stays: an action that is over is the playbook of the next one (RP-06).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

import msgspec

from gatepost.authority.register import Register
from gatepost.cooperation import action_events as events
from gatepost.cooperation import action_rules as rules
from gatepost.cooperation.action_events import Effect
from gatepost.kernel.actor import Actor
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Notice

State = Literal["proposed", "under way", "over"]


class JointAction(msgspec.Struct, frozen=True, omit_defaults=True):
    """One action: what set it off, who does what until when, and what came of it.

    ``like`` is the earlier action that it repeats. ``joined`` are the agencies that take part;
    it begins when all have joined.
    """

    id: str
    title: str
    post: str
    trigger: str
    agencies: tuple[str, ...]
    measures: tuple[str, ...]
    until: datetime
    proposed_at: datetime
    by: str
    like: str | None = None
    joined: tuple[str, ...] = ()
    begun_at: datetime | None = None
    stopped_at: datetime | None = None
    result: str = ""
    effect: Effect | None = None

    @property
    def state(self) -> State:
        """Return how far it got."""
        if self.stopped_at is not None:
            return "over"
        return "proposed" if self.begun_at is None else "under way"


class Proposal(msgspec.Struct, frozen=True):
    """What somebody proposes; what is left out is taken from ``like``."""

    id: str
    title: str
    post: str
    trigger: str
    agencies: tuple[str, ...]
    measures: tuple[str, ...]
    until: datetime | None
    like: str | None


def evolve(action: JointAction | None, event: Event) -> JointAction | None:
    """Return the action after ``event``."""
    match event.body:
        case events.JointActionProposed() as one:
            return JointAction(
                one.id,
                one.title,
                one.post,
                one.trigger,
                one.agencies,
                one.measures,
                one.until,
                event.at,
                event.actor.id,
                one.like,
            )
        case events.JointActionJoined(agency=agency) if action is not None:
            return msgspec.structs.replace(action, joined=(*action.joined, agency))
        case events.JointActionBegun() if action is not None:
            return msgspec.structs.replace(action, begun_at=event.at)
        case events.JointActionStopped() as one if action is not None:
            return msgspec.structs.replace(
                action, stopped_at=event.at, result=one.result, effect=one.effect
            )
        case _:
            return action


def filled(wanted: Proposal, earlier: JointAction | None) -> Proposal:
    """Return a proposal with what it leaves out taken from the ``earlier`` action it is like."""
    if earlier is None:
        return wanted
    return msgspec.structs.replace(
        wanted,
        title=wanted.title or earlier.title,
        post=wanted.post or earlier.post,
        trigger=wanted.trigger or earlier.trigger,
        agencies=wanted.agencies or earlier.agencies,
        measures=wanted.measures or earlier.measures,
    )


def proposal_notices(
    register: Register, actor: Actor, wanted: Proposal, known: bool, at: datetime, day: date
) -> Iterator[Notice]:
    """Yield why an action cannot be proposed."""
    if known:
        yield rules.ACTION_KNOWN.notice("action", id=wanted.id)
    for key in ("title", "post", "trigger", "agencies", "measures", "until"):
        if not getattr(wanted, key):
            yield rules.ACTION_INCOMPLETE.notice(key, key=key)
    if wanted.until is not None and wanted.until <= at:
        until, now = wanted.until.isoformat(), at.isoformat()
        yield rules.ENDS_IN_THE_PAST.notice("until", until=until, now=now)
    there = sorted(one.id for one in register.all_agencies if one.valid.on(day))
    for index, agency in enumerate(wanted.agencies):
        if agency not in there:
            where = f"agencies/{index}"
            yield rules.NOT_AN_AGENCY.notice(where, agency=agency, known=", ".join(there))
    if len(set(wanted.agencies)) == 1:
        yield rules.ALONE.notice("agencies", agency=wanted.agencies[0])
    if wanted.post and wanted.agencies:
        yield from _serving(register, actor, wanted.post, wanted.agencies, day)


def _serving(
    register: Register, actor: Actor, post: str, agencies: tuple[str, ...], day: date
) -> Iterator[Notice]:
    """Yield that somebody is no officer of one of the agencies at the post on the day."""
    officer = register.officer(actor.id, day)
    posts = register.posts_of(officer, day) if officer else ()
    if officer is None or (posts and post not in posts) or actor.agency not in agencies:
        shown = ", ".join(agencies)
        yield rules.NOT_AT_THE_POST.notice("by", officer=actor.id, post=post, agencies=shown)


def joining_notices(
    register: Register, actor: Actor, action: JointAction, day: date
) -> Iterator[Notice]:
    """Yield why an officer's agency cannot join."""
    yield from _serving(register, actor, action.post, action.agencies, day)
    if action.state == "over":
        yield rules.OVER.notice("action", id=action.id, state=action.state)
    elif actor.agency in action.joined:
        yield rules.JOINED_ALREADY.notice("action", agency=actor.agency or "", id=action.id)


def stopping_notices(
    register: Register, actor: Actor, action: JointAction, result: str, day: date
) -> Iterator[Notice]:
    """Yield why an action cannot be stopped."""
    yield from _serving(register, actor, action.post, action.agencies, day)
    if action.state != "under way":
        yield rules.NOT_UNDER_WAY.notice("action", id=action.id, state=action.state)
    if not result.strip():
        yield rules.NO_RESULT.notice("result")
