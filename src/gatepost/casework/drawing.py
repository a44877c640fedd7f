"""Drawing again: were a day's random selections those its revealed secret gives? (RM-04)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from gatepost.casework.allocating import again
from gatepost.casework.desk import Desk
from gatepost.casework.projection import CASE
from gatepost.casework.view import view_of
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Recorded, Withheld
from gatepost.lodgement.events import (
    ConveyanceArrived,
    DeclarationAccepted,
    DeclarationAmended,
    DeclarationRegistered,
)
from gatepost.risk import rules
from gatepost.risk.assess import Eases, assess
from gatepost.risk.events import AssessmentMade, BudgetAllocated
from gatepost.risk.model import Hit
from gatepost.risk.random import digest_of

Draw = tuple[str, str]
"""A selection by chance: the indicator and the target."""


class Mismatch(msgspec.Struct, frozen=True):
    """A case whose recorded selections are not those that are drawn again."""

    reference: str
    recorded: tuple[Draw, ...]
    drawn: tuple[Draw, ...]


class Verification(msgspec.Struct, frozen=True):
    """What drawing a day again showed.

    ``committed`` tells that the revealed secret is the one whose digest was published
    before; ``unread`` counts the cases whose data a retention rule deleted. ``allocations`` of
    budgets are chosen again too; ``other_allocations`` name the budgets whose choice differs.
    """

    day: date
    digest: str
    committed: bool
    cases: int
    assessments: int
    selected: int
    unread: int
    mismatches: tuple[Mismatch, ...]
    allocations: int = 0
    other_allocations: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Tell whether everything that can be looked at is as it should be."""
        return self.committed and not self.mismatches and not self.other_allocations


def verify_draws(desk: Desk, day: date) -> Verification:
    """Draw every case of ``day`` again with its revealed secret and compare.

    Refused if no secret was committed for the day (RISK-004) or it is not revealed
    yet (RISK-007). The indicators are those described now for that day.
    """
    published = _published(desk, day)
    secret = bytes.fromhex(published["secret"])
    cases = assessments = selected = unread = 0
    mismatches: list[Mismatch] = []
    references, chosen = _of_day(desk, day)
    for reference in references:
        cases += 1
        events = desk.ledger.read(f"{CASE}/{reference}")
        if any(isinstance(one.event.body, Withheld) for one in events):
            unread += 1
            continue
        for recorded, drawn in _draws(desk.jurisdiction, reference, events, secret):
            assessments += 1
            selected += len(recorded)
            if recorded != drawn:
                mismatches.append(Mismatch(reference, recorded, drawn))
    committed = digest_of(secret) == published["digest"]
    found = tuple(mismatches)
    other = tuple(one.allocation.budget for one in chosen if not again(desk, one, secret))
    return Verification(
        day,
        published["digest"],
        committed,
        cases,
        assessments,
        selected,
        unread,
        found,
        len(chosen),
        other,
    )


def _published(desk: Desk, day: date) -> dict[str, str]:
    published = desk.published(day)
    if published is None:
        raise Refused([rules.NOT_COMMITTED.notice(day=day.isoformat())])
    if "secret" not in published:
        raise Refused([rules.NOT_REVEALED.notice(day=day.isoformat())])
    return published


def _of_day(desk: Desk, day: date) -> tuple[list[str], list[BudgetAllocated]]:
    """Return the cases of a day, and the choices that budgets made on it."""
    references: list[str] = []
    chosen: list[BudgetAllocated] = []
    for _, recorded in desk.ledger.read_all():
        match recorded.event.body:
            case DeclarationAccepted(day=of) if of == day:
                references.append(recorded.stream.split("/", 1)[1])
            case BudgetAllocated(day=of) as body if of == day:
                chosen.append(body)
            case _:
                pass
    return references, chosen


def _draws(
    jurisdiction: Jurisdiction, reference: str, events: Sequence[Recorded], secret: bytes
) -> Iterator[tuple[tuple[Draw, ...], tuple[Draw, ...]]]:
    """Yield what each assessment of a case recorded, and what it gives when drawn again."""
    dataset: dict[str, Any] = {}
    accepted: DeclarationAccepted | None = None
    arrived = numbers = None
    for recorded in events:
        match recorded.event.body:
            case DeclarationRegistered() as body:
                dataset = body.dataset
            case DeclarationAmended() as body:
                dataset, numbers = body.dataset, body.numbers
            case DeclarationAccepted() as body:
                accepted = body
            case ConveyanceArrived():
                arrived = recorded.event.at
            case AssessmentMade() as body if accepted is not None:
                consignment = view_of(
                    dataset,
                    accepted.regime,
                    accepted.day,
                    jurisdiction.zone,
                    jurisdiction.exchange(accepted.day),
                    numbers,
                    arrived,
                )
                eases = _as_recorded(body)
                again = assess(jurisdiction.indicators, consignment, reference, secret, eases)
                yield _by_chance(body.hits), _by_chance(again.hits)
            case _:
                pass


def _as_recorded(body: AssessmentMade) -> Eases:
    """Return the rates that were on record then: what was found since changes no old draw."""
    rates = {(one.indicator, one.target): one.eased for one in body.hits}
    rates |= {(one.indicator, one.target): one.eased for one in body.spared}
    return lambda indicator, target: rates.get((indicator.id, target))


def _by_chance(hits: Iterable[Hit]) -> tuple[Draw, ...]:
    return tuple(sorted((hit.indicator, hit.target) for hit in hits if hit.random))
