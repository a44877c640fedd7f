"""Formats at and beyond their boundaries."""

from __future__ import annotations

import pytest

from gatepost.adapters.formats.wco.values import advice, fits


@pytest.mark.parametrize(
    ("type_", "format_", "good", "bad"),
    [
        ("ID", "an..3", ["a", "abc", " a ", "äöü", "a" + " " * 9], ["", " ", "abcd", "a bc"]),
        ("Code", "an..17", ["x" * 17], ["x" * 18, "\n\t"]),
        ("Code", "a2", ["XA", "xb", " XA\n"], ["X", "XAA", "X1", "", "ÄÖ"]),
        ("Code", "a..3", ["X", "XAA"], ["", "XAAA", "1"]),
        ("Code", "n1", ["0", "9"], ["", "10", "a", "٣"]),
        ("Code", "n..2", ["9", "13"], ["", "130", "1.5", "-1"]),
        (
            "Measure",
            "n..16,6",
            [
                "0",
                "10.00",
                "-1",
                "+1",
                ".5",
                "5.",
                "1234567890.123456",
                "1234567890123456",
                "0001234567890123456",
                "1.5000000000",
                " 7 ",
            ],
            [
                "",
                ".",
                "1,5",
                "1e3",
                "12345678901.123456",
                "1.1234567",
                "12345678901234567",
                "NaN",
                "٣",
                "1 000",
                "0x1",
                "--1",
                "1.2.3",
            ],
        ),
        ("Numeric", "n..5", ["0", "99999", "00000000001", "1.0"], ["100000", "1.5", "a"]),
        ("Numeric", "", ["1", "1" * 30, "0.123456789"], ["", "x"]),
        ("Text", "", ["", " ", "x" * 9999], []),
        (
            "DateTime",
            "an..35",
            ["20260702", "20260702101500Z", "20260702101500+01", "20260702101500-05"],
            ["", "2026-07-02", "19990702", "20260702101500", "20260702Z", " 20260702"],
        ),
    ],
)
def test_boundaries(type_: str, format_: str, good: list[str], bad: list[str]) -> None:
    check = fits(type_, format_)
    assert [value for value in good if not check(value)] == []
    assert [value for value in bad if check(value)] == []


@pytest.mark.parametrize(
    ("type_", "format_", "words"),
    [
        ("ID", "an..35", "at most 35 characters"),
        ("Code", "a2", "exactly 2 letters"),
        (
            "Measure",
            "n..16,6",
            "a number of at most 16 digits, at most 6 of them after the point",
        ),
        ("Numeric", "n..5", "a number of at most 5 digits, and no point"),
        ("DateTime", "an..35", "a date as 20260702, or a moment as 20260702101500Z"),
    ],
)
def test_advice_says_the_format_in_words(type_: str, format_: str, words: str) -> None:
    assert advice(type_, format_) == words


@pytest.mark.parametrize("format_", ["35", "an", "x..3", "an..", "n..5,"])
def test_a_format_that_is_none_is_an_error_of_the_table(format_: str) -> None:
    with pytest.raises(ValueError, match="is not a format"):
        fits("Text", format_)
