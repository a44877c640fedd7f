"""What is planted is found first and named rightly, and nothing that is not there (RG-02)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.authority.clause import Delegation, JointControl, Recognition
from gatepost.authority.scope import Scope
from gatepost.description.described import Described
from gatepost.kernel.validity import Validity
from gatepost.requirement.model import DocumentType
from gatepost.review.overlap.following import follow
from gatepost.review.overlap.model import Finding
from gatepost.review.overlap.pairs import compare
from tests.small_country import agency
from tests.unit.review.overlap.planted import (
    NAMES,
    ban,
    check,
    described,
    indicator,
    mandate,
    notice,
    paper,
    quiet,
    settled,
)

DAY = date(2026, 7, 2)
FINDINGS: dict[str, tuple[Callable[[str, str], list[Any]], str, str, str]] = {
    "the same check": (lambda a, b: [check(a), check(b)], "redundant", "REV-001", "merge"),
    "a check by other means": (
        lambda a, b: [check(a), check(b, kind="scan")],
        "overlapping",
        "REV-003",
        "merge",
    ),
    "a check elsewhere": (
        lambda a, b: [check(a), check(b, place="inland")],
        "competing",
        "REV-004",
        "move",
    ),
    "a paper by two names": (
        lambda a, b: [
            paper(a, "P1"),
            paper(b, "P2"),
            DocumentType("P1", {"en": "Health certificate"}),
            DocumentType("P2", {"en": "Certificate of health"}),
        ],
        "overlapping",
        "REV-006",
        "merge",
    ),
    "two limits": (
        lambda a, b: [paper(a, "P1", limit=20), paper(b, "P1", limit=15)],
        "contradictory",
        "REV-007",
        "merge",
    ),
    "two deadlines": (
        lambda a, b: [notice(a, "24h"), notice(b, "48h")],
        "contradictory",
        "REV-010",
        "sequence",
    ),
    "one deadline": (
        lambda a, b: [notice(a, "24h"), notice(b, "1d")],
        "overlapping",
        "REV-009",
        "merge",
    ),
    "a paper for what is forbidden": (
        lambda a, b: [ban(a), paper(b, "P1", "8802")],
        "contradictory",
        "REV-011",
        "drop",
    ),
    "two releases": (
        lambda a, b: [mandate(a), mandate(b)],
        "competing",
        "REV-012",
        "delegate",
    ),
}
"""What can be planted between two agencies, and how it must be called."""


def same(one: str, other: str) -> bool:
    return {*one.lower().split()} - {"of"} == {*other.lower().split()} - {"of"}


def found(country: Described) -> list[Finding]:
    return [one for one in compare(country, DAY, same) if one.kind != "compatible"]


@given(
    st.permutations(NAMES),
    st.sampled_from(sorted(FINDINGS)),
    st.integers(0, 4),
    st.randoms(use_true_random=False),
)
def test_what_is_planted_is_found_first_and_named(
    names: list[str], what: str, size: int, chance: Any
) -> None:
    plant, kind, code, remedy = FINDINGS[what]
    rules = [*quiet(size), *plant(names[0], names[1])]
    chance.shuffle(rules)
    [one] = found(described(*rules))
    assert (one.kind, one.code, one.remedy) == (kind, code, remedy)
    assert set(one.agencies) == set(names[:2])
    assert len(one.places) == 2
    assert all(one.places)
    assert compare(described(*rules), DAY, same)[0] == one


@given(st.integers(0, 5))
def test_agencies_that_leave_each_other_alone_are_left_alone(size: int) -> None:
    assert compare(described(*quiet(size)), DAY, same) == []


APART = {
    "other goods": [check("vet"), check("food", goods="89")],
    "another check": [check("vet"), check("food", "moisture")],
    "one agency": [check("vet"), check("vet", kind="scan")],
    "other conditions": [
        indicator("A", "vet", "item.net_mass > 20", check="weight"),
        indicator("B", "food", "item.net_mass <= 20", check="weight"),
    ],
    "other origins": [
        indicator("A", "vet", 'item.origin == "XB"', check="weight"),
        indicator("B", "food", 'item.origin in ["XC", "XD"]', check="weight"),
    ],
    "a condition only the ledger can judge": [
        indicator("A", "vet", 'contains(item.description, "fish")', check="weight"),
        check("food"),
    ],
    "chance": [indicator("A", "vet", "true", check="weight", random=0.05), check("food")],
    "on trial": [indicator("A", "vet", "true", check="weight", mode="trial"), check("food")],
    "a prohibition with a condition": [
        ban("vet"),
        indicator("A", "food", 'item.origin == "XB"', check="weight"),
    ],
}


@pytest.mark.parametrize("rules", APART.values(), ids=APART)
def test_what_is_not_there_is_not_found(rules: list[Any]) -> None:
    assert found(described(*rules)) == []


MEETING = [
    ('item.net_mass > 20 && item.origin == "XB"', 'item.origin in ["XB", "XC"]'),
    ("item.net_mass >= 20", "item.net_mass <= 20"),
    ('starts_with(item.commodity, "8801")', 'starts_with(item.commodity, "88")'),
    ('contains(item.description, "fish")', 'contains(item.description, "fish")'),
]


@pytest.mark.parametrize(("one", "other"), MEETING)
def test_conditions_that_can_hold_together_meet(one: str, other: str) -> None:
    rules = indicator("A", "vet", one, check="w"), indicator("B", "food", other, check="w")
    assert [each.code for each in found(described(*rules))] == ["REV-001"]


VET_FOOD = ("food", "vet")
CLAUSES = {
    "recognition": Recognition("AGR/1", {"en": "one"}, of="vet", by="food", checks=("weight",)),
    "joint control": JointControl("AGR/1", {"en": "one"}, parties=VET_FOOD),
    "delegation": Delegation("AGR/1", {"en": "one"}, of="vet", by="food", powers=("examine",)),
}


@pytest.mark.parametrize("clause", CLAUSES.values(), ids=CLAUSES)
def test_what_a_clause_settles_is_compatible(clause: Any) -> None:
    country = described(check("vet"), check("food"), settled(VET_FOOD, clause))
    [one] = compare(country, DAY, same)
    assert (one.kind, one.code, one.remedy) == ("compatible", "REV-002", "keep")
    assert "settled by AGR/1" in one.evidence


@pytest.mark.parametrize(
    "clause",
    [
        Recognition("AGR/1", {"en": "one"}, of="vet", by="food", checks=("seal",)),
        Recognition("AGR/1", {"en": "one"}, of="vet", by="plant", checks=("weight",)),
        JointControl("AGR/1", {"en": "one"}, Scope(posts=("quay",)), parties=VET_FOOD),
        JointControl("AGR/1", {"en": "one"}, Scope(commodity=("89",)), parties=VET_FOOD),
        Delegation("AGR/1", {"en": "one"}, of="vet", by="food", powers=("release",)),
    ],
)
def test_what_a_clause_does_not_reach_is_not_settled(clause: Any) -> None:
    country = described(check("vet"), check("food"), settled(VET_FOOD, clause))
    assert [one.kind for one in found(country)] == ["redundant"]


def test_a_clause_may_settle_a_part() -> None:
    part = JointControl("AGR/1", {"en": "one"}, Scope(commodity=("8801",)), parties=VET_FOOD)
    vet, food = check("vet", goods="8801"), check("food", goods="88")
    assert found(described(vet, food, settled(VET_FOOD, part))) == []
    whole = described(check("vet"), food, settled(VET_FOOD, part))
    [one] = found(whole)
    assert "AGR/1 settles a part of it" in one.evidence


def test_each_state_releases_its_own() -> None:
    abroad = agency("neighbour", state="brenland")
    rules = mandate("vet"), mandate("neighbour")
    assert found(described(*rules, abroad)) == []


def test_a_paper_asked_by_two_under_one_code_is_handed_in_once() -> None:
    [one] = compare(described(paper("vet", "P1"), paper("food", "P1")), DAY, same)
    assert (one.kind, one.code) == ("compatible", "REV-005")


def test_what_is_in_force_at_other_times_does_not_meet() -> None:
    ends = Validity(date(2020, 1, 1), date(2026, 12, 31))
    begins = Validity(date(2027, 1, 1))
    old = indicator("A", "vet", "true", check="weight", valid=ends)
    new = indicator("B", "food", "true", check="weight", valid=begins)
    assert found(described(old, new)) == []
    assert [one.code for one in found(described(new, check("vet")))] == ["REV-001"], "adopted"
    assert compare(described(old, check("food")), date(2027, 1, 1), same) == [], "over"


def test_what_became_of_findings() -> None:
    before = compare(described(check("vet"), check("food"), notice("vet", "24h")), DAY, same)
    clause: Any = CLAUSES["recognition"]
    later = [check("vet"), check("food"), notice("vet", "24h"), notice("food", "48h")]
    after = compare(described(*later, settled(VET_FOOD, clause)), DAY, same)
    told = [(one.became, one.finding.code, one.settled_by) for one in follow(before, after)]
    assert told == [("new", "REV-010", ()), ("settled", "REV-001", ("settled by AGR/1",))]
    assert [one.became for one in follow(before, before)] == ["stands"]
    gone = compare(described(check("vet")), DAY, same)
    assert [(one.became, one.settled_by) for one in follow(before, gone)] == [("settled", ())]
