"""Time passing: holds and conditions that end, conflicts referred, clocks that escalate (RL-04)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from gatepost.authority.model import LEVELS, Level, ServiceStandard
from gatepost.kernel.duration import parse_duration
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


def _escalations(state: ReleaseState, clock: Running, now: datetime) -> Iterator[Consequence]:
    standard = clock.standard
    reached = state.clocks.get(clock.agency)
    told = LEVELS.index(reached.level) if reached and reached.level else -1
    for step in standard.escalation:
        due = clock.started + parse_duration(standard.within) + parse_duration(step.after)
        if LEVELS.index(step.level) > told and due <= now:
            body = events.ClockEscalated(
                clock.agency, standard.id, step.level, clock.units.get(step.level)
            )
            yield Consequence(body, clock.agency, standard.id, standard.legal_basis)
    if standard.on_limit == "clear" and clock.targets and _over(standard, clock.started, now):
        given = events.DecisionGiven(clock.targets, "clear", standard.id, "by lapse of time")
        yield Consequence(given, clock.agency, standard.id, standard.legal_basis)


def _over(standard: ServiceStandard, started: datetime, now: datetime) -> bool:
    last = max((parse_duration(step.after) for step in standard.escalation), default=None)
    end = started + parse_duration(standard.within)
    return now >= (end + last if last is not None else end)
