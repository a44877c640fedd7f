"""Findings are decided by all affected agencies as equals, carried out and measured (RG-03)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.adapters.secrets import FixedKey
from gatepost.bootstrap import load_checked, memory_desk
from gatepost.casework.answers import ActAnswer
from gatepost.casework.projection import FINDING
from gatepost.casework.rebuilding import rebuild
from gatepost.casework.reviewing import FindingAct, decide, decisions
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.review.decision.model import Decision

JURISDICTION = load_checked("aldermark")
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
VET, FOOD, PLANT = (
    f"{agency}.headquarters.director" for agency in ("veterinary", "food_safety", "plant_health")
)
AFFECTED = ("food_safety", "veterinary")
MEAT = {
    "kind": "contradictory",
    "agencies": AFFECTED,
    "rules": ["FOOD-REQ-061", "VET-REQ-011"],
    "sentence": "Two notices of one arrival, a day apart.",
    "remedy": "sequence",
    "from": "2027-01-01",
}


class Table:
    """Where agencies decide; acts have numbers and follow each other."""

    def __init__(self, jurisdiction: Jurisdiction) -> None:
        self.desk = memory_desk(jurisdiction, FixedKey(b"k" * 32))
        self.count = 0

    def act(self, name: str, by: str, **fields: Any) -> ActAnswer:
        self.count += 1
        at = fields.pop("at", NOON)
        what = {"id": f"d{self.count}", "act": name, "finding": "MEAT", "at": at, **fields}
        return decide(self.desk, msgspec.convert(what, FindingAct), at, by)

    def done(self, name: str, by: str, **fields: Any) -> tuple[str, ...]:
        answer = self.act(name, by, **fields)
        assert answer.status == "done", answer.notices
        return answer.happened

    def refused(self, name: str, by: str, **fields: Any) -> list[str]:
        answer = self.act(name, by, **fields)
        assert (answer.status, answer.happened) == ("refused", ())
        return sorted(one.code for one in answer.notices)

    @property
    def standing(self) -> str:
        return self.meat.standing

    @property
    def meat(self) -> Decision:
        [found] = decisions(self.desk)
        return found


@pytest.fixture
def table() -> Table:
    return Table(JURISDICTION)


def test_it_is_decided_when_the_last_agency_consents_and_not_before(table: Table) -> None:
    table.done("raise", VET, **MEAT)
    assert (table.standing, table.meat.waiting) == ("open", ("food_safety",))
    assert "review:remedy:decided" in table.done("consent", FOOD)
    assert (table.standing, table.meat.decided_on) == ("decided", date(2026, 12, 1))
    assert table.meat.measure == date(2027, 3, 26), "twelve weeks after the first day"


def test_an_objection_holds_it_until_it_is_taken_back(table: Table) -> None:
    table.done("raise", VET, **MEAT)
    table.done("object", FOOD, reason="Two days are too long for chilled meat.")
    assert table.meat.objected == {"food_safety": "Two days are too long for chilled meat."}
    assert table.standing == "objected"
    table.done("object", VET, reason="Then it is not worth it.")
    table.done("consent", FOOD)
    assert (table.standing, table.meat.waiting) == ("objected", ("veterinary",))
    table.done("consent", VET)
    assert table.standing == "decided"


def test_what_is_decided_is_carried_out_and_measured_in_time(table: Table) -> None:
    table.done("raise", VET, **MEAT)
    assert table.refused("carry_out", VET, legal="Order 2027/3") == ["DEC-005"]
    table.done("consent", FOOD)
    assert not table.meat.overdue(date(2027, 1, 1))
    assert table.meat.overdue(date(2027, 1, 2))
    table.done("carry_out", FOOD, legal="Food Border Order 2026, art. 6 as amended")
    assert table.meat.overdue(date(2027, 3, 27))
    figures = {"before": 2, "after": 1, "unit": "notices an arrival", "source": "single window"}
    table.done("measure", VET, **figures)
    assert table.standing == "measured"
    assert table.meat.effect is not None
    assert (table.meat.effect.before, table.meat.effect.after) == (2, 1)
    assert not table.meat.overdue(date(2030, 1, 1))


REFUSED = [
    ("raise", PLANT, MEAT, ["DEC-001"]),
    ("raise", "veterinary.north_gate.official", MEAT, ["DEC-002"]),
    ("raise", VET, {**MEAT, "sentence": " "}, ["DEC-008"]),
    ("raise", VET, {**MEAT, "agencies": ["veterinary"]}, ["DEC-007"]),
    ("raise", VET, {**MEAT, "agencies": [*AFFECTED, "magic"]}, ["DEC-010"]),
    ("raise", VET, {**MEAT, "rules": ["NO-RULE"]}, ["DEC-006"]),
    ("raise", VET, {**MEAT, "measure": "2026-12-31"}, ["DEC-009"]),
    ("consent", FOOD, {}, ["DEC-004"]),
    ("raise", "nobody", {**MEAT, "sentence": ""}, ["DEC-001", "DEC-002", "DEC-008"]),
]


@pytest.mark.parametrize(("act", "by", "fields", "codes"), REFUSED)
def test_what_cannot_be_raised(
    table: Table, act: str, by: str, fields: dict[str, Any], codes: list[str]
) -> None:
    assert table.refused(act, by, **fields) == codes
    assert list(decisions(table.desk)) == []


def test_only_the_affected_and_only_in_turn(table: Table) -> None:
    table.done("raise", VET, **MEAT)
    assert table.refused("raise", FOOD, **MEAT) == ["DEC-003"]
    assert table.refused("consent", PLANT) == ["DEC-001"]
    assert table.refused("object", FOOD) == ["DEC-008"]
    assert table.refused("withdraw", FOOD, reason="no") == ["DEC-011"]
    table.done("withdraw", VET, reason="Settled over lunch.")
    assert table.standing == "withdrawn"
    assert table.refused("consent", FOOD) == ["DEC-005"]


def test_the_same_act_answers_the_same_and_rows_are_made_again(table: Table) -> None:
    act = msgspec.convert(
        {"id": "x", "act": "raise", "finding": "MEAT", "at": NOON, **MEAT}, FindingAct
    )
    first = decide(table.desk, act, NOON, VET)
    assert decide(table.desk, act, NOON, VET) == first
    table.done("consent", FOOD)
    before = list(table.desk.ledger.rows(FINDING))
    rebuild(table.desk, lambda count: None)
    assert list(table.desk.ledger.rows(FINDING)) == before
    assert list(decisions(table.desk, "plant_health")) == []


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from([VET, FOOD]), st.booleans()), max_size=8))
def test_agencies_are_equal_and_the_last_word_of_each_counts(said: list[tuple[str, bool]]) -> None:
    table = Table(JURISDICTION)
    table.done("raise", VET, **MEAT)
    words = {VET: True}
    for by, agrees in said:
        if table.standing == "decided":
            assert table.refused("consent" if agrees else "object", by, reason="x") == ["DEC-005"]
            continue
        table.done("consent" if agrees else "object", by, reason="x")
        words[by] = agrees
        whole = words == {VET: True, FOOD: True}
        assert (table.standing == "decided") == whole
