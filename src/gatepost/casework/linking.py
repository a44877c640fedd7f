"""Asking whether a person, plate, address, container or seal is known to other agencies (RM-07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from gatepost.authority import rules as authority_rules
from gatepost.authority.clause import Share
from gatepost.authority.element import DataClass, mask_of
from gatepost.authority.lifecycle import periods
from gatepost.casework.case import Case, evolve
from gatepost.casework.desk import Desk
from gatepost.casework.projection import CASE
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.lodgement.events import DeclarationAmended, DeclarationRegistered
from gatepost.risk.links import ELEMENTS, Link, Linked, MarkKind, link, mark_of, marks_in


def ask_link(desk: Desk, actor: Actor, kind: MarkKind, text: str, now: datetime) -> Link:
    """Return what the officer's agency may know of cases that carry an identifier.

    Refused with AUTH-001 for who is no officer. The whole log is read, so that nothing
    but hashes is compared and nothing has to be kept beside it.
    """
    if actor.kind != "officer" or actor.agency is None:
        on = desk.jurisdiction.law_day(now).isoformat()
        raise Refused([authority_rules.UNKNOWN_OFFICER.notice(officer=actor.id, day=on)])
    wanted = mark_of(desk.mark_key, kind, text)
    cases: dict[str, Case] = {}
    carrying: dict[str, bool] = {}
    for _, recorded in desk.ledger.read_all():
        view, _, reference = recorded.stream.partition("/")
        if view != CASE:
            continue
        cases[reference] = evolve(cases.get(reference, Case()), recorded.event)
        body = recorded.event.body
        if isinstance(body, DeclarationRegistered | DeclarationAmended):
            carrying[reference] = _carries(desk, body.dataset, kind, wanted)
    linked = [Linked(name, cases[name].agencies) for name, found in carrying.items() if found]
    day = desk.jurisdiction.law_day(now)
    return link(actor.agency, kind, linked, lambda of, to, k: _clause(desk, of, to, k, day))


def _carries(desk: Desk, dataset: Mapping[str, Any], kind: MarkKind, wanted: str) -> bool:
    return any(
        mark_of(desk.mark_key, one, text) == wanted
        for one, text in marks_in(dataset)
        if one == kind
    )


def _clause(desk: Desk, of: str, to: str, kind: MarkKind, day: date) -> str | None:
    """Return the clause in force by which ``of`` opens this kind of mark to ``to``."""
    described: Sequence[DataClass] = desk.jurisdiction.parts.get("data_class", ())
    classes = {one.id: one for one in described}
    needed = mask_of([ELEMENTS[kind]])
    for agreement in desk.jurisdiction.register.all_agreements:
        if not any(period.on(day) for period in periods(agreement)):
            continue
        for clause in agreement.clauses:
            if isinstance(clause, Share) and of in clause.of and to in clause.to:
                opened = [classes[name].elements for name in clause.data if name in classes]
                mask = mask_of(element for several in opened for element in several)
                if mask & needed == needed:
                    return clause.id
    return None
