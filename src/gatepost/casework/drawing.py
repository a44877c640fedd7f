"""Drawing again: were a day's random selections those its revealed secret gives? (RM-04)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

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
from gatepost.risk.assess import assess
from gatepost.risk.events import AssessmentMade
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
    before; ``unread`` counts the cases whose data a retention rule deleted.
    """

    day: date
    digest: str
    committed: bool
    cases: int
    assessments: int
    selected: int
    unread: int
    mismatches: tuple[Mismatch, ...]

    @property
    def holds(self) -> bool:
        """Tell whether everything that can be looked at is as it should be."""
        return self.committed and not self.mismatches


def verify_draws(desk: Desk, day: date) -> Verification:
    """Draw every case of ``day`` again with its revealed secret and compare.

    Refused if no secret was committed for the day (RISK-004) or it is not revealed
    yet (RISK-007). The indicators are those described now for that day.
    """
    published = _published(desk, day)
    secret = bytes.fromhex(published["secret"])
    cases = assessments = selected = unread = 0
    mismatches: list[Mismatch] = []
    for reference in _cases_of(desk, day):
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
    return Verification(
        day, published["digest"], committed, cases, assessments, selected, unread, found
    )


def _published(desk: Desk, day: date) -> dict[str, str]:
    published = desk.published(day)
    if published is None:
        raise Refused([rules.NOT_COMMITTED.notice(day=day.isoformat())])
    if "secret" not in published:
        raise Refused([rules.NOT_REVEALED.notice(day=day.isoformat())])
    return published


def _cases_of(desk: Desk, day: date) -> list[str]:
    return [
        recorded.stream.split("/", 1)[1]
        for _, recorded in desk.ledger.read_all()
        if isinstance(recorded.event.body, DeclarationAccepted) and recorded.event.body.day == day
    ]


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
                again = assess(jurisdiction.indicators, consignment, reference, secret)
                yield _by_chance(body.hits), _by_chance(again.hits)
            case _:
                pass


def _by_chance(hits: Iterable[Hit]) -> tuple[Draw, ...]:
    return tuple(sorted((hit.indicator, hit.target) for hit in hits if hit.random))
