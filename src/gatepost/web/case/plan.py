"""The plan of a case: where it stops, who examines there together, and by which clause."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from gatepost.casework.reading import Reading
from gatepost.control.events import PlanMade
from gatepost.control.model import Control, ControlPlan
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.web.case.reasons import Reason, rule_reason


class Check(msgspec.Struct, frozen=True):
    """One control in the plan, with its reason; ``status`` is how far it is."""

    id: str
    agency: str
    kind: str
    check: str
    target: str
    status: str
    reason: Reason


class PlannedStop(msgspec.Struct, frozen=True):
    """One halt: who is there, who leads, what is opened, what is checked, and by which clauses."""

    id: str
    place: str
    lead: str
    agencies: tuple[str, ...]
    openings: tuple[str, ...]
    checks: tuple[Check, ...]
    reasons: tuple[Reason, ...]


class Plan(msgspec.Struct, frozen=True):
    """What is still to be done: ``avoided`` are the stops saved by examining together."""

    stops: tuple[PlannedStop, ...]
    desk: tuple[Check, ...]
    separate: int
    avoided: int


def plan_shown(jurisdiction: Jurisdiction, reading: Reading) -> Plan | None:
    """Return the newest plan as far as it is open to the reader; ``None`` if there is none."""
    plan = latest(reading)
    if plan is None or not (plan.stops or plan.desk):
        return None
    case = reading.case
    stops = tuple(
        PlannedStop(
            stop.id,
            stop.place,
            stop.lead,
            stop.agencies,
            tuple(one.partition("/")[2] for one in stop.openings),
            tuple(checks_of(jurisdiction, _named(case.controls.by_id, stop.controls))),
            tuple(
                rule_reason(jurisdiction, clause, jurisdiction.register.clause_law(clause))
                for clause in stop.clauses
            ),
        )
        for stop in plan.stops
    )
    desk = tuple(checks_of(jurisdiction, _named(case.controls.by_id, plan.desk)))
    return Plan(stops, desk, plan.separate, plan.avoided)


def latest(reading: Reading) -> ControlPlan | None:
    """Return the newest plan among the events that are open to the reader."""
    for recorded in reversed(reading.events):
        if isinstance(recorded.event.body, PlanMade):
            return recorded.event.body.plan
    return None


def checks_of(jurisdiction: Jurisdiction, controls: Iterable[Control]) -> Iterable[Check]:
    """Yield controls as the page shows them."""
    for one in controls:
        reason = rule_reason(jurisdiction, one.source, one.legal_basis)
        yield Check(one.id, one.agency, one.kind, one.check, one.target, one.status, reason)


def _named(known: dict[str, Control], names: Iterable[str]) -> list[Control]:
    """Return the controls of this case that the plan names and the reader may see."""
    own = (name.partition("/")[2] for name in names)
    return [known[name] for name in own if name in known]
