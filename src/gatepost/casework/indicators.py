"""Indicators as the ledger knows them: what is proposed for each, and the steps it has taken.

Laid over the description, the steps are what is in force (decision 24).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from gatepost.casework.projection import INDICATOR
from gatepost.kernel.event import Event
from gatepost.ledger.model import Row
from gatepost.risk import events
from gatepost.risk.life import Evidence, IndicatorStep, State, laid_over
from gatepost.risk.model import Indicator

BODY_OF: dict[
    State,
    type[events.IndicatorPromoted] | type[events.IndicatorWithdrawn] | type[events.IndicatorEnded],
] = {
    "live": events.IndicatorPromoted,
    "trial": events.IndicatorWithdrawn,
    "ended": events.IndicatorEnded,
}


class Proposal(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step that waits for a second officer; ``by`` is who proposed it."""

    step: IndicatorStep
    by: str
    reason: str
    evidence: Evidence | None = None


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is on record of one indicator, all its versions together."""

    indicator: str
    steps: tuple[IndicatorStep, ...] = ()
    proposal: Proposal | None = None


def evolve(kept: Kept, event: Event) -> Kept:
    """Return what is on record of an indicator after ``event``."""
    match event.body:
        case events.IndicatorStepProposed() as body:
            by = event.actor.id
            return msgspec.structs.replace(
                kept, proposal=Proposal(body.step, by, body.reason, body.evidence)
            )
        case (
            events.IndicatorPromoted() | events.IndicatorWithdrawn() | events.IndicatorEnded()
        ) as body:
            steps = (*kept.steps, body.step)
            return msgspec.structs.replace(kept, steps=steps, proposal=None)
        case _:
            return kept


def kept_of(value: bytes) -> Kept:
    """Return what a row holds."""
    return msgspec.json.decode(value, type=Kept)


def kept_row(kept: Kept) -> Row:
    """Return the row of an indicator."""
    return Row(INDICATOR, kept.indicator, msgspec.json.encode(kept))


def stepped(described: Sequence[Indicator], kept: Iterable[Row]) -> tuple[Indicator, ...]:
    """Return the indicators of a description with the steps on record laid over them."""
    steps = {row.key: kept_of(row.value).steps for row in kept}
    return tuple(piece for one in described for piece in laid_over(one, steps.get(one.id, ())))
