"""Text into a tree and back."""

from __future__ import annotations

import re

import pytest

from gatepost.expression import rules
from gatepost.expression.parser import MAX_DEPTH, parse
from gatepost.expression.rules import ExpressionFault
from gatepost.expression.syntax import Constant, Node, Path
from gatepost.expression.unparse import unparse
from gatepost.kernel.notice import RuleBook, rules_of


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("a||b&&c", "a || b && c"),
        ("(a || b) && c", "(a || b) && c"),
        ("a && (b && c)", "a && (b && c)"),
        ("!(a == 1)", "!(a == 1)"),
        ("!!a", "!!a"),
        ("! a == true", "!a == true"),
        ("(a) == ((1))", "a == 1"),
        ("a-b-c > 1", "a - b - c > 1"),
        ("a-(b-c)>1", "a - (b - c) > 1"),
        ("a*(b+c)/-2 >= 0.5", "a * (b + c) / -2 >= 0.5"),
        ("-(1) < a", "-1 < a"),
        ("-a.b * 2 < 1", "-a.b * 2 < 1"),
        ("a == 1000.0", "a == 1000.0"),
        ("a == 0.0000001", "a == 0.0000001"),
        ("a == 007", "a == 7"),
        ("x.y in ['XA',\"XB\"]", 'x.y in ["XA", "XB"]'),
        ("x in set('pest')", 'x in set("pest")'),
        ("d >= date('2026-07-01')", 'd >= date("2026-07-01")'),
        (r"a == 'it\'s'", 'a == "it\'s"'),
        (r'a == "say \"no\" \\ \n\t"', r'a == "say \"no\" \\ \n\t"'),
        ('a == "é日"', 'a == "é日"'),
        ('starts_with(i.c,"06")', 'starts_with(i.c, "06")'),
        ("x.items.exists( i ,i.c==1)", "x.items.exists(i, i.c == 1)"),
        ("x.items.all(i, i.d.exists(d, d.c == 1))", "x.items.all(i, i.d.exists(d, d.c == 1))"),
        ("size(\n x.y\n) > 2", "size(x.y) > 2"),
        ("(a == b) == (c != d)", "(a == b) == (c != d)"),
        ("(a in b) in c", "(a in b) in c"),
    ],
)
def test_reads_and_writes(written: str, canonical: str) -> None:
    tree = parse(written)
    assert unparse(tree) == canonical
    assert parse(canonical) == tree


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("", "EXPR-001", 1),
        ("a ==", "EXPR-001", 5),
        ("a == 1 b", "EXPR-001", 8),
        ("(a == 1", "EXPR-001", 8),
        ("a < b < c", "EXPR-001", 7),
        ("a in b in c", "EXPR-001", 8),
        ("a == [1, ]", "EXPR-001", 10),
        ("x.exists(i.j, true)", "EXPR-001", 10),
        ("x.exists(true, true)", "EXPR-001", 10),
        ("x.exists(i)", "EXPR-001", 11),
        ("a in set(b)", "EXPR-001", 6),
        ('a == "=" "&&"', "EXPR-001", 10),
        ("in == 1", "EXPR-001", 1),
        ("a == 1 and b == 2", "EXPR-002", 8),
        ("a == 1 or b == 2", "EXPR-002", 8),
        ("not a", "EXPR-002", 1),
        ("a = 1", "EXPR-002", 3),
        ("a <> 1", "EXPR-002", 3),
        ("a & b", "EXPR-002", 3),
        ("a == 'open", "EXPR-003", 6),
        ("a == 1;", "EXPR-004", 7),
        ("größe > 1", "EXPR-004", 3),
        ("a == 1.5.2", "EXPR-004", 9),
        (r'a == "\d"', "EXPR-004", 7),
        ("a" * 4001, "EXPR-005", 1),
        ("(" * 51 + "a" + ")" * 51, "EXPR-006", 51),
        ("!" * 51 + "a", "EXPR-006", 51),
        ("a" + "+1" * 1500, "EXPR-006", 3000),
        ("a" + ".b" * 60, "EXPR-006", 1),
        ("a == 1234567890123456", "EXPR-007", 6),
        ("a == 0.1234567890123456", "EXPR-007", 6),
        ('d == date("2026-02-30")', "EXPR-008", 6),
        ('d == date("20260701")', "EXPR-008", 6),
        ('d == date("2026-W27-1")', "EXPR-008", 6),
        ("d == date(x)", "EXPR-008", 6),
        ("d == date()", "EXPR-008", 6),
    ],
)
def test_refuses_with_number_and_column(text: str, code: str, column: int) -> None:
    with pytest.raises(ExpressionFault) as refused:
        parse(text)
    (notice,) = refused.value.notices
    assert (notice.code, notice.where) == (code, f"column {column}")
    rule = RuleBook(rules_of(vars(rules))).rules[code]
    named = set(re.findall(r"\{(\w+)\}", rule.sentence + rule.remedy))
    assert named <= set(notice.values), "a value of the sentence is missing"


@pytest.mark.parametrize(
    "text",
    [
        "a == 1 && " * 390 + "a == 1",
        "(" * (MAX_DEPTH - 1) + "a" + ")" * (MAX_DEPTH - 1),
        "a" + " + 1" * (MAX_DEPTH - 1),
    ],
)
def test_long_and_just_deep_enough_parses(text: str) -> None:
    assert parse(text) == parse(unparse(parse(text)))


def test_place_does_not_count_in_equality() -> None:
    assert parse("  a == 1") == parse("a == 1")
    assert hash(parse("  a == 1")) == hash(parse("a == 1"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Constant(1), Constant(True)),
        (Constant(1), Constant(1.0)),
        (Constant("a"), Path(("a",))),
        (Path(("a", "b")), Path(("a.b",))),
    ],
)
def test_different_meanings_differ(one: Node, other: Node) -> None:
    assert one != other
