"""What happens between units, agencies and states that work together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from gatepost.cooperation.committee import Tally, Vote
from gatepost.kernel.event import Body


class InstructionIssued(Body, frozen=True, tag="cooperation:instruction:issued"):
    """A unit instructed the units below it; all have acknowledged by ``due``."""

    id: str
    unit: str
    title: str
    text: str
    to: tuple[str, ...]
    effective: date
    due: datetime
    each: Literal["unit", "officer"] = "unit"
    under: str | None = None
    supersedes: tuple[str, ...] = ()


class InstructionAcknowledged(Body, frozen=True, tag="cooperation:instruction:acknowledged"):
    """An officer of a unit read the instruction and takes it on."""

    unit: str


class InstructionReported(Body, frozen=True, tag="cooperation:instruction:reported"):
    """A unit reported how it carried the instruction out."""

    unit: str
    text: str


class InstructionSuperseded(Body, frozen=True, tag="cooperation:instruction:superseded"):
    """A later instruction took its place."""

    by: str


class InstructionWithdrawn(Body, frozen=True, tag="cooperation:instruction:withdrawn"):
    """The unit that issued it, or one above, took it back."""

    reason: str


class CaseHandedOver(Body, frozen=True, tag="cooperation:case:handed_over"):
    """A unit of an agency gave the agency's part of a case to another unit; its clock goes on."""

    agency: str
    unit: str
    before: str | None
    reason: str


class MeetingConvened(Body, frozen=True, tag="cooperation:meeting:convened"):
    """The members of a committee were called together, with an agenda of numbered items."""

    meeting: str
    on: date
    agenda: dict[str, str]


class _Vote(Body, frozen=True):
    """A vote on an item: the text, how it came out, who was there and how each seat voted."""

    meeting: str
    item: str
    text: str
    tally: Tally
    present: tuple[str, ...]
    votes: dict[str, Vote]
    second: str


class MotionCarried(_Vote, frozen=True, tag="cooperation:motion:carried"):
    """A committee decided."""


class MotionRejected(_Vote, frozen=True, tag="cooperation:motion:rejected"):
    """A committee voted, and the motion found too few votes."""


class ActionAssigned(Body, frozen=True, tag="cooperation:action:assigned"):
    """A seat of a committee is to do something by a day."""

    action: str
    meeting: str
    text: str
    owner: str
    due: date


class ActionClosed(Body, frozen=True, tag="cooperation:action:closed"):
    """What was to be done is done, or will not be, and why."""

    action: str
    text: str
