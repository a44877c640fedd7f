"""Interchanges are cut by their own separators and held to their own counts and references."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.adapters.formats.edifact.interchange import Interchange, read
from gatepost.adapters.formats.edifact.tokens import (
    MAX_BYTES,
    MAX_COMPONENTS,
    MAX_ELEMENTS,
    MAX_LENGTH,
    begins_like_edifact,
)
from gatepost.kernel.notice import Refused

HEAD = "UNB+UNOC:3+SENDER:ZZ+RECIPIENT:ZZ+260702:0814+REF1'"
MESSAGE = "UNH+1+CUSCAR:D:95B:UN'BGM+85+X+9'UNT+3+1'"
TAIL = "UNZ+1+REF1'"
WHOLE = HEAD + MESSAGE + TAIL


def taken(text: str) -> Interchange:
    return read(text.encode("iso8859-1"))


def codes(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        read(data)
    return [(one.code, one.where) for one in refused.value.notices]


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        WHOLE.replace("'", "'\r\n"),
        "UNA:+.? '" + WHOLE,
        "UNA:+,? '\n" + WHOLE,
        "UNA|*.? ~" + WHOLE.replace("+", "*").replace(":", "|").replace("'", "~"),
        "QU XAGATE\r\n.XBTRADE 020814\r\n" + WHOLE,
        HEAD + "UNG+CUSCAR+S+R+260702:0814+G1+UN+D:95B'" + MESSAGE + "UNE+1+G1'" + TAIL,
    ],
)
def test_the_message_is_read_whatever_surrounds_it(text: str) -> None:
    found = taken(text)
    (message,) = found.messages
    assert (found.sender, found.recipient, found.reference) == ("SENDER", "RECIPIENT", "REF1")
    assert (message.reference, message.type, message.directory) == ("1", "CUSCAR", "D.95B")
    assert [one.tag for one in message.segments] == ["BGM"]
    assert begins_like_edifact(text.encode())


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read(b"\xef\xbb\xbf" + WHOLE.encode()).reference == "REF1"


def test_released_characters_are_part_of_the_value() -> None:
    (message,) = taken(WHOLE.replace("+X+", "+A?+B?:C?'D??:E+")).messages
    assert message.segments[0].elements[1] == ("A+B:C'D?", "E")


def test_without_a_release_character_a_question_mark_is_one() -> None:
    (message,) = taken("UNA:+.  '" + WHOLE.replace("+X+", "+A?+")).messages
    assert message.segments[0].elements[1:] == (("A?",), ("9",))


def test_line_breaks_within_a_value_are_those_of_the_telegram() -> None:
    (message,) = taken(WHOLE.replace("+X+", "+LONG\r\nVALUE+")).messages
    assert message.segments[0].get(2) == "LONGVALUE"


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("UNB", "UNX", "EDIFACT-002", ""),
        ("UNOC", "UNOZ", "EDIFACT-003", ""),
        ("UNOC", "UNOA", None, ""),
        ("260702", "260732", "EDIFACT-006", "segment 1 (UNB)"),
        ("0814", "0861", "EDIFACT-006", "segment 1 (UNB)"),
        ("+REF1'UNH", "+'UNH", "EDIFACT-006", "segment 1 (UNB)"),
        ("BGM", "bgm", "EDIFACT-006", "segment 3"),
        ("UNT+3", "UNT+4", "EDIFACT-008", "segment 4 (UNT)"),
        ("UNT+3", "UNT+٣", "EDIFACT-003", ""),
        ("UNT+3+1", "UNT+3+2", "EDIFACT-009", "segment 4 (UNT)"),
        ("UNZ+1", "UNZ+2", "EDIFACT-008", "segment 5 (UNZ)"),
        ("UNZ+1+REF1", "UNZ+1+REF2", "EDIFACT-009", "segment 5 (UNZ)"),
        (TAIL, "", "EDIFACT-007", "segment 4 (UNT)"),
        (TAIL, TAIL + WHOLE, "EDIFACT-007", "segment 6 (UNB)"),
        (TAIL, TAIL[:-1], "EDIFACT-004", "segment 5"),
        ("BGM+85+X+9'", HEAD, "EDIFACT-007", "segment 3 (UNB)"),
        (MESSAGE, "", "EDIFACT-008", "segment 2 (UNZ)"),
        (MESSAGE, MESSAGE + "UNG+CUSCAR'", "EDIFACT-007", "segment 5 (UNG)"),
        (MESSAGE + "UNZ+1", MESSAGE * 2 + "UNZ+2", "EDIFACT-010", ""),
        ("+X+", "+" + "1" * 36 + "+", "EDIFACT-005", "segment 3"),
        ("+X+", "+" + "X" * (MAX_LENGTH + 1) + "+", "EDIFACT-005", "segment 3"),
        ("+X+", "+" * (MAX_ELEMENTS + 1), "EDIFACT-005", "segment 3"),
        ("+X+", "+" + ":" * MAX_COMPONENTS + "+", "EDIFACT-005", "segment 3"),
        ("+X+", "+\x00+", "EDIFACT-003", ""),
    ],
)
def test_what_does_not_match_refuses_the_whole(
    old: str, new: str, code: str | None, where: str
) -> None:
    data = WHOLE.replace(old, new, 1).encode("utf-8")
    if code is None:
        assert read(data).reference == "REF1"
    elif new == "UNT+٣":
        assert codes(data)[0][0] in ("EDIFACT-003", "EDIFACT-008")
    else:
        assert codes(data) == [(code, where)]


@pytest.mark.parametrize("given", ["UNA", "UNA''''''", "UNAA+.? '", "UNA::.? '", "UNA:+.++'"])
def test_separators_must_be_usable(given: str) -> None:
    assert codes((given + WHOLE).encode() if len(given) > 4 else given.encode()) == [
        ("EDIFACT-002", "")
    ]


def test_bytes_and_messages_are_limited() -> None:
    assert codes(b"UNB+" + b"X" * MAX_BYTES) == [("EDIFACT-001", "")]
    many = "".join(f"UNH+{n}+CUSCAR:D:95B:UN'UNT+2+{n}'" for n in range(1_001))
    assert codes((HEAD + many + "UNZ+1001+REF1'").encode())[0][0] == "EDIFACT-005"


def test_a_character_outside_the_repertoire_is_told() -> None:
    data = WHOLE.replace("UNOC", "UNOA").replace("+X+", "+É+").encode()
    assert codes(data) == [("EDIFACT-003", "")]


VALUES = st.text(st.characters(codec="iso8859-1", exclude_categories=["C"]), max_size=20)


@given(st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=8))
def test_any_value_comes_out_as_it_was_released(elements: list[list[str]]) -> None:
    for sign in "?+:'":
        written = [[one.replace(sign, f"?{sign}") for one in element] for element in elements]
        if sign == "?":
            released = written
            continue
        released = [[one.replace(sign, f"?{sign}") for one in element] for element in released]
    segment = "+".join(":".join(element) for element in released)
    (message,) = taken(WHOLE.replace("85+X+9", segment)).messages
    assert message.segments[0].elements == tuple(tuple(element) for element in elements)


@given(st.binary(max_size=200))
def test_no_bytes_at_all_do_more_than_refuse(data: bytes) -> None:
    for start in (b"", b"UNA", b"UNB+UNOC", WHOLE.encode()[:60]):
        with suppress(Refused):
            read(start + data)
