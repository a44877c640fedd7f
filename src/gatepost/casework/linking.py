"""Asking whether a person, plate, address, container or seal is known to other agencies (RM-07)."""

from __future__ import annotations

from datetime import datetime

from gatepost.authority import rules as authority_rules
from gatepost.authority.element import mask_of
from gatepost.casework.desk import Desk
from gatepost.casework.disclosure import Reader, reader_of, record_listed, view_in
from gatepost.casework.index import cases_with
from gatepost.casework.projection import CASE, decode_case
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.risk.links import ELEMENTS, Link, Linked, MarkKind, link


def ask_link(desk: Desk, actor: Actor, kind: MarkKind, text: str, now: datetime) -> Link:
    """Return what the officer's agency may know of cases that carry an identifier.

    The disclosure gate decides on each case, for assessing risk; what others hold and is told is
    put on record as a reading. Refused with AUTH-001 for who is no officer.
    """
    reader = reader_of(desk, actor, "risk", "read", now)
    if not reader.agency:
        on = reader.day.isoformat()
        raise Refused([authority_rules.UNKNOWN_OFFICER.notice(officer=actor.id, day=on)])
    linked = [
        one for name in cases_with(desk, kind, text) if (one := _linked(desk, reader, name, kind))
    ]
    found = link(reader.agency, linked)
    own = {one.reference for one in linked if reader.agency in one.agencies}
    others = tuple(name for name in found.cases if name not in own)
    if others:
        record_listed(desk, reader, others, len(others), now)
    return found


def _linked(desk: Desk, reader: Reader, reference: str, kind: MarkKind) -> Linked | None:
    """Return a case with the rights by which its element of this kind is open to the reader."""
    value = desk.ledger.row(CASE, reference)
    if value is None:
        return None
    case = decode_case(value)
    view = view_in(desk, case, reader)
    needed = mask_of([ELEMENTS[kind]])
    rights: tuple[str, ...] = ()
    if view is not None and view.case & needed == needed:
        rights = tuple(right.name for right in view.rights)
    return Linked(reference, case.agencies, rights)
