"""CUSDEC, the customs declaration (UN/EDIFACT D.96B to D.21A), as a declaration of the data set.

Read is what the directory itself gives a meaning, by its codes; what a country agrees on beyond it
(GIS, and codes of its own agencies) has no place here and is left out. The section before
``UNS+D`` is about the whole, the one after it has an item from each CST on, and the one after
``UNS+S`` sums up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gatepost.adapters.formats.edifact.interchange import Interchange, Message
from gatepost.adapters.formats.edifact.moments import MINUTE, moment
from gatepost.adapters.formats.edifact.tokens import Segment, Separators
from gatepost.adapters.formats.faults import Faults

TYPES = {"929": "IMA", "830": "EXA"}
"""What the code of the document (1001) declares, where BGM names no type of its own."""

PARTIES = {
    "DT": ("Declarant",),
    "AE": ("Agent",),
    "EX": ("Exporter",),
    "IM": ("GoodsShipment", "Importer"),
    "CN": ("GoodsShipment", "Consignee"),
    "CZ": ("GoodsShipment", "Consignor"),
}
"""The roles of parties (3035) and where they stand in the data set."""

COMMODITY = frozenset({"HS", "ABD"})
"""References (1153) that are a commodity code: harmonised system, customs tariff number."""

NET = frozenset({"AAF", "N", "AAA"})
KILOGRAM = frozenset({"KG", "KGM"})
WEIGHTS = frozenset({"WT", "AAI", "AAE"})

Tree = dict[str, Any]


def declaration(interchange: Interchange, message: Message, faults: Faults) -> Tree:
    """Return the data set of a CUSDEC; what is wrong goes to ``faults``."""
    reader = _Reader(interchange.separators, faults)
    for segment in message.segments:
        reader.read(segment)
    found = reader.found
    found.setdefault("FunctionCode", "9")
    sender = interchange.sender
    if "ID" not in found.get("Declarant", {}):
        found.setdefault("Declarant", {})["ID"] = sender[:17]
    shipment = found.setdefault("GoodsShipment", {})
    if reader.items:
        shipment["GovernmentAgencyGoodsItem"] = reader.items
    return found


class _Reader:
    def __init__(self, separators: Separators, faults: Faults) -> None:
        self.found: Tree = {}
        self.items: list[Tree] = []
        self._decimal = separators.decimal
        self._faults = faults
        self._ended = False
        self._header: dict[str, Callable[[Segment], None]] = {
            "BGM": self._document,
            "LOC": self._location,
            "TDT": self._transport,
            "DTM": self._moment,
            "NAD": self._party,
            "MOA": self._total,
            "EQD": self._equipment,
        }
        self._item: dict[str, Callable[[Segment, Tree], None]] = {
            "FTX": self._description,
            "LOC": self._origin,
            "MEA": self._weight,
            "MOA": self._value,
            "RFF": self._commodity,
            "PAC": self._packages,
            "DOC": self._paper,
        }

    def read(self, segment: Segment) -> None:
        """Read one segment of the section it stands in."""
        if segment.tag == "UNS":
            self._ended = segment.get(1) == "S"
        elif self._ended:
            if segment.tag == "CNT" and segment.get(1) == "11":
                _put(self.found, self._number(segment.get(1, 2)), "TotalPackageQuantity")
        elif segment.tag == "CST" and segment.get(1):
            self._begin(segment)
        elif self.items:
            if segment.tag in self._item:
                self._item[segment.tag](segment, self.items[-1])
        elif segment.tag in self._header:
            self._header[segment.tag](segment)

    def _document(self, segment: Segment) -> None:
        code, name = segment.get(1), segment.get(1, 4)
        kind = name if len(name) == 3 and name.isalpha() else TYPES.get(code)
        _put(self.found, segment.get(3), "FunctionCode")
        _put(self.found, segment.get(2), "FunctionalReferenceID")
        _put(self.found, kind, "TypeCode")

    def _location(self, segment: Segment) -> None:
        place = segment.get(2)
        match segment.get(1):
            case "9":
                where = ("GoodsShipment", "Consignment", "LoadingLocation", "ID")
                _put(self.found, place, *where)
            case "28":
                _put(self.found, place, "GoodsShipment", "Destination", "CountryCode")
            case "35":
                _put(self.found, place, "GoodsShipment", "ExportCountry", "ID")
            case "22":
                _put(self.found, place, "PresentationOffice", "ID")
            case _:
                pass

    def _transport(self, segment: Segment) -> None:
        if segment.get(1) not in ("11", "20"):
            return
        where = "BorderTransportMeans"
        _put(self.found, segment.get(3), where, "ModeCode")
        _put(self.found, segment.get(2), where, "JourneyID")
        _put(self.found, segment.get(8), where, "ID")
        _put(self.found, segment.get(8, 5), where, "RegistrationNationalityCode")

    def _moment(self, segment: Segment) -> None:
        if segment.get(1) == "132":
            at = moment(segment, MINUTE, self._faults)
            _put(self.found, at, "BorderTransportMeans", "EstimatedArrivalDateTime")

    def _party(self, segment: Segment) -> None:
        where = PARTIES.get(segment.get(1))
        if where is None:
            return
        name = " ".join(part for part in _element(segment, 4) if part) or segment.get(3)
        _put(self.found, segment.get(2), *where, "ID")
        _put(self.found, name, *where, "Name")
        _put(self.found, segment.get(9), *where, "Address", "CountryCode")

    def _total(self, segment: Segment) -> None:
        amount, currency = self._number(segment.get(1, 2)), segment.get(1, 3)
        if segment.get(1) == "39" and amount and currency:
            _put(self.found, {"#": amount, "@currencyID": currency}, "InvoiceAmount")

    def _equipment(self, segment: Segment) -> None:
        if segment.get(2):
            shipment = self.found.setdefault("GoodsShipment", {})
            boxes = shipment.setdefault("Consignment", {}).setdefault("TransportEquipment", [])
            boxes.append({"SequenceNumeric": str(len(boxes) + 1), "ID": segment.get(2)})

    def _begin(self, segment: Segment) -> None:
        item: Tree = {"SequenceNumeric": segment.get(1)}
        self.items.append(item)
        code = segment.get(2)
        if code.isdigit() and len(code) >= 6:
            _classified(item, code)

    def _description(self, segment: Segment, item: Tree) -> None:
        if segment.get(1) == "AAA":
            words = " ".join(part for part in _element(segment, 4) if part)
            _put(item, words, "Commodity", "Description")

    def _origin(self, segment: Segment, item: Tree) -> None:
        if segment.get(1) == "27" and segment.get(2):
            item.setdefault("Origin", []).append({"CountryCode": segment.get(2), "TypeCode": "1"})

    def _weight(self, segment: Segment, item: Tree) -> None:
        unit, amount = segment.get(3), self._number(segment.get(3, 2))
        if segment.get(1) in WEIGHTS and unit in KILOGRAM and amount:
            name = "NetNetWeightMeasure" if segment.get(2) in NET else "GrossMassMeasure"
            measure = {"#": amount, "@unitCode": "KGM"}
            _put(item, measure, "Commodity", "GoodsMeasure", name)

    def _value(self, segment: Segment, item: Tree) -> None:
        amount = self._number(segment.get(1, 2))
        currency = segment.get(1, 3) or self.found.get("InvoiceAmount", {}).get("@currencyID")
        if segment.get(1) in ("38", "63", "66") and amount and currency:
            money = {"#": amount, "@currencyID": currency}
            _put(item, money, "Commodity", "InvoiceLine", "ItemChargeAmount")

    def _commodity(self, segment: Segment, item: Tree) -> None:
        if segment.get(1) in COMMODITY and segment.get(1, 2):
            _classified(item, segment.get(1, 2))

    def _packages(self, segment: Segment, item: Tree) -> None:
        if segment.get(1):
            packs = item.setdefault("Packaging", [])
            pack = {"SequenceNumeric": str(len(packs) + 1), "QuantityQuantity": segment.get(1)}
            packs.append(pack)
            _put(pack, segment.get(3), "TypeCode")

    def _paper(self, segment: Segment, item: Tree) -> None:
        """A code of four characters is category and type together, as in the data set."""
        code = segment.get(1)
        if len(code) == 4:
            paper = {"CategoryCode": code[:1], "TypeCode": code[1:]}
            _put(paper, segment.get(2), "ID")
            item.setdefault("AdditionalDocument", []).append(paper)

    def _number(self, written: str) -> str:
        return written.replace(self._decimal, ".") if self._decimal != "." else written


def _classified(item: Tree, code: str) -> None:
    commodity = item.setdefault("Commodity", {})
    if "Classification" not in commodity:
        commodity["Classification"] = [{"ID": code, "IdentificationTypeCode": "TSP"}]


def _element(segment: Segment, number: int) -> tuple[str, ...]:
    return segment.elements[number - 1] if len(segment.elements) >= number else ()


def _put(into: Tree, value: object, *path: str) -> None:
    """Put ``value`` at a path unless it is empty or something stands there already."""
    if not value:
        return
    *groups, last = path
    for name in groups:
        into = into.setdefault(name, {})
    into.setdefault(last, value)
