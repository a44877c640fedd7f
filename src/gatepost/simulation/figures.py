"""The day's figures, read from the log of the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from statistics import median

import msgspec

from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.projection import CASE, decode_case
from gatepost.control.events import ExaminationPerformed
from gatepost.lodgement.events import DeclarationRegistered
from gatepost.risk.model import CHANNELS, Channel


class Lane(msgspec.Struct, frozen=True):
    """One lane: how many consignments, how many released, and their median time in the post."""

    channel: Channel
    cases: int
    released: int
    before_arrival: int
    median: timedelta | None


class Figures(msgspec.Struct, frozen=True):
    """The day in numbers.

    ``stops`` is how often conveyances were stopped. What would have been without joint
    examinations is no figure of the day: :mod:`gatepost.simulation.counterfactual` plans it.
    """

    consignments: int
    coaches: int
    travellers: int
    agencies: float
    statuses: dict[str, int]
    lanes: tuple[Lane, ...]
    stops: int


def figures_of(desk: Desk, references: Iterable[str]) -> Figures:
    """Return the figures of the cases named."""
    cases = {one: _case(desk, one) for one in references}
    goods = {one: case for one, case in cases.items() if not case.known.people}
    coaches = {one: case for one, case in cases.items() if case.known.people}
    stops: set[tuple[str, str]] = set()
    travellers = 0
    for reference, case in cases.items():
        for recorded in desk.ledger.read(f"{CASE}/{reference}"):
            body = recorded.event.body
            if isinstance(body, ExaminationPerformed):
                stops.add((case.known.movement, recorded.act))
            if isinstance(body, DeclarationRegistered) and case.known.people:
                travellers += len(body.dataset["Declaration"].get("Traveller", ()))
    statuses: dict[str, int] = {}
    for case in cases.values():
        statuses[case.status] = statuses.get(case.status, 0) + 1
    return Figures(
        len(goods),
        len(coaches),
        travellers,
        sum(len(case.agencies) for case in goods.values()) / max(1, len(goods)),
        statuses,
        tuple(_lane(channel, goods.values()) for channel in CHANNELS),
        len(stops),
    )


def _case(desk: Desk, reference: str) -> Case:
    value = desk.ledger.row(CASE, reference)
    assert value is not None
    return decode_case(value)


def _lane(channel: Channel, cases: Iterable[Case]) -> Lane:
    mine = [case for case in cases if case.channel == channel]
    released = [case for case in mine if case.release.released is not None]
    waits = [
        case.release.released.at - case.known.arrived_at
        for case in released
        if case.release.released is not None and case.known.arrived_at is not None
    ]
    early = sum(wait <= timedelta(0) for wait in waits)
    middle = timedelta(seconds=median(w.total_seconds() for w in waits)) if waits else None
    return Lane(channel, len(mine), len(released), early, middle)
