"""The state of a movement: which cases travel in it, whether it came, and its control plan."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from gatepost.control.events import PlanMade
from gatepost.control.model import ControlPlan
from gatepost.kernel.event import Event
from gatepost.lodgement.events import CaseJoined, CaseLeft, ConveyanceArrived

ONE_JOURNEY = timedelta(hours=12)
"""What is expected further apart than this travels in two journeys, whatever their number."""


class Movement(msgspec.Struct, frozen=True, omit_defaults=True):
    """One journey of a conveyance (paper §9); ``version`` is the number of its events."""

    version: int = 0
    cases: tuple[str, ...] = ()
    expected: datetime | None = None
    arrived_at: datetime | None = None
    post: str | None = None
    plan: ControlPlan = ControlPlan()

    def takes(self, expected: datetime | None, now: datetime) -> bool:
        """Tell whether a case expected at this moment, or lodged ``now``, travels in it.

        A journey number is used again: by a coach every day, by a flight every week.
        """
        if not self.cases:
            return False
        known = self.arrived_at or self.expected
        moment = expected or (now if self.arrived_at else None)
        return known is None or moment is None or abs(moment - known) <= ONE_JOURNEY


def evolve(movement: Movement, event: Event) -> Movement:
    """Return the movement after ``event``."""
    changes: dict[str, Any] = {"version": movement.version + 1}
    match event.body:
        case CaseJoined() as joined:
            changes["cases"] = (*movement.cases, joined.reference)
            changes["expected"] = movement.expected or joined.expected
        case CaseLeft() as left:
            changes["cases"] = tuple(one for one in movement.cases if one != left.reference)
        case ConveyanceArrived() as arrived:
            changes["arrived_at"] = event.at
            changes["post"] = arrived.post
        case PlanMade() as made:
            changes["plan"] = made.plan
        case _:
            pass
    return msgspec.structs.replace(movement, **changes)
