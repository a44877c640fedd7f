"""A data set with only those elements in it that someone may see.

Each leaf of the tree belongs to the noun that rules read from it (``consignment/reading.py``);
what no rule reads belongs to none and is shown only with the whole declaration. Positions stay:
``item/2`` is the second item also to whom the first is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from gatepost.consignment.reading import OFFICE_ELEMENTS

_DECLARATION = {
    "TypeCode": "consignment.type",
    "FunctionalReferenceID": "consignment.reference",
    "FunctionCode": "consignment.function",
    "DeclarationOfficeID": "consignment.offices",
    **dict.fromkeys(OFFICE_ELEMENTS, "consignment.offices"),
    "TotalGrossMassMeasure": "consignment.gross_mass",
    "TotalPackageQuantity": "consignment.packages",
    "InvoiceAmount": "consignment.value",
    "AdditionalInformation": "consignment.uses",
    "AdditionalDocument": "consignment.documents",
    "Consignment/Itinerary": "consignment.routing",
    "BorderTransportMeans/ModeCode": "conveyance.mode",
    "BorderTransportMeans/ID": "conveyance.id",
    "BorderTransportMeans/TypeCode": "conveyance.type",
    "BorderTransportMeans/RegistrationNationalityCode": "conveyance.nationality",
    "BorderTransportMeans/JourneyID": "conveyance.journey",
    "BorderTransportMeans/EstimatedArrivalDateTime": "conveyance.expected",
}
_SHIPMENT = {
    "ExportCountry": "consignment.export_country",
    "Destination": "consignment.destination",
    "TradeTerms": "consignment.incoterm",
    "AdditionalDocument": "consignment.documents",
    "Consignment/ContainerCode": "consignment.container",
    "Consignment/TransportEquipment": "consignment.equipment",
    "Consignment/GoodsLocation": "consignment.location",
}
_ITEM = {
    "Commodity/Classification": "item.commodity",
    "Commodity/Description": "item.description",
    "Commodity/GoodsMeasure/GrossMassMeasure": "item.gross_mass",
    "Commodity/GoodsMeasure/NetNetWeightMeasure": "item.net_mass",
    "Commodity/GoodsMeasure/TariffQuantity": "item.quantity",
    "Commodity/InvoiceLine": "item.value",
    "Commodity/DangerousGoods": "item.dangerous_goods",
    "Packaging/QuantityQuantity": "item.packages",
    "Packaging/TypeCode": "item.package_type",
    "Origin": "item.origin",
    "GovernmentProcedure": "item.procedure",
    "AdditionalInformation": "item.uses",
    "AdditionalDocument": "item.documents",
}
_TRAVELLER = {
    "TypeCode": "traveller.type",
    "Name": "traveller.name",
    "SexCode": "traveller.sex",
    "BirthDateTime": "traveller.birth",
    "NationalityCode": "traveller.nationality",
    "ResidenceCountryCode": "traveller.residence",
    "Document/TypeCode": "traveller.document_type",
    "Document/ID": "traveller.document_id",
    "Document/ExpirationDateTime": "traveller.document_expires",
    "Document/IssueCountryCode": "traveller.document_issuer",
    "AdditionalInformation": "traveller.declares",
    "AdditionalDocument": "traveller.documents",
}
_PARTIES = {
    "Declarant": "declarant",
    "Agent": "agent",
    "Exporter": "exporter",
    "GoodsShipment/Importer": "importer",
    "GoodsShipment/Exporter": "exporter",
    "GoodsShipment/Consignor": "consignor",
    "GoodsShipment/Consignee": "consignee",
    "Consignment/Carrier": "carrier",
}
_POSITIONS = ("SequenceNumeric",)

WHOLE = "case.dataset"
"""The element that opens the whole declaration, also what no rule reads of it."""


def _paths() -> dict[str, str]:
    found = {f"Declaration/{path}": name for path, name in _DECLARATION.items()}
    for path, name in _SHIPMENT.items():
        found[f"Declaration/GoodsShipment/{path}"] = name
    for path, name in _ITEM.items():
        found[f"Declaration/GoodsShipment/GovernmentAgencyGoodsItem/{path}"] = name
    for path, name in _TRAVELLER.items():
        found[f"Declaration/Traveller/{path}"] = name
    for path, party in _PARTIES.items():
        noun = f"consignment.{party}"
        found[f"Declaration/{path}/ID"] = f"{noun}.id"
        # Where somebody lives tells as much of a person as the name.
        found[f"Declaration/{path}/Name"] = f"{noun}.name"
        found[f"Declaration/{path}/Address"] = f"{noun}.name"
        found[f"Declaration/{path}/Address/CountryCode"] = f"{noun}.country"
    return found


PATHS = _paths()
"""Each part of a data set by its path, and the element it belongs to."""


@cache
def element_at(path: str) -> str:
    """Return the element a leaf of a data set belongs to; ``WHOLE`` if no rule reads it."""
    while path:
        found = PATHS.get(path)
        if found is not None:
            return found
        path = path.rpartition("/")[0]
    return WHOLE


def masked(dataset: Mapping[str, Any], shown: Callable[[str], bool]) -> dict[str, Any]:
    """Return ``dataset`` with the leaves of those elements for which ``shown`` says so."""
    if shown(WHOLE):
        return dict(dataset)
    return {name: _masked(tree, name, shown) or {} for name, tree in dataset.items()}


def _masked(value: Any, path: str, shown: Callable[[str], bool]) -> Any:
    """Return what may be seen of a part, ``None`` if nothing; lists keep their length."""
    if isinstance(value, list):
        parts = [_masked(part, path, shown) for part in value]
        if all(part is None for part in parts):
            return None
        return [{} if part is None else part for part in parts]
    if isinstance(value, dict) and "#" not in value:
        found = {
            name: part
            for name, one in value.items()
            if (part := _masked(one, f"{path}/{name}", shown)) is not None
        }
        return found or None
    return value if shown(element_at(path)) else None
