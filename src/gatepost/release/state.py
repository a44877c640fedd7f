"""What release knows of a case, folded from its events."""

from __future__ import annotations

from datetime import datetime

import msgspec

from gatepost.kernel.event import Body, Event
from gatepost.release import events
from gatepost.release.model import (
    AgencyDecision,
    Clock,
    Condition,
    Conflict,
    DecisionKind,
    Hold,
    Outcome,
    Released,
)


class ReleaseState(msgspec.Struct, frozen=True, omit_defaults=True):
    """Decisions by ``agency|target``, holds, conflicts and rulings, and the release itself."""

    decisions: dict[str, AgencyDecision] = {}
    holds: dict[str, Hold] = {}
    conditions: dict[str, Condition] = {}
    conflicts: dict[str, Conflict] = {}
    rulings: dict[str, DecisionKind] = {}
    clocks: dict[str, Clock] = {}
    released: Released | None = None
    denied: Outcome | None = None
    removed_at: datetime | None = None

    @property
    def open_holds(self) -> tuple[Hold, ...]:
        """Return the holds that stop the goods."""
        return tuple(hold for hold in self.holds.values() if hold.status == "open")

    @property
    def open_conditions(self) -> tuple[Condition, ...]:
        """Return the conditions that are not yet met or failed."""
        return tuple(one for one in self.conditions.values() if one.status == "open")


def evolve(state: ReleaseState, event: Event) -> ReleaseState:
    """Return the state after ``event``; events of other rooms change nothing."""
    body = event.body
    match body:
        case events.DecisionGiven():
            return _decided(state, event, body)
        case events.DecisionsLapsed():
            return _with(state, decisions={}, conflicts={}, rulings={}, conditions={}, denied=None)
        case events.HoldPlaced():
            return _with(state, holds={**state.holds, body.hold.id: body.hold})
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
        case _:
            return state


def _with(state: ReleaseState, **changes: object) -> ReleaseState:
    return msgspec.structs.replace(state, **changes)


def _decided(state: ReleaseState, event: Event, body: events.DecisionGiven) -> ReleaseState:
    agency = event.agency or ""
    decisions = dict(state.decisions)
    for target in body.targets:
        decisions[f"{agency}|{target}"] = AgencyDecision(
            agency, target, body.kind, event.at, body.mandate, event.actor.id, body.reason
        )
    conditions = {
        key: one
        for key, one in state.conditions.items()
        if one.agency != agency or one.status == "met"
    }
    conditions.update({one.id: one for one in body.conditions})
    clocks = {key: clock for key, clock in state.clocks.items() if key != agency}
    return _with(state, decisions=decisions, conditions=conditions, clocks=clocks, denied=None)


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
            conflicts.pop(body.target, None)
            if body.outcome is not None:
                return _with(
                    state,
                    conflicts=conflicts,
                    rulings={**state.rulings, body.target: body.outcome},
                )
    return _with(state, conflicts=conflicts)
