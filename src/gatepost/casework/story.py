"""The story of a case: what happened, step by step, and the law behind each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from gatepost.casework.case import Case, UsersOn
from gatepost.casework.events import ActRefused, WorkAssigned
from gatepost.control import events as control
from gatepost.cooperation.events import CaseHandedOver
from gatepost.kernel.event import Event
from gatepost.kernel.legal import LegalBasis
from gatepost.ledger.model import Recorded
from gatepost.lodgement import events as lodgement
from gatepost.release import events as release
from gatepost.requirement.events import NeedsDetermined
from gatepost.risk.events import AssessmentMade
from gatepost.risk.model import Eased, Hit, Spared

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
    match event.body:
        case NeedsDetermined() as body:
            yield from _needs(event, body)
        case AssessmentMade() as body:
            yield from (_hit(event, hit) for hit in body.hits)
            yield from (_spared(event, one) for one in body.spared)
        case control.ControlsOrdered() as body:
            for one in body.controls:
                says = f"{one.kind} for {one.check}"
                yield _why(event, one.source, one.agency, one.legal_basis, says, one.target)
        case control.PlanMade() as body:
            for stop in body.plan.stops:
                says = f"{stop.id}: {' and '.join(stop.agencies)}, {stop.lead} leads"
                for clause in stop.clauses or (None,):
                    yield _why(event, clause, None, event.legal_basis, says)
        case _:
            yield _why(event, event.rule, event.agency, event.legal_basis, _says(event))


def _why(
    event: Event,
    rule: str | None,
    agency: str | None,
    law: tuple[LegalBasis, ...],
    says: str,
    target: str | None = None,
) -> Why:
    return Why(step_of(event), event.at, event.body.name(), rule, agency, target, law, says)


def _needs(event: Event, body: NeedsDetermined) -> Iterator[Why]:
    for need in body.needs:
        asked = need.document or need.data or need.kind
        says = f"{asked}: " + (f"met by {need.met_by}" if need.met_by else "still needed")
        yield _why(event, need.requirement, need.agency, need.legal_basis, says, need.target)
    for charge in body.charges:
        says = f"fee {charge.amount:.2f} {charge.currency}"
        yield _why(event, charge.fee, charge.agency, charge.legal_basis, says, charge.target)


def _hit(event: Event, hit: Hit) -> Why:
    chance = ", by chance" if hit.random else ""
    trial = " (trial: recorded, not acted on)" if hit.mode == "trial" else ""
    eased = f", {_rate(hit.eased)}" if hit.eased else ""
    scored = _scored(hit.values) if "score" in hit.values else ""
    says = f"{hit.control.kind} for {hit.control.check}{scored}{chance}{eased}{trial}"
    found = _why(event, hit.indicator, hit.agency, hit.legal_basis, says, hit.target)
    return msgspec.structs.replace(found, values=hit.values)


def _scored(values: Mapping[str, Any]) -> str:
    """Return a model's score, and what raised it most; only what is open to the reader is there."""
    raised = [name for name, one in values.items() if isinstance(one, dict) and one["adds"] > 0]
    why = f", raised by {' and '.join(raised[:2])}" if raised else ""
    return f", score {values['score']:.0%} where {values['usual']:.0%} is usual{why}"


def _spared(event: Event, one: Spared) -> Why:
    """Return the benefit of a clean record or a trusted status: what was not asked for, and why."""
    says = f"spared {one.control.kind} for {one.control.check} ({one.indicator}), "
    by, *others = one.eased.by
    says += _rate(one.eased) + (f", by {', '.join(others)}" if others else "")
    return _why(event, by, one.agency, one.legal_basis, says, one.target)


def _rate(eased: Eased) -> str:
    share = "asked for always" if eased.rate >= 1 else f"asked for on {eased.rate:.0%}"
    return share + (f", {eased.clean} clean in a row" if eased.clean else "")


def _says(event: Event) -> str:
    match event.body:
        case lodgement.DeclarationAmended() as body:
            return f"{len(body.changed)} values changed"
        case control.ExaminationPerformed() as body:
            return "examined by " + ", ".join(body.agencies)
        case control.FindingRecorded() as body:
            told = f"{body.finding.check}: {body.finding.result}"
            for_whom = body.finding.on_behalf_of
            return f"{told}, on behalf of {for_whom}" if for_whom else told
        case control.ResultRecognised() as body:
            return f"{body.control} satisfied by {body.finding} of {body.of}"
        case ActRefused() as body:
            return f"{body.act} refused: {', '.join(notice.code for notice in body.notices)}"
        case WorkAssigned() as body:
            return "put back" if body.officer is None else f"with {body.officer}"
        case release.DecisionGiven() as body:
            return f"{body.kind}: {', '.join(body.targets)}" + (
                f" ({body.reason})" if body.reason else ""
            )
        case CaseHandedOver() as body:
            return f"handed to {body.unit}: {body.reason}"
        case release.HoldPlaced() as body:
            return body.hold.reason
        case release.AppealLodged() as body:
            return body.grounds
        case release.AppealAnswered() as body:
            return f"{body.outcome}: {body.reason}"
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


def open_agencies(case: Case, users_on: UsersOn) -> tuple[str, ...]:
    """Return the agencies whose decision is still wanted."""
    return tuple(
        sorted(
            {
                interest.agency
                for key, interest in case.interests(users_on).items()
                if key not in case.release.decisions
            }
        )
    )
