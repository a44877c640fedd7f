"""What release knows of a case, folded from its events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from gatepost.control.events import FindingRecorded
from gatepost.control.model import Finding
from gatepost.kernel.event import Body, Event
from gatepost.release import events
from gatepost.release.model import (
    CLEARING,
    WHOLE,
    AgencyDecision,
    Answer,
    Clock,
    Condition,
    Conflict,
    Hold,
    Outcome,
    Released,
    Ruling,
)


class ReleaseState(msgspec.Struct, frozen=True, omit_defaults=True):
    """Decisions by ``agency|target``, holds, conflicts and rulings, and the release itself.

    ``appeals`` tells when a party last appealed against each agency, ``answers`` what the last
    answer was, ``held_by`` who placed each hold.
    """

    decisions: dict[str, AgencyDecision] = {}
    holds: dict[str, Hold] = {}
    conditions: dict[str, Condition] = {}
    conflicts: dict[str, Conflict] = {}
    rulings: dict[str, Ruling] = {}
    clocks: dict[str, Clock] = {}
    released: Released | None = None
    denied: Outcome | None = None
    removed_at: datetime | None = None
    appeals: dict[str, datetime] = {}
    answers: dict[str, Answer] = {}
    held_by: dict[str, str] = {}

    @property
    def open_holds(self) -> tuple[Hold, ...]:
        """Return the holds that stop the goods."""
        return tuple(hold for hold in self.holds.values() if hold.status == "open")

    @property
    def open_conditions(self) -> tuple[Condition, ...]:
        """Return the conditions that are not yet met or failed."""
        return tuple(one for one in self.conditions.values() if one.status == "open")

    @property
    def open_appeals(self) -> dict[str, datetime]:
        """Return when each appeal was lodged that has no answer yet, by the agency."""
        return {
            agency: at
            for agency, at in self.appeals.items()
            if agency not in self.answers or self.answers[agency].at < at
        }

    @property
    def to_carry_out(self) -> dict[str, datetime]:
        """Return when an appeal was granted against each agency that has not acted on it yet."""
        return {
            agency: answer.at
            for agency, answer in self.answers.items()
            if answer.outcome != "dismissed" and self._stands(agency, answer.at)
        }

    def _stands(self, agency: str, at: datetime) -> bool:
        """Tell whether something that an agency refused or held by ``at`` is still so."""
        return any(
            one.agency == agency and one.kind not in CLEARING and one.at <= at
            for one in self.decisions.values()
        ) or any(one.agency == agency and one.placed_at <= at for one in self.open_holds)


def evolve(state: ReleaseState, event: Event) -> ReleaseState:
    """Return the state after ``event``; of other rooms' events only a finding changes it."""
    body = event.body
    match body:
        case FindingRecorded() if body.finding.result == "nonconform":
            return _found_against(state, body.finding)
        case events.DecisionGiven():
            return _decided(state, event, body)
        case events.DecisionsLapsed():
            return _with(state, decisions={}, conflicts={}, rulings={}, conditions={}, denied=None)
        case events.HoldPlaced():
            held_by = {**state.held_by, body.hold.id: event.actor.id}
            return _with(state, holds={**state.holds, body.hold.id: body.hold}, held_by=held_by)
        case events.HoldLifted() | events.HoldExpired():
            return _hold_ended(state, body)
        case events.ConditionMet() | events.ConditionFailed():
            return _condition_ended(state, body)
        case events.ConflictRaised() | events.ConflictReferred() | events.ConflictResolved():
            return _conflict_moved(state, body)
        case events.ClockEscalated():
            clock = Clock(body.agency, body.standard, event.at, body.level)
            return _with(state, clocks={**state.clocks, body.agency: clock})
        case events.GoodsReleased():
            released = Released(event.at, body.targets, body.outcome, body.withheld)
            return _with(state, released=released, denied=None)
        case events.ReleaseDenied():
            return _with(state, denied=body.outcome)
        case events.GoodsRemoved():
            return _with(state, removed_at=event.at)
        case events.AppealLodged():
            return _with(state, appeals={**state.appeals, event.agency or "": event.at})
        case events.AppealAnswered():
            answer = Answer(event.at, body.outcome)
            return _with(state, answers={**state.answers, event.agency or "": answer})
        case _:
            return state


def _with(state: ReleaseState, **changes: object) -> ReleaseState:
    return msgspec.structs.replace(state, **changes)


def _found_against(state: ReleaseState, finding: Finding) -> ReleaseState:
    """End what the agency or a decider said of the target before it knew of the finding."""
    key = f"{finding.agency}|{finding.target}"
    decision = state.decisions.get(key)
    decisions = state.decisions
    if decision is not None and decision.kind in CLEARING:
        decisions = {name: one for name, one in decisions.items() if name != key}
    said = (finding.target, WHOLE)
    rulings = {name: one for name, one in state.rulings.items() if name not in said}
    return _with(state, decisions=decisions, rulings=rulings)


def _decided(state: ReleaseState, event: Event, body: events.DecisionGiven) -> ReleaseState:
    agency = event.agency or ""
    decisions = dict(state.decisions)
    for target in body.targets:
        decisions[f"{agency}|{target}"] = AgencyDecision(
            agency, target, body.kind, event.at, body.mandate, event.actor.id, body.reason
        )
    conditions = dict(_still_bound(state, agency, body.targets))
    conditions.update({one.id: one for one in body.conditions})
    clocks = {key: clock for key, clock in state.clocks.items() if key != agency}
    return _with(state, decisions=decisions, conditions=conditions, clocks=clocks, denied=None)


def _still_bound(
    state: ReleaseState, agency: str, decided: tuple[str, ...]
) -> Iterator[tuple[str, Condition]]:
    """Yield the conditions that remain: a new decision on a target frees it of the agency's own."""
    for key, one in state.conditions.items():
        if one.agency == agency and one.status != "met":
            left = tuple(target for target in one.targets if target not in decided)
            if not left:
                continue
            one = msgspec.structs.replace(one, targets=left)
        yield key, one


def _hold_ended(state: ReleaseState, body: events.HoldLifted | events.HoldExpired) -> ReleaseState:
    hold = state.holds.get(body.hold)
    if hold is None:
        return state
    status = "lifted" if isinstance(body, events.HoldLifted) else "expired"
    ended = msgspec.structs.replace(hold, status=status)
    return _with(state, holds={**state.holds, body.hold: ended})


def _condition_ended(
    state: ReleaseState, body: events.ConditionMet | events.ConditionFailed
) -> ReleaseState:
    condition = state.conditions.get(body.condition)
    if condition is None:
        return state
    status = "met" if isinstance(body, events.ConditionMet) else "failed"
    ended = msgspec.structs.replace(condition, status=status)
    return _with(state, conditions={**state.conditions, body.condition: ended})


def _conflict_moved(state: ReleaseState, body: Body) -> ReleaseState:
    conflicts = dict(state.conflicts)
    match body:
        case events.ConflictRaised():
            conflicts[body.conflict.target] = body.conflict
        case events.ConflictReferred() if body.target in conflicts:
            conflicts[body.target] = msgspec.structs.replace(conflicts[body.target], referred=True)
        case events.ConflictResolved():
            ended = conflicts.pop(body.target, None)
            if ended is not None and body.outcome is not None:
                ruling = Ruling(body.outcome, ended.kinds)
                rulings = {**state.rulings, body.target: ruling}
                return _with(state, conflicts=conflicts, rulings=rulings)
    return _with(state, conflicts=conflicts)
