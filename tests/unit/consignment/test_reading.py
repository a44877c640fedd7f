"""From the data set to the nouns that rules read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.adapters.formats.wco.profile import ELEMENTS
from gatepost.consignment.model import Consignment, Document, Equipment, GoodsItem, Party
from gatepost.consignment.money import Exchange
from gatepost.consignment.reading import read_consignment

DAY = date(2026, 7, 2)
EXCHANGE = Exchange("EUR", {"GBP": 1.17})
NAMES = st.sampled_from(sorted({one.name for one in ELEMENTS.values()}))
ODD: Any = st.recursive(
    st.sampled_from(["", "1", "XB", "20260702", "no number"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def read(declaration: dict[str, Any]) -> Consignment:
    return read_consignment({"Declaration": declaration}, "import", DAY, UTC, EXCHANGE)


def items(*trees: dict[str, Any]) -> tuple[GoodsItem, ...]:
    return read({"GoodsShipment": {"GovernmentAgencyGoodsItem": list(trees)}}).items


def item(tree: dict[str, Any]) -> GoodsItem:
    (found,) = items(tree)
    return found


def test_the_whole_of_a_declaration() -> None:
    found = read(
        {
            "TypeCode": "IMA",
            "FunctionalReferenceID": "R-7",
            "FunctionCode": "9",
            "InvoiceAmount": {"#": "100.50", "@currencyID": "EUR"},
            "PresentationOffice": {"ID": "XA000101"},
            "AdditionalInformation": [{"StatementCode": "A"}, {}, {"StatementCode": "B"}],
            "BorderTransportMeans": {
                "ModeCode": "3",
                "ID": "BR-1",
                "EstimatedArrivalDateTime": "202607021200",
            },
            "Consignment": {
                "Carrier": {"ID": "XB9"},
                "Itinerary": [{"RoutingCountryCode": "XC"}, {"RoutingCountryCode": "XB"}],
            },
            "Exporter": {"ID": "XB1"},
            "GoodsShipment": {
                "ExportCountry": {"ID": "XB"},
                "Destination": {"CountryCode": "XA"},
                "Importer": {"ID": "XA2", "Name": "Flower Hall"},
                "Exporter": {"ID": "XB2"},
                "TradeTerms": {"ConditionCode": "DAP"},
                "Consignment": {
                    "ContainerCode": "1",
                    "GoodsLocation": {"Name": "Bay 2"},
                    "TransportEquipment": [{"ID": "C1", "Seal": [{"ID": "S1"}, {"ID": "S2"}]}, {}],
                },
            },
        }
    )
    assert (found.regime, found.day, found.type, found.reference) == ("import", DAY, "IMA", "R-7")
    assert (found.function, found.value, found.currency) == ("9", 100.5, "EUR")
    assert (found.export_country, found.destination, found.incoterm) == ("XB", "XA", "DAP")
    assert (found.uses, found.routing) == (("A", "B"), ("XC", "XB"))
    assert (found.container, found.equipment) == (True, (Equipment("C1", ("S1", "S2")),))
    assert (found.location, found.office) == ("Bay 2", "XA000101")
    assert (found.mode, found.conveyance.id) == ("3", "BR-1")
    assert found.conveyance.expected == datetime(2026, 7, 2, 12, tzinfo=UTC)
    assert found.importer == Party("XA2", "Flower Hall", "XA")
    assert found.carrier == Party("XB9", country="XB")
    assert found.exporter == Party("XB1", country="XB"), "the declaration's before the shipment's"


def test_reading_never_refuses() -> None:
    found = read({})
    assert found == Consignment("import", DAY, "", "")


@given(st.dictionaries(NAMES, ODD, max_size=8), NAMES)
def test_reading_never_refuses_an_element_out_of_shape(tree: dict[str, Any], name: str) -> None:
    shipment = {"GovernmentAgencyGoodsItem": [tree], "Consignment": tree, name: tree}
    found = read({**tree, "GoodsShipment": shipment, "Traveller": [tree]})
    assert [one.number for one in found.items] == list(range(1, len(found.items) + 1))


def test_the_declarant_is_always_there() -> None:
    assert read({}).declarant == Party()
    assert read({"Declarant": {"ID": "XA0001"}}).declarant == Party("XA0001", None, "XA")
    assert read({}).agent is None


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        ({"ID": "XA1", "Address": {"CountryCode": "XB"}}, Party("XA1", None, "XB")),
        ({"ID": "xb17"}, Party("xb17", None, "XB")),
        ({"ID": "4711"}, Party("4711")),
        ({"Name": "Somebody"}, Party(None, "Somebody")),
        ({"Address": {"CountryCode": "XC"}}, Party(None, None, "XC")),
        ({}, None),
    ],
)
def test_a_party_is_of_its_address_or_its_number(
    party: dict[str, Any], expected: Party | None
) -> None:
    assert read({"GoodsShipment": {"Consignee": party}}).consignee == expected


def test_the_offices_in_the_order_of_entry_presentation_exit_supervision() -> None:
    found = read(
        {
            "DeclarationOfficeID": "E",
            "SupervisingOffice": {"ID": "D"},
            "ExitOffice": {"ID": "C"},
            "PresentationOffice": {"ID": "B"},
            "EntryOffice": {"ID": "A"},
        }
    )
    assert (found.office, found.offices) == ("A", ("A", "B", "C", "D", "E"))
    again = read({"DeclarationOfficeID": "B", "PresentationOffice": {"ID": "B"}})
    assert again.offices == ("B",)
    assert read({}).office is None


def test_items_are_numbered_by_position_not_by_what_they_say() -> None:
    found = items({"SequenceNumeric": "7"}, {"SequenceNumeric": "7"}, {})
    assert [one.number for one in found] == [1, 2, 3]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([("06031100", "TSP")], "06031100"),
        ([("06031100", "TSP"), ("90", "TRC")], "0603110090"),
        ([("90", "TRC"), ("06031100", "TSP")], "0603110090"),
        ([("06031100", None)], "06031100"),
        ([("060311", "TSP"), ("90", "TRC")], "060311"),
        ([("06031100", "TSP"), ("9", "TRC")], "06031100"),
        ([("06031100", "TSP"), ("1234", "GN")], "06031100"),
        ([("060311", "HS")], "060311"),
        ([("06031100", "TSP"), ("07000000", "TSP")], "06031100"),
        ([("0603.11 00", "TSP")], "06031100"),
        ([("roses", "TSP")], None),
        ([("", "TSP")], None),
        ([], None),
        ([(" ", None)], None),
    ],
)
def test_the_commodity_code(codes: list[tuple[str, str | None]], expected: str | None) -> None:
    classification = [
        {"ID": code, **({"IdentificationTypeCode": kind} if kind else {})} for code, kind in codes
    ]
    assert item({"Commodity": {"Classification": classification}}).commodity == expected


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        ([{"CountryCode": "XB"}], "XB"),
        ([{"CountryCode": "XC", "TypeCode": "2"}, {"CountryCode": "XB", "TypeCode": "1"}], "XB"),
        ([{"CountryCode": "XC", "TypeCode": "2"}, {"CountryCode": "XB"}], "XB"),
        ([{"CountryCode": "XC", "TypeCode": "2"}], "XC"),
        ([{"CountryCode": "XB", "TypeCode": "1"}, {"CountryCode": "XC"}], "XB"),
        ([], None),
        ([{"TypeCode": "1"}], None),
    ],
)
def test_the_origin_is_the_non_preferential_one(
    origins: list[dict[str, str]], expected: str | None
) -> None:
    assert item({"Origin": origins}).origin == expected


@pytest.mark.parametrize(
    ("procedures", "expected"),
    [
        ([{"CurrentCode": "40", "PreviousCode": "00"}], "4000"),
        ([{"CurrentCode": "C07"}, {"CurrentCode": "40", "PreviousCode": "71"}], "4071"),
        ([{"CurrentCode": "40"}], None),
        ([], None),
    ],
)
def test_the_procedure_is_requested_and_previous(
    procedures: list[dict[str, str]], expected: str | None
) -> None:
    assert item({"GovernmentProcedure": procedures}).procedure == expected


def test_measures_amounts_and_packages() -> None:
    found = item(
        {
            "Commodity": {
                "Description": "Roses",
                "DangerousGoods": [{"UNDGID": "1263"}, {}],
                "GoodsMeasure": {
                    "GrossMassMeasure": {"#": "12.5", "@unitCode": "KGM"},
                    "NetNetWeightMeasure": "11",
                    "TariffQuantity": "many",
                },
                "InvoiceLine": {"ItemChargeAmount": {"#": "90.10", "@currencyID": "EUR"}},
            },
            "Packaging": [
                {"QuantityQuantity": "3", "TypeCode": "CT"},
                {"TypeCode": "BX"},
                {"QuantityQuantity": "4"},
            ],
        }
    )
    assert (found.description, found.dangerous_goods) == ("Roses", ("1263",))
    assert (found.gross_mass, found.net_mass, found.quantity) == (12.5, 11.0, None)
    assert (found.value, found.currency) == (90.1, "EUR")
    assert (found.packages, found.package_type) == (7.0, "CT")
    assert item({"Packaging": [{"TypeCode": "BX"}]}).packages is None


def test_documents_with_category_exemption_day_and_quantity() -> None:
    begins = {"DateTimeString": {"#": "20260701", "@formatCode": "102"}}
    write_off = {"QuantityQuantity": {"#": "12.5", "@unitCode": "KGM"}}
    found = item(
        {
            "AdditionalDocument": [
                {"CategoryCode": "N", "TypeCode": "851", "ID": "PC-1", "WriteOff": write_off},
                {"TypeCode": "C085", "LPCOExemptionCode": "EX", "EffectiveDateTime": begins},
                {"CategoryCode": "N", "ID": "without a type"},
            ]
        }
    )
    assert found.documents == (
        Document("N851", "PC-1", quantity=12.5),
        Document("C085", exemption="EX", effective=date(2026, 7, 1)),
    )
    both = read(
        {
            "AdditionalDocument": [{"TypeCode": "A", "ID": "1"}],
            "GoodsShipment": {"AdditionalDocument": [{"TypeCode": "B", "ID": "2"}]},
        }
    )
    assert both.documents == (Document("A", "1"), Document("B", "2"))


def test_totals_are_those_stated_else_the_sum_of_the_items() -> None:
    goods = [
        {"Commodity": {"GoodsMeasure": {"GrossMassMeasure": "10"}}},
        {"Commodity": {"GoodsMeasure": {"GrossMassMeasure": "2.5"}}},
        {},
    ]
    shipment = {"GovernmentAgencyGoodsItem": goods}
    assert read({"GoodsShipment": shipment}).gross_mass == 12.5
    stated = read({"GoodsShipment": shipment, "TotalGrossMassMeasure": "13"})
    assert stated.gross_mass == 13.0
    assert read({"GoodsShipment": shipment}).packages is None
    assert read({"GoodsShipment": shipment}).value is None


def priced(currency: str | None, total: str | None, *items: str) -> dict[str, Any]:
    def amount(value: str) -> Any:
        return {"#": value, "@currencyID": currency} if currency else value

    lines = [{"Commodity": {"InvoiceLine": {"ItemChargeAmount": amount(one)}}} for one in items]
    shipment = {"GoodsShipment": {"GovernmentAgencyGoodsItem": lines}}
    return shipment if total is None else {"InvoiceAmount": amount(total), **shipment}


@pytest.mark.parametrize(
    ("currency", "total", "items", "whole", "each"),
    [
        ("EUR", "100", ("60", "40"), 100.0, (60.0, 40.0)),
        (None, "100", ("60", "40"), 100.0, (60.0, 40.0)),
        ("GBP", "100", ("60", "40"), 117.0, (70.2, 46.8)),
        ("GBP", None, ("60", "40"), 117.0, (70.2, 46.8)),
        ("GBP", "0.01", ("0.01",), 0.01, (0.01,)),
        ("JPY", "100", ("60", "40"), None, (None, None)),
        ("JPY", None, ("60", "40"), None, (None, None)),
    ],
)
def test_amounts_are_read_in_the_currency_of_the_law(
    currency: str | None,
    total: str | None,
    items: tuple[str, ...],
    whole: float | None,
    each: tuple[float | None, ...],
) -> None:
    found = read(priced(currency, total, *items))
    assert found.value == whole
    assert tuple(item.value for item in found.items) == each
    assert {item.currency for item in found.items} == {currency}


def test_a_total_is_not_known_where_one_amount_cannot_be_compared() -> None:
    lines = [
        {"Commodity": {"InvoiceLine": {"ItemChargeAmount": {"#": "900", "@currencyID": currency}}}}
        for currency in ("EUR", "JPY")
    ]
    assert read({"GoodsShipment": {"GovernmentAgencyGoodsItem": lines}}).value is None
