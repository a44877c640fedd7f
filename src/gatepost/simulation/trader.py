"""What a careful trader does before lodging: look up what is needed, and bring it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

import msgspec

from gatepost.casework.shorthand import Declaration, Goods, Person, expand
from gatepost.consignment.reading import read_consignment
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.permit.match import Papers
from gatepost.requirement.determine import determine
from gatepost.requirement.model import Need

Bearer = TypeVar("Bearer", Goods, Person)

NOTICE_HOURS = (13, 25, 49, 73)
"""Hours before the arrival by which traders know to lodge where notice is asked for."""


def open_needs(
    jurisdiction: Jurisdiction, declaration: Declaration, at: datetime
) -> tuple[Need, ...]:
    """Return what would still be asked for if ``declaration`` were lodged at ``at``."""
    regime = jurisdiction.regime_of(declaration.type)
    assert regime is not None
    day = jurisdiction.law_day(at)
    consignment = read_consignment(
        expand(declaration), regime, day, jurisdiction.zone, jurisdiction.exchange(day)
    )
    found = determine(jurisdiction.requirements.on(day), consignment, at, Papers(consignment).first)
    return tuple(need for need in found.needs if need.open)


def in_good_time(
    jurisdiction: Jurisdiction, declaration: Declaration, planned: datetime, arrival: datetime
) -> datetime:
    """Return when to lodge: as planned, or earlier where an agency asks for notice."""
    for moment in (planned, *(arrival - timedelta(hours=hours) for hours in NOTICE_HOURS)):
        needs = open_needs(jurisdiction, declaration, moment)
        if not any(need.kind == "notification" for need in needs):
            return moment
    return planned


def with_papers(
    jurisdiction: Jurisdiction, declaration: Declaration, at: datetime, forget: int | None = None
) -> Declaration:
    """Return ``declaration`` with every document that is needed.

    ``forget`` is the number of a document, from 0, that is left at the office.
    """
    wanted = [n for n in open_needs(jurisdiction, declaration, at) if n.document]
    unique = list({(n.target, n.document): n for n in wanted}.values())
    if forget is not None and unique:
        unique.pop(forget % len(unique))
    items = list(declaration.items)
    people = list(declaration.travellers)
    common = list(declaration.documents)
    for number, need in enumerate(unique, 1):
        line = f"{need.document} {need.document}-{declaration.reference[-4:]}-{number}"
        kind, _, position = need.target.partition("/")
        if kind == "item":
            items[int(position) - 1] = _with_document(items[int(position) - 1], line)
        elif kind == "traveller":
            people[int(position) - 1] = _with_document(people[int(position) - 1], line)
        else:
            common.append(line)
    return msgspec.structs.replace(
        declaration, items=tuple(items), travellers=tuple(people), documents=tuple(common)
    )


def _with_document(bearer: Bearer, line: str) -> Bearer:
    return msgspec.structs.replace(bearer, documents=(*bearer.documents, line))
