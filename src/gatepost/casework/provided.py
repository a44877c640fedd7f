"""What an agency received, told to itself, to who gave it, and to the operator (IX-03, IX-04)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from gatepost.authority.clause import Share
from gatepost.authority.disclosure import Right
from gatepost.authority.element import condensed, mask_of
from gatepost.casework.desk import Desk
from gatepost.casework.disclosed import Disclosed, received_by
from gatepost.casework.disclosure import own_records, reader_of
from gatepost.kernel.actor import Actor


def received(
    desk: Desk, actor: Actor, now: datetime, agency: str, month: date, purpose: str | None = None
) -> list[Disclosed]:
    """Return what ``agency`` was shown in a month, oldest first.

    Itself and the operator are told everything. An agency that gives it something by a clause, in
    force or ended, is told what was shown by that clause, of its own data and without who looked:
    so it can see whether its terms are kept. Others are refused with AUTH-040.
    """
    provider = reader_of(desk, actor, purpose, "list", now).agency
    if provider and agency != provider and any(_gives(desk, provider, agency)):
        entries = received_by(desk, agency, month)
        return [found for one in entries if (found := _as_given(desk, one, provider)) is not None]
    mine, seen = own_records(desk, actor, now, agency, purpose, granted=False)
    return received_by(desk, mine, month, seen)


def _gives(desk: Desk, provider: str, recipient: str) -> Iterator[Share]:
    """Yield the clauses of all versions by which an agency gives data to another."""
    for agreement in desk.jurisdiction.register.all_agreements:
        for clause in agreement.clauses:
            if isinstance(clause, Share) and provider in clause.of and recipient in clause.to:
                yield clause


def _as_given(desk: Desk, one: Disclosed, provider: str) -> Disclosed | None:
    """Return an entry as the provider is told it; ``None`` where nothing came by its clauses."""
    book = desk.jurisdiction.disclosure
    rights: list[Right] = []
    mask = 0
    for right in one.rights:
        share = book.share(right) if right.instrument is not None else None
        if share is not None and provider in share.of:
            rights.append(right)
            for name in share.data:
                mask |= book.masks.get(name, 0)
    if not rights or one.refused is not None:
        return None
    return msgspec.structs.replace(
        one,
        actor="somebody",
        right=rights[0].name,
        rights=tuple(rights),
        elements=condensed(mask & mask_of(one.elements)),
    )
