"""Compiled expressions on records: the cases a reader would ask about."""

from __future__ import annotations

import math
from datetime import date

import pytest

from gatepost.expression.compile import (
    CHUNK,
    compile_condition,
    compile_many,
    compile_number,
)
from gatepost.expression.parser import MAX_DEPTH, parse
from gatepost.expression.rules import ExpressionFault
from tests.unit.expression.nouns import (
    BARE,
    BARE_LOAD,
    LORRY,
    ROOTS,
    ROSES,
    SETS,
    VOCABULARY,
    Goods,
    Load,
)

LONGEST = 'days_between(date("0001-01-01"), date("9999-12-31"))'


def holds(text: str, item: object = ROSES, load: object = LORRY) -> bool:
    return compile_condition(text, VOCABULARY, ROOTS, SETS)(item, load)


@pytest.mark.parametrize(
    "text",
    [
        'item.origin == "XB" && item.origin != "XA"',
        "item.value > 1200 && item.value >= 1200.5 && item.value == 1200.5",
        "item.value != 1200 && -item.value < 0",
        "item.value / item.net_mass > 30 && item.value / item.net_mass < 30.1",
        "2 + 3 * 4 - 1 == 13 && (2 + 3) * 4 == 20 && 7 / 2 == 3.5",
        'starts_with(item.commodity, "0604", "0603", "07")',
        'starts_with(item.commodity, "06031100") && !starts_with(item.commodity, "060311000")',
        'contains(item.description, "roses") && contains(item.description, "FRESH")',
        'item.origin in set("pest_countries") && item.origin in ["XB", "XC"]',
        'consignment.day in set("feasts") && consignment.day in [date("2026-07-01")]',
        'consignment.day == date("2026-07-01") && consignment.day < consignment.expected',
        "days_between(consignment.day, consignment.expected) == 2",
        "days_between(consignment.expected, consignment.day) == -2",
        'years_between(date("2008-07-03"), consignment.expected) == 18',
        'years_between(date("2008-07-04"), consignment.expected) == 17',
        'years_between(date("2008-07-01"), consignment.day) >= 18',
        'years_between(consignment.day, date("2008-07-02")) == -17',
        "ceil(item.value / 1000) == 2 && ceil(-item.value / 1000) == -1 && ceil(40) == 40",
        "min(item.value, item.net_mass) == 40 && max(item.value, item.net_mass) == item.value",
        "min(-1, 1) == -1 && max(-1, 1) == 1 && max(2, min(3, item.number)) == 2",
        "consignment.items.exists(i, ceil(i.net_mass / 30) == max(2, size(i.papers)))",
        'item.papers.exists(d, d.code == "N851" && d.expires > consignment.day)',
        'item.papers.all(d, starts_with(d.code, "N"))',
        "item.papers.exists(d, d.quantity == item.net_mass / 4)",
        "size(item.papers) == 2 && size(consignment.items) * 0.5 == 1",
        '"DEC" in item.uses && item.origin in consignment.routing',
        "2.5 in consignment.weights && consignment.day in consignment.holidays",
        'consignment.items.exists(i, i.papers.exists(p, p.code == "N380" && i.number == 1))',
        "consignment.items.exists(i, i.papers.all(p, p.code == item.origin))",
        "has(item.value) && has(consignment.importer) && has(item.papers)",
        'consignment.container && consignment.importer.country == "XA"',
        "(item.value > 1) == (item.net_mass > 1)",
        "(item.value > 1) != (item.net_mass > 100)",
        "true && !false",
    ],
)
def test_holds(text: str) -> None:
    assert holds(text) is True


@pytest.mark.parametrize(
    "text",
    [
        'item.origin == "XA"',
        'item.origin != "XA"',
        "item.origin == item.description",
        "item.origin != item.description",
        "item.value == 0",
        "item.value != 0",
        "item.value < 1 || item.value >= 1",
        "item.value == item.value",
        "item.value + 1 > 0 || item.value + 1 < 1",
        "1 / 0 == 1 / 0 || 1 / 0 != 1 || 1 / size(item.papers) > 0",
        "item.fragile || item.fragile == false || item.fragile != false",
        'item.origin in set("pest_countries") || item.origin in consignment.routing',
        'item.value in set("rounds") || item.value in consignment.weights',
        'starts_with(item.commodity, "0") || contains(item.description, "o")',
        "consignment.expected < consignment.day || consignment.expected != consignment.day",
        "days_between(consignment.day, consignment.expected) > 0",
        "years_between(consignment.expected, consignment.day) < 18",
        "years_between(consignment.day, consignment.expected) >= 18",
        "ceil(item.value) >= 0 || ceil(item.value) < 0 || ceil(1 / 0) > 0",
        "min(item.value, 0) <= 0 || min(0, item.value) <= 0",
        "max(item.value, 0) >= 0 || max(0, item.value) >= 0 || max(item.value, item.value) == 0",
        'consignment.importer.country == "XA" || has(consignment.importer.country)',
        "has(item.value) || has(item.papers) || has(consignment.importer)",
        "item.papers.exists(p, true) || !item.papers.all(p, false)",
    ],
)
def test_missing_makes_every_comparison_false(text: str) -> None:
    assert holds(text, BARE, BARE_LOAD) is False


@pytest.mark.parametrize("text", ['!(item.origin == "XA")', "!has(item.origin)", "!item.fragile"])
def test_not_of_a_missing_value_holds(text: str) -> None:
    assert holds(text, BARE, BARE_LOAD) is True


def test_not_a_number_is_missing() -> None:
    item = Goods(number=1, value=math.nan)
    assert holds("has(item.value) || item.value != 1", item) is False


def test_missing_parts_of_lists_are_nobody() -> None:
    load = Load("export", date(2026, 1, 1), routing=(None,), holidays=(None, date(2026, 1, 1)))
    assert holds("consignment.day in consignment.holidays", BARE, load) is True
    assert holds("item.origin in consignment.routing", BARE, load) is False
    assert holds('consignment.routing.exists(c, c != "XA")', BARE, load) is False


def test_contains_knows_letters_that_fold_to_two() -> None:
    assert holds('contains(item.description, "STRASSE")', Goods(1, description="Straße")) is True


def test_a_missing_root_has_every_name_missing() -> None:
    assert holds('item.origin != "XA" || item.papers.exists(p, true)', None, None) is False
    assert holds('!has(item.value) && consignment.importer.id == "T1"', None) is True


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("item.value * 0.1 + 20", 140.05),
        ("item.number", 1.0),
        ("12", 12.0),
        ("-item.net_mass", -40.0),
        ("size(item.papers) * 15", 30.0),
        ("ceil(item.value / 1000) * 4", 8.0),
        ("min(25, item.number * 10)", 10.0),
        ("max(25, item.number * 10)", 25.0),
        ('years_between(date("2024-02-29"), consignment.day) * 5', 10.0),
        ("ceil(item.value / 0)", None),
        ("min(1, item.value / 0)", None),
        ("max(item.value / 0, 1)", None),
        ("item.value / (item.net_mass - 40)", None),
        ("*".join([LONGEST] * 48) + "* 0.5", None),
        ("item.value * 999999999999999 " + "* 999999999999999 " * 25, None),
    ],
)
def test_amounts(text: str, amount: float | None) -> None:
    calculated = compile_number(text, VOCABULARY, ROOTS)(ROSES, LORRY)
    assert calculated == (amount if amount is None else pytest.approx(amount))
    assert calculated is None or type(calculated) is float


def test_a_missing_value_makes_the_amount_missing() -> None:
    assert compile_number("item.value * 2 + 1", VOCABULARY, ROOTS)(BARE, LORRY) is None


@pytest.mark.parametrize(
    ("mass", "tonnes"), [(0.0, 0), (0.001, 1), (999.999, 1), (1000.0, 1), (1000.001, 2), (2001, 3)]
)
def test_each_started_tonne(mass: float, tonnes: int) -> None:
    started = compile_number("ceil(item.net_mass / 1000)", VOCABULARY, ROOTS)
    assert started(Goods(1, net_mass=mass), LORRY) == tonnes


def test_ceil_leaves_numbers_too_large_to_have_a_fraction() -> None:
    huge = Goods(1, value=1e300, net_mass=10**400)
    assert compile_number("ceil(item.value)", VOCABULARY, ROOTS)(huge, LORRY) == 1e300
    assert holds("ceil(item.net_mass) > ceil(item.value)", huge) is True
    assert holds("min(item.net_mass, 3) == 3 && max(-item.net_mass, 3) == 3", huge) is True


def test_many_gives_keys_in_order_across_chunks() -> None:
    count = 2 * CHUNK + 7
    conditions = [(n, f"item.value > {n}") for n in range(count, 0, -1)]
    expected = [n for n in range(count, 0, -1) if n < 1200.5]
    assert compile_many(conditions, VOCABULARY, ROOTS)(ROSES, LORRY) == expected
    assert compile_many(conditions, VOCABULARY, ROOTS)(BARE, LORRY) == []
    assert compile_many([], VOCABULARY, ROOTS)(ROSES, LORRY) == []


def test_many_says_every_fault_with_its_key() -> None:
    conditions = [("R1", "item.value > 1"), ("R2", "item.valu > 1"), ("R3", "a b"), ("R4", "1")]
    with pytest.raises(ExpressionFault) as refused:
        compile_many(conditions, VOCABULARY, ROOTS)
    assert [(n.code, n.where) for n in refused.value.notices] == [
        ("EXPR-009", "R2, column 1"),
        ("EXPR-001", "R3, column 3"),
        ("EXPR-018", "R4, column 1"),
    ]


def test_the_result_must_be_of_the_wanted_type() -> None:
    for compiler, text in ((compile_condition, "item.value"), (compile_number, "item.value > 1")):
        with pytest.raises(ExpressionFault) as refused:
            compiler(text, VOCABULARY, ROOTS)
        assert [n.code for n in refused.value.notices] == ["EXPR-018"]


def test_a_root_that_is_not_at_hand_is_unknown() -> None:
    with pytest.raises(ExpressionFault) as refused:
        compile_condition('consignment.mode == "3"', VOCABULARY, ("item",))
    assert [n.code for n in refused.value.notices] == ["EXPR-009"]


@pytest.mark.parametrize(
    "text",
    [
        "(" * (MAX_DEPTH - 1) + "item.value > 1" + ")" * (MAX_DEPTH - 1),
        "!" * (MAX_DEPTH - 3) + "(item.value > 1)",
        "item.value" + " / 2" * (MAX_DEPTH - 2) + " > 0",
        "-(" * 24 + "item.value" + ")" * 24 + " > 0",
        "(true == " * (MAX_DEPTH - 2) + "true" + ")" * (MAX_DEPTH - 2),
        " && ".join(["item.value > 1"] * 200),
        "".join(f"item.papers.exists(p{n}, " for n in range(MAX_DEPTH - 1))
        + "true"
        + ")" * (MAX_DEPTH - 1),
    ],
)
def test_the_deepest_allowed_compiles(text: str) -> None:
    assert holds(text) in (True, False)


def test_text_never_becomes_code() -> None:
    hostile = '"\\\'] or hit(1) #\\n" == item.origin || contains(item.description, "\\"+x+\\"")'
    assert holds(hostile) is False
    assert compile_many([('k"\n', f"!({hostile})")], VOCABULARY, ROOTS)(ROSES, LORRY) == ['k"\n']


def test_a_tree_compiles_like_its_text() -> None:
    text = "item.value > 1"
    assert compile_condition(parse(text), VOCABULARY, ROOTS)(ROSES, LORRY) is True


def test_each_name_is_read_once() -> None:
    class Counting:
        reads = 0

        def __getattr__(self, name: str) -> float:
            Counting.reads += 1
            return 5.0

    conditions = [(n, f"item.value > {n} && item.value + 1 > {n}") for n in range(50)]
    compiled = compile_many(conditions, VOCABULARY, ROOTS)
    assert compiled(Counting(), None) == [0, 1, 2, 3, 4]
    assert Counting.reads == 1
