"""What happened: an envelope every event shares, around a body its room defines.

A body is a frozen struct whose tag is the event's name, three past-tense parts:
``release:hold:placed``. The envelope says when it happened, in which zone, who
says so and by which rule and law; when it was recorded is added by the ledger.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from gatepost.kernel.actor import SYSTEM, Actor
from gatepost.kernel.legal import LegalBasis

Source = Literal["system", "manual", "estimated"]


class Body(msgspec.Struct, frozen=True, tag_field="event", omit_defaults=True):
    """Base of every event body; a subclass gives the event's name as its ``tag``."""

    @classmethod
    def name(cls) -> str:
        """Return the event's name, such as ``release:hold:placed``."""
        return str(cls.__struct_config__.tag)


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened.

    ``at`` is the aware moment it happened, ``zone`` the IANA zone of the place.
    ``rule`` is the number of the requirement, indicator, mandate, clause or code
    rule behind it and ``legal_basis`` the law of that rule.
    """

    at: datetime
    body: Body
    zone: str = "UTC"
    source: Source = "system"
    actor: Actor = SYSTEM
    agency: str | None = None
    rule: str | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
