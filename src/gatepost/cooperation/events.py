"""What happens between units, agencies and states that work together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

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
