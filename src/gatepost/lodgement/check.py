"""Checking a declaration before it is accepted: what refuses it, and what is only said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from gatepost.authority import rules as authority_rules
from gatepost.authority.register import Register
from gatepost.codelists.countries import is_country
from gatepost.codelists.hs import is_heading
from gatepost.consignment.model import Consignment
from gatepost.consignment.money import Exchange
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.moment import fixed
from gatepost.kernel.notice import Notice
from gatepost.lodgement import rules
from gatepost.lodgement.model import CodeTables, Window

ITEM = "Declaration/GoodsShipment/GovernmentAgencyGoodsItem[{}]"


def refusals(
    consignment: Consignment,
    register: Register,
    windows: Iterable[Window],
    country: str,
    now: datetime,
) -> Iterator[Notice]:
    """Yield everything that refuses the declaration."""
    if not consignment.reference:
        yield rules.NO_FUNCTIONAL_REFERENCE.notice("Declaration/FunctionalReferenceID")
    if not consignment.declarant.id:
        yield rules.NO_DECLARANT.notice("Declaration/Declarant/ID")
    if not consignment.items and not consignment.travellers:
        yield rules.NOTHING_DECLARED.notice("Declaration/GoodsShipment")
    yield from _window(consignment, windows, now)
    yield from (n for n in representation(consignment, register, country) if _refuses(n))


def _refuses(notice: Notice) -> bool:
    return notice.code == authority_rules.NO_BROKERAGE.number


def representation(consignment: Consignment, register: Register, country: str) -> Iterator[Notice]:
    """Yield what is to be said of an agent who lodges for another (SW-09).

    For a principal established here the agent needs a registered mandate in
    force. One established abroad cannot register one: the agent then answers
    for the lodgement itself, which is said in a notice.
    """
    agent = consignment.agent.id if consignment.agent else None
    principal = consignment.declarant.id
    if agent is None or principal is None or agent == principal:
        return
    if not principal.startswith(country):
        yield authority_rules.FOREIGN_PRINCIPAL.notice(
            "Declaration/Agent/ID", agent=agent, principal=principal
        )
    elif register.brokerage(principal, agent, consignment.regime, consignment.day) is None:
        yield authority_rules.NO_BROKERAGE.notice(
            "Declaration/Agent/ID",
            agent=agent,
            principal=principal,
            regime=consignment.regime,
            day=consignment.day.isoformat(),
        )


def _window(consignment: Consignment, windows: Iterable[Window], now: datetime) -> Iterator[Notice]:
    expected = consignment.conveyance.expected
    if expected is None:
        return
    where = "Declaration/BorderTransportMeans/EstimatedArrivalDateTime"
    for window in windows:
        if (
            not window.valid.on(consignment.day)
            or consignment.mode not in window.modes
            or consignment.regime not in window.regimes
        ):
            continue
        ahead = expected - fixed(now)
        if ahead > parse_duration(window.opens):
            yield rules.TOO_EARLY.notice(where, opens=window.opens, window=window.id)
        elif ahead < parse_duration(window.closes):
            yield rules.TOO_LATE.notice(where, closes=window.closes, window=window.id)


def remarks(
    consignment: Consignment,
    register: Register,
    codes: CodeTables,
    country: str,
    exchange: Exchange,
) -> Iterator[Notice]:
    """Yield what is said without refusing: what is not known here, who answers for it."""
    yield from (n for n in representation(consignment, register, country) if not _refuses(n))
    for office in consignment.offices:
        if office not in codes.offices:
            yield rules.UNKNOWN_OFFICE.notice("Declaration", code=office)
    yield from _currencies(consignment, exchange)
    for document in dict.fromkeys(one.code for one in consignment.documents):
        if document not in codes.documents:
            yield rules.UNKNOWN_DOCUMENT.notice("Declaration", code=document)
    for item in consignment.items:
        where = ITEM.format(item.number)
        if item.commodity and not is_heading(item.commodity):
            yield rules.UNKNOWN_COMMODITY.notice(where, code=item.commodity)
        if item.origin and not is_country(item.origin):
            yield rules.UNKNOWN_COUNTRY.notice(where, code=item.origin)
        if item.procedure and item.procedure not in codes.procedures:
            yield rules.UNKNOWN_PROCEDURE.notice(where, code=item.procedure)
        for code in dict.fromkeys(one.code for one in item.documents):
            if code not in codes.documents:
                yield rules.UNKNOWN_DOCUMENT.notice(where, code=code)


def _currencies(consignment: Consignment, exchange: Exchange) -> Iterator[Notice]:
    amounts = [("Declaration/InvoiceAmount", consignment.currency)]
    amounts += [(ITEM.format(item.number), item.currency) for item in consignment.items]
    told: set[str] = set()
    for where, currency in amounts:
        if currency is not None and currency not in told and not exchange.knows(currency):
            told.add(currency)
            day = consignment.day.isoformat()
            yield rules.NO_EXCHANGE.notice(where, currency=currency, own=exchange.own, day=day)
