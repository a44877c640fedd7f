"""What the checker accepts, and what it says about the rest."""

from __future__ import annotations

import re

import pytest

from gatepost.expression import rules
from gatepost.expression.check import check, scalar_type
from gatepost.expression.parser import parse
from gatepost.expression.rules import ExpressionFault
from gatepost.kernel.notice import RuleBook, Value, rules_of
from tests.unit.expression.nouns import SETS, VOCABULARY


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('item.origin == "XA"', "boolean"),
        ("item.value * 0.2 + 5 / item.net_mass", "number"),
        ("consignment.day", "day"),
        ("item.origin", "text"),
        ("item.papers", "list"),
        ("consignment.importer", "record"),
        ("item.fragile && consignment.container == item.fragile", "boolean"),
        ("consignment.expected > consignment.day", "boolean"),
        ('consignment.regime in ["import", "transit"]', "boolean"),
        ('"DEC" in item.uses', "boolean"),
        ('item.value in set("nobody") || item.origin in set("nobody")', "boolean"),
        ("consignment.routing.exists(c, c == item.origin)", "boolean"),
        ("item.papers.exists(d, true) || item.papers.exists(d, true)", "boolean"),
        ("days_between(consignment.day, consignment.expected)", "number"),
        ("years_between(consignment.day, consignment.expected)", "number"),
        ("ceil(min(item.value, 3 + max(item.number, size(item.papers))))", "number"),
        ('starts_with(item.description, "a.b")', "boolean"),
        ('starts_with(item.commodity, "44079")', "boolean"),
    ],
)
def test_type_of_a_sound_expression(text: str, kind: str) -> None:
    assert check(parse(text), VOCABULARY, SETS).kind == kind


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('item.origan == "XA"', [("EXPR-009", 1, {"suggestion": "origin"})]),
        ('itm.origin == "XA"', [("EXPR-009", 1, {"name": "itm", "suggestion": "item"})]),
        ("item.origin.code == 1", [("EXPR-009", 1, {"name": "item.origin.code"})]),
        ("item.__class__ == 1", [("EXPR-009", 1, {"name": "item.__class__"})]),
        ("consignment.importer.contry == 1", [("EXPR-009", 1, {"suggestion": "country"})]),
        ('begins_with(item.origin, "X")', [("EXPR-010", 1, {"suggestion": "starts_with"})]),
        ("item.papers.exist(d, true)", [("EXPR-010", 1, {"suggestion": "exists"})]),
        ("has()", [("EXPR-011", 1, {"wanted": "1 value", "found": 0})]),
        ("starts_with(item.origin)", [("EXPR-011", 1, {"wanted": "2 or more values"})]),
        ('contains(item.origin, "a", "b")', [("EXPR-011", 1, {"wanted": "2 values"})]),
        ("!item.origin", [("EXPR-012", 2, {"wanted": "boolean", "found": "text"})]),
        ("item.value && item.fragile", [("EXPR-012", 1, {"operator": "&&"})]),
        ("item.origin + 1 > 2", [("EXPR-012", 1, {"wanted": "number"})]),
        ("-item.origin > 2", [("EXPR-012", 2, {})]),
        ('item.origin < "XB"', [("EXPR-012", 13, {"wanted": "day or number"})]),
        ("item.papers == item.papers", [("EXPR-012", 13, {"found": "list"})]),
        ("item in consignment.items", [("EXPR-012", 6, {"found": "record"})]),
        ("item.origin in item.description", [("EXPR-012", 16, {"wanted": "a list"})]),
        ("item.value.exists(v, true)", [("EXPR-012", 1, {"operator": ".exists"})]),
        ("item.papers.exists(d, d.code)", [("EXPR-012", 23, {"operator": ".exists"})]),
        ("size(item.origin) > 1", [("EXPR-012", 6, {"wanted": "list"})]),
        ('starts_with(item.value, "1")', [("EXPR-012", 13, {"wanted": "text"})]),
        ("days_between(item.value, consignment.day) > 1", [("EXPR-012", 14, {})]),
        (
            "years_between(item.value, consignment.dai) > 1",
            [("EXPR-012", 15, {"wanted": "day"}), ("EXPR-009", 27, {"suggestion": "day"})],
        ),
        ("years_between(consignment.day) > 1", [("EXPR-011", 1, {"wanted": "2 values"})]),
        ("year_between(consignment.day) > 1", [("EXPR-010", 1, {"suggestion": "years_between"})]),
        ("ceil(consignment.day) > 1", [("EXPR-012", 6, {"operator": "ceil", "wanted": "number"})]),
        ("ceil(item.value, 2) > 1", [("EXPR-011", 1, {"wanted": "1 value"})]),
        ("min(item.value, item.origin) > 1", [("EXPR-012", 17, {"operator": "min"})]),
        ("max(item.papers, 1) > 1", [("EXPR-012", 5, {"found": "list"})]),
        ("max(1, 2, 3) > 1", [("EXPR-011", 1, {"wanted": "2 values", "found": 3})]),
        ("[1] == [1]", [("EXPR-024", 1, {}), ("EXPR-024", 8, {})]),
        ('set("feasts") && true', [("EXPR-024", 1, {})]),
        ('item.uses in set("nobody")', [("EXPR-012", 11, {"found": "list"})]),
        ("item.value == 'a'", [("EXPR-013", 12, {"left": "number", "right": "text"})]),
        ("item.commodity == 0603", [("EXPR-013", 16, {})]),
        ('consignment.day == "2026-07-01"', [("EXPR-013", 17, {"left": "day"})]),
        ("item.origin in [1, 2]", [("EXPR-013", 13, {"operator": "in"})]),
        ('item.value in set("feasts")', [("EXPR-013", 12, {"right": "day"})]),
        ('item.origin in set("pest")', [("EXPR-014", 16, {"suggestion": "pest_countries"})]),
        ('has("x")', [("EXPR-015", 5, {"function": "has"})]),
        ("size([1]) > 1", [("EXPR-015", 6, {})]),
        ("item.value in []", [("EXPR-016", 15, {})]),
        ("item.value in [1, 'a']", [("EXPR-016", 15, {})]),
        ("item.value in [1, item.value]", [("EXPR-016", 15, {})]),
        ("starts_with(item.origin, item.origin)", [("EXPR-016", 26, {})]),
        ("item.papers.exists(item, true)", [("EXPR-017", 1, {"name": "item"})]),
        (
            "item.papers.exists(d, item.uses.exists(d, true))",
            [("EXPR-017", 23, {"name": "d"})],
        ),
        ('contains(item.origin, "")', [("EXPR-019", 23, {})]),
        ('starts_with(item.commodity, "06.03")', [("EXPR-020", 29, {"found": "06.03"})]),
        ('starts_with(item.commodity, "06", "0699")', [("EXPR-025", 35, {"found": "0699"})]),
        ('item.commodity == "06990000"', [("EXPR-025", 19, {"found": "06990000"})]),
        ('"0699" != item.commodity', [("EXPR-025", 1, {"found": "0699"})]),
        ('item.commodity in ["0603", "0699"]', [("EXPR-025", 28, {"found": "0699"})]),
        ('item.commodity in ["06.03"]', [("EXPR-020", 20, {"found": "06.03"})]),
        ('item.commodity in set("pest_countries")', [("EXPR-020", 19, {}), ("EXPR-020", 19, {})]),
        ('consignment.regime == "imports"', [("EXPR-021", 23, {"suggestion": "import"})]),
        ('"imports" != consignment.regime', [("EXPR-021", 1, {})]),
        ('consignment.regime in ["import", "exprt"]', [("EXPR-021", 34, {})]),
        ("consignment.items.value > 1", [("EXPR-022", 1, {"name": "consignment.items"})]),
        ('item.origin in set("mixed")', [("EXPR-023", 16, {"name": "mixed"})]),
        (
            "item.x == 1 && nothing.exists(d, d.code == 1 && item.value) || has(1)",
            [("EXPR-009", 1, {}), ("EXPR-009", 16, {}), ("EXPR-012", 49, {}), ("EXPR-015", 68, {})],
        ),
    ],
)
def test_faults(text: str, faults: list[tuple[str, int, dict[str, Value]]]) -> None:
    with pytest.raises(ExpressionFault) as refused:
        check(parse(text), VOCABULARY, {**SETS, "mixed": [1, "a"]})
    found = [(n.code, n.where) for n in refused.value.notices]
    assert found == [(code, f"column {column}") for code, column, _ in faults]
    for notice, (_, _, values) in zip(refused.value.notices, faults, strict=True):
        assert notice.values.items() >= values.items()
        rule = RuleBook(rules_of(vars(rules))).rules[notice.code]
        named = set(re.findall(r"\{(\w+)\}", rule.sentence + rule.remedy))
        assert named <= set(notice.values), "a value of the sentence is missing"


def test_a_constant_has_a_type() -> None:
    with pytest.raises(TypeError, match="not a constant"):
        scalar_type(b"bytes")  # type: ignore[arg-type]


def test_rules_are_numbered_in_one_row() -> None:
    numbers = [rule.number for rule in rules_of(vars(rules))]
    assert numbers == [f"EXPR-{n:03}" for n in range(1, len(numbers) + 1)]
