"""How far agencies have come: claims bounded by evidence, level by level."""

from __future__ import annotations

import pytest

from gatepost.kernel.notice import Refused
from gatepost.timerelease.maturity import Answer, Dimension, Evidence, Grid, Step, assess

JOINT = Dimension(
    "inspections",
    "Inspections",
    (
        Step(1, "controls on record", (Evidence("event:ordered", "an order"),)),
        Step(2, "agreed in writing", (Evidence("clause:joint", "a clause"),)),
        Step(3, "planned together", (Evidence("event:plan", "ten plans", 10),)),
        Step(5, "recognised", (Evidence("event:recognised", "a recognition"),)),
    ),
)
PEOPLE = Dimension("people", "People", (Step(1, "trained", ()),))
GRID = Grid("the test", (JOINT, PEOPLE))
FACTS = {"event:ordered": 9, "clause:joint": 1, "event:plan": 10, "event:recognised": 50}


def level(claimed: int, **facts: int) -> int:
    """Return the level of inspections; ``facts`` by the last word of their names."""
    given = {name: facts.get(name.partition(":")[2], count) for name, count in FACTS.items()}
    found = assess(GRID, [Answer("inspections", claimed, "chief")], given)
    return found.reached[0].level


def test_no_level_is_granted_above_what_is_shown() -> None:
    assert level(5) == 3, "of level 4 there is no evidence, so 5 is out of reach"
    assert level(5, plan=9) == 2
    assert level(5, joint=0) == 1, "plans without an agreement are no coordination"
    assert level(5, ordered=0) == 0


def test_nor_above_what_is_claimed() -> None:
    assert level(1) == 1
    assert assess(GRID, [], FACTS).reached[0].level == 0


def test_a_claim_beyond_the_evidence_is_told_with_what_is_missing() -> None:
    found = assess(GRID, [Answer("inspections", 3, "chief")], FACTS | {"event:plan": 2})
    (notice,) = found.beyond
    assert (notice.code, notice.values["missing"]) == ("TRS-031", "ten plans")
    assert assess(GRID, [Answer("inspections", 3, "chief")], FACTS).beyond == ()


def test_a_level_without_evidence_is_not_granted() -> None:
    found = assess(GRID, [Answer("people", 1, "chief")], FACTS)
    assert found.reached[1].level == 0
    assert [one.where for one in found.beyond] == ["people"]


def test_the_lowest_dimension_is_the_next_step() -> None:
    found = assess(GRID, [Answer("inspections", 2, "chief")], FACTS | {"event:plan": 2})
    assert [one.dimension for one in found.steps] == ["people", "inspections"]
    assert found.steps[1].missing == ("ten plans",)


def test_everything_wrong_with_answers_is_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        assess(GRID, [Answer("food", 1, "x"), Answer("people", 6, "x")], FACTS)
    assert [one.code for one in refused.value.notices] == ["TRS-029", "TRS-030"]
