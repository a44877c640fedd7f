"""What control knows of a case, folded from its events."""

from __future__ import annotations

import msgspec

from gatepost.control import events
from gatepost.control.model import Control, Custody, Finding, Status, Summons
from gatepost.kernel.event import Event
from gatepost.risk.events import ChannelOverridden


class Controls(msgspec.Struct, frozen=True, omit_defaults=True):
    """The case's controls by id, everything found, samples on their way and calls made."""

    by_id: dict[str, Control] = {}
    findings: tuple[Finding, ...] = ()
    custody: dict[str, Custody] = {}
    summons: dict[str, Summons] = {}

    @property
    def open(self) -> tuple[Control, ...]:
        """Return the controls whose result is still wanted."""
        return tuple(control for control in self.by_id.values() if control.open)

    @property
    def wanted(self) -> tuple[Control, ...]:
        """Return the controls that nobody set aside."""
        return tuple(one for one in self.by_id.values() if one.status != "cancelled")


def evolve(state: Controls, event: Event) -> Controls:
    """Return the state after ``event``; of other rooms' events only an override changes it."""
    body = event.body
    match body:
        case events.ControlsOrdered():
            return msgspec.structs.replace(state, by_id={c.id: c for c in body.controls})
        case events.ExaminationPerformed():
            return _with_status(state, body.controls, "examined")
        case events.SampleTaken():
            return _sampled(_with_status(state, (body.control,), "sampled"), body, event)
        case events.SampleHandedOver():
            return _handed_over(state, body)
        case events.TreatmentPerformed():
            return _with_status(state, body.controls, "examined")
        case events.SpecialistSummoned() | events.SpecialistAttended() | events.SummonsEscalated():
            return _called(state, body, event)
        case events.FindingRecorded():
            return _found(state, body.finding)
        case events.ResultRecognised():
            return _with_status(state, (body.control,), "recognised")
        case ChannelOverridden():
            return _with_status(state, body.cancelled, "cancelled")
        case _:
            return state


def _sampled(state: Controls, body: events.SampleTaken, event: Event) -> Controls:
    """A sample is with who took it until it is handed over; a new one replaces an earlier one."""
    taken = Custody(event.actor.id, body.laboratory, body.seal)
    return msgspec.structs.replace(state, custody={**state.custody, body.control: taken})


def _handed_over(state: Controls, body: events.SampleHandedOver) -> Controls:
    before = state.custody.get(body.control, Custody(body.giver))
    now = msgspec.structs.replace(
        before,
        holder=body.to,
        seal=body.seal or before.seal,
        broken=before.broken or not body.intact,
        steps=before.steps + 1,
    )
    return msgspec.structs.replace(state, custody={**state.custody, body.control: now})


def _called(
    state: Controls,
    body: events.SpecialistSummoned | events.SpecialistAttended | events.SummonsEscalated,
    event: Event,
) -> Controls:
    match body:
        case events.SpecialistSummoned():
            new = Summons(body.summons, event.agency or "", body.officer, event.at, body.due)
        case events.SpecialistAttended():
            new = msgspec.structs.replace(state.summons[body.summons], minutes=body.minutes)
        case events.SummonsEscalated():
            new = msgspec.structs.replace(state.summons[body.summons], escalated=True)
    return msgspec.structs.replace(state, summons={**state.summons, new.id: new})


def _with_status(state: Controls, ids: tuple[str, ...], status: Status) -> Controls:
    by_id = dict(state.by_id)
    for one in ids:
        if one in by_id:
            by_id[one] = msgspec.structs.replace(by_id[one], status=status)
    return msgspec.structs.replace(state, by_id=by_id)


def _found(state: Controls, finding: Finding) -> Controls:
    by_id = dict(state.by_id)
    for one in finding.controls:
        if one in by_id:
            by_id[one] = msgspec.structs.replace(by_id[one], status="done", result=finding.result)
    return msgspec.structs.replace(state, by_id=by_id, findings=(*state.findings, finding))
