"""A finding on its way to a decision, as its events leave it (RG-03)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from gatepost.kernel.event import Event
from gatepost.review.decision import events
from gatepost.review.overlap.model import FindingKind, Remedy

Standing = Literal["open", "objected", "decided", "carried_out", "measured", "withdrawn"]


class Effect(msgspec.Struct, frozen=True):
    """What was measured before and after, in a unit, and by whom."""

    before: float
    after: float
    unit: str
    source: str


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """A finding, the remedy proposed, and who has said what to it.

    ``consented`` and ``objected`` are affected agencies; the last word of each counts.
    """

    id: str
    kind: FindingKind
    agencies: tuple[str, ...]
    rules: tuple[str, ...]
    sentence: str
    remedy: Remedy
    effective: date
    measure: date
    raised_by: str
    raised_on: date
    consented: tuple[str, ...] = ()
    objected: dict[str, str] = {}
    decided_on: date | None = None
    legal: str = ""
    effect: Effect | None = None
    withdrawn: str = ""

    @property
    def standing(self) -> Standing:
        """How far it has come."""
        if self.withdrawn:
            return "withdrawn"
        if self.effect is not None:
            return "measured"
        if self.legal:
            return "carried_out"
        if self.decided_on is not None:
            return "decided"
        return "objected" if self.objected else "open"

    @property
    def waiting(self) -> tuple[str, ...]:
        """The affected agencies that have not consented, while it is not decided."""
        if self.standing not in ("open", "objected"):
            return ()
        return tuple(one for one in self.agencies if one not in self.consented)

    def overdue(self, day: date) -> bool:
        """Tell whether it should have been carried out, or its effect measured, before a day."""
        late = {"decided": self.effective, "carried_out": self.measure}.get(self.standing)
        return late is not None and late < day


def folded(happened: Iterable[Event]) -> Decision | None:
    """Return a finding as its events leave it; ``None`` if it was never raised."""
    found: Decision | None = None
    for event in happened:
        found = _evolve(found, event)
    return found


def _day(event: Event) -> date:
    """Return the day of an event where it happened."""
    return event.at.astimezone(ZoneInfo(event.zone)).date()


def _evolve(before: Decision | None, event: Event) -> Decision | None:
    body = event.body
    if isinstance(body, events.FindingRaised):
        return Decision(
            body.id,
            body.kind,
            body.agencies,
            body.rules,
            body.sentence,
            body.remedy,
            body.effective,
            body.measure,
            event.agency or "",
            _day(event),
        )
    if before is None:
        return None
    match body:
        case events.RemedyConsented(agency=agency):
            left = {name: why for name, why in before.objected.items() if name != agency}
            agreed = tuple(dict.fromkeys((*before.consented, agency)))
            return msgspec.structs.replace(before, consented=agreed, objected=left)
        case events.RemedyObjected(agency=agency, reason=reason):
            agreed = tuple(one for one in before.consented if one != agency)
            against = {**before.objected, agency: reason}
            return msgspec.structs.replace(before, consented=agreed, objected=against)
        case events.RemedyDecided():
            return msgspec.structs.replace(before, decided_on=_day(event))
        case events.RemedyCarriedOut(legal=legal):
            return msgspec.structs.replace(before, legal=legal)
        case events.EffectMeasured():
            effect = Effect(body.before, body.after, body.unit, body.source)
            return msgspec.structs.replace(before, effect=effect)
        case events.FindingWithdrawn(reason=reason):
            return msgspec.structs.replace(before, withdrawn=reason)
    return before
