"""The precedence table: which set of decisions comes to what."""

from __future__ import annotations

from itertools import combinations
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.release.model import DecisionKind, Precedence
from gatepost.release.precedence import combine, meets
from tests.small_country import ALWAYS, LAW, ROWS, row

KINDS: tuple[DecisionKind, ...] = get_args(DecisionKind)
TABLE = Precedence("TABLE", LAW, ALWAYS, ROWS)
SETS = [frozenset(one) for size in range(1, 7) for one in combinations(KINDS, size)]


def by_hand(given: frozenset[str]) -> str:
    """Say what the law of the small country says, in words and not in rows."""
    if "seize" in given:
        return "seize"
    if "return" in given and "destroy" in given:
        return "conflict"
    for graver in ("destroy", "return", "refuse"):
        if graver in given:
            return graver
    return "conditional" if "clear_conditional" in given else "release"


@pytest.mark.parametrize("given_set", SETS, ids=lambda one: "+".join(sorted(one)))
def test_every_set_of_decisions_comes_to_what_the_law_says(given_set: frozenset[Any]) -> None:
    found = combine(given_set, TABLE)
    assert found is not None
    assert found.outcome == by_hand(given_set)


PAIRS: list[tuple[DecisionKind, DecisionKind, str]] = [
    ("clear", "clear", "release"),
    ("clear", "clear_conditional", "conditional"),
    ("clear", "refuse", "refuse"),
    ("clear", "return", "return"),
    ("clear", "destroy", "destroy"),
    ("clear", "seize", "seize"),
    ("clear_conditional", "clear_conditional", "conditional"),
    ("clear_conditional", "refuse", "refuse"),
    ("clear_conditional", "return", "return"),
    ("clear_conditional", "destroy", "destroy"),
    ("clear_conditional", "seize", "seize"),
    ("refuse", "refuse", "refuse"),
    ("refuse", "return", "return"),
    ("refuse", "destroy", "destroy"),
    ("refuse", "seize", "seize"),
    ("return", "return", "return"),
    ("return", "destroy", "conflict"),
    ("return", "seize", "seize"),
    ("destroy", "destroy", "destroy"),
    ("destroy", "seize", "seize"),
    ("seize", "seize", "seize"),
]


@pytest.mark.parametrize(("one", "other", "outcome"), PAIRS)
def test_two_agencies_in_either_order(one: DecisionKind, other: DecisionKind, outcome: str) -> None:
    for pair in ((one, other), (other, one)):
        found = combine(pair, TABLE)
        assert found is not None
        assert found.outcome == outcome


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=8), st.randoms())
def test_neither_order_nor_repetition_changes_the_outcome(
    kinds: list[DecisionKind], chance: Any
) -> None:
    shuffled = kinds * 2
    chance.shuffle(shuffled)
    assert combine(shuffled, TABLE) == combine(kinds, TABLE)


@given(st.lists(st.sampled_from(KINDS), max_size=4), st.lists(st.sampled_from(ROWS), max_size=4))
def test_the_first_row_that_is_met_counts(kinds: list[DecisionKind], rows: list[Any]) -> None:
    table = Precedence("T", LAW, ALWAYS, tuple(rows))
    met = [one for one in rows if meets(frozenset(kinds), one)]
    assert combine(kinds, table) == (met[0] if met else None)


@pytest.mark.parametrize(
    ("sets", "given_set", "met"),
    [
        ({"any": ("seize", "destroy")}, {"destroy", "clear"}, True),
        ({"any": ("seize", "destroy")}, {"clear"}, False),
        ({"each": ("return", "destroy")}, {"return", "destroy", "clear"}, True),
        ({"each": ("return", "destroy")}, {"return"}, False),
        ({"only": ("clear", "clear_conditional")}, {"clear"}, True),
        ({"only": ("clear", "clear_conditional")}, {"clear", "refuse"}, False),
        ({"any": ("refuse",), "only": ("clear", "refuse")}, {"clear", "refuse"}, True),
        ({"any": ("refuse",), "only": ("clear", "refuse")}, {"clear"}, False),
        ({"any": ("refuse",), "only": ("clear", "refuse")}, {"refuse", "seize"}, False),
        ({"any": ("refuse",), "each": ("clear",)}, {"refuse"}, False),
        ({}, {"clear"}, True),
        ({}, set(), False),
        ({"only": ("clear",)}, set(), False),
    ],
)
def test_every_part_of_a_row_must_be_met(sets: Any, given_set: Any, met: bool) -> None:
    assert meets(frozenset(given_set), row("R", "release", **sets)) is met


def test_without_a_row_there_is_no_outcome() -> None:
    assert combine(["clear"], Precedence("none", (), ALWAYS, ())) is None
