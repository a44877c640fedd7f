"""From the data set to the nouns that rules read (standards: WCO Data Model, 88 elements).

Reading never refuses: what is absent or unreadable is ``None``, and the rules of
lodgement say what may not be.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, tzinfo
from typing import Any

from gatepost.consignment.dataset import (
    NOTHING,
    Tree,
    attribute,
    child,
    each,
    number,
    text,
)
from gatepost.consignment.model import (
    Consignment,
    Conveyance,
    Document,
    Equipment,
    GoodsItem,
    Party,
    Traveller,
)
from gatepost.consignment.moments import read_day, read_moment
from gatepost.consignment.money import Exchange
from gatepost.kernel.regime import Regime

OFFICE_ELEMENTS = ("EntryOffice", "PresentationOffice", "ExitOffice", "SupervisingOffice")


def read_consignment(
    dataset: Mapping[str, Any], regime: Regime, day: date, zone: tzinfo, exchange: Exchange
) -> Consignment:
    """Return the consignment of ``dataset`` as rules read it on the law's ``day``.

    ``zone`` is the jurisdiction's, for moments written without an offset; ``exchange`` is
    that of the day, by which amounts become comparable.
    """
    declaration: Tree = dataset["Declaration"]
    shipment = child(declaration, "GoodsShipment")
    transport = child(shipment, "Consignment")
    conveyance = _conveyance(declaration, zone)
    offices = _offices(declaration)
    items = _items(shipment, exchange)
    currency = attribute(declaration, "InvoiceAmount", "currencyID")
    invoiced = number(declaration, "InvoiceAmount")
    return Consignment(
        regime=regime,
        day=day,
        type=text(declaration, "TypeCode") or "",
        reference=text(declaration, "FunctionalReferenceID") or "",
        function=text(declaration, "FunctionCode"),
        office=offices[0] if offices else None,
        offices=offices,
        mode=conveyance.mode,
        declarant=_party(declaration, "Declarant") or Party(),
        agent=_party(declaration, "Agent"),
        importer=_party(shipment, "Importer"),
        exporter=_party(declaration, "Exporter") or _party(shipment, "Exporter"),
        consignor=_party(shipment, "Consignor"),
        consignee=_party(shipment, "Consignee"),
        carrier=_party(child(declaration, "Consignment"), "Carrier"),
        export_country=text(child(shipment, "ExportCountry"), "ID"),
        destination=text(child(shipment, "Destination"), "CountryCode"),
        routing=_codes(child(declaration, "Consignment"), "Itinerary", "RoutingCountryCode"),
        container=text(transport, "ContainerCode") == "1",
        equipment=_equipment(transport),
        location=text(child(transport, "GoodsLocation"), "Name"),
        gross_mass=_total(number(declaration, "TotalGrossMassMeasure"), items, "gross_mass"),
        packages=_total(number(declaration, "TotalPackageQuantity"), items, "packages"),
        value=exchange.worth(invoiced, currency) if invoiced is not None else _worth(items),
        currency=currency,
        incoterm=text(child(shipment, "TradeTerms"), "ConditionCode"),
        uses=_codes(declaration, "AdditionalInformation", "StatementCode"),
        documents=_documents(declaration) + _documents(shipment),
        items=items,
        travellers=_travellers(declaration),
        conveyance=conveyance,
    )


def _items(shipment: Tree, exchange: Exchange) -> tuple[GoodsItem, ...]:
    """Number by position: a sequence number that a message repeats must not merge two items."""
    found = each(shipment, "GovernmentAgencyGoodsItem")
    return tuple([_item(tree, position, exchange) for position, tree in enumerate(found, 1)])


def _travellers(declaration: Tree) -> tuple[Traveller, ...]:
    found = each(declaration, "Traveller")
    return tuple([_traveller(tree, position) for position, tree in enumerate(found, 1)])


def _offices(declaration: Tree) -> tuple[str, ...]:
    found = [text(child(declaration, name), "ID") for name in OFFICE_ELEMENTS]
    found.append(text(declaration, "DeclarationOfficeID"))
    return tuple(dict.fromkeys(office for office in found if office))


def _party(tree: Tree, name: str) -> Party | None:
    party = child(tree, name)
    if not party:
        return None
    identity = text(party, "ID")
    country = text(child(party, "Address"), "CountryCode")
    if country is None and identity is not None and identity[:2].isalpha():
        country = identity[:2].upper()
    return Party(identity, text(party, "Name"), country)


def _codes(tree: Tree, name: str, leaf: str) -> tuple[str, ...]:
    return tuple([code for one in each(tree, name) if (code := text(one, leaf))])


def _total(stated: float | None, items: tuple[GoodsItem, ...], field: str) -> float | None:
    if stated is not None:
        return stated
    values = [value for item in items if (value := getattr(item, field)) is not None]
    return sum(values) if values else None


def _worth(items: tuple[GoodsItem, ...]) -> float | None:
    """Return what the items are worth together; not known where one of them cannot be compared."""
    if any(item.value is None and item.currency is not None for item in items):
        return None
    return _total(None, items, "value")


def _equipment(transport: Tree) -> tuple[Equipment, ...]:
    return tuple(
        [
            Equipment(identity, _codes(one, "Seal", "ID"))
            for one in each(transport, "TransportEquipment")
            if (identity := text(one, "ID"))
        ]
    )


def _documents(tree: Tree) -> tuple[Document, ...]:
    found = []
    for one in each(tree, "AdditionalDocument"):
        kind = text(one, "TypeCode")
        if kind is None:
            continue
        write_off = child(one, "WriteOff") if "WriteOff" in one else NOTHING
        found.append(
            Document(
                (text(one, "CategoryCode") or "") + kind,
                text(one, "ID"),
                text(one, "LPCOExemptionCode"),
                _day(one, "EffectiveDateTime"),
                number(write_off, "QuantityQuantity"),
            )
        )
    return tuple(found)


def _day(tree: Tree, name: str) -> date | None:
    if name not in tree:
        return None
    return read_day(text(child(tree, name), "DateTimeString") or text(tree, name))


def _item(tree: Tree, position: int, exchange: Exchange) -> GoodsItem:
    commodity = child(tree, "Commodity")
    measure = child(commodity, "GoodsMeasure")
    packaging = each(tree, "Packaging")
    line, charge = child(commodity, "InvoiceLine"), "ItemChargeAmount"
    currency = attribute(line, charge, "currencyID")
    counts = [count for one in packaging if (count := number(one, "QuantityQuantity")) is not None]
    return GoodsItem(
        number=position,
        commodity=_commodity_code(commodity),
        description=text(commodity, "Description"),
        origin=_origin(tree),
        gross_mass=number(measure, "GrossMassMeasure"),
        net_mass=number(measure, "NetNetWeightMeasure"),
        quantity=number(measure, "TariffQuantity"),
        packages=sum(counts) if counts else None,
        package_type=text(packaging[0], "TypeCode") if packaging else None,
        value=exchange.worth(number(line, charge), currency),
        currency=currency,
        procedure=_procedure(tree),
        dangerous_goods=_codes(commodity, "DangerousGoods", "UNDGID"),
        uses=_codes(tree, "AdditionalInformation", "StatementCode"),
        documents=_documents(tree),
    )


def _commodity_code(commodity: Tree) -> str | None:
    """Return the tariff code: a classification of type TSP, continued by one of type TRC."""
    parts: dict[str, str] = {}
    for one in each(commodity, "Classification"):
        code = (text(one, "ID") or "").replace(".", "").replace(" ", "")
        if code.isascii() and code.isdigit():
            parts.setdefault(text(one, "IdentificationTypeCode") or "TSP", code)
    stem = parts.get("TSP")
    if stem is None:
        return next(iter(parts.values()), None)
    more = parts.get("TRC", "")
    return stem + more if len(stem) == 8 and len(more) == 2 else stem


def _origin(tree: Tree) -> str | None:
    """Return the country of origin: that of type 1 where several are given."""
    origins = each(tree, "Origin")
    for one in origins:
        if text(one, "TypeCode") in (None, "1"):
            return text(one, "CountryCode")
    return text(origins[0], "CountryCode") if origins else None


def _procedure(tree: Tree) -> str | None:
    for one in each(tree, "GovernmentProcedure"):
        current, previous = text(one, "CurrentCode"), text(one, "PreviousCode")
        if current and previous:
            return current + previous
    return None


def _conveyance(declaration: Tree, zone: tzinfo) -> Conveyance:
    means = child(declaration, "BorderTransportMeans")
    return Conveyance(
        text(means, "ModeCode"),
        text(means, "ID"),
        text(means, "TypeCode"),
        text(means, "RegistrationNationalityCode"),
        text(means, "JourneyID"),
        read_moment(text(means, "EstimatedArrivalDateTime"), zone),
    )


def _traveller(tree: Tree, position: int) -> Traveller:
    document = child(tree, "Document")
    return Traveller(
        number=position,
        type=text(tree, "TypeCode") or "passenger",
        name=text(tree, "Name"),
        sex=text(tree, "SexCode"),
        birth=read_day(text(tree, "BirthDateTime")),
        nationality=text(tree, "NationalityCode"),
        residence=text(tree, "ResidenceCountryCode"),
        document_type=text(document, "TypeCode"),
        document_id=text(document, "ID"),
        document_expires=read_day(text(document, "ExpirationDateTime")),
        document_issuer=text(document, "IssueCountryCode"),
        declares=_codes(tree, "AdditionalInformation", "StatementCode"),
        documents=_documents(tree),
    )
