"""No cell of an export is a formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.adapters.formats.cells import neutral, shown, written

SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", '"', "'", ";", ",", "\ufeff", "%0A"])
@pytest.mark.parametrize("sign", SIGNS)
def test_what_begins_like_a_formula_becomes_text(before: str, sign: str) -> None:
    assert neutral(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


@pytest.mark.parametrize(
    "text", ["", "roses", "1=1", "-5", "+5.25", "-0.001", "XA 1001", "a@b", "10 %", "'"]
)
def test_other_texts_and_plain_numbers_stay(text: str) -> None:
    assert neutral(text) == text


def test_a_number_that_goes_on_is_no_number() -> None:
    assert neutral("-5+cmd") == "'-5+cmd"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (-3, "-3"),
        (2.5, "2.5"),
        (Decimal("-1.10"), "-1.10"),
        (date(2026, 7, 2), "2026-07-02"),
        (datetime(2026, 7, 2, 8, 14, tzinfo=UTC), "2026-07-02T08:14:00+00:00"),
    ],
)
def test_values_are_written_as_iso_has_them(value: object, cell: str) -> None:
    assert shown(value) == cell  # type: ignore[arg-type]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1)))
def test_what_is_read_back_is_what_was_written(rows: list[list[str]]) -> None:
    text = written(["a"], rows)
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert read[1:] == [[neutral(one) for one in row] for row in rows]


def test_every_string_of_the_bad_input_pack_is_neutral(shared_data: Path) -> None:
    bad = json.loads((shared_data / "attacks" / "csv" / "formula_injection.json").read_text())
    assert len(bad) == 20
    assert all(neutral(one) == f"'{one}" for one in bad)
