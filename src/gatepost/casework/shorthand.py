"""A declaration in the few words an agency expert writes in a case, as a full data set."""

from __future__ import annotations

from typing import Any

import msgspec

Tree = dict[str, Any]


class Goods(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One goods item; ``documents`` are a code and a number: ``N851 PC-12``."""

    commodity: str | None = None
    origin: str | None = None
    description: str | None = None
    gross_mass: str | float | None = None
    net_mass: str | float | None = None
    quantity: str | float | None = None
    packages: int | None = None
    package_type: str | None = None
    value: str | float | None = None
    procedure: str | None = None
    dangerous_goods: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One traveller; ``document`` is type, number and issuing country: ``P 4711 XB``.

    ``documents`` are the traveller's other papers, each a code and a number: ``P010 VFP-12``.
    """

    name: str = "Traveller"
    type: str = "passenger"
    sex: str | None = None
    birth: str | None = None
    nationality: str | None = None
    residence: str | None = None
    document: str | None = None
    expires: str | None = None
    declares: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


class Declaration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A declaration in short; ``set`` gives any other element by its path and text."""

    type: str
    office: str | None = None
    mode: str | None = None
    declarant: str = "XA0001"
    reference: str = "R-1"
    agent: str | None = None
    importer: str | None = None
    exporter: str | None = None
    export_country: str | None = None
    destination: str | None = None
    routing: tuple[str, ...] = ()
    means: str | None = None
    journey: str | None = None
    means_type: str | None = None
    means_nationality: str | None = None
    arrival: str | None = None
    container: str | None = None
    currency: str = "EUR"
    uses: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    items: tuple[Goods, ...] = ()
    travellers: tuple[Person, ...] = ()
    set: dict[str, str] = {}


def expand(short: Declaration) -> Tree:
    """Return the data set that ``short`` stands for, with every value as text."""
    declaration: Tree = {
        "FunctionCode": "9",
        "FunctionalReferenceID": short.reference,
        "TypeCode": short.type,
        "GoodsItemQuantity": str(len(short.items)),
        "AdditionalDocument": _documents(short.documents),
        "AdditionalInformation": _statements(short.uses),
        "Agent": _identity(short.agent),
        "BorderTransportMeans": _means(short),
        "Consignment": {"Itinerary": _routing(short.routing)},
        "Declarant": _identity(short.declarant),
        "Exporter": _identity(short.exporter),
        "GoodsShipment": _shipment(short),
        "PresentationOffice": _identity(short.office),
        "Traveller": [_traveller(n, one) for n, one in enumerate(short.travellers, 1)],
    }
    found: Tree = {"Declaration": _pruned(declaration)}
    for path, value in short.set.items():
        _put(found["Declaration"], path.split("/"), value)
    return found


def _shipment(short: Declaration) -> Tree:
    containers = [short.container] if short.container else []
    return {
        "Destination": {"CountryCode": short.destination},
        "ExportCountry": _identity(short.export_country),
        "Importer": _identity(short.importer),
        "Consignment": {
            "ContainerCode": "1" if containers else "0",
            "TransportEquipment": [
                {"SequenceNumeric": str(n), "ID": one} for n, one in enumerate(containers, 1)
            ],
        },
        "GovernmentAgencyGoodsItem": [
            _item(n, one, short.currency) for n, one in enumerate(short.items, 1)
        ],
    }


def _means(short: Declaration) -> Tree:
    arrival = short.arrival
    if arrival is not None:
        arrival = "".join(c for c in arrival if c.isdigit())[:12]
    return {
        "ID": short.means,
        "ModeCode": short.mode,
        "TypeCode": short.means_type,
        "RegistrationNationalityCode": short.means_nationality,
        "JourneyID": short.journey,
        "EstimatedArrivalDateTime": arrival,
    }


def _item(number: int, goods: Goods, currency: str) -> Tree:
    procedure = goods.procedure or ""
    return {
        "SequenceNumeric": str(number),
        "AdditionalDocument": _documents(goods.documents),
        "AdditionalInformation": _statements(goods.uses),
        "Commodity": {
            "Description": goods.description,
            "Classification": _classification(goods.commodity),
            "DangerousGoods": [{"UNDGID": one} for one in goods.dangerous_goods],
            "GoodsMeasure": {
                "GrossMassMeasure": _measure(goods.gross_mass, "KGM"),
                "NetNetWeightMeasure": _measure(goods.net_mass, "KGM"),
                "TariffQuantity": _measure(goods.quantity, "C62"),
            },
            "InvoiceLine": {"ItemChargeAmount": _amount(goods.value, currency)},
        },
        "GovernmentProcedure": (
            [{"CurrentCode": procedure[:2], "PreviousCode": procedure[2:4]}] if procedure else []
        ),
        "Origin": [{"CountryCode": goods.origin, "TypeCode": "1"}] if goods.origin else [],
        "Packaging": _packaging(goods),
    }


def _packaging(goods: Goods) -> list[Tree]:
    if goods.packages is None and goods.package_type is None:
        return []
    quantity = None if goods.packages is None else str(goods.packages)
    return [{"SequenceNumeric": "1", "QuantityQuantity": quantity, "TypeCode": goods.package_type}]


def _classification(commodity: str | None) -> list[Tree]:
    if commodity is None:
        return []
    digits = commodity.replace(".", "")
    found = [{"ID": digits[:8], "IdentificationTypeCode": "TSP"}]
    if len(digits) == 10:
        found.append({"ID": digits[8:], "IdentificationTypeCode": "TRC"})
    return found


def _traveller(number: int, person: Person) -> Tree:
    parts = person.document.split() if person.document else []
    document: Tree = {}
    if parts:
        names = ("TypeCode", "ID", "IssueCountryCode")
        document = dict(zip(names, parts, strict=False))
        document["ExpirationDateTime"] = _digits(person.expires)
    return {
        "SequenceNumeric": str(number),
        "TypeCode": person.type,
        "Name": person.name,
        "SexCode": person.sex,
        "BirthDateTime": _digits(person.birth),
        "NationalityCode": person.nationality,
        "ResidenceCountryCode": person.residence,
        "Document": document,
        "AdditionalDocument": _documents(person.documents),
        "AdditionalInformation": _statements(person.declares),
    }


def _documents(documents: tuple[str, ...]) -> list[Tree]:
    """Return the documents of lines such as ``N851 PC-12``; a third word is its effective day."""
    found = []
    for line in documents:
        code, identity, *effective = line.split()
        one: Tree = {"CategoryCode": code[0], "TypeCode": code[1:], "ID": identity}
        if effective:
            moment = {"#": effective[0], "@formatCode": "102"}
            one["EffectiveDateTime"] = {"DateTimeString": moment}
        found.append(one)
    return found


def _statements(codes: tuple[str, ...]) -> list[Tree]:
    return [{"StatementCode": code} for code in codes]


def _routing(countries: tuple[str, ...]) -> list[Tree]:
    return [
        {"SequenceNumeric": str(n), "RoutingCountryCode": country}
        for n, country in enumerate(countries, 1)
    ]


def _identity(value: str | None) -> Tree:
    return {"ID": value}


def _measure(value: str | float | None, unit: str) -> Tree | None:
    return None if value is None else {"#": _text(value), "@unitCode": unit}


def _amount(value: str | float | None, currency: str) -> Tree | None:
    return None if value is None else {"#": _text(value), "@currencyID": currency}


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.6f}".rstrip("0").rstrip(".")


def _digits(day: str | None) -> str | None:
    return None if day is None else "".join(c for c in day if c.isdigit())


def _pruned(tree: Tree) -> Tree:
    """Return ``tree`` without what is empty: an element that says nothing is not written."""
    found: Tree = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            value = _pruned(value)
        elif isinstance(value, list):
            value = [_pruned(one) for one in value]
        if value not in (None, {}, []):
            found[name] = value
    return found


def _put(tree: Tree, path: list[str], value: str) -> None:
    *parents, leaf = path
    place: Any = tree
    for name in parents:
        place = place.setdefault(name, {})
        if isinstance(place, list):
            place = place[0]
    place[leaf] = value
