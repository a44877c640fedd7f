"""Amending and withdrawing a declaration."""

from __future__ import annotations

from typing import Any

from gatepost.authority import rules as authority_rules
from gatepost.casework.acts.gate import party_of_case
from gatepost.casework.acts.model import Act
from gatepost.casework.determining import AMENDMENT, determine_case, replan
from gatepost.casework.lodge import commodities_of, parties_of
from gatepost.casework.work import Work
from gatepost.consignment.dataset import changed_paths, child, text
from gatepost.consignment.reading import read_consignment
from gatepost.kernel.notice import Notice, Refused
from gatepost.lodgement import check, rules
from gatepost.lodgement.events import DeclarationAmended, DeclarationWithdrawn
from gatepost.lodgement.model import Lodged


def amend(work: Work, act: Act, digest: str) -> None:
    """Replace the data set; needs, risk and controls are found anew.

    The law stays that of the day of acceptance. ``digest`` is that of the new data set.
    """
    known = party_of_case(work, act)
    _not_removed(work, act)
    dataset: dict[str, Any] = act.declaration or {}
    notices = list(_amendment_notices(known, dataset))
    if notices:
        raise Refused(notices)
    earlier = work.dataset(act.reference)
    changed = tuple(changed_paths(earlier, dataset))
    if not changed:
        raise Refused([rules.NOTHING_CHANGED.notice(reference=act.reference)])
    jurisdiction = work.desk.jurisdiction
    consignment = read_consignment(dataset, known.regime, known.day, jurisdiction.zone)
    refused = [
        notice
        for notice in check.refusals(
            consignment, jurisdiction.register, (), jurisdiction.country.code, work.at
        )
        if notice.code != authority_rules.NO_BROKERAGE.number
    ]
    if refused:
        raise Refused(refused)
    work.happen(
        act.reference,
        DeclarationAmended(
            digest,
            dataset,
            changed,
            act.reason,
            parties_of(consignment),
            commodities_of(consignment),
        ),
    )
    work.look_as(act.reference, None)
    determine_case(work, act.reference, AMENDMENT)


def withdraw(work: Work, act: Act) -> None:
    """Take the declaration back: only before the release."""
    party_of_case(work, act)
    if work.case(act.reference).release.released is not None:
        raise Refused([rules.RELEASED.notice(reference=act.reference)])
    work.happen(act.reference, DeclarationWithdrawn(act.reason))
    replan(work, work.case(act.reference).known.movement)


def _not_removed(work: Work, act: Act) -> None:
    if work.case(act.reference).release.removed_at is not None:
        raise Refused([rules.REMOVED.notice(reference=act.reference)])


def _amendment_notices(known: Lodged, dataset: dict[str, Any]) -> list[Notice]:
    declaration = child(dataset, "Declaration")
    key = (text(child(declaration, "Declarant"), "ID"), text(declaration, "FunctionalReferenceID"))
    if key != (known.declarant, known.functional_reference):
        return [rules.OTHER_KEY.notice("Declaration", reference=known.reference)]
    return []
