"""Time passing: holds and conditions that end, conflicts referred, clocks that escalate (RL-04)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import msgspec

from gatepost.authority.model import LEVELS, Level, ServiceStandard
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.event import Body
from gatepost.release import events
from gatepost.release.settle import Consequence
from gatepost.release.state import ReleaseState


class Running(msgspec.Struct, frozen=True):
    """One agency's running clock: its standard, when it started and its units by level.

    ``targets`` are those that a lapse of time may clear: nothing is open, nothing was found.
    """

    agency: str
    standard: ServiceStandard
    started: datetime
    targets: tuple[str, ...]
    units: Mapping[Level, str | None] = {}


def tick(
    state: ReleaseState, running: Mapping[str, Running], now: datetime
) -> Iterator[Consequence]:
    """Yield what is due at ``now``; asking twice yields nothing new once it is folded in."""
    for hold in state.open_holds:
        if hold.expires <= now:
            yield Consequence(events.HoldExpired(hold.id), hold.agency, None, hold.legal_basis)
    for condition in state.open_conditions:
        if condition.due < now:
            failed = events.ConditionFailed(condition.id)
            yield Consequence(failed, condition.agency, None, condition.legal_basis)
    for conflict in state.conflicts.values():
        if not conflict.referred and conflict.limit <= now:
            body = events.ConflictReferred(conflict.target, conflict.decider)
            yield Consequence(body, None, conflict.row, conflict.legal_basis)
    for clock in running.values():
        yield from _escalations(state, clock, now)


def due_since(body: Body, state: ReleaseState, running: Mapping[str, Running]) -> datetime:
    """Return the moment at which what :func:`tick` yielded became due."""
    match body:
        case events.HoldExpired():
            return state.holds[body.hold].expires
        case events.ConditionFailed():
            return state.conditions[body.condition].due
        case events.ConflictReferred():
            return state.conflicts[body.target].limit
        case events.ClockEscalated():
            clock = running[body.agency]
            after = (one.after for one in clock.standard.escalation if one.level == body.level)
            return _end(clock) + max(map(parse_duration, after))
        case events.DecisionGiven():
            return _lapse(next(one for one in running.values() if one.standard.id == body.mandate))
        case _:
            raise TypeError(body)


def _escalations(state: ReleaseState, clock: Running, now: datetime) -> Iterator[Consequence]:
    standard = clock.standard
    reached = state.clocks.get(clock.agency)
    told = LEVELS.index(reached.level) if reached and reached.level else -1
    for step in standard.escalation:
        due = _end(clock) + parse_duration(step.after)
        if LEVELS.index(step.level) > told and due <= now:
            body = events.ClockEscalated(
                clock.agency, standard.id, step.level, clock.units.get(step.level)
            )
            yield Consequence(body, clock.agency, standard.id, standard.legal_basis)
    if standard.on_limit == "clear" and clock.targets and now >= _lapse(clock):
        given = events.DecisionGiven(clock.targets, "clear", standard.id, "by lapse of time")
        yield Consequence(given, clock.agency, standard.id, standard.legal_basis)


def _end(clock: Running) -> datetime:
    """Return when the time of a standard is over."""
    return clock.started + parse_duration(clock.standard.within)


def _lapse(clock: Running) -> datetime:
    """Return when a lapse of time may clear: after the last unit was told."""
    steps = (parse_duration(step.after) for step in clock.standard.escalation)
    return _end(clock) + max(steps, default=timedelta())
