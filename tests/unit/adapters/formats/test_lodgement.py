"""The way in looks at the content."""

from __future__ import annotations

import pytest

from gatepost.adapters.formats import detect, read_lodgement
from gatepost.kernel.notice import Refused
from tests.unit.adapters.formats.messages import JSON, TREE, XML

MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b"{}", "json"),
        (b" \r\n\t[", "json"),
        (MARK + b" {", "json"),
        (b"<a/>", "wco"),
        (MARK + b"<?xml", "wco"),
        (b"\n" * 5000 + b"<a/>", "wco"),
        (b"UNB+UNOC", "edifact"),
        (MARK + b"UNA:+.? '", "edifact"),
        (b"QU XAGATE\r\nUNB+UNOC", "edifact"),
    ],
)
def test_format_is_told_by_the_first_sign(data: bytes, format_: str) -> None:
    assert detect(data) == format_


@pytest.mark.parametrize("data", [b"", b"   ", b"UNOC", b"\xff\xfe<\x00", b"42", b"\x1f\x8b"])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="FORMAT-001"):
        read_lodgement(data)


@pytest.mark.parametrize("before", [b"", MARK, b"\n\n", MARK + b"  \n"])
@pytest.mark.parametrize("message", [XML, JSON])
def test_mark_and_white_space_in_front_are_no_matter(before: bytes, message: str) -> None:
    assert read_lodgement(before + message.encode()) == TREE
