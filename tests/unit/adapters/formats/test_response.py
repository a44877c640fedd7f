"""Answers point at what is meant."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

import pytest
from lxml import etree

from gatepost.adapters.formats.wco import ResponseMessage, ResponseNotice, write_response
from gatepost.adapters.formats.wco.response import CODES, Status, pointers, short_code

NAMES = {
    "r": "urn:wco:datamodel:WCO:RES-DMS:2",
    "s": "urn:wco:datamodel:WCO:Response_DS:DMS:2",
}
ITEM = "Declaration/GoodsShipment/GovernmentAgencyGoodsItem[2]"
NOTICE = ResponseNotice("LODGE-101", "The code <Z> is not used here.", f"{ITEM}/Origin[1]")


def texts(data: bytes, path: str) -> list[str]:
    found = etree.fromstring(data).xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return [one.text or "" for one in found if isinstance(one, etree._Element)]


def test_every_status_has_a_code() -> None:
    assert set(CODES) == set(get_args(Status))
    assert len({one.function_code for one in CODES.values()}) == len(CODES)


@pytest.mark.parametrize(
    ("status", "code", "moment"),
    [
        ("accepted", "01", "r:Declaration/r:AcceptanceDateTime"),
        ("refused", "03", "r:Declaration/r:RejectionDateTime"),
        ("released", "08", "r:Status/r:ReleaseDateTime"),
        ("withdrawn", "10", "r:Declaration/r:CancellationDateTime"),
    ],
)
def test_status_and_its_moment(status: Status, code: str, moment: str, now: datetime) -> None:
    data = write_response(ResponseMessage(status, now, "REF", "FLOWERS-1", id="M-1"))
    assert texts(data, "//r:Response/r:FunctionCode") == [code]
    assert texts(data, "//r:Response/r:FunctionalReferenceID") == ["M-1"]
    assert texts(data, "//r:Declaration/r:ID") == ["REF"]
    assert texts(data, "//r:Declaration/r:FunctionalReferenceID") == ["FLOWERS-1"]
    expected = ["20260702081400Z"]
    assert texts(data, "//r:IssueDateTime/s:DateTimeString") == expected
    assert texts(data, f"//r:Response/{moment}/s:DateTimeString") == expected


def test_a_refusal_tells_its_errors(now: datetime) -> None:
    data = write_response(ResponseMessage("refused", now, notices=(NOTICE,)))
    assert texts(data, "//r:Error/r:Description") == [f"LODGE-101: {NOTICE.sentence}"]
    assert texts(data, "//r:Error/r:ValidationCode") == ["LODGE101"]
    assert texts(data, "//r:Pointer/r:DocumentSectionCode") == ["42A", "67A", "68A", "92A"]
    assert texts(data, "//r:Pointer/r:SequenceNumeric") == ["2", "1"]
    assert texts(data, "//r:AdditionalInformation") == []


def test_what_is_only_said_is_no_error(now: datetime) -> None:
    data = write_response(ResponseMessage("accepted", now, "REF", notices=(NOTICE,)))
    assert texts(data, "//r:Error") == []
    assert texts(data, "//r:AdditionalInformation/r:StatementCode") == ["LODGE-101"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("Declaration", [("", "42A", "")]),
        ("Declaration/TypeCode:13", [("", "42A", "D013")]),
        ("Declaration/IssueDateTime/DateTimeString", [("", "42A", "D011")]),
        ("Declaration/Nonsense/ID", [("", "42A", "")]),
        (
            f"{ITEM}/Commodity/GoodsMeasure/GrossMassMeasure/@unitCode:99",
            [
                ("", "42A", ""),
                ("", "67A", ""),
                ("2", "68A", ""),
                ("", "23A", ""),
                ("", "65A", "126"),
            ],
        ),
        ("line 7", []),
        ("", []),
    ],
)
def test_pointers(where: str, expected: list[tuple[str, str, str]]) -> None:
    assert list(pointers(where)) == expected


@pytest.mark.parametrize(
    ("number", "code"),
    [("LODGE-001", "LODGE001"), ("XML-001", "XML001"), ("REQUIREMENT-012", "REQUI012")],
)
def test_short_code(number: str, code: str) -> None:
    assert short_code(number) == code
