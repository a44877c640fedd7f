"""What is wrong with a JSON lodgement is said at once, with its path."""

from __future__ import annotations

import copy
import json

import pytest

from gatepost.adapters.formats import json_lodgement, wco
from gatepost.kernel.notice import Refused
from tests.unit.adapters.formats.messages import JSON, TREE, changed, told

ITEM = "Declaration/GoodsShipment/GovernmentAgencyGoodsItem"


def faults(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        json_lodgement.read(data)
    return told(caught.value.notices)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"9"', "9", ("JSON-005", "Declaration/FunctionCode")),
        ('"9"', "true", ("JSON-005", "Declaration/FunctionCode")),
        ('"9"', "null", ("JSON-005", "Declaration/FunctionCode")),
        ('"EUR"', "7", ("JSON-005", "Declaration/InvoiceAmount/@currencyID")),
        ('"10.00"', "10.00", ("JSON-005", "Declaration/InvoiceAmount")),
        ('[{"CountryCode":"XB"}]', '{"CountryCode":"XB"}', ("JSON-006", f"{ITEM}[1]/Origin")),
        ('{"ID":"XA0001"}', '[{"ID":"XA0001"}]', ("JSON-007", "Declaration/Declarant")),
        ('{"ID":"XA0001"}', '"XA0001"', ("JSON-008", "Declaration/Declarant")),
        ('{"CountryCode":"XB"}', '"XB"', ("JSON-008", f"{ITEM}[1]/Origin[1]")),
        ('"XA0001"', '"XA\\u0000"', ("JSON-009", "Declaration/Declarant/ID")),
        ('"XA0001"', '"XA\uffff"', ("JSON-009", "Declaration/Declarant/ID")),
        ('"XB"', '"\\b\\f"', ("JSON-009", f"{ITEM}[1]/Origin[1]/CountryCode")),
        ('"TypeCode"', '"Typecode"', ("DATA-001", "Declaration/Typecode")),
        ('"Declaration"', '"More":{},"Declaration"', ("DATA-001", "More")),
        ('"FunctionCode":"9",', "", ("DATA-007", "Declaration/FunctionCode")),
        ('"XB"', '"X1234"', ("DATA-008", f"{ITEM}[1]/Origin[1]/CountryCode")),
        ('"XA0001"', '" "', ("DATA-009", "Declaration/Declarant/ID")),
        ("@currencyID", "@unitCode", ("DATA-012", "Declaration/InvoiceAmount/@unitCode")),
        (',"@formatCode":"304"', "", ("DATA-013", "Declaration/AcceptanceDateTime/D")),
    ],
)
def test_each_fault_is_said_where_it_is(old: str, new: str, expected: tuple[str, str]) -> None:
    found = faults(changed(JSON, old, new))
    assert found[0][0] == expected[0]
    assert found[0][1].startswith(expected[1])
    assert len(found) == 1


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"{", "line 1, column 2"),
        (b'{"Declaration":\n  NaN}', "line 2, column 3"),
        (b'{"a": 1e999}', "line 1, column "),
        (b"{} {}", "line 1, column "),
        (b'"\\ud800"', "line 1, column "),
        (b"{'a': 1}", "line 1, column 2"),
        (b'{"\xc3\xa9": x}', "line 1, column 7"),
        (b'{"a":\n"\xe9"}', "line "),
    ],
)
def test_what_is_not_json_is_refused(data: bytes, where: str) -> None:
    ((code, place),) = faults(data)
    assert code == "JSON-001"
    assert place.startswith(where)


def test_a_message_that_is_no_object_is_refused() -> None:
    assert faults(b"[]") == [("JSON-008", "line 1, column 1")]


@pytest.mark.parametrize("depth", [100, 500, 900, 1100, 5000])
def test_no_depth_is_more_than_a_refusal(depth: int) -> None:
    """Wherever the recursion limit strikes, in C or here, the message is refused."""
    for text in ('"\\u0041"', '"x"', '{"a":1,"a":2}'):
        deep = '{"a":[' * depth + text + "]}" * depth
        faults(f'{{"Declaration":{deep}}}'.encode())


def test_depth_and_size_have_limits() -> None:
    assert faults(b'{"Declaration":' + b"[" * 100_000 + b"]" * 100_000 + b"}") == [
        ("JSON-003", "line 1, column 1")
    ]
    blank = b" " * (json_lodgement.MAX_BYTES - len(JSON))
    assert json_lodgement.read(JSON.encode() + blank) == TREE
    assert faults(JSON.encode() + blank + b" ") == [("JSON-002", "line 1, column 1")]


@pytest.mark.parametrize("text", [JSON, json.dumps(TREE, indent=3), json.dumps(TREE) + "\n"])
@pytest.mark.parametrize("again", ['"TypeCode": "IMA", ', '"TypeCode":"","Agent":{},'])
def test_a_name_given_twice_is_refused(text: str, again: str) -> None:
    data = text.replace('"TypeCode"', again + '"TypeCode"', 1).encode()
    assert faults(data) == [("JSON-004", "Declaration/TypeCode")]


@pytest.mark.parametrize("escape", ["\\u0058", "\\/", "\\u00e9", "\\\\", '\\"', "a\\nb"])
def test_escapes_do_not_hide_or_feign_a_repetition(escape: str) -> None:
    data = JSON.replace("FLOWERS-1", escape)
    read = json_lodgement.read(data.encode())
    assert read["Declaration"]["FunctionalReferenceID"] == json.loads(f'"{escape}"')
    twice = data.replace('"TypeCode"', '"TypeCode":"","TypeCode"', 1)
    assert faults(twice.encode()) == [("JSON-004", "Declaration/TypeCode")]


def test_names_come_out_in_the_order_of_the_profile() -> None:
    turned = json.dumps(TREE, sort_keys=True)
    assert json_lodgement.write(json_lodgement.read(turned.encode())) == JSON.encode()


def test_papers_of_a_traveller_come_through() -> None:
    tree = copy.deepcopy(TREE)
    day = {"DateTimeString": {"#": "20260702", "@formatCode": "102"}}
    permit = {"CategoryCode": "P", "EffectiveDateTime": day, "ID": "VFP-12", "TypeCode": "010"}
    tree["Declaration"]["Traveller"] = [{"SequenceNumeric": "1", "AdditionalDocument": [permit]}]
    assert json_lodgement.read(json.dumps(tree).encode()) == tree
    assert wco.read(wco.write(tree)) == tree
    permit["Colour"] = "blue"
    where = "Declaration/Traveller[1]/AdditionalDocument[1]/Colour"
    assert faults(json.dumps(tree).encode()) == [("DATA-001", where)]


def test_what_says_nothing_is_left_out() -> None:
    tree = copy.deepcopy(TREE)
    tree["MetaData"] = {}
    tree["Declaration"]["Traveller"] = []
    tree["Declaration"]["TypeCode"] = {"#": "IMA"}
    read = json_lodgement.read(json.dumps(tree).encode())
    assert read == {"Declaration": TREE["Declaration"]}
    assert wco.read(wco.write(read)) == read


def test_pretty_and_compact_are_the_same() -> None:
    assert json.loads(json_lodgement.write(TREE, 2)) == json.loads(json_lodgement.write(TREE))
    assert b"\n" not in json_lodgement.write(TREE)
