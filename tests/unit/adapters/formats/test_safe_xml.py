"""No message makes the reader do anything but read."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from gatepost.adapters.formats import safe_xml
from gatepost.kernel.notice import Refused
from tests.unit.adapters.formats.messages import told


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        safe_xml.read(data)
    (only,) = told(caught.value.notices)
    return only


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<a>", ("XML-001", "line 1, column 4")),
        (b"<a/>\n<b/>", ("XML-001", "line 2, column 1")),
        (b"<a>\x00</a>", ("XML-001", "line 1, column 4")),
        (b"<!DOCTYPE a>\n<a/>", ("XML-002", "line 1")),
        (b"<?xml version='1.0'?>\n<!-- <!x> -->\n<!DOCTYPE a []><a/>", ("XML-002", "line 3")),
        (b"<a>\n&nbsp;</a>", ("XML-003", "line 2, column 7")),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", ("XML-009", "line 1")),
        (b"<a>\n\xff</a>", ("XML-009", "line 2")),
        (b"<a>\xc0\x80</a>", ("XML-009", "line 1")),
    ],
)
def test_what_is_not_plain_xml_is_refused(data: bytes, expected: tuple[str, str]) -> None:
    assert refusal(data) == expected


def nested(depth: int) -> bytes:
    return b"<a>" * depth + b"</a>" * depth


def attributes(count: int, each: bytes = b"x") -> bytes:
    return b"<a " + b" ".join(b'a%d="%s"' % (n, each) for n in range(count)) + b"/>"


def names(count: int) -> bytes:
    return b"<a " + b" ".join(b'xmlns:n%d="urn:%d"' % (n, n) for n in range(count)) + b"/>"


@pytest.mark.parametrize(
    ("at", "over", "rule"),
    [
        (nested(64), nested(65), "XML-005"),
        (nested(64), nested(5000), "XML-005"),
        (b"<a>" + b"<b/>" * 99_999 + b"</a>", b"<a>" + b"<b/>" * 100_000 + b"</a>", "XML-006"),
        (attributes(64), attributes(65), "XML-007"),
        (names(64), names(65), "XML-007"),
        (attributes(1, b"x" * 64_000), attributes(1, b"x" * 64_001), "XML-008"),
        (b"<a>" + b"x" * 4_999_993 + b"</a>", b"<a>" + b"x" * 4_999_994 + b"</a>", "XML-004"),
    ],
    ids=["depth", "abyss", "elements", "attributes", "namespaces", "attribute", "size"],
)
def test_limits_are_exact(at: bytes, over: bytes, rule: str) -> None:
    assert isinstance(safe_xml.read(at), etree._Element)
    assert refusal(over)[0] == rule


def test_a_comment_does_not_cut_a_value() -> None:
    assert safe_xml.read(b"<a>12<!--x-->34</a>").text == "1234"
    assert safe_xml.read(b"<a>12<?x y?>34</a>").text == "1234"


def test_doctype_as_text_is_text() -> None:
    data = b"<a><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a>]]></a>"
    assert safe_xml.read(data).text == "<!DOCTYPE a>"


def test_lines_keep_their_numbers_behind_white_space() -> None:
    data = b"\n\n<?xml version='1.0'?>\n<a/>"
    assert str(safe_xml.read(data).sourceline) == "4"


def test_no_attack_gets_through(shared_data: Path) -> None:
    """Every XML attack of the pack that carries a document type, a flood or a lie is refused."""
    harmless = {"comment_split_value", "pi_stylesheet", "schema_location", "xinclude"}
    harmless.add("signature_wrapping")
    got_through = set()
    for path in sorted((shared_data / "attacks" / "xml").iterdir()):
        try:
            safe_xml.read(path.read_bytes())
        except Refused:
            continue
        got_through.add(path.stem)
    assert got_through == harmless
