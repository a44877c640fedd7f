"""What all agencies need of a consignment on its day (SW-02).

The order of the answer is that of the items, then of the requirements' ids, so
the same lodgement gives the same list on any machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from gatepost.consignment.model import Consignment
from gatepost.requirement.compiled import DayBook, Wording
from gatepost.requirement.model import Charge, Determination, Need, Prescribed

Applying = tuple[str, Any, Wording]
FindDocument = Callable[[str, Iterable[str]], str | None]


def determine(
    book: DayBook,
    consignment: Consignment,
    lodged_at: datetime,
    document: FindDocument,
    fees: DayBook | None = None,
) -> Determination:
    """Return the needs, the prescribed controls and the charges of ``consignment``.

    ``lodged_at`` is compared with the expected arrival for notifications;
    ``document(target, codes)`` names the first of the codes that is lodged for a target.
    """
    applying = list(_applying(book, consignment))
    return Determination(
        tuple([_need(document, consignment, lodged_at, *one) for one in applying]),
        tuple(_prescribed(applying)),
        tuple(_charges(fees, consignment)) if fees is not None else (),
    )


def _applying(book: DayBook, consignment: Consignment) -> Iterator[Applying]:
    regime = consignment.regime
    for wording in book.general(regime, "consignment"):
        if wording.applies(consignment, consignment):
            yield "consignment", consignment, wording
    for item in consignment.items:
        target = f"item/{item.number}"
        for wording in book.for_item(regime, item.commodity):
            if wording.applies(item, consignment):
                yield target, item, wording
    if consignment.travellers:
        general = book.general(regime, "traveller")
        for traveller in consignment.travellers:
            target = f"traveller/{traveller.number}"
            for wording in general:
                if wording.applies(traveller, consignment):
                    yield target, traveller, wording


def _need(
    document: FindDocument,
    consignment: Consignment,
    lodged_at: datetime,
    target: str,
    subject: Any,
    wording: Wording,
) -> Need:
    asks = wording.asks
    assert asks is not None
    return Need(
        wording.id,
        wording.agency,
        target,
        asks.kind,
        wording.legal_basis,
        asks.document,
        asks.alternatives,
        asks.data,
        _met_by(document, consignment, lodged_at, target, subject, wording),
    )


def _met_by(
    document: FindDocument,
    consignment: Consignment,
    lodged_at: datetime,
    target: str,
    subject: Any,
    wording: Wording,
) -> str | None:
    asks = wording.asks
    assert asks is not None
    if asks.kind == "declaration":
        return "lodgement"
    if asks.kind == "document" and asks.document is not None:
        return document(target, (asks.document, *asks.alternatives))
    if asks.kind == "data" and wording.present is not None:
        whole = wording.applies_to.level == "consignment"
        present = wording.present(consignment) if whole else wording.present(subject, consignment)
        return "data" if present else None
    if asks.kind == "notification" and wording.lead is not None:
        expected = consignment.conveyance.expected
        early = expected is not None and expected - lodged_at >= wording.lead
        return "notice" if early else None
    return None


def _prescribed(applying: Iterable[Applying]) -> Iterator[Prescribed]:
    for target, _, wording in applying:
        control = wording.control
        if control is not None:
            yield Prescribed(
                wording.id,
                wording.agency,
                target,
                control.kind,
                control.check,
                control.place,
                wording.legal_basis,
            )


def _charges(book: DayBook, consignment: Consignment) -> Iterator[Charge]:
    for target, subject, wording in _applying(book, consignment):
        assert wording.amount is not None
        whole = wording.applies_to.level == "consignment"
        amount = wording.amount(consignment) if whole else wording.amount(subject, consignment)
        if amount:
            yield Charge(
                wording.id,
                wording.agency,
                target,
                round(amount, 2),
                wording.currency,
                wording.legal_basis,
            )
