"""Whose work is whose: taking it, handing it on, putting it back."""

from __future__ import annotations

from typing import Any

import pytest

from gatepost.casework.reading import read_case
from gatepost.kernel.actor import Actor
from tests.office import BEEF, NOON, Office


@pytest.fixture
def office() -> Office:
    return Office()


def holder(office: Office, agency: str = "vet") -> str | None:
    (item,) = office.work(agency)
    return item.officer


def test_an_officer_takes_work_and_the_list_says_so(office: Office) -> None:
    reference = office.lodge(BEEF)
    assert holder(office) is None
    office.done("assign", reference, "vet.one", officer="vet.one")
    assert holder(office) == "vet.one"
    assert office.case(reference).assigned == {"vet": "vet.one"}


def test_who_has_it_hands_it_on_and_puts_it_back(office: Office) -> None:
    reference = office.lodge(BEEF)
    office.done("assign", reference, "vet.one", officer="vet.one")
    office.done("assign", reference, "vet.one", officer="vet.two")
    assert holder(office) == "vet.two"
    office.done("assign", reference, "vet.two")
    assert holder(office) is None


def test_what_another_has_is_taken_over_with_a_reason_alone(office: Office) -> None:
    reference = office.lodge(BEEF)
    office.done("assign", reference, "vet.one", officer="vet.one")
    assert office.refusal("assign", reference, "vet.two", officer="vet.two") == ("WORK-002",)
    office.done("assign", reference, "vet.two", officer="vet.two", reason="off duty")
    assert holder(office) == "vet.two"


@pytest.mark.parametrize("officer", ["plant.one", "nobody", "XA0001"])
def test_work_is_given_to_nobody_who_may_not_do_it(office: Office, officer: str) -> None:
    reference = office.lodge(BEEF)
    assert office.refusal("assign", reference, "vet.one", officer=officer) == ("WORK-001",)


@pytest.mark.parametrize(
    ("by", "fields", "code"),
    [
        ("plant.one", {"agency": "vet", "officer": "vet.one"}, "LODGE-301"),
        ("plant.one", {"officer": "plant.one"}, "LODGE-301"),
        ("XA0001", {"agency": "vet", "officer": "vet.one"}, "AUTH-001"),
    ],
)
def test_nobody_gives_away_the_work_of_others(
    office: Office, by: str, fields: dict[str, Any], code: str
) -> None:
    reference = office.lodge(BEEF)
    assert code in office.refusal("assign", reference, by, **fields)


def test_taking_what_one_has_changes_nothing(office: Office) -> None:
    reference = office.lodge(BEEF)
    office.done("assign", reference, "vet.one", officer="vet.one")
    before = office.case(reference).version
    office.done("assign", reference, "vet.one", officer="vet.one")
    assert office.case(reference).version == before


def test_another_agency_is_not_told_who_has_the_work(office: Office) -> None:
    reference = office.lodge(BEEF)
    office.done("assign", reference, "vet.one", officer="vet.one")
    seen = read_case(office.desk, reference, Actor("customs.one", "officer", "customs"), NOON)
    assert seen.case.assigned == {}
    own = read_case(office.desk, reference, Actor("vet.one", "officer", "vet"), NOON)
    assert own.case.assigned == {"vet": "vet.one"}
