"""Decisions, conditions, holds, conflicts and the release that comes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from gatepost.casework.reading import status_of
from gatepost.release.events import (
    ConditionFailed,
    ConflictRaised,
    ConflictResolved,
    DecisionGiven,
    GoodsReleased,
    ReleaseDenied,
)
from gatepost.requirement.model import Asks
from tests.office import BEEF, DEAR, HOUR, LAW_OF_HOLDS, MIXED, NOON, ROSES, STEEL, Office, of_all
from tests.small_country import (
    ROWS,
    declaration,
    goods,
    indicator,
    mandate,
    parts,
    requirement,
    row,
)

DUE = NOON + 2 * HOUR
TWO_BEEF = declaration(goods("02023090"), goods("02023090"))


@pytest.fixture
def office() -> Office:
    return Office()


def conditional(due: Any = DUE, text: str = "paper", **fields: Any) -> dict[str, Any]:
    given = {"decision": "clear_conditional", "reason": "follows", "condition": text, "due": due}
    return {**given, **fields}


def order(check: str = "look", target: str = "item/1", **fields: Any) -> dict[str, Any]:
    """Return what an officer of customs says to order an examination."""
    wanted = {"kind": "examination", "check": check, "target": target}
    return {"order": wanted, "reason": "FALSE_MATCH", "second": "customs.two", **fields}


def test_nothing_clears_past_an_open_need_or_control(office: Office) -> None:
    reference = office.lodge(declaration(goods(), goods("02023090")))
    assert office.refusal("decide", reference, "plant.one", decision="clear") == (
        "RELEASE-001",
        "RELEASE-002",
    )
    assert office.refusal("decide", reference, "plant.one", **conditional()) == ("RELEASE-002",)
    assert office.refusal("decide", reference, "vet.one", decision="clear") == ("RELEASE-001",)
    office.done("decide", reference, "vet.one", **conditional())


def test_a_prohibition_is_not_cleared_under_a_condition_either() -> None:
    ban = requirement("VET-REQ-9", "vet", Asks("prohibition"), "02")
    office = Office(requirement=[ban])
    reference = office.lodge(BEEF)
    assert office.refusal("decide", reference, "vet.one", decision="clear") == ("RELEASE-001",)
    assert office.refusal("decide", reference, "vet.one", **conditional()) == ("RELEASE-001",)
    office.done("decide", reference, "vet.one", decision="refuse", reason="prohibited")


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, ("RELEASE-018",)),
        ({"decision": "clear", "targets": ["item/9"]}, ("RELEASE-003",)),
        ({"decision": "refuse"}, ("RELEASE-004",)),
        ({"decision": "refuse", "reason": "  "}, ("RELEASE-004",)),
        ({"decision": "clear_conditional", "reason": "x"}, ("RELEASE-005",)),
        (conditional(due=NOON), ("RELEASE-005",)),
    ],
)
def test_a_decision_is_whole(office: Office, fields: dict[str, Any], codes: Any) -> None:
    assert office.refusal("decide", office.lodge(BEEF), "vet.one", **fields) == codes


def test_an_agency_decides_on_its_own_targets_only(office: Office) -> None:
    reference = office.lodge(MIXED)
    refused = {"decision": "refuse", "reason": "x", "targets": ["item/1"]}
    assert office.refusal("decide", reference, "vet.one", **refused) == ("RELEASE-003",)
    assert office.refusal("decide", reference, "vet.one", agency="plant", **refused) == (
        "AUTH-006",
    )


def test_a_later_decision_of_an_agency_replaces_its_earlier_one(office: Office) -> None:
    reference = office.lodge(TWO_BEEF)
    office.done("decide", reference, "vet.one", decision="refuse", reason="x")
    assert office.case(reference).status == "denied"
    office.done("decide", reference, "vet.two", **conditional(targets=["item/1"]))
    (released,) = office.bodies(reference, GoodsReleased)
    assert (released.outcome, released.withheld) == ("conditional", ("item/2",))


def test_a_finding_against_the_goods_ends_the_clearance_given_before(office: Office) -> None:
    reference = office.lodge(declaration(goods("72083900"), goods("02023090")))
    assert office.case(reference).release.decisions["customs|item/1"].kind == "clear"
    office.done("override", reference, "customs.one", **order())
    office.done("arrive", reference)
    office.done("examine", reference, "customs.one", result="nonconform")
    office.done("decide", reference, "vet.one", **conditional())
    assert office.case(reference).release.released is None
    office.done("decide", reference, "customs.one", decision="clear")
    assert office.case(reference).release.released is not None


def test_a_good_finding_lets_the_clearance_given_before_stand(office: Office) -> None:
    reference = office.lodge(declaration(goods("72083900"), goods("02023090")))
    office.done("override", reference, "customs.one", **order())
    office.done("arrive", reference)
    office.done("decide", reference, "vet.one", **conditional())
    assert office.case(reference).release.released is None
    office.done("examine", reference, "customs.one", result="conform")
    assert office.case(reference).release.released is not None


def test_a_finding_against_the_goods_after_the_release_holds_them(office: Office) -> None:
    reference = office.lodge(STEEL)
    office.done("arrive", reference)
    office.done("override", reference, "customs.one", **order())
    assert office.case(reference).status == "held"
    office.done("examine", reference, "customs.one", result="nonconform")
    assert office.case(reference).status == "held"
    assert [item.action for item in office.work("customs")] == ["decide"]
    office.done("decide", reference, "customs.one", decision="clear")
    assert office.case(reference).status == "released"


def test_an_adverse_finding_is_for_an_officer_to_decide(office: Office) -> None:
    reference = office.lodge(DEAR)
    office.done("arrive", reference)
    office.done("examine", reference, "customs.one", result="nonconform")
    assert not office.bodies(reference, DecisionGiven)
    office.done("decide", reference, "customs.one", decision="seize", reason="smuggled")
    assert office.case(reference).release.denied == "seize"


def test_a_second_condition_leaves_the_first_in_force(office: Office) -> None:
    reference = office.lodge(TWO_BEEF)
    office.done("decide", reference, "vet.one", **conditional(targets=["item/1"], text="paper"))
    office.done("decide", reference, "vet.one", **conditional(targets=["item/2"], text="seal"))
    assert {c.text for c in office.case(reference).release.open_conditions} == {"paper", "seal"}


def test_a_condition_goes_with_the_decision_it_was_given_with(office: Office) -> None:
    reference = office.lodge(TWO_BEEF)
    office.done("decide", reference, "vet.one", **conditional(text="paper"))
    office.done("decide", reference, "vet.one", **conditional(targets=["item/2"], text="seal"))
    kept = {c.text: c.targets for c in office.case(reference).release.open_conditions}
    assert kept == {"paper": ("item/1",), "seal": ("item/2",)}


def test_conditions_of_two_agencies_never_share_a_name() -> None:
    office = Office(
        requirement=of_all("plant", "vet"), mandate=[mandate("plant"), mandate("vet")], indicator=[]
    )
    reference = office.lodge(STEEL)
    for officer in ("vet.one", "plant.one") * 2:
        office.done("decide", reference, officer, **conditional(text=officer))
    found = {c.text for c in office.case(reference).release.open_conditions}
    assert found == {"vet.one", "plant.one"}


def test_a_condition_met_in_time_leaves_the_release_standing(office: Office) -> None:
    reference = office.lodge(declaration(goods("02023090")))
    office.done("decide", reference, "vet.one", **conditional())
    assert office.refusal("meet", reference, "customs.one") == ("RELEASE-015",)
    assert office.refusal("meet", reference, "vet.one", condition="condition-9") == ("RELEASE-015",)
    office.done("meet", reference, "vet.one", condition="condition-1")
    assert office.refusal("meet", reference, "vet.one") == ("RELEASE-015",)
    office.act("tick", reference, at=DUE + HOUR)
    assert office.case(reference).status == "released"


@pytest.mark.parametrize(("late", "failed"), [(timedelta(0), 0), (timedelta(seconds=1), 1)])
def test_a_condition_is_met_until_it_is_due(office: Office, late: timedelta, failed: int) -> None:
    reference = office.lodge(declaration(goods("02023090")))
    office.done("decide", reference, "vet.one", **conditional())
    office.act("tick", reference, at=DUE + late)
    assert len(office.bodies(reference, ConditionFailed)) == failed


def test_whose_condition_failed_has_work_again(office: Office) -> None:
    reference = office.lodge(BEEF)
    office.done("decide", reference, "vet.one", **conditional())
    assert [item.action for item in office.work("vet")] == ["meet"]
    office.done("tick", reference, at=DUE + HOUR)
    (item,) = office.work("vet")
    assert (item.reference, item.action) == (reference, "decide")
    office.done("decide", reference, "vet.one", decision="clear", at=DUE + 2 * HOUR)
    assert office.case(reference).status == "released"


def test_a_failed_condition_stops_the_release(office: Office) -> None:
    reference = office.lodge(MIXED)
    office.done("decide", reference, "vet.one", **conditional())
    office.done("tick", reference, at=DUE + HOUR)
    office.done("arrive", reference, at=DUE + HOUR)
    for officer in ("customs.one", "plant.one"):
        office.done("examine", reference, officer, DUE + HOUR, result="conform")
    assert office.case(reference).release.released is None, "the veterinary service decides anew"


def test_holds_are_lifted_by_their_agency_or_end(office: Office) -> None:
    reference = office.lodge(STEEL)
    law: dict[str, Any] = {"reason": "tip", "legal_basis": LAW_OF_HOLDS}
    office.done("hold", reference, "customs.one", expires=NOON + HOUR, **law)
    assert office.turned_away("hold", reference, "vet.one", expires=NOON + HOUR, **law) == (
        "AUTH-002",
    ), "the veterinary service has no mandate for steel"
    assert office.turned_away("lift", reference, "vet.one") == ("AUTH-010",)
    assert office.refusal("lift", reference, "customs.one", hold="hold-9") == ("RELEASE-008",)
    office.done("lift", reference, "customs.two", reason="cleared up")
    assert office.refusal("lift", reference, "customs.two") == ("RELEASE-008",)
    office.done("hold", reference, "customs.one", expires=NOON + HOUR, **law)
    office.act("tick", reference, at=NOON + HOUR - timedelta(seconds=1))
    assert office.case(reference).status == "held"
    office.done("tick", reference, at=NOON + HOUR)
    assert office.case(reference).status == "released"


def test_a_hold_that_is_settled_by_nothing_does_not_run_out(office: Office) -> None:
    reference = office.lodge(STEEL)
    office.amend(reference, ROSES)
    (hold,) = office.case(reference).release.open_holds
    office.done("tick", reference, at=hold.expires)
    assert office.case(reference).status == "held"


@pytest.mark.parametrize("by", ["plant.one", "customs.one", "customs.region"])
def test_the_release_is_asked_for_by_an_officer_concerned(office: Office, by: str) -> None:
    reference = office.lodge(STEEL)
    if by.startswith("plant"):
        assert office.turned_away("release", reference, by) == ("AUTH-010",)
    else:
        assert office.refusal("release", reference, by) == ("RELEASE-009",)


@pytest.mark.parametrize("by", ["operator", "XA0001"])
def test_nobody_but_an_officer_uses_a_power(office: Office, by: str) -> None:
    reference = office.lodge(ROSES)
    office.done("arrive", reference)
    acts: dict[str, dict[str, Any]] = {
        "examine": {},
        "sample": {},
        "find": {"result": "conform"},
        "decide": {"decision": "refuse", "reason": "x"},
        "hold": {"reason": "x", "expires": NOON + HOUR, "legal_basis": LAW_OF_HOLDS},
        "lift": {},
        "meet": {},
        "release": {},
        "request_data": {"document": "N853"},
        "override": {"controls": ["PLANT-RISK-1@item/1"], "reason": "FALSE_MATCH", "second": "a"},
    }
    for name, fields in acts.items():
        codes = office.refusal(name, reference, by, agency="plant", **fields)
        assert "AUTH-011" in codes, name
    assert office.refusal("resolve", reference, by, decision="clear", reason="x") == ("AUTH-011",)


def test_release_says_whom_it_waits_for(office: Office) -> None:
    reference = office.lodge(MIXED)
    answer = office.act("release", reference, "customs.one")
    assert [notice.values["waiting"] for notice in answer.notices] == ["customs, plant, vet"]


def quarrel(*, more: tuple[str, ...] = (), rows: tuple[Any, ...] = ROWS) -> tuple[Office, str]:
    """Return an office and a case in which plant returns and vet destroys the goods."""
    names = ("plant", "vet", *more)
    table = msgspec.structs.replace(parts()["precedence"][0], rows=rows)
    office = Office(
        requirement=of_all(*names),
        indicator=[],
        mandate=[mandate(name) for name in names],
        precedence=[table],
    )
    return office, office.lodge(STEEL)


RULING: dict[str, Any] = {"decision": "return", "reason": "ruled"}


def test_who_must_end_a_conflict_is_told() -> None:
    office, reference = quarrel()

    def awaited() -> list[tuple[str, str, tuple[str, ...]]]:
        users_on = office.desk.jurisdiction.users_on
        told = status_of(reference, office.case(reference), users_on).waiting
        return [(one.agency, one.action, one.what) for one in told]

    office.done("decide", reference, "plant.one", decision="return", reason="infested")
    office.done("decide", reference, "vet.one", decision="destroy", reason="contagious")
    assert awaited() == [
        ("plant", "agree with the other agencies", ("return",)),
        ("vet", "agree with the other agencies", ("destroy",)),
    ]
    assert [one.action for one in office.work("vet")] == ["agree"]
    office.done("tick", reference, at=NOON + 4 * HOUR)
    assert [one.action for one in office.work("vet")] == ["rule"]
    assert awaited() == [("customs-regional", "rule on the conflict", ("destroy", "return"))]
    office.done("resolve", reference, "customs.region", NOON + 4 * HOUR, **RULING)
    assert awaited() == []
    assert office.work("vet") == []


def test_a_conflict_ends_when_the_agencies_agree() -> None:
    office, reference = quarrel()
    office.done("decide", reference, "plant.one", decision="return", reason="infested")
    office.done("decide", reference, "vet.one", decision="destroy", reason="contagious")
    assert len(office.bodies(reference, ConflictRaised)) == 1
    assert not office.bodies(reference, ReleaseDenied)
    office.done("decide", reference, "vet.one", decision="return", reason="agreed")
    assert [b.outcome for b in office.bodies(reference, ConflictResolved)] == [None]
    assert office.case(reference).release.denied == "return"


def test_the_decider_chooses_among_the_decisions_in_conflict() -> None:
    office, reference = quarrel()
    office.done("decide", reference, "plant.one", decision="return", reason="infested")
    office.done("decide", reference, "vet.one", decision="destroy", reason="contagious")
    later = NOON + 4 * HOUR
    office.done("tick", reference, at=later)
    cleared = {"decision": "clear", "reason": "harmless"}
    assert office.refusal("resolve", reference, "customs.region", later, **cleared) == (
        "RELEASE-017",
    )
    assert office.turned_away("resolve", reference, "customs.one", later, **RULING) == (
        "RELEASE-014",
    )
    silent = {"decision": "return"}
    assert office.refusal("resolve", reference, "customs.region", later, **silent) == (
        "RELEASE-004",
    )
    office.done("resolve", reference, "customs.region", later, **RULING)
    assert office.case(reference).release.denied == "return"


def test_a_ruling_settles_the_conflict_and_no_other_decision() -> None:
    clash = row(
        "ROW-0", "conflict", each=("clear", "refuse"), decider="customs-regional", limit="1h"
    )
    office, reference = quarrel(more=("customs",), rows=(clash, *ROWS))
    office.done("decide", reference, "plant.one", decision="clear")
    office.done("decide", reference, "vet.one", decision="refuse", reason="contagious")
    later = NOON + HOUR
    ruling = {"decision": "clear", "reason": "harmless"}
    office.done("resolve", reference, "customs.region", later, **ruling)
    assert office.case(reference).release.released is None
    office.done("decide", reference, "customs.one", later, decision="seize", reason="smuggled")
    assert office.case(reference).release.denied == "seize"
    office.done("decide", reference, "customs.one", later, decision="clear")
    assert office.case(reference).status == "released"


def test_events_of_agencies_carry_their_law() -> None:
    """Whatever an agency does or lets happen, the law stands beside it."""
    office = Office()
    reference = office.lodge(MIXED)
    office.done("arrive", reference)
    office.done("override", reference, "customs.one", **order())
    office.done("decide", reference, "vet.one", **conditional())
    office.done("tick", reference, at=DUE + HOUR)
    office.done("decide", reference, "vet.one", decision="clear", at=DUE + HOUR)
    for officer in ("customs.one", "plant.one"):
        office.done("examine", reference, officer, DUE + HOUR, result="conform")
    office.amend(reference, ROSES, at=DUE + 2 * HOUR)
    for event in office.events(reference):
        assert event.agency is None or event.legal_basis, event.body.name()


def test_a_partial_release_cites_the_law_that_allows_it(office: Office) -> None:
    table = parts()["precedence"][0]
    law = (msgspec.structs.replace(table.legal_basis[0], cite="Border Act, s. 15(3)"),)
    partial = msgspec.structs.replace(table.partial, legal_basis=law)
    office = Office(precedence=[msgspec.structs.replace(table, partial=partial)])
    reference = office.lodge(declaration(goods("72083900"), goods("02023090")))
    office.done("decide", reference, "vet.one", decision="refuse", reason="x")
    (event,) = [e for e in office.events(reference) if isinstance(e.body, GoodsReleased)]
    assert law[0] in event.legal_basis


def test_a_condition_fails_after_the_removal_too(office: Office) -> None:
    """The certificate is to follow, the goods leave, and it never comes."""
    reference = office.lodge(declaration(goods("02023090")))
    office.done("arrive", reference)
    office.done("decide", reference, "vet.one", **conditional())
    office.done("remove", reference)
    assert [item.action for item in office.work("vet")] == ["meet"]
    office.done("tick", reference, at=DUE)
    assert not office.bodies(reference, ConditionFailed)
    office.done("tick", reference, at=DUE + HOUR)
    office.done("tick", reference, at=DUE + 2 * HOUR)
    assert len(office.bodies(reference, ConditionFailed)) == 1
    case = office.case(reference)
    assert (case.status, case.release.open_holds) == ("removed", ())
    (item,) = office.work("vet")
    assert (item.action, item.targets) == ("decide", ("item/1",))
    office.done("decide", reference, "vet.one", decision="seize", reason="the paper never came")
    assert office.work("vet") == []


def test_a_condition_met_after_the_removal_ends_the_work(office: Office) -> None:
    reference = office.lodge(BEEF)
    office.done("arrive", reference)
    office.done("decide", reference, "vet.one", **conditional())
    office.done("remove", reference)
    office.done("meet", reference, "vet.one")
    assert office.work("vet") == []


def test_an_inland_control_stays_on_the_work_list_after_the_goods_left() -> None:
    risk = indicator("VET-RISK-9", "vet", 'starts_with(item.commodity, "02")')
    inland = msgspec.structs.replace(risk.control, place="inland")
    office = Office(indicator=[msgspec.structs.replace(risk, control=inland)])
    reference = office.lodge(BEEF)
    office.done("arrive", reference)
    office.done("decide", reference, "vet.one", **conditional())
    for act in ("", "remove"):
        if act:
            office.done(act, reference)
        (item,) = office.work("vet")
        assert (item.action, item.controls) == ("control", ("VET-RISK-9@item/1",))
    office.done("examine", reference, "vet.one", result="nonconform")
    (item,) = office.work("vet")
    assert item.action == "decide"
    office.done("decide", reference, "vet.one", decision="destroy", reason="unfit")
    assert office.work("vet") == []
