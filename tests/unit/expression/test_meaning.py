"""The compiled function means what the plain reference says, on any record."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost.expression.check import check
from gatepost.expression.compile import compile_condition, compile_many, compile_number
from gatepost.expression.explain import COMMODITY, fired_values, prefixes
from gatepost.expression.parser import parse
from gatepost.expression.rules import ExpressionFault
from gatepost.expression.syntax import Node
from gatepost.expression.unparse import unparse
from gatepost.expression.vocabulary import BOOLEAN
from gatepost.kernel.notice import Notice
from tests.unit.expression.nouns import ROOTS, SETS, VOCABULARY, Goods, Load
from tests.unit.expression.reference import as_float, evaluate
from tests.unit.expression.trees import GOODS_RECORDS, LOADS, TOP, conditions, maybe, numbers

Record = tuple[Goods | None, Load | None]

RECORDS = st.tuples(maybe(GOODS_RECORDS), maybe(LOADS))
slow = settings(
    max_examples=600,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@slow
@given(conditions(), st.lists(RECORDS, min_size=1, max_size=4))
def test_a_condition_means_what_the_reference_says(node: Node, records: list[Record]) -> None:
    holds = compile_condition(node, VOCABULARY, ROOTS, SETS)
    for record in records:
        expected = bool(evaluate(node, dict(zip(ROOTS, record, strict=True)), SETS))
        assert holds(*record) is expected, unparse(node)


@slow
@given(numbers(TOP), RECORDS)
def test_an_amount_means_what_the_reference_says(node: Node, record: Record) -> None:
    amount = compile_number(node, VOCABULARY, ROOTS, SETS)
    expected = evaluate(node, dict(zip(ROOTS, record, strict=True)), SETS)
    if expected is not None:
        expected = as_float(expected)
        expected = expected if abs(expected) != float("inf") else None
    assert amount(*record) == expected, unparse(node)


@settings(slow, max_examples=200)
@given(st.lists(conditions(depth=2), max_size=8), RECORDS)
def test_many_conditions_are_each_of_them(nodes: list[Node], record: Record) -> None:
    keyed = [(f"R{n}", node) for n, node in enumerate(nodes)]
    held = compile_many(keyed, VOCABULARY, ROOTS, SETS)(*record)
    alone = [k for k, n in keyed if compile_condition(n, VOCABULARY, ROOTS, SETS)(*record)]
    assert held == alone


@slow
@given(conditions())
def test_a_tree_survives_writing_and_reading(node: Node) -> None:
    written = unparse(node)
    assert parse(written) == node
    assert unparse(parse(written)) == written
    assert check(node, VOCABULARY, SETS) == BOOLEAN


@settings(slow, max_examples=300)
@given(conditions(depth=2), RECORDS)
def test_what_holds_has_one_of_its_prefixes(node: Node, record: Record) -> None:
    scope = dict(zip(ROOTS, record, strict=True))
    few = prefixes(node, COMMODITY)
    if few is not None and evaluate(node, scope, SETS):
        item = record[0]
        assert item is not None
        assert (item.commodity or "").startswith(few)


@settings(slow, max_examples=200)
@given(conditions(depth=2), RECORDS)
def test_explaining_never_fails(node: Node, record: Record) -> None:
    values = fired_values(node, dict(zip(ROOTS, record, strict=True)))
    assert all(name.split(".")[0] in ROOTS for name in values)


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from('aitem.origin"\\ ()[]!&|=<>+-*/,01.éin\n'), max_size=60))
def test_any_text_parses_or_is_refused(text: str) -> None:
    notices: tuple[Notice, ...] = ()
    try:
        check(parse(text), VOCABULARY, SETS)
    except ExpressionFault as refused:
        notices = refused.notices or (Notice("no notice"),)
    assert all(n.code.startswith("EXPR-") and n.where.startswith("column ") for n in notices)
