"""The state of a movement: which cases travel in it, whether it came, and its control plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from gatepost.control.events import PlanMade
from gatepost.control.model import ControlPlan
from gatepost.kernel.event import Event
from gatepost.lodgement.events import CaseJoined, ConveyanceArrived


class Movement(msgspec.Struct, frozen=True, omit_defaults=True):
    """One journey of a conveyance (paper §9); ``version`` is the number of its events."""

    version: int = 0
    cases: tuple[str, ...] = ()
    arrived_at: datetime | None = None
    post: str | None = None
    plan: ControlPlan = ControlPlan()


def evolve(movement: Movement, event: Event) -> Movement:
    """Return the movement after ``event``."""
    changes: dict[str, Any] = {"version": movement.version + 1}
    match event.body:
        case CaseJoined() as joined:
            changes["cases"] = (*movement.cases, joined.reference)
        case ConveyanceArrived() as arrived:
            changes["arrived_at"] = event.at
            changes["post"] = arrived.post
        case PlanMade() as made:
            changes["plan"] = made.plan
        case _:
            pass
    return msgspec.structs.replace(movement, **changes)
