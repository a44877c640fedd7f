"""Amending and withdrawing a declaration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gatepost.authority import rules as authority_rules
from gatepost.casework.acts.gate import declarant_of_case
from gatepost.casework.acts.model import Act
from gatepost.casework.case import Case
from gatepost.casework.determining import AMENDMENT, determine_case, replan
from gatepost.casework.lodge import commodities_of, parties_of
from gatepost.casework.settling import pass_time
from gatepost.casework.work import Work
from gatepost.consignment.dataset import changed_paths, child, text
from gatepost.consignment.model import Consignment
from gatepost.consignment.reading import read_consignment
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Notice, Refused
from gatepost.lodgement import check, rules
from gatepost.lodgement.events import DeclarationAmended, DeclarationWithdrawn
from gatepost.lodgement.model import Lodged
from gatepost.release.model import CLEARING
from gatepost.release.rules import HELD


def amend(work: Work, act: Act) -> None:
    """Replace the data set by ``declaration``; needs, risk and controls are found anew.

    The law stays that of the day of acceptance.
    """
    known = declarant_of_case(work, act)
    _not_removed(work, act)
    dataset: dict[str, Any] = act.declaration or {}
    notices = _amendment_notices(work, known, dataset)
    if notices:
        raise Refused(notices)
    changed = tuple(changed_paths(work.dataset(act.reference), dataset))
    if not changed:
        raise Refused([rules.NOTHING_CHANGED.notice(reference=act.reference)])
    zone = work.desk.jurisdiction.zone
    consignment = read_consignment(dataset, known.regime, known.day, zone)
    refused = _refusals(work, known, consignment)
    if refused:
        raise Refused(refused)
    work.happen(
        act.reference,
        DeclarationAmended(
            digest_of(dataset),
            dataset,
            changed,
            act.reason,
            consignment.agent.id if consignment.agent else None,
            parties_of(consignment),
            commodities_of(consignment),
            bool(consignment.travellers),
        ),
    )
    work.look_as(act.reference, None)
    determine_case(work, act.reference, AMENDMENT)


def withdraw(work: Work, act: Act) -> None:
    """Take the declaration back: before the release, and not from under a hold or a finding."""
    declarant_of_case(work, act)
    if work.case(act.reference).release.released is not None:
        raise Refused([rules.RELEASED.notice(reference=act.reference)])
    pass_time(work, act.reference)
    notices = list(_ties(work.case(act.reference), act.reference))
    if notices:
        raise Refused(notices)
    work.happen(act.reference, DeclarationWithdrawn(act.reason))
    replan(work, work.case(act.reference).known.movement)


def _ties(case: Case, reference: str) -> Iterator[Notice]:
    """Yield what keeps a declaration from being withdrawn."""
    for hold in case.release.open_holds:
        yield HELD.notice(reference=reference, agency=hold.agency, reason=hold.reason)
    against = {c.agency for c in case.controls.by_id.values() if c.result == "nonconform"}
    against |= {d.agency for d in case.release.decisions.values() if d.kind not in CLEARING}
    for agency in sorted(against):
        yield rules.FOUND_AGAINST.notice(reference=reference, agency=agency)


def _not_removed(work: Work, act: Act) -> None:
    if work.case(act.reference).release.removed_at is not None:
        raise Refused([rules.REMOVED.notice(reference=act.reference)])


def _amendment_notices(work: Work, known: Lodged, dataset: dict[str, Any]) -> list[Notice]:
    declaration = child(dataset, "Declaration")
    key = (text(child(declaration, "Declarant"), "ID"), text(declaration, "FunctionalReferenceID"))
    if key != (known.declarant, known.functional_reference):
        return [rules.OTHER_KEY.notice("Declaration", reference=known.reference)]
    code = text(declaration, "TypeCode") or ""
    if work.desk.jurisdiction.regime_of(code) != known.regime:
        where, regime = "Declaration/TypeCode", known.regime
        return [
            rules.OTHER_REGIME.notice(where, reference=known.reference, regime=regime, type=code)
        ]
    return []


def _refusals(work: Work, known: Lodged, consignment: Consignment) -> list[Notice]:
    """Return what refuses the new data; the agent who lodged stays, a new one needs a mandate."""
    jurisdiction = work.desk.jurisdiction
    agent = consignment.agent.id if consignment.agent else None
    found = check.refusals(
        consignment, jurisdiction.register, (), jurisdiction.country.code, work.at
    )
    stays = agent == known.agent
    return [n for n in found if not (stays and n.code == authority_rules.NO_BROKERAGE.number)]
