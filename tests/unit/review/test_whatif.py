"""Changes tried on a copy of the description, what the law lacks for them, what they touch."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gatepost.bootstrap import describe, load_changed, read_description
from gatepost.kernel.notice import Notice, Refused
from gatepost.review.whatif.changes import changed
from gatepost.review.whatif.gaps import lacking, touched
from gatepost.review.whatif.model import Change, Delegate, Drop, Join, Merge, Threshold

DAY = date(2026, 7, 2)
LOADED = read_description("aldermark")
DESCRIBED = describe("aldermark")


def ids(things: Any, kind: str) -> list[str]:
    return [item.value.id for item in things[kind]]


def told(*changes: Change) -> list[Notice]:
    return list(lacking(DESCRIBED, changes, DAY))


def test_nothing_changed_is_the_description_itself() -> None:
    assert changed(LOADED.items, [], DAY) == LOADED.items


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("FOOD-REQ-020", "requirement"),
        ("CUSTOMS-RISK-001", "indicator"),
        ("ENV-FEE-001", "fee"),
    ],
)
def test_a_dropped_rule_is_gone_and_no_other(rule: str, kind: str) -> None:
    found = changed(LOADED.items, [Drop(rule)], DAY)
    assert set(ids(LOADED.items, kind)) - set(ids(found, kind)) == {rule}
    assert {other: found[other] == LOADED.items[other] for other in found if other != kind} == {
        other: True for other in found if other != kind
    }


def test_another_condition_holds_in_every_wording() -> None:
    when = 'item.origin == "XB"'
    found = changed(LOADED.items, [Threshold("VET-REQ-002", when)], DAY)
    one = next(item.value for item in found["requirement"] if item.value.id == "VET-REQ-002")
    assert one.applies_to.when == when
    assert [v.applies_to.when for v in one.valid if v.applies_to] == [when]
    before = next(i.value for i in LOADED.items["requirement"] if i.value.id == "VET-REQ-002")
    assert before.applies_to.when != when, "what was read stays as it is"


def test_everything_wrong_is_said_at_once() -> None:
    wrong: list[Change] = [Drop("NO-RULE"), Threshold("ENV-FEE-001", "true")]
    with pytest.raises(Refused) as refused:
        changed(LOADED.items, wrong, DAY)
    assert [one.code for one in refused.value.notices] == ["WHAT-001", "WHAT-001"]


def test_a_change_that_is_no_law_is_refused_with_the_rule_it_breaks() -> None:
    with pytest.raises(Refused) as refused:
        load_changed("aldermark", [Threshold("CUSTOMS-RISK-001", "item.weightiness > 3")], DAY)
    assert [one.code for one in refused.value.notices] == ["EXPR-009"]


@pytest.mark.parametrize(
    "change",
    [
        Merge("veterinary", "food_safety", ("identity",)),
        Delegate("food_safety", "customs", ("examine", "sample")),
        Join(("customs", "environment")),
        Delegate("customs", "XB/customs", ("examine",)),
    ],
)
def test_a_wish_can_be_tried_whatever_it_would_take(change: Change) -> None:
    jurisdiction = load_changed("aldermark", [change], DAY)
    assert any(one.id == "what-if" for one in jurisdiction.parts["agreement"])


def test_a_rule_stays_without_its_owner_and_its_law() -> None:
    [one] = told(Drop("FOOD-REQ-020"))
    assert (one.code, one.values["agency"]) == ("WHAT-010", "food_safety")
    assert one.values["law"] == "Food Traceability Order 2021, art. 5"
    assert one.where.startswith("agencies/food_safety/requirements/meat/FOOD-REQ-020.yaml:")


def test_a_clause_goes_into_an_instrument_that_can_grant_it() -> None:
    [one] = told(Merge("veterinary", "food_safety", ("temperature",)))
    assert one.code == "WHAT-011"
    assert "XA-AGR-2023-04" in str(one.values["instrument"])


def test_what_no_instrument_can_grant_takes_a_new_one() -> None:
    [one] = told(Merge("transport", "environment", ("weight",)))
    assert (one.code, one.values["kind"]) == ("WHAT-012", "agreement")


def test_to_examine_abroad_lacks_a_treaty_and_an_act_of_each_state() -> None:
    found = told(Delegate("customs", "XC/customs", ("examine",)))
    treaty = [one.values["kind"] for one in found if one.code == "WHAT-012"]
    acts = [one.values["party"] for one in found if one.code == "WHAT-013"]
    assert (treaty, acts) == (["treaty"], ["XA", "XC"])
    [known] = told(Delegate("customs", "XB/customs", ("examine",)))
    assert "XA-TRT-2020-01" in str(known.values["instrument"]), "with Brenland there is one"


def test_nobody_delegates_a_power_he_has_not() -> None:
    found = told(Delegate("immigration", "customs", ("sample",)))
    assert ("WHAT-014", "sample") in [(one.code, one.values.get("power")) for one in found]


def test_a_rule_touches_its_papers_its_notice_and_the_cases_that_name_it() -> None:
    cases = {"a.yaml": "needs: {FOOD-REQ-020: met}", "b.yaml": "needs: {FOOD-REQ-021: met}"}
    [meat] = touched(DESCRIBED, [Drop("FOOD-REQ-020")], cases)
    assert (meat.documents, meat.cases) == (("XF15",), ("a.yaml",))
    [notice] = touched(DESCRIBED, [Threshold("VET-REQ-011", "true")], {})
    assert notice.notices == ("24h",)
    [fee] = touched(DESCRIBED, [Drop("ENV-FEE-001")], {})
    assert (fee.documents, fee.data, fee.law != ()) == ((), (), True)
