"""What happens to controls."""

from __future__ import annotations

from datetime import datetime

from gatepost.control.model import Control, ControlPlan, Finding
from gatepost.kernel.event import Body


class ControlsOrdered(Body, frozen=True, tag="control:controls:ordered"):
    """These controls are asked for in the case; what was ordered before and not named is gone."""

    controls: tuple[Control, ...] = ()


class PlanMade(Body, frozen=True, tag="control:plan:made"):
    """The movement's plan for everything still open in all its cases."""

    plan: ControlPlan
    cases: tuple[str, ...]


class ExaminationPerformed(Body, frozen=True, tag="control:examination:performed"):
    """Agencies examined together, once; ``stop`` is the plan's."""

    controls: tuple[str, ...]
    agencies: tuple[str, ...]
    stop: str | None = None
    started: datetime | None = None


class SampleTaken(Body, frozen=True, tag="control:sample:taken"):
    """A sample left for the laboratory; ``instrument`` lets another agency's officer take it."""

    control: str
    laboratory: str | None = None
    on_behalf_of: str | None = None
    instrument: str | None = None


class FindingRecorded(Body, frozen=True, tag="control:finding:recorded"):
    """What was found."""

    finding: Finding


class ResultRecognised(Body, frozen=True, tag="control:result:recognised"):
    """A finding of another agency satisfies this control by a clause in force."""

    control: str
    finding: str
    of: str
    clause: str
