"""The columnar back end gives the hits of the one-record function, on any records."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost.consignment.columns import frame_of
from gatepost.expression.columns import compile_columns
from gatepost.expression.compile import compile_many
from gatepost.expression.explain import reads
from gatepost.expression.parser import parse
from gatepost.expression.rules import ExpressionFault
from gatepost.expression.syntax import Node
from gatepost.expression.unparse import unparse
from gatepost.kernel.columns import Table
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
    Trader,
)
from tests.unit.expression.trees import GOODS_RECORDS, LOADS, conditions, maybe

Record = tuple[Goods | None, Load | None]
RECORDS = st.tuples(maybe(GOODS_RECORDS), maybe(LOADS))


def both(nodes: list[Node], records: list[Record]) -> tuple[dict[int, list[int]], ...]:
    """Return the rows each condition holds in, by one function and by columns."""
    keyed = list(enumerate(nodes))
    function = compile_many(keyed, VOCABULARY, ROOTS, SETS)
    held = [set(function(*record)) for record in records]
    singly = {key: [row for row, keys in enumerate(held) if key in keys] for key, _ in keyed}
    paths = frozenset().union(*map(reads, nodes))
    table = Table(frame_of(records, VOCABULARY, ROOTS, paths))
    columns = compile_columns(keyed, VOCABULARY, ROOTS, SETS)(table)
    return singly, {key: rows.to_list() for key, rows in columns.items()}


@settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    st.lists(conditions(), min_size=1, max_size=4),
    st.lists(RECORDS, min_size=1, max_size=8).map(lambda few: few + few[:1] * 4),
)
def test_both_back_ends_give_the_same_hits(nodes: list[Node], records: list[Record]) -> None:
    """With some four rules on some eight records each, far more than 5,000 pairs are asked."""
    singly, columns = both(nodes, records)
    assert singly == columns, [unparse(node) for node in nodes]


HELD = {
    "one text in a set, asked of each distinct value": 'item.origin in set("pest_countries")',
    "letters that fold to two": 'contains(item.description, "STRASSE")',
    "a list within a list": 'consignment.items.exists(i, i.papers.all(p, p.code != "N380"))',
    "a list of the row from within another": (
        "consignment.items.exists(i, consignment.weights.exists(w, w < i.value))"
    ),
    "a name of the row from within a list": "item.papers.exists(p, p.quantity < item.net_mass)",
    "a record that is there": "has(consignment.importer) && !has(consignment.importer.country)",
    "a birthday on a leap day": 'years_between(date("2008-02-29"), consignment.day) == 18',
    "no number equals one that is missing": "1 / 0 == 1 / 0 || 1 / 0 != 1 || !(0 / 0 > 1)",
}


@pytest.mark.parametrize("text", HELD.values(), ids=HELD)
def test_on_many_as_on_one(text: str) -> None:
    strasse = Goods(3, description="Straße", origin="XA")
    loads = [LORRY, BARE_LOAD, Load("import", LORRY.day, importer=Trader("T2")), None]
    records = [(item, load) for item in (ROSES, BARE, strasse, None) for load in loads] * 3
    singly, columns = both([parse(text)], records)
    assert singly == columns
    assert 0 < len(singly[0]) <= len(records)


def test_columns_may_come_flat_under_their_paths() -> None:
    """A history that names its columns ``item.origin`` needs no structs."""
    frame = pl.DataFrame(
        {
            "item.origin": ["XB", None, "XA"],
            "item.value": [5, None, 7],
            "item.papers": [[{"code": "N851"}], None, []],
            "consignment.importer.country": [None, None, "XC"],
        }
    )
    asked = {
        "A": 'item.origin in ["XA", "XB"] && item.value > 4',
        "B": 'item.papers.exists(p, p.code == "N851" && p.expires < consignment.day)',
        "C": 'item.papers.exists(p, p.code == "N851") && !has(consignment.mode)',
        "D": "has(consignment.importer) && size(item.papers) == 0",
        "E": "consignment.items.all(i, i.value > 5)",
    }
    found = compile_columns(list(asked.items()), VOCABULARY, ROOTS, SETS)(Table(frame))
    assert {key: rows.to_list() for key, rows in found.items()} == {
        "A": [0, 2],
        "B": [],
        "C": [0],
        "D": [2],
        "E": [0, 1, 2],
    }


def test_faults_are_those_of_the_other_back_end() -> None:
    conditions = [("R1", "item.value > 1"), ("R2", "item.valu > 1"), ("R3", "a b")]
    with pytest.raises(ExpressionFault) as refused:
        compile_columns(conditions, VOCABULARY, ROOTS, SETS)
    assert [(n.code, n.where) for n in refused.value.notices] == [
        ("EXPR-009", "R2, column 1"),
        ("EXPR-001", "R3, column 3"),
    ]
