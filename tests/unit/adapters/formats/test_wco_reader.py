"""What is wrong with an XML message is said at once, with path and line."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from gatepost.adapters.formats import wco
from gatepost.adapters.formats.faults import LIMIT
from gatepost.kernel.notice import Refused
from tests.unit.adapters.formats.messages import TREE, XML, changed, told

ITEM = "Declaration/GoodsShipment/GovernmentAgencyGoodsItem"


def faults(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        wco.read(data)
    return told(caught.value.notices)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<TypeCode>", "<Nonsense/><TypeCode>", ("DATA-001", "Declaration/Nonsense:13")),
        ("<TypeCode>", '<ID xmlns="">7</ID><TypeCode>', ("DATA-002", "Declaration/ID:13")),
        (
            "<FunctionCode>9</FunctionCode>",
            "<Declarant/><FunctionCode>9</FunctionCode>",
            ("DATA-003", "Declaration/FunctionCode:11"),
        ),
        (
            "<FunctionCode>9</FunctionCode>",
            "<FunctionCode>9</FunctionCode><FunctionCode>9</FunctionCode>",
            ("DATA-006", "Declaration/FunctionCode:11"),
        ),
        ("<FunctionCode>9</FunctionCode>", "", ("DATA-007", "Declaration/FunctionCode:7")),
        (">IMA<", ">IMAX<", ("DATA-008", "Declaration/TypeCode:13")),
        (">XB<", ">X1234<", ("DATA-008", f"{ITEM}[1]/Origin[1]/CountryCode:22")),
        ("c>2<", "c>1e3<", ("DATA-008", f"{ITEM}[2]/SequenceNumeric:26")),
        ("20260702101500Z", "tomorrow", ("DATA-008", "Declaration/AcceptanceDateTime/D")),
        (">XA0001<", "> \n <", ("DATA-009", "Declaration/Declarant/ID:16")),
        ("<Declarant>", "<Declarant>XA", ("DATA-010", "Declaration/Declarant:15")),
        ("</Declarant>", "</Declarant>XA", ("DATA-010", "Declaration:7")),
        (">IMA<", "><b/>IMA<", ("DATA-011", "Declaration/TypeCode:13")),
        ("<Declarant>", '<Declarant a="b">', ("DATA-012", "Declaration/Declarant/@a:15")),
        ("currencyID", "unitCode", ("DATA-012", "Declaration/InvoiceAmount/@unitCode:14")),
        (' formatCode="304"', "", ("DATA-013", "Declaration/AcceptanceDateTime/D")),
        ('"304"', '"999"', ("DATA-014", "Declaration/AcceptanceDateTime/D")),
        ('"EUR"', '"€"', ("DATA-014", "Declaration/InvoiceAmount/@currencyID:14")),
        ("</m:Meta", "<m:Other/></m:Meta", ("DATA-001", "MetaData/Other:33")),
    ],
)
def test_each_fault_is_said_where_it_is(old: str, new: str, expected: tuple[str, str]) -> None:
    ((rule, where),) = faults(changed(XML, old, new))
    assert rule == expected[0]
    assert where.startswith(expected[1])


def test_occurrences_apart_are_said() -> None:
    end = "</GovernmentAgencyGoodsItem>\n      <Gov"
    data = changed(XML, end, "</GovernmentAgencyGoodsItem><Importer/>\n      <Gov")
    assert faults(data) == [("DATA-004", f"{ITEM}[2]:25")]


def test_more_occurrences_than_allowed_are_said_once() -> None:
    one = "<ConsignmentItem><SequenceNumeric>1</SequenceNumeric></ConsignmentItem>"
    data = changed(XML, "<Declarant>", f"<Consignment>{one * 1001}</Consignment><Declarant>")
    assert faults(data) == [("DATA-005", "Declaration/Consignment/ConsignmentItem[1000]:15")]


def test_everything_wrong_is_said_at_once() -> None:
    data = XML.replace(">XB<", ">?????<").replace("c>2<", "c>two<").replace("IMA", "").encode()
    assert [rule for rule, _ in faults(data)] == ["DATA-009", "DATA-008", "DATA-008"]


def test_a_flood_of_faults_is_cut() -> None:
    found = faults(changed(XML, "<Declarant>", "<x/>" * 5000 + "<Declarant>"))
    assert len(found) == LIMIT + 1
    assert found[-1] == ("DATA-015", "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<Declaration>", "<!-- c --><Declaration>"),
        ("<ID>XA0001", "<ID>XA<!-- c -->0001"),
        ("<ID>XA0001", "<ID><![CDATA[XA]]>0001"),
        (
            "<Declaration>",
            '<Declaration xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
            ' i:schemaLocation="urn:a b.xsd">',
        ),
    ],
)
def test_how_it_is_written_is_no_data(old: str, new: str) -> None:
    assert wco.read(changed(XML, old, new)) == TREE


def test_values_keep_their_white_space_and_zeros() -> None:
    data = XML.replace(">10.00<", "> 10.00\n<").replace(">3.6<", ">v3.6\t\n<").encode()
    tree = wco.read(data)
    assert tree["Declaration"]["InvoiceAmount"]["#"] == " 10.00\n"
    assert tree["MetaData"]["WCODataModelVersionCode"] == "v3.6\t\n"


def test_empty_elements_are_kept() -> None:
    tree = wco.read(
        changed(XML, "<Declarant>", "<Agent/><Declarant>").replace(b">XA</m:", b"></m:")
    )
    assert tree["Declaration"]["Agent"] == {}
    assert tree["MetaData"]["ResponsibleCountryCode"] == ""
    assert b"<Agent/>" in wco.write(tree)


def test_metadata_is_found_in_any_envelope() -> None:
    body = XML.partition("\n")[2]
    assert (
        wco.read(f"<e:Envelope xmlns:e='urn:e'><e:Body>{body}</e:Body></e:Envelope>".encode())
        == TREE
    )


def test_no_or_two_metadata_are_refused() -> None:
    body = XML.partition("\n")[2]
    assert faults(b"<Declaration/>") == [("XML-010", "line 1")]
    assert faults(f"<e>{body}{body}</e>".encode()) == [("XML-011", "")]


def test_message_without_declaration_is_refused() -> None:
    start, end = XML.index("  <Declaration>"), XML.index("</m:MetaData>")
    assert faults((XML[:start] + XML[end:]).encode()) == [("DATA-007", "Declaration:4")]


def test_extensions_are_read_and_written_after_the_profile() -> None:
    tree = wco.read(XML.encode())
    tree["Declaration"]["BorderTransportMeans"] = {"JourneyID": "CT 17", "ModeCode": "3"}
    tree["Declaration"]["Traveller"] = [
        {"SequenceNumeric": "1", "Document": {"TypeCode": "P", "ID": "4711"}}
    ]
    data = wco.write(tree)
    assert data.index(b"<ModeCode>") < data.index(b"<gp:JourneyID>")
    assert data.index(b"</GoodsShipment>") < data.index(b"<gp:Traveller>")
    assert wco.read(data) == tree
    assert b"urn:gatepost" not in wco.write(TREE)


def papers_of_a_traveller() -> dict[str, Any]:
    tree = copy.deepcopy(TREE)
    day = {"DateTimeString": {"#": "20260702", "@formatCode": "102"}}
    permit = {"CategoryCode": "P", "EffectiveDateTime": day, "ID": "VFP-12", "TypeCode": "010"}
    waived = {"CategoryCode": "I", "TypeCode": "001", "LPCOExemptionCode": "EX"}
    tree["Declaration"]["Traveller"] = [
        {"SequenceNumeric": "1", "AdditionalDocument": [permit, waived]},
        {"SequenceNumeric": "2", "AdditionalInformation": [{"StatementCode": "FA"}]},
    ]
    return tree


def test_papers_of_a_traveller_are_read_and_written_as_an_extension() -> None:
    tree = papers_of_a_traveller()
    data = wco.write(tree)
    assert wco.read(data) == tree
    assert data.count(b"<gp:AdditionalDocument>") == 2
    assert b'<gp:DateTimeString formatCode="102">20260702</gp:DateTimeString>' in data


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b"20260702<", b"tomorrow<", ("DATA-008", "EffectiveDateTime/DateTimeString")),
        (b">010<", b">0100<", ("DATA-008", "TypeCode")),
        (b">VFP-12<", b"><", ("DATA-009", "ID")),
        (b"gp:TypeCode>010</gp:", b"TypeCode>010</", ("DATA-002", "TypeCode")),
    ],
)
def test_what_is_wrong_with_a_paper_of_a_traveller_is_said_there(
    old: bytes, new: bytes, expected: tuple[str, str]
) -> None:
    data = wco.write(papers_of_a_traveller())
    assert data.count(old) == 1
    ((rule, where),) = faults(data.replace(old, new))
    place = f"Declaration/Traveller[1]/AdditionalDocument[1]/{expected[1]}:"
    assert (rule, where[: len(place)]) == (expected[0], place)


def test_writing_leaves_nothing_out_in_silence() -> None:
    with pytest.raises(Refused, match="DATA-001 Nonsense"):
        wco.write({"Declaration": {"FunctionCode": "9", "Nonsense": "1"}})
