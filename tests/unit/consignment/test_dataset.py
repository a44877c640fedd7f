"""The data set: a tree of text under the names of the WCO Data Model."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.consignment.dataset import (
    NOTHING,
    attribute,
    changed_paths,
    child,
    each,
    number,
    text,
)

NAMES = st.sampled_from(("A", "B", "C", "#", "@unitCode"))
TREES: Any = st.recursive(
    st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
TREE = st.dictionaries(NAMES, TREES, max_size=4)


def test_child_goes_down_and_takes_the_first_of_several() -> None:
    tree = {"A": {"B": [{"C": "1"}, {"C": "2"}]}, "T": "text", "E": []}
    assert child(tree, "A", "B") == {"C": "1"}
    assert child(tree) == tree
    for names in (("X",), ("A", "X"), ("T",), ("E",), ("T", "B")):
        assert child(tree, *names) is NOTHING


def test_each_gives_every_occurrence() -> None:
    assert list(each({"A": [{"n": "1"}, {"n": "2"}]}, "A")) == [{"n": "1"}, {"n": "2"}]
    assert list(each({"A": {"n": "1"}}, "A")) == [{"n": "1"}]
    assert list(each({}, "A")) == []
    assert list(each({"A": "text"}, "A")) == []
    assert list(each({"A": ["text", {"n": "1"}, ["x"]]}, "A")) == [{"n": "1"}]


@pytest.mark.parametrize(
    ("leaf", "found"),
    [
        ("x", "x"),
        ("  x \n", "x"),
        ("", None),
        ("  ", None),
        ({"#": " x ", "@formatCode": "102"}, "x"),
        ({"@formatCode": "102"}, None),
        ({"#": ""}, None),
        (["x", "y"], "x"),
        ([{"#": "x"}], "x"),
        ([], None),
        ([["x"]], None),
        ({"#": ["x"]}, None),
        ({"#": {"#": "x"}}, None),
    ],
)
def test_text_is_trimmed_and_blank_is_absent(leaf: Any, found: str | None) -> None:
    assert text({"A": leaf}, "A") == found
    assert text({}, "A") is None


@pytest.mark.parametrize(
    ("leaf", "found"),
    [
        ("10.00", 10.0),
        (" 7 ", 7.0),
        ("-3.5", -3.5),
        ("+1", 1.0),
        ("1e3", 1000.0),
        ("0", 0.0),
        ({"#": "2.5", "@unitCode": "KGM"}, 2.5),
        ("9999999999999999", 9999999999999999.0),
        ("1e18", None),
        ("-1e18", None),
        ("1,5", None),
        ("ten", None),
        ("NaN", None),
        ("inf", None),
        ("1_000", None),
        ("", None),
    ],
)
def test_numbers_are_finite_and_no_larger_than_a_measure(leaf: Any, found: float | None) -> None:
    assert number({"A": leaf}, "A") == found


def test_attributes() -> None:
    tree = {"A": {"#": "5", "@currencyID": "EUR"}, "B": "5", "C": {"@currencyID": ["EUR"]}}
    assert attribute(tree, "A", "currencyID") == "EUR"
    assert attribute(tree, "A", "unitCode") is None
    assert attribute(tree, "B", "currencyID") is None
    assert attribute(tree, "C", "currencyID") is None


@given(TREE, NAMES)
def test_no_tree_is_too_odd_to_be_looked_into(tree: dict[str, Any], name: str) -> None:
    child(tree, name, name)
    assert all(isinstance(one, dict) for one in each(tree, name))
    found = text(tree, name)
    assert found is None or (found and found == found.strip())
    value = number(tree, name)
    assert value is None or -1e18 < value < 1e18


@pytest.mark.parametrize(
    ("before", "after", "paths"),
    [
        ({"A": "1"}, {"A": "1"}, []),
        ({"A": "1"}, {"A": "2"}, ["A"]),
        ({"A": "1"}, {}, ["A"]),
        ({}, {"A": "1"}, ["A"]),
        ({"A": {"B": "1", "C": "1"}}, {"A": {"B": "2", "C": "1"}}, ["A/B"]),
        ({"A": ["1", "2"]}, {"A": ["1", "3"]}, ["A[2]"]),
        ({"A": ["1"]}, {"A": ["1", "2"]}, ["A[2]"]),
        ({"A": [{"B": "1"}, {"B": "2"}]}, {"A": [{"B": "1"}]}, ["A[2]"]),
        ({"A": {"B": "1"}}, {"A": "1"}, ["A"]),
        ({"A": {"#": "1", "@u": "K"}}, {"A": {"#": "1", "@u": "G"}}, ["A/@u"]),
        ({"B": "1", "A": "1"}, {"A": "2", "B": "2", "C": "3"}, ["B", "A", "C"]),
    ],
)
def test_changed_paths_in_document_order(before: Any, after: Any, paths: list[str]) -> None:
    assert changed_paths(before, after) == paths


@given(TREE, TREE)
def test_nothing_changed_means_the_same_tree(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert changed_paths(before, copy.deepcopy(before)) == []
    assert (changed_paths(before, after) == []) is (before == after)
    assert set(changed_paths(before, after)) == set(changed_paths(after, before))
    assert len(set(changed_paths(before, after))) == len(changed_paths(before, after))
