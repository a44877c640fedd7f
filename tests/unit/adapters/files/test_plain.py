"""The plain reader: YAML without surprises, and every fault of writing with its line."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gatepost.adapters.files import plain


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"), ("no", "no"), ("on", "on"), ("off", "off"), ("yes", "yes"), ("y", "y"),
        ("0603", "0603"), ("0603.11", "0603.11"), ("-07", "-07"), ("0", 0), ("-5", -5), ("12", 12),
        ("0x1F", "0x1F"), ("0o17", "0o17"), ("1_000", "1_000"), ("8:30", "8:30"), ("+5", "+5"),
        ("30min", "30min"), ("10.00", 10.0), ("12E3", "12E3"), ("1.", "1."), (".5", ".5"),
        ("1e999", "1e999"), (".inf", ".inf"), (".nan", ".nan"), ("9" * 18, int("9" * 18)),
        ("9" * 19, "9" * 19), ("2026-07-01", "2026-07-01"), ("true", True), ("FALSE", False),
        ("null", None), ("~", None), ("", None), ("'12'", "12"), ('"true"', "true"), ("''", ""),
        ("a != b", "a != b"), ("R&D", "R&D"), ("-", ["no value"]),
    ],
)  # fmt: skip
def test_an_unquoted_word_is_what_a_reader_expects(written: str, value: object) -> None:
    if written == "-":
        assert plain.build(b"a:\n  -\n") == ({"a": [None]}, True)
        return
    built, single = plain.build(f"a: {written}\n".encode())
    assert single
    assert built == {"a": value}
    assert type(built["a"]) is type(value)


def test_keys_are_always_text() -> None:
    assert plain.build(b"{1: a, no: b, 2026-01-01: c}")[0] == {
        "1": "a",
        "no": "b",
        "2026-01-01": "c",
    }


class Writer(yaml.SafeDumper):
    """Writes a value that occurs twice twice, without an alias."""

    def ignore_aliases(self, data: object) -> bool:
        return True


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(words, values), st.booleans())
def test_what_a_yaml_writer_quotes_comes_back(value: dict[str, Any], flow: bool) -> None:
    written = yaml.dump(value, Dumper=Writer, default_flow_style=flow, allow_unicode=True)
    assert plain.build(written.encode()) == (value, True)


def ways(value: Any, keys: plain.Keys = ()) -> set[plain.Keys]:
    if not isinstance(value, dict | list):
        return {keys}
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    return {keys}.union(*(ways(part, (*keys, key)) for key, part in parts))


@given(st.dictionaries(words, values))
def test_the_survey_knows_the_line_of_every_value(value: dict[str, Any]) -> None:
    found = plain.survey(yaml.dump(value, Dumper=Writer).encode(), "a.yaml")
    assert found.faults == []
    assert found.lines.keys() == ways(value)


snippets = st.lists(
    st.sampled_from(
        ["a", "b", ": ", "\n", "\n  ", "- ", "[", "]", "{", "}", ", ", "&x ", "*x", "!t ", "? ",
         "---\n", "...\n", "'", '"', "#", "|\n", "1", "[" * 45, "<<"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(snippets)
def test_a_document_is_built_or_the_survey_says_why_not(text: str) -> None:
    faults = plain.survey(text.encode(), "a.yaml").faults
    try:
        _, single = plain.build(text.encode())
    except (yaml.YAMLError, plain.Faulty):
        single = False
    assert single == (not faults)


def test_a_million_brackets_are_a_fault_and_no_crash() -> None:
    data = b"[" * 900_000
    # The parser may refuse before we do.
    with pytest.raises((plain.Faulty, yaml.YAMLError)):
        plain.build(data)
    assert [fault.code for fault in plain.survey(data, "a.yaml").faults] == ["FILE-015"]


def test_a_line_is_that_of_the_nearest_thing_written() -> None:
    found = plain.survey(
        b"id: A\nvalid:\n  - from: 2020-01-01\n    to: 2021-01-01\nlaw:\n  act: x\n", ""
    )
    assert found.line(("valid", 0, "to")) == 4
    assert found.line(("valid", 0, "until")) == 3
    assert found.line(("valid", 7)) == 2
    assert found.line(("nothing", "here")) == 1


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (b"a: 1\nb:\t2\n", "FILE-009", "x.yaml:2"),
        (b"a: 1\nb: \xe9\n", "FILE-010", "x.yaml:2"),
        ("a: 1".encode("utf-16"), "FILE-010", "x.yaml:1"),
        (b"a" * 1_000_001, "FILE-011", "x.yaml:1"),
    ],
)
def test_bytes_that_are_unfit(data: bytes, code: str, where: str) -> None:
    fault = plain.unfit(data, "x.yaml")
    assert fault is not None
    assert (fault.code, fault.where) == (code, where)


def test_a_file_of_the_largest_size_is_read() -> None:
    assert plain.unfit(b"a" * 1_000_000, "x.yaml") is None
