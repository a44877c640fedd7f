"""A party appeals once, in time, with grounds, against what was refused or held (CT-03)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatepost.authority.entitlement import Entitlement
from gatepost.casework.acts.appealing import appealable
from gatepost.release.events import AppealAnswered, AppealLodged
from gatepost.release.model import Answer
from tests.office import BEEF, HOUR, LAW_OF_HOLDS, NOON, STEEL, Office
from tests.small_country import ALWAYS, LAW

DAY = timedelta(days=1)
RIGHT = Entitlement(
    "VET-RGT-1", {"en": "may appeal"}, "vet", "appeal", ("trader",), LAW, ALWAYS, "14d", {"en": "c"}
)
REFUSAL = {"agency": "vet", "decision": "refuse", "reason": "warm"}
GROUNDS = {"agency": "vet", "reason": "The thermometer was broken."}


@pytest.fixture
def office() -> Office:
    return Office(right=[RIGHT])


def refused(office: Office) -> str:
    beef = office.lodge(BEEF)
    office.done("decide", beef, "vet.one", **REFUSAL)
    return beef


def test_a_refusal_is_appealed_with_grounds_and_by_the_right(office: Office) -> None:
    beef = refused(office)
    office.done("appeal", beef, "XA0001", NOON + HOUR, **GROUNDS)
    (event,) = [one for one in office.events(beef) if isinstance(one.body, AppealLodged)]
    assert event.agency == "vet"
    assert event.rule == "VET-RGT-1"
    assert event.body == AppealLodged(
        "VET-RGT-1", "The thermometer was broken.", NOON.date() + 14 * DAY
    )
    (told,) = appealable(office.desk.jurisdiction, office.case(beef))
    assert told.appealed == NOON + HOUR
    assert office.case(beef).status == "denied"


def test_a_hold_can_be_appealed_while_it_is_open(office: Office) -> None:
    beef = office.lodge(BEEF)
    hold = {"agency": "vet", "reason": "papers", "legal_basis": LAW_OF_HOLDS}
    office.done("hold", beef, "vet.one", expires=NOON + 5 * HOUR, **hold)
    office.done("appeal", beef, "XA0001", NOON + HOUR, **GROUNDS)


def test_the_last_day_counts_and_the_day_after_does_not(office: Office) -> None:
    beef = refused(office)
    assert office.refusal("appeal", beef, "XA0001", NOON + 15 * DAY, **GROUNDS) == ("RELEASE-033",)
    office.done("appeal", beef, "XA0001", NOON + 14 * DAY, **GROUNDS)


def test_one_decision_is_appealed_once_and_a_new_one_again(office: Office) -> None:
    beef = refused(office)
    office.done("appeal", beef, "XA0001", NOON + HOUR, **GROUNDS)
    again = office.refusal("appeal", beef, "XA0001", NOON + 2 * HOUR, **GROUNDS)
    assert again == ("RELEASE-034",)
    office.done("decide", beef, "vet.one", NOON + 3 * HOUR, **{**REFUSAL, "decision": "return"})
    office.done("appeal", beef, "XA0001", NOON + 4 * HOUR, **GROUNDS)


def test_everything_wrong_is_said_at_once(office: Office) -> None:
    beef = refused(office)
    late = office.refusal("appeal", beef, "XA0001", NOON + 15 * DAY, agency="vet", reason=" ")
    assert late == ("RELEASE-033", "RELEASE-035")


@pytest.mark.parametrize("agency", ["customs", "nobody", None])
def test_nothing_decided_is_nothing_to_appeal(agency: str | None, office: Office) -> None:
    beef = refused(office)
    fields = {"agency": agency, "reason": "why"}
    assert office.refusal("appeal", beef, "XA0001", **fields) == ("RELEASE-031",)


def test_what_is_cleared_is_not_appealed(office: Office) -> None:
    steel = office.lodge(STEEL)
    fields = {"agency": "customs", "reason": "why"}
    assert office.refusal("appeal", steel, "XA0001", **fields) == ("RELEASE-031",)


def test_without_a_right_in_the_law_there_is_none() -> None:
    office = Office()
    beef = refused(office)
    assert office.refusal("appeal", beef, "XA0001", **GROUNDS) == ("RELEASE-032",)


@pytest.mark.parametrize("by", ["XA9999", "vet.one", "customs.one"])
def test_only_a_party_appeals(by: str, office: Office) -> None:
    beef = refused(office)
    # A stranger is not told that there is such a case.
    code = "LODGE-301" if by == "XA9999" else "AUTH-007"
    assert office.refusal("appeal", beef, by, **GROUNDS) == (code,)


ANSWER = {"agency": "vet", "outcome": "granted", "reason": "The thermometer was broken indeed."}


def appealed(office: Office) -> str:
    beef = refused(office)
    office.done("appeal", beef, "XA0001", NOON + HOUR, **GROUNDS)
    return beef


def test_an_appeal_is_answered_by_another_officer_with_reasons(office: Office) -> None:
    beef = appealed(office)
    office.done("answer_appeal", beef, "vet.two", NOON + 2 * HOUR, **ANSWER)
    (event,) = [one for one in office.events(beef) if isinstance(one.body, AppealAnswered)]
    assert (event.agency, event.rule, event.legal_basis) == ("vet", "VET-RGT-1", LAW)
    assert event.body == AppealAnswered(
        "VET-RGT-1", "granted", "The thermometer was broken indeed."
    )
    (told,) = appealable(office.desk.jurisdiction, office.case(beef))
    assert told.answer == Answer(NOON + 2 * HOUR, "granted")


@pytest.mark.parametrize("outcome", ["granted", "partly", "dismissed"])
def test_the_work_list_owes_the_answer_and_then_what_was_granted(
    outcome: str, office: Office
) -> None:
    beef = appealed(office)
    (item,) = office.work("vet")
    assert (item.reference, item.action, item.since) == (beef, "answer", NOON + HOUR)
    answer = {**ANSWER, "outcome": outcome}
    office.done("answer_appeal", beef, "vet.two", NOON + 2 * HOUR, **answer)
    left = [(one.action, one.since) for one in office.work("vet")]
    assert left == ([] if outcome == "dismissed" else [("carry_out", NOON + 2 * HOUR)])
    office.done("decide", beef, "vet.one", NOON + 3 * HOUR, agency="vet", decision="clear")
    assert office.work("vet") == []


def test_who_decided_or_held_does_not_answer(office: Office) -> None:
    beef = appealed(office)
    refusal = office.refusal("answer_appeal", beef, "vet.one", NOON + 2 * HOUR, **ANSWER)
    assert refusal == ("RELEASE-044",)
    other = office.lodge(BEEF, reference="other")
    hold = {"agency": "vet", "reason": "papers", "legal_basis": LAW_OF_HOLDS}
    office.done("hold", other, "vet.two", expires=NOON + 5 * HOUR, **hold)
    office.done("appeal", other, "XA0001", NOON + HOUR, **GROUNDS)
    refusal = office.refusal("answer_appeal", other, "vet.two", NOON + 2 * HOUR, **ANSWER)
    assert refusal == ("RELEASE-044",)
    office.done("answer_appeal", other, "vet.one", NOON + 2 * HOUR, **ANSWER)
    (action,) = [one.action for one in office.work("vet") if one.reference == other]
    assert action == "decide", "what is undecided comes first"


def test_everything_wrong_in_an_answer_is_said_at_once(office: Office) -> None:
    beef = appealed(office)
    wrong = office.refusal(
        "answer_appeal", beef, "vet.one", NOON + 2 * HOUR, agency="vet", reason=" "
    )
    assert wrong == ("RELEASE-044", "RELEASE-042", "RELEASE-043")


def test_an_appeal_is_answered_once_and_none_not_at_all(office: Office) -> None:
    beef = refused(office)
    assert office.refusal("answer_appeal", beef, "vet.two", **ANSWER) == ("RELEASE-041",)
    office.done("appeal", beef, "XA0001", NOON + HOUR, **GROUNDS)
    office.done("answer_appeal", beef, "vet.two", NOON + 2 * HOUR, **ANSWER)
    again = office.refusal("answer_appeal", beef, "vet.two", NOON + 3 * HOUR, **ANSWER)
    assert again == ("RELEASE-041",)


def test_a_party_does_not_answer_its_own_appeal(office: Office) -> None:
    beef = appealed(office)
    assert office.refusal("answer_appeal", beef, "XA0001", NOON + 2 * HOUR, **ANSWER)
