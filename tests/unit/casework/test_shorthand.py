"""A declaration in short, and the data set it stands for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.casework.shorthand import Declaration, Goods, Person, expand

WORDS = st.none() | st.text("ABC123", min_size=1, max_size=4)
GOODS = st.builds(
    Goods,
    commodity=st.sampled_from((None, "0603.11", "06031100", "0603110090")),
    origin=WORDS,
    net_mass=st.none() | st.sampled_from(("10.00", 10.5)),
    packages=st.none() | st.integers(1, 9),
    procedure=st.sampled_from((None, "4000")),
    documents=st.sampled_from(((), ("N851 PC-1",), ("N851 PC-1 20260701",))),
)
DECLARATIONS = st.builds(
    Declaration,
    type=st.just("IMA"),
    office=WORDS,
    means=WORDS,
    agent=WORDS,
    items=st.lists(GOODS, max_size=3).map(tuple),
    travellers=st.lists(st.just(Person(document="P 1 XB")), max_size=2).map(tuple),
)


def leaves(tree: Any) -> Any:
    if isinstance(tree, dict):
        for value in tree.values():
            yield from leaves(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from leaves(value)
    else:
        yield tree


def empty(tree: Any) -> bool:
    if isinstance(tree, dict):
        return any(value in (None, {}, []) or empty(value) for value in tree.values())
    return isinstance(tree, list) and any(empty(one) for one in tree)


@given(DECLARATIONS)
def test_every_value_is_text_and_nothing_is_empty(short: Declaration) -> None:
    tree = expand(short)
    assert all(isinstance(leaf, str) for leaf in leaves(tree))
    assert not empty(tree)
    assert expand(short) == tree


@pytest.mark.parametrize(
    ("commodity", "classification"),
    [
        ("0603.11", [{"ID": "060311", "IdentificationTypeCode": "TSP"}]),
        ("06031100", [{"ID": "06031100", "IdentificationTypeCode": "TSP"}]),
        (
            "0603110090",
            [
                {"ID": "06031100", "IdentificationTypeCode": "TSP"},
                {"ID": "90", "IdentificationTypeCode": "TRC"},
            ],
        ),
    ],
)
def test_the_commodity_in_its_parts(commodity: str, classification: Any) -> None:
    tree = expand(Declaration("IMA", items=(Goods(commodity),)))
    (item,) = tree["Declaration"]["GoodsShipment"]["GovernmentAgencyGoodsItem"]
    assert item["Commodity"]["Classification"] == classification


@pytest.mark.parametrize(
    ("mass", "text"), [("10.00", "10.00"), (10.0, "10"), (10.5, "10.5"), (0.001, "0.001"), (0, "0")]
)
def test_numbers_as_written_or_plain(mass: Any, text: str) -> None:
    tree = expand(Declaration("IMA", items=(Goods(net_mass=mass),)))
    (item,) = tree["Declaration"]["GoodsShipment"]["GovernmentAgencyGoodsItem"]
    measure = item["Commodity"]["GoodsMeasure"]["NetNetWeightMeasure"]
    assert measure == {"#": text, "@unitCode": "KGM"}


def test_any_other_element_is_put_by_its_path() -> None:
    short = Declaration(
        "IMA",
        items=(Goods("06031100"),),
        set={
            "SpecificCircumstancesCodeCode": "A20",
            "GoodsShipment/TradeTerms/ConditionCode": "DAP",
            "GoodsShipment/GovernmentAgencyGoodsItem/CustomsValueAmount": "5",
        },
    )
    declaration = expand(short)["Declaration"]
    shipment = declaration["GoodsShipment"]
    assert declaration["SpecificCircumstancesCodeCode"] == "A20"
    assert shipment["TradeTerms"] == {"ConditionCode": "DAP"}
    assert shipment["GovernmentAgencyGoodsItem"][0]["CustomsValueAmount"] == "5"


def test_a_document_with_the_day_it_takes_effect() -> None:
    short = Declaration("IMA", documents=("N851 PC-1", "C085 X 20260701"))
    plain, dated = expand(short)["Declaration"]["AdditionalDocument"]
    assert plain == {"CategoryCode": "N", "TypeCode": "851", "ID": "PC-1"}
    assert dated["EffectiveDateTime"]["DateTimeString"] == {"#": "20260701", "@formatCode": "102"}


def test_the_arrival_in_format_203() -> None:
    short = Declaration("IMA", arrival="2026-07-02T10:00")
    means = expand(short)["Declaration"]["BorderTransportMeans"]
    assert means == {"EstimatedArrivalDateTime": "202607021000"}
