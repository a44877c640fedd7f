"""The story of a case: what happened, step by step, and the law behind each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from gatepost.casework.case import Case
from gatepost.control import events as control
from gatepost.kernel.event import Event
from gatepost.kernel.legal import LegalBasis
from gatepost.ledger.model import Recorded
from gatepost.lodgement import events as lodgement
from gatepost.release import events as release
from gatepost.requirement.events import NeedsDetermined
from gatepost.risk.events import AssessmentMade

STEPS = ("lodge", "needs", "risk", "control", "decide", "release")
_STEP_OF_ROOM = {
    "lodgement": "lodge",
    "requirement": "needs",
    "risk": "risk",
    "control": "control",
    "casework": "lodge",
}
_RELEASE = (release.GoodsReleased, release.ReleaseDenied, release.GoodsRemoved)


class Why(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reason behind one step: the rule, the agency, the law and the values."""

    step: str
    at: datetime
    event: str
    rule: str | None
    agency: str | None
    target: str | None
    legal_basis: tuple[LegalBasis, ...]
    says: str = ""
    values: dict[str, object] = {}


def step_of(event: Event) -> str:
    """Return the step of the way through to which an event belongs."""
    if isinstance(event.body, _RELEASE):
        return "release"
    room = event.body.name().split(":", 1)[0]
    return _STEP_OF_ROOM.get(room, "decide")


def reasons(events: Iterable[Recorded], step: str | None = None) -> Iterator[Why]:
    """Yield why each step is as it is; with ``step`` only for that one."""
    for recorded in events:
        event = recorded.event
        if step is None or step_of(event) == step:
            yield from _reasons_of(event)


def _reasons_of(event: Event) -> Iterator[Why]:
    step, name = step_of(event), event.body.name()
    match event.body:
        case NeedsDetermined() as body:
            for need in body.needs:
                asked = need.document or need.data or need.kind
                says = f"{asked}: " + (f"met by {need.met_by}" if need.met_by else "still needed")
                yield Why(
                    step,
                    event.at,
                    name,
                    need.requirement,
                    need.agency,
                    need.target,
                    need.legal_basis,
                    says,
                )
            for charge in body.charges:
                yield Why(
                    step,
                    event.at,
                    name,
                    charge.fee,
                    charge.agency,
                    charge.target,
                    charge.legal_basis,
                    f"fee {charge.amount:.2f} {charge.currency}",
                )
        case AssessmentMade() as body:
            for hit in body.hits:
                chance = ", by chance" if hit.random else ""
                trial = " (trial: recorded, not acted on)" if hit.mode == "trial" else ""
                says = f"{hit.control.kind} for {hit.control.check}{chance}{trial}"
                yield Why(
                    step,
                    event.at,
                    name,
                    hit.indicator,
                    hit.agency,
                    hit.target,
                    hit.legal_basis,
                    says,
                    hit.values,
                )
        case control.ControlsOrdered() as body:
            for one in body.controls:
                yield Why(
                    step,
                    event.at,
                    name,
                    one.source,
                    one.agency,
                    one.target,
                    one.legal_basis,
                    f"{one.kind} for {one.check}",
                )
        case _:
            yield Why(
                step,
                event.at,
                name,
                event.rule,
                event.agency,
                None,
                event.legal_basis,
                _says(event),
            )


def _says(event: Event) -> str:
    match event.body:
        case lodgement.DeclarationAmended() as body:
            return f"{len(body.changed)} values changed"
        case control.ExaminationPerformed() as body:
            return "examined by " + ", ".join(body.agencies)
        case control.FindingRecorded() as body:
            return f"{body.finding.check}: {body.finding.result}"
        case control.ResultRecognised() as body:
            return f"{body.control} satisfied by {body.finding} of {body.of}"
        case release.DecisionGiven() as body:
            return f"{body.kind}: {', '.join(body.targets)}" + (
                f" ({body.reason})" if body.reason else ""
            )
        case release.HoldPlaced() as body:
            return body.hold.reason
        case release.GoodsReleased() as body:
            return body.outcome + (f", without {', '.join(body.withheld)}" if body.withheld else "")
        case release.ReleaseDenied() as body:
            return body.outcome
        case _:
            return ""


def moment_of(events: Iterable[Recorded], *kinds: type) -> datetime | None:
    """Return when the first event of one of the kinds happened."""
    for recorded in events:
        if isinstance(recorded.event.body, kinds):
            return recorded.event.at
    return None


def open_agencies(case: Case, users: frozenset[str]) -> tuple[str, ...]:
    """Return the agencies whose decision is still wanted."""
    return tuple(
        sorted(
            {
                interest.agency
                for key, interest in case.interests(users).items()
                if key not in case.release.decisions
            }
        )
    )
