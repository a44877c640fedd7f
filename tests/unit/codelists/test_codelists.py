"""The lists the world shares."""

from __future__ import annotations

import pytest

from gatepost.codelists.countries import is_country
from gatepost.codelists.currencies import is_currency
from gatepost.codelists.hs import is_beginning, is_heading


@pytest.mark.parametrize(
    ("code", "known"),
    [("DE", True), ("XA", True), ("XB", True), ("QU", True), ("ZZ", False), ("de", False),
     ("DEU", False), ("", False)],
)  # fmt: skip
def test_countries(code: str, known: bool) -> None:
    assert is_country(code) is known


@pytest.mark.parametrize(
    ("code", "known"), [("EUR", True), ("USD", True), ("ZZZ", False), ("eur", False), ("", False)]
)
def test_currencies(code: str, known: bool) -> None:
    assert is_currency(code) is known


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("06", True),
        ("0603", True),
        ("060311", True),
        ("06031100", True),
        ("0603119999", True),
        ("060399", False),
        ("0699", False),
        ("77", False),
        ("", False),
    ],
)
def test_headings(code: str, known: bool) -> None:
    assert is_heading(code) is known


@pytest.mark.parametrize(
    ("digits", "known"),
    [("0", True), ("06031", True), ("44079", True), ("0603110099", True), ("44070", False),
     ("9", True), ("77", False), ("", False)],
)  # fmt: skip
def test_beginnings(digits: str, known: bool) -> None:
    assert is_beginning(digits) is known
