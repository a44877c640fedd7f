"""What passed, read from lodgements or from the log: the ground of back-tests and of learning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from gatepost.casework.case import Case, evolve
from gatepost.casework.desk import Desk
from gatepost.casework.events import CaseDepersonalised
from gatepost.casework.projection import CASE
from gatepost.casework.view import view_of
from gatepost.consignment.dataset import DataSet, child, text
from gatepost.consignment.model import Consignment
from gatepost.control.model import Control
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.notice import Notice, Refused
from gatepost.ledger.model import Withheld
from gatepost.lodgement import rules as lodgement_rules
from gatepost.lodgement.events import DeclarationAmended, DeclarationRegistered
from gatepost.lodgement.model import Lodged
from gatepost.risk.effectiveness import Look, Observed
from gatepost.risk.events import AssessmentMade
from gatepost.risk.model import Hit

WHOLE = "consignment"


class PastLodgement(msgspec.Struct, frozen=True):
    """A lodgement of the past; ``found`` tells by agency, or by its targets, what was found."""

    dataset: DataSet
    day: date | None = None
    reference: str | None = None
    found: dict[str, bool | dict[str, bool]] = {}


class PastCase(msgspec.Struct, frozen=True):
    """A consignment that passed: ``found`` tells by agency and target whether something was wrong.

    What nobody looked at is not in ``found``. ``hits`` are those on record.
    """

    reference: str
    consignment: Consignment
    found: dict[tuple[str, str], bool]
    case: Case = Case()
    hits: tuple[Hit, ...] = ()


def past_of_lodgements(
    jurisdiction: Jurisdiction, lodgements: Iterable[PastLodgement], today: date
) -> list[PastCase]:
    """Return the consignments of lodgements; one that tells no day is of ``today``.

    ``Refused`` with every lodgement whose type this jurisdiction does not know.
    """
    found: list[PastCase] = []
    notices: list[Notice] = []
    for number, one in enumerate(lodgements, 1):
        code = text(child(one.dataset, "Declaration"), "TypeCode") or ""
        regime = jurisdiction.regime_of(code)
        if regime is None:
            known = ", ".join(jurisdiction.type_prefixes)
            where = f"lodgement {number}, Declaration/TypeCode"
            notices.append(lodgement_rules.UNKNOWN_TYPE.notice(where, type=code, known=known))
            continue
        day = one.day or today
        here = jurisdiction
        consignment = view_of(one.dataset, regime, day, here.zone, here.exchange(day), None, None)
        name = one.reference or consignment.reference or str(number)
        found.append(PastCase(name, consignment, dict(_told(one.found))))
    if notices:
        raise Refused(notices)
    return found


def _told(
    found: dict[str, bool | dict[str, bool]],
) -> Iterator[tuple[tuple[str, str], bool]]:
    for agency, told in found.items():
        targets = told if isinstance(told, dict) else {WHOLE: told}
        for target, wrong in targets.items():
            yield (agency, target), wrong


def past_of_ledger(desk: Desk) -> list[PastCase]:
    """Return every case on record whose data no retention rule deleted."""
    cases: dict[str, Case] = {}
    datasets: dict[str, dict[str, Any]] = {}
    hits: dict[str, tuple[Hit, ...]] = {}
    for _, recorded in desk.ledger.read_all():
        kind, _, reference = recorded.stream.partition("/")
        body = recorded.event.body
        if kind != CASE or isinstance(body, Withheld):
            continue
        cases[reference] = evolve(cases.get(reference, Case()), recorded.event)
        if isinstance(body, DeclarationRegistered | DeclarationAmended | CaseDepersonalised):
            datasets[reference] = body.dataset
        elif isinstance(body, AssessmentMade):
            hits[reference] = body.hits
    return [
        PastCase(
            reference,
            _viewed(desk, datasets[reference], case.known),
            _findings(case),
            case,
            hits.get(reference, ()),
        )
        for reference, case in cases.items()
        if reference in datasets and case.lodged is not None
    ]


def _viewed(desk: Desk, dataset: DataSet, known: Lodged) -> Consignment:
    here = desk.jurisdiction
    exchange = here.exchange(known.day)
    return view_of(
        dataset, known.regime, known.day, here.zone, exchange, known.numbers, known.arrived_at
    )


def observed(past: PastCase) -> Observed:
    """Return a case on record as what its indicators are judged by."""
    looks = tuple(
        Look(
            control.agency,
            control.check,
            control.target,
            control.source,
            _wrong(control),
            control.status == "cancelled",
            control.status == "recognised",
        )
        for control in past.case.controls.by_id.values()
    )
    return Observed(past.consignment.day, past.hits, looks)


def _wrong(control: Control) -> bool | None:
    """Tell whether a control found something wrong; ``None`` while nobody has looked."""
    if control.status == "recognised":
        return False
    return None if control.result is None else control.result == "nonconform"


def _findings(case: Case) -> dict[tuple[str, str], bool]:
    found: dict[tuple[str, str], bool] = {}
    for control in case.controls.by_id.values():
        if control.result is not None:
            key = (control.agency, control.target)
            found[key] = found.get(key, False) or control.result == "nonconform"
    return found
