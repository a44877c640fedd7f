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
    """A sample was taken for the laboratory; ``instrument`` lets another agency's officer take it.

    ``seal`` is the number under which it was closed, ``evidence`` the digests of photographs.
    """

    control: str
    laboratory: str | None = None
    on_behalf_of: str | None = None
    instrument: str | None = None
    seal: str | None = None
    evidence: tuple[str, ...] = ()


class SampleHandedOver(Body, frozen=True, tag="control:sample:handed_over"):
    """A sample passed from one hand to the next; ``intact`` tells whether its seal was."""

    control: str
    giver: str
    to: str
    seal: str | None = None
    intact: bool = True


class TreatmentPerformed(Body, frozen=True, tag="control:treatment:performed"):
    """Goods were treated or cleaned, by this method; what came of it is found afterwards."""

    controls: tuple[str, ...]
    method: str
    evidence: tuple[str, ...] = ()
    on_behalf_of: str | None = None
    instrument: str | None = None


class SpecialistSummoned(Body, frozen=True, tag="control:specialist:summoned"):
    """An officer on call was called to the post; ``due`` is when the roster says he is there."""

    summons: str
    officer: str
    due: datetime


class SpecialistAttended(Body, frozen=True, tag="control:specialist:attended"):
    """The officer called has come, so many minutes after the call."""

    summons: str
    minutes: int


class SummonsEscalated(Body, frozen=True, tag="control:summons:escalated"):
    """Nobody had come when somebody should have; the unit above is told."""

    summons: str
    unit: str | None = None


class FindingRecorded(Body, frozen=True, tag="control:finding:recorded"):
    """What was found."""

    finding: Finding


class ResultRecognised(Body, frozen=True, tag="control:result:recognised"):
    """A finding of another agency satisfies this control by a clause in force."""

    control: str
    finding: str
    of: str
    clause: str
