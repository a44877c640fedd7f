"""What tells over a list, and what reads the texts of a message."""

from __future__ import annotations

import msgspec
import pytest

from gatepost.expression.compile import compile_condition, compile_number
from gatepost.expression.explain import paths
from gatepost.expression.parser import parse
from gatepost.expression.rules import BAD_PATTERN, NAME_TAKEN, WRONG_TYPE, ExpressionFault
from gatepost.expression.unparse import unparse
from gatepost.expression.vocabulary import Vocabulary


class Package(msgspec.Struct, frozen=True):
    kind: str | None = None
    count: str | None = None
    mass: float | None = None


class Item(msgspec.Struct, frozen=True):
    packages: tuple[Package, ...] = ()


class Load(msgspec.Struct, frozen=True):
    items: tuple[Item, ...] = ()
    mark: str | None = None


WORDS = Vocabulary.of({"load": Load})
LOAD = Load(
    (
        Item((Package("CT", "2", 1.5), Package("VQ", None, None))),
        Item((Package("CT", " 3 ", 2.0), Package(None, "three", float("nan")))),
        Item(),
    ),
    "AB123",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("load.items.count(i, has(i.packages))", 2),
        ('load.items.sum(i, i.packages.count(p, p.kind == "CT"))', 2),
        ("load.items.sum(i, i.packages.sum(p, p.mass))", 3.5),
        ("load.items.sum(i, i.packages.sum(p, number(p.count)))", 5),
        ("load.items.sum(i, i.packages.distinct(p, p.kind))", 3),
        ("load.items.sum(i, i.packages.sum(p, 1)) + size(load.items)", 7),
        ('load.items.count(i, i.packages.exists(p, matches(p.kind, "V[A-Z]")))', 1),
        ("number(load.mark)", None),
    ],
)
def test_what_is_told_over_a_list(text: str, expected: float | None) -> None:
    assert compile_number(text, WORDS, ("load",))(LOAD) == expected


def test_nothing_is_told_over_a_missing_or_empty_list() -> None:
    for text in ("load.items.sum(i, 1)", "load.items.distinct(i, load.mark)"):
        assert compile_number(text, WORDS, ("load",))(Load()) == 0


@pytest.mark.parametrize(
    ("written", "number"),
    [
        *(("1", 1), ("+1", 1), ("-0.5", -0.5), (".5", 0.5), ("5.", 5), (" 7\n", 7), ("0" * 30, 0)),
        *((text, None) for text in ("", "1e5", "0x10", "nan", "1_000", "٣", "1 2", "9" * 31)),
    ],
)
def test_a_number_is_written_in_decimal_figures(written: str, number: float | None) -> None:
    assert compile_number("number(load.mark)", WORDS, ("load",))(Load(mark=written)) == number


@pytest.mark.parametrize(
    ("mark", "fits"), [("AB123", True), ("xAB123", False), ("AB123x", False), (None, False)]
)
def test_a_pattern_matches_the_whole_text(mark: str | None, fits: bool) -> None:
    test = compile_condition('matches(load.mark, "[A-Z]{2}[0-9]+")', WORDS, ("load",))
    assert test(Load(mark=mark)) is fits


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('matches(load.mark, "[A-")', BAD_PATTERN),
        ("load.mark.sum(x, 1) > 0", WRONG_TYPE),
        ("load.items.sum(i, has(i.packages)) > 0", WRONG_TYPE),
        ("load.items.count(i, 1) > 0", WRONG_TYPE),
        ("load.items.distinct(i, 1) > 0", WRONG_TYPE),
        ("load.items.count(load, true) > 0", NAME_TAKEN),
        ("number(size(load.items)) > 0", WRONG_TYPE),
    ],
)
def test_what_cannot_be_told_is_refused(text: str, code: object) -> None:
    with pytest.raises(ExpressionFault) as refused:
        compile_condition(text, WORDS, ("load",))
    assert [notice.code for notice in refused.value.notices] == [code.number]  # type: ignore[attr-defined]


def test_a_tally_is_written_as_it_was_read() -> None:
    text = "load.items.sum(i, i.packages.distinct(p, p.kind)) > 2"
    node = parse(text)
    assert unparse(node) == text
    assert [path.text for path in paths(node)] == ["load.items"]
