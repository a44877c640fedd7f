"""CUSDEC and PAXLST become declarations, each value at its place; anything else is refused."""

from __future__ import annotations

from typing import Any

import pytest

from gatepost.adapters.formats import detect, read_lodgement
from gatepost.adapters.formats.edifact.declaration import read
from gatepost.kernel.notice import Refused


def interchange(kind: str, *segments: str, head: str = "") -> bytes:
    count = len(segments) + 2
    body = "".join(f"{one}'" for one in segments)
    return (
        f"{head}UNB+UNOC:3+XA1001:ZZ+XAGATE:ZZ+260702:0814+IC1'"
        f"UNH+1+{kind}:D:99B:UN'{body}UNT+{count}+1'UNZ+1+IC1'"
    ).encode("iso8859-1")


MASS = "GrossMassMeasure"

GOODS = (
    "BGM+929:::IMD+ROSES-1+9",
    "LOC+9+XBPORT",
    "LOC+22+XA000101",
    "LOC+35+XB",
    "DTM+132:202607021010:203",
    "TDT+11+TRIP-1+3+++++BR-7714::::XB",
    "NAD+DT+XA1001++BLOOM:TRADING",
    "NAD+CN+XA2002++SHOP+++++XA",
    "EQD+CN+MSKU1234565",
    "MOA+39:500,5:EUR",
    "UNS+D",
    "CST+1",
    "FTX+AAA+++cut roses:fresh",
    "LOC+27+XB",
    "MEA+WT+AAB+KGM:200,5",
    "MEA+WT+AAF+KGM:180",
    "MOA+66:500,5:EUR",
    "RFF+HS:06031100",
    "PAC+10++CT",
    "DOC+N851+PC-4711",
    "CST+2",
    "RFF+ABD:06031200",
    "UNS+S",
    "CNT+11:10",
)

PERSONS = (
    "BGM+745",
    "NAD+MS+++CREW OFFICE",
    "TDT+20+XB0989+++XB",
    "LOC+125+XBX",
    "DTM+189:2607020710:201",
    "LOC+87+XAX",
    "DTM+232:2607021010:201",
    "NAD+FL+++ROE:JANE:ANNE",
    "ATT+2++F",
    "DTM+329:800229",
    "LOC+174+GBR",
    "NAT+2+DEU",
    "RFF+AVF:ABC123",
    "DOC+P:110:111+123456789",
    "DTM+36:290218",
    "LOC+91+XAX",
    "DOC+V:110:111+V-1",
    "NAD+FM+++DOE:JOHN",
    "ATT+2++M",
)


def test_a_cusdec_becomes_a_declaration_of_goods() -> None:
    data = interchange("CUSDEC", *GOODS, head="UNA:+,? '")
    assert detect(data) == "edifact"
    found: Any = read_lodgement(data)["Declaration"]
    assert found["TypeCode"] == "IMD"
    assert found["FunctionCode"] == "9"
    assert found["FunctionalReferenceID"] == "ROSES-1"
    assert found["Declarant"] == {"Name": "BLOOM TRADING", "ID": "XA1001"}
    assert found["PresentationOffice"] == {"ID": "XA000101"}
    assert found["InvoiceAmount"] == {"#": "500.5", "@currencyID": "EUR"}
    assert found["TotalPackageQuantity"] == "10"
    assert found["BorderTransportMeans"] == {
        "ID": "BR-7714",
        "RegistrationNationalityCode": "XB",
        "ModeCode": "3",
        "EstimatedArrivalDateTime": "202607021010",
        "JourneyID": "TRIP-1",
    }
    shipment = found["GoodsShipment"]
    assert shipment["ExportCountry"] == {"ID": "XB"}
    assert shipment["Consignee"]["Address"] == {"CountryCode": "XA"}
    assert shipment["Consignment"]["LoadingLocation"] == {"ID": "XBPORT"}
    assert shipment["Consignment"]["TransportEquipment"][0]["ID"] == "MSKU1234565"
    first, second = shipment["GovernmentAgencyGoodsItem"]
    assert first["AdditionalDocument"] == [
        {"CategoryCode": "N", "ID": "PC-4711", "TypeCode": "851"}
    ]
    assert first["Commodity"]["Description"] == "cut roses fresh"
    assert first["Commodity"]["Classification"][0]["ID"] == "06031100"
    assert first["Commodity"]["GoodsMeasure"] == {
        "GrossMassMeasure": {"#": "200.5", "@unitCode": "KGM"},
        "NetNetWeightMeasure": {"#": "180", "@unitCode": "KGM"},
    }
    assert first["Commodity"]["InvoiceLine"]["ItemChargeAmount"]["#"] == "500.5"
    assert first["Origin"] == [{"CountryCode": "XB", "TypeCode": "1"}]
    assert first["Packaging"][0]["QuantityQuantity"] == "10"
    assert second["Commodity"]["Classification"][0]["ID"] == "06031200"


@pytest.mark.parametrize(
    ("document", "kind"), [("BGM+929+R+9", "IMA"), ("BGM+830+R+9", "EXA"), ("BGM+1+R", None)]
)
def test_the_code_of_the_document_tells_what_is_declared(document: str, kind: str | None) -> None:
    found: Any = read(interchange("CUSDEC", document, "UNS+D", "UNS+S"))["Declaration"]
    assert found.get("TypeCode") == kind


def test_who_sent_it_declares_where_nobody_else_is_named() -> None:
    found: Any = read(interchange("CUSDEC", "BGM+929+R+9", "UNS+D", "UNS+S"))["Declaration"]
    assert found["Declarant"] == {"ID": "XA1001"}


def test_a_paxlst_becomes_a_list_of_persons() -> None:
    found: Any = read(interchange("PAXLST", *PERSONS))["Declaration"]
    assert found["TypeCode"] == "PE"
    assert found["FunctionalReferenceID"] == "IC1/1"
    assert found["Declarant"] == {"ID": "XA1001"}
    assert found["BorderTransportMeans"] == {
        "ID": "XB0989",
        "ModeCode": "4",
        "EstimatedArrivalDateTime": "202607021010",
        "JourneyID": "XB0989",
    }
    assert found["Traveller"] == [
        {
            "SequenceNumeric": "1",
            "TypeCode": "passenger",
            "Name": "ROE JANE ANNE",
            "SexCode": "F",
            "BirthDateTime": "19800229",
            "NationalityCode": "DE",
            "ResidenceCountryCode": "GB",
            "Document": {
                "TypeCode": "P",
                "ID": "123456789",
                "ExpirationDateTime": "20290218",
                "IssueCountryCode": "XAX",
            },
            "AdditionalDocument": [{"CategoryCode": "V", "ID": "V-1", "TypeCode": "V"}],
        },
        {"SequenceNumeric": "2", "TypeCode": "crew", "Name": "DOE JOHN", "SexCode": "M"},
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("610218", "19610218"),
        ("260702", "20260702"),
        ("260703", "19260703"),
        ("19260218:102", "19260218"),
        ("99", None),
        ("800230", None),
        ("8002-1", None),
        ("800218:999", None),
    ],
)
def test_days_of_birth_are_read_or_told(written: str, expected: str | None) -> None:
    data = interchange("PAXLST", "BGM+745", "NAD+FL+++ROE:JANE", f"DTM+329:{written}")
    if expected is None and written:
        with pytest.raises(Refused) as refused:
            read(data)
        (notice,) = refused.value.notices
        assert (notice.code, notice.where) == ("EDIFACT-013", "segment 5 (DTM)")
    else:
        found: Any = read(data)["Declaration"]
        assert found["Traveller"][0]["BirthDateTime"] == expected


def test_what_does_not_fit_the_profile_is_told_by_its_place_there() -> None:
    data = interchange("CUSDEC", "BGM+929+R+9", "UNS+D", "CST+1", "MEA+WT++KGM:ten", "UNS+S")
    with pytest.raises(Refused) as refused:
        read(data)
    (notice,) = refused.value.notices
    assert notice.code == "DATA-008"
    assert notice.where.endswith(
        "GovernmentAgencyGoodsItem[1]/Commodity/GoodsMeasure/GrossMassMeasure"
    )


@pytest.mark.parametrize(("kind", "code"), [("CUSCAR", "EDIFACT-011"), ("", "EDIFACT-011")])
def test_other_messages_are_no_declarations(kind: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(interchange(kind, "BGM+85"))
    assert refused.value.notices[0].code == code


def test_a_file_holds_one_declaration() -> None:
    two = interchange("CUSDEC", "BGM+929+R+9").decode().replace("UNZ+1", "UNH+2+X'UNT+2+2'UNZ+2")
    with pytest.raises(Refused) as refused:
        read(two.encode())
    assert refused.value.notices[0].code == "EDIFACT-012"
