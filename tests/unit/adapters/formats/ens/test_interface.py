"""A small interface of our own: messages built right or not, and rules met or broken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gatepost.adapters.formats.ens.description import load_interface
from gatepost.adapters.formats.ens.interface import Interface
from gatepost.kernel.notice import Refused

BEFORE, AFTER = date(2025, 12, 31), date(2026, 1, 1)
HEAD = "<HEAD><Mode>ROAD</Mode><Place>North Gate</Place></HEAD>"
ITEM = "<ITEM><Goods>roses</Goods><Mass>1.50</Mass></ITEM>"
THREE_PACKS = ITEM.replace("</ITEM>", "<PACK/>" * 3 + "</ITEM>")
TOP = "/m:AAA[1]"


@pytest.fixture(scope="module")
def interface() -> Interface:
    return load_interface(Path(__file__).parent / "small")


def message(content: str, namespace: str = "urn:example:aaa", attributes: str = "") -> bytes:
    return f'<x:AAA xmlns:x="{namespace}"{attributes}>{content}</x:AAA>'.encode()


def errors(interface: Interface, data: bytes, day: date = AFTER) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in interface.errors(data, day)]


def test_a_right_message_is_accepted(interface: Interface) -> None:
    assert errors(interface, message(HEAD + ITEM)) == []


@pytest.mark.parametrize(
    "envelope",
    ["http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/"],
)
def test_a_message_may_come_in_an_envelope(interface: Interface, envelope: str) -> None:
    inner = message(HEAD + ITEM).decode()
    soap = f'<s:Envelope xmlns:s="{envelope}"><s:Header/><s:Body>{{}}</s:Body></s:Envelope>'
    assert errors(interface, soap.format(inner).encode()) == []
    assert errors(interface, soap.format(inner * 2).encode()) == [("INTERFACE-002", "")]
    assert errors(interface, soap.format("").encode()) == [("INTERFACE-002", "")]


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        ("", "DATA-007", f"{TOP}/HEAD[1]"),
        (HEAD, "DATA-007", f"{TOP}/ITEM[1]"),
        (ITEM + HEAD, "DATA-003", f"{TOP}/HEAD"),
        (HEAD + HEAD + ITEM, "DATA-006", f"{TOP}/HEAD[2]"),
        (HEAD + ITEM + "<MORE/>", "DATA-001", f"{TOP}/MORE"),
        (HEAD + "odd" + ITEM, "DATA-010", TOP),
        (HEAD + ITEM.replace("<Mass>", "odd<Mass>"), "DATA-010", f"{TOP}/ITEM[1]"),
        (HEAD + ITEM.replace("roses", ""), "DATA-009", f"{TOP}/ITEM[1]/Goods[1]"),
        (HEAD + ITEM.replace("roses", "roses & roses"), "XML-001", None),
        (HEAD + ITEM.replace("roses", "roses and roses"), "DATA-008", f"{TOP}/ITEM[1]/Goods[1]"),
        (HEAD + ITEM.replace("roses", "<b>roses</b>"), "DATA-011", f"{TOP}/ITEM[1]/Goods[1]"),
        (HEAD + ITEM.replace("<Goods>", '<Goods a="1">'), "DATA-012", f"{TOP}/ITEM[1]/Goods[1]"),
        (HEAD + ITEM.replace("<ITEM>", '<ITEM xmlns="urn:y">'), "DATA-002", f"{TOP}/ITEM"),
        (HEAD.replace("ROAD", "SEA") + ITEM, "DATA-008", f"{TOP}/HEAD[1]/Mode[1]"),
        (HEAD + ITEM.replace("1.50", "1.555"), "DATA-008", f"{TOP}/ITEM[1]/Mass[1]"),
        (HEAD + ITEM.replace("1.50", "123456"), "DATA-008", f"{TOP}/ITEM[1]/Mass[1]"),
        (HEAD + ITEM.replace("1.50", "."), "DATA-008", f"{TOP}/ITEM[1]/Mass[1]"),
        (
            HEAD + ITEM.replace("</ITEM>", "<PACK/>" * 3 + "</ITEM>"),
            "DATA-005",
            f"{TOP}/ITEM[1]/PACK[3]",
        ),
    ],
)
def test_a_message_built_wrong_is_told_where(
    interface: Interface, content: str, code: str, where: str | None
) -> None:
    found = errors(interface, message(content))
    assert code in [one for one, _ in found]
    assert where is None or (code, where) in found


def test_attributes_of_xml_schema_itself_do_no_harm(interface: Interface) -> None:
    schema = ' xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="a b"'
    assert errors(interface, message(HEAD + ITEM, attributes=schema)) == []
    nil = schema.replace('i:schemaLocation="a b"', 'i:nil="true"')
    assert errors(interface, message(HEAD + ITEM, attributes=nil)) == [("DATA-012", TOP)]


@pytest.mark.parametrize("data", [message(HEAD, "urn:other"), b"<AAA/>", b"<BBB/>"])
def test_another_message_is_refused(interface: Interface, data: bytes) -> None:
    assert errors(interface, data) == [("INTERFACE-001", "")]


def test_white_space_is_made_single_unless_the_format_keeps_it(interface: Interface) -> None:
    spaced = HEAD.replace("North Gate", "\n North \t Gate ").replace("ROAD", " ROAD ")
    assert errors(interface, message(spaced + ITEM)) == []
    kept = HEAD.replace("</HEAD>", "<Sender> AB</Sender></HEAD>")
    assert errors(interface, message(kept + ITEM)) == [("DATA-008", f"{TOP}/HEAD[1]/Sender[1]")]


def test_rules_say_the_number_and_the_place(interface: Interface) -> None:
    content = (
        HEAD.replace("ROAD", "RAIL")
        + "<ITEM><Goods>sand</Goods><PACK><Mark>A</Mark></PACK></ITEM>"
        + ITEM.replace("</ITEM>", "<PACK><Mark>B</Mark></PACK></ITEM>")
        + "<ITEM><Goods>tea</Goods><PACK/><PACK><Mark>B</Mark></PACK></ITEM>"
    )
    assert errors(interface, message(content)) == [
        ("101", f"{TOP}/ITEM[1]"),
        ("102", f"{TOP}/ITEM[1]/Goods[1]"),
        ("103", f"{TOP}/ITEM[1]/PACK[1]"),
        ("101", f"{TOP}/ITEM[3]"),
    ]
    assert interface.errors(message(content), AFTER, structure_only=True) == ()


def test_the_rule_set_is_that_of_the_day(interface: Interface) -> None:
    content = message(HEAD.replace("<Place>North Gate</Place>", "") + ITEM)
    assert errors(interface, content, BEFORE) == [("DATA-007", f"{TOP}/HEAD[1]/Place[1]")]
    assert errors(interface, content, AFTER) == [("104", f"{TOP}/HEAD[1]")]
    with pytest.raises(Refused) as refused:
        interface.errors(content, date(2019, 12, 31))
    assert refused.value.notices[0].code == "INTERFACE-003"
