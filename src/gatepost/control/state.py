"""What control knows of a case, folded from its events."""

from __future__ import annotations

import msgspec

from gatepost.control import events
from gatepost.control.model import Control, Finding, Status
from gatepost.kernel.event import Body
from gatepost.risk.events import ChannelOverridden


class Controls(msgspec.Struct, frozen=True, omit_defaults=True):
    """The case's controls by id, and everything found."""

    by_id: dict[str, Control] = {}
    findings: tuple[Finding, ...] = ()

    @property
    def open(self) -> tuple[Control, ...]:
        """Return the controls whose result is still wanted."""
        return tuple(control for control in self.by_id.values() if control.open)

    @property
    def wanted(self) -> tuple[Control, ...]:
        """Return the controls that nobody set aside."""
        return tuple(one for one in self.by_id.values() if one.status != "cancelled")


def evolve(state: Controls, body: Body) -> Controls:
    """Return the state after ``body``; of other rooms' events only an override changes it."""
    match body:
        case events.ControlsOrdered():
            return msgspec.structs.replace(state, by_id={c.id: c for c in body.controls})
        case events.ExaminationPerformed():
            return _with_status(state, body.controls, "examined")
        case events.SampleTaken():
            return _with_status(state, (body.control,), "sampled")
        case events.FindingRecorded():
            return _found(state, body.finding)
        case events.ResultRecognised():
            return _with_status(state, (body.control,), "recognised")
        case ChannelOverridden():
            return _with_status(state, body.cancelled, "cancelled")
        case _:
            return state


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
    return Controls(by_id, (*state.findings, finding))
