"""Amending and withdrawing a declaration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gatepost.authority import rules as authority_rules
from gatepost.casework.acts.gate import declarant_of_case
from gatepost.casework.acts.model import Act
from gatepost.casework.case import Case
from gatepost.casework.determining import AMENDMENT, determine_case, replan
from gatepost.casework.lodge import commodities_of, find_movement, join, parties_of
from gatepost.casework.settling import pass_time
from gatepost.casework.work import Work
from gatepost.consignment.dataset import changed_paths, child, text
from gatepost.consignment.identity import Numbers, first_numbers, numbers_after
from gatepost.consignment.model import Consignment
from gatepost.consignment.reading import read_consignment
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Notice, Refused
from gatepost.lodgement import check, rules
from gatepost.lodgement.events import (
    CaseLeft,
    Course,
    DeclarationAmended,
    DeclarationWithdrawn,
)
from gatepost.lodgement.model import Lodged
from gatepost.release.model import CLEARING
from gatepost.release.rules import HELD


def amend(work: Work, act: Act) -> None:
    """Replace the data set by ``declaration``; needs, risk and controls are found anew.

    The law stays that of the day of acceptance. What is declared again keeps its number, and
    with it the controls and decisions on it; other goods or people get a new one. Before the
    goods are here, another office or journey leads the case to another post or movement.
    """
    known = declarant_of_case(work, act)
    _not_removed(work, act)
    dataset: dict[str, Any] = act.declaration or {}
    notices = _amendment_notices(work, known, dataset)
    if notices:
        raise Refused(notices)
    before = work.dataset(act.reference)
    changed = tuple(changed_paths(before, dataset))
    if not changed:
        raise Refused([rules.NOTHING_CHANGED.notice(reference=act.reference)])
    here = work.desk.jurisdiction
    exchange = here.exchange(known.day)
    consignment = read_consignment(dataset, known.regime, known.day, here.zone, exchange)
    refused = _refusals(work, known, consignment)
    if refused:
        raise Refused(refused)
    earlier = work.consignment(act.reference)
    numbers = numbers_after(earlier, before, consignment, dataset, known.numbers)
    course, stays = _course(work, known, consignment)
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
            numbers,
            course,
            (*_renumbered(earlier, numbers, known.numbers), *stays),
        ),
    )
    work.look_as(act.reference, None)
    if course is not None:
        _change_course(work, known, consignment)
    determine_case(work, act.reference, AMENDMENT)


def _course(
    work: Work, known: Lodged, consignment: Consignment
) -> tuple[Course | None, tuple[Notice, ...]]:
    """Return where the amended data lead, if elsewhere; goods that are here stay, which is said."""
    post = work.desk.jurisdiction.register.post_of(consignment.offices, known.day)
    name = post.id if post else None
    if known.is_here:
        if name is None or name == known.post:
            return None, ()
        return None, (rules.STAYS.notice("Declaration", post=known.post or known.movement),)
    movement = find_movement(work, consignment, known.reference, name)
    same = (movement, name) == (known.movement, known.post)
    return (None if same else Course(movement, name)), ()


def _change_course(work: Work, known: Lodged, consignment: Consignment) -> None:
    """Leave the movement a case travelled in and join the one it now travels in."""
    if work.case(known.reference).known.movement != known.movement:
        work.move(known.movement, CaseLeft(known.reference))
        replan(work, known.movement)
        join(work, known.reference, consignment)
        replan(work, work.case(known.reference).known.movement)


def _renumbered(before: Consignment, numbers: Numbers, earlier: Numbers | None) -> Iterator[Notice]:
    """Yield what is declared anew and what no more, each by the name controls know it by."""
    known = earlier or first_numbers(before)
    people = "Declaration/Traveller[{}]"
    kinds = (
        ("item", before.items, numbers.items, known.last_item, check.ITEM),
        ("traveller", before.travellers, numbers.travellers, known.last_traveller, people),
    )
    for kind, old, now, last, where in kinds:
        for place, number in enumerate(now, 1):
            if number > last:
                yield rules.OTHER_GOODS.notice(where.format(place), target=f"{kind}/{number}")
        for number in sorted({one.number for one in old} - {*now}):
            yield rules.NO_LONGER_DECLARED.notice("Declaration", target=f"{kind}/{number}")


def withdraw(work: Work, act: Act) -> None:
    """Take the declaration back: before the release, and not from under a hold or a finding.

    Nor from under a control, once the goods are here: lodged anew, another draw would be made.
    """
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
    if not case.known.is_here:
        return
    due: dict[str, list[str]] = {}
    for control in case.controls.open:
        due.setdefault(control.agency, []).append(control.id)
    for agency, names in sorted(due.items()):
        controls = ", ".join(sorted(names))
        yield rules.SELECTED.notice(reference=reference, agency=agency, controls=controls)


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
