"""Notifications are read with or without namespace, and what they lack is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from gatepost.adapters.formats.wco.notification import Notification, read
from gatepost.kernel.notice import Refused

PLAIN = """<MetaData><WCOTypeName>RES</WCOTypeName><Response>
<FunctionCode>9</FunctionCode><FunctionalReferenceID>n-1</FunctionalReferenceID>
<IssueDateTime><DateTimeString formatCode="304">20260702081400Z</DateTimeString></IssueDateTime>
<Declaration><FunctionalReferenceID>R-1</FunctionalReferenceID><ID>26XA1</ID>
<VersionID>1</VersionID></Declaration></Response></MetaData>"""
SPACED = PLAIN.replace("<Response>", '<Response xmlns="urn:wco:datamodel:WCO:RES-DMS:2">')
ISSUED = "Response/IssueDateTime/DateTimeString"
READ = Notification("n-1", "09", datetime(2026, 7, 2, 8, 14, tzinfo=UTC), "R-1", "26XA1", "1")


@pytest.mark.parametrize("text", [PLAIN, SPACED])
def test_with_or_without_namespace_it_is_the_same(text: str) -> None:
    assert read(text.encode()) == READ


@pytest.mark.parametrize(
    ("written", "offset"), [("Z", 0), ("+01", 60), ("-0330", -210), ("+0000", 0)]
)
def test_moments_have_an_offset(written: str, offset: int) -> None:
    told = read(PLAIN.replace("00Z", f"00{written}").encode())
    zone = timezone(timedelta(minutes=offset))
    assert told.issued == datetime(2026, 7, 2, 8, 14, tzinfo=zone)


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("Response>", "Answer>", "NOTIFY-001", ""),
        ("</MetaData>", "<Response/></MetaData>", "NOTIFY-001", ""),
        ("<Response>", '<Response xmlns="urn:other">', "NOTIFY-001", ""),
        (">9<", "><", "NOTIFY-002", "Response/FunctionCode"),
        (">9<", ">nine<", "NOTIFY-003", "Response/FunctionCode"),
        (">9<", ">٩<", "NOTIFY-003", "Response/FunctionCode"),
        (">n-1<", f">{'n' * 71}<", "NOTIFY-003", "Response/FunctionalReferenceID"),
        (
            "20260702081400Z",
            "20260702081400",
            "NOTIFY-003",
            ISSUED,
        ),
        ("20260702", "20260732", "NOTIFY-003", ISSUED),
        ("00Z", "00+99", "NOTIFY-003", ISSUED),
        (">R-1<", "><", None, ""),
        ("<MetaData>", "<!DOCTYPE MetaData><MetaData>", "XML-002", "line 1"),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, code: str | None, where: str) -> None:
    data = PLAIN.replace(old, new).encode()
    if code is None:
        assert read(data).functional_reference is None
        return
    with pytest.raises(Refused) as refused:
        read(data)
    assert (code, where) in [(one.code, one.where) for one in refused.value.notices]


@pytest.mark.parametrize(
    ("day", "offset"), [("20260702", 120), ("20261225", 60), ("20261025", 120)]
)
def test_a_moment_without_an_offset_is_one_of_the_zone_told(day: str, offset: int) -> None:
    """In the hour that comes twice it is the first of the two."""
    text = PLAIN.replace("20260702081400Z", f"{day}023000").encode()
    told = read(text, ZoneInfo("Europe/Berlin"))
    assert told.issued.utcoffset() == timedelta(minutes=offset)
    with pytest.raises(Refused) as refused:
        read(text)
    assert [one.where for one in refused.value.notices] == [ISSUED]


def test_a_notification_without_an_id_is_known_again_by_what_it_says() -> None:
    plain, spaced = (one.replace(">n-1<", "><") for one in (PLAIN, SPACED))
    first = read(plain.encode())
    assert first.id.startswith("content-")
    assert read(spaced.replace("\n", "").encode()) == first
    for old, new in ((">9<", ">5<"), ("081400Z", "081401Z"), (">R-1<", ">R-2<")):
        assert read(plain.replace(old, new).encode()).id != first.id


def test_a_notification_about_nothing_is_refused() -> None:
    nothing = PLAIN.replace(">R-1<", "><").replace(">26XA1<", "><")
    with pytest.raises(Refused) as refused:
        read(nothing.encode())
    assert [one.where for one in refused.value.notices] == ["Response/Declaration/ID"]
