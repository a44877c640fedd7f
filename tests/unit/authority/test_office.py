"""The table of offices and formalities, every cell of it (capabilities C.4; OS-02, OS-06)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from gatepost.authority.office import OfficeAnswer, OfficeQuestion, may_perform
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.notice import Refused
from tests.packs import shipped

TABLE = {
    # Office: Swedish import, Swedish export, Norwegian import, Norwegian export.
    "tarnaby": (True, True, True, True),
    "storlien": (True, True, True, True),
    "eda": (True, True, True, True),
    "bjornfjell": (True, True, True, True),
    "junkerdal": (True, True, True, True),
    "vauldalen": (True, True, True, True),
    "ostby": (True, True, True, True),
    "asnes": (True, True, True, True),
    "han": (True, False, False, True),
    "orje": (False, True, True, False),
}
FORMALITIES = ("sweden:import", "sweden:export", "norway:import", "norway:export")
SWEDISH = {"tarnaby", "storlien", "eda", "han"}
INFERRED = {("han", "norway:import"), ("orje", "sweden:import"), ("orje", "norway:import")}
DAY = date(2026, 7, 2)


@pytest.fixture(scope="module")
def nordic() -> Jurisdiction:
    return shipped("nordic")


def ask(of: Jurisdiction, office: str, formality: str, **changes: Any) -> OfficeAnswer:
    question = OfficeQuestion(office, formality, **{"day": DAY, **changes})
    return may_perform(of.register, of.hours, question)


def codes(answer: OfficeAnswer) -> list[str]:
    return [one.code for one in answer.notices]


@pytest.mark.parametrize("formality", FORMALITIES)
@pytest.mark.parametrize("office", TABLE)
def test_every_cell(nordic: Jurisdiction, office: str, formality: str) -> None:
    answer = ask(nordic, office, formality)
    assert answer.allowed is TABLE[office][FORMALITIES.index(formality)]
    assert answer.inferred is ((office, formality) in INFERRED)
    side = "sweden" if office in SWEDISH else "norway"
    if not answer.allowed:
        assert answer.instrument is None
        assert codes(answer) == ["AUTH-033"]
    elif formality.startswith(side):
        assert answer.on_behalf_of is None
        assert codes(answer) == ["AUTH-030"]
    else:
        owner = "SE" if side == "norway" else "NO"
        assert answer.on_behalf_of == f"{owner}/customs"
        assert (answer.instrument or "").startswith("NORDIC-NO-SE/")


@pytest.mark.parametrize("formality", ["finland:import", "finland:export", "norway:transit"])
@pytest.mark.parametrize("office", TABLE)
def test_what_is_not_stated_is_not_allowed(
    nordic: Jurisdiction, office: str, formality: str
) -> None:
    answer = ask(nordic, office, formality)
    assert (answer.allowed, codes(answer)) == (False, ["AUTH-032"])


def test_a_refused_formality_names_the_office_across_the_line(nordic: Jurisdiction) -> None:
    (notice,) = ask(nordic, "han", "sweden:export").notices
    assert notice.values["others"] == "orje"


@pytest.mark.parametrize(
    ("scenario", "at", "allowed", "code"),
    [
        (None, "2016-11-07T03:00+01:00", True, "AUTH-031"),
        ("2016_hours", "2016-11-07T03:00+01:00", False, "AUTH-035"),
        ("2016_hours", "2016-11-07T07:00+01:00", True, "AUTH-031"),
        ("2016_hours", "2016-11-12T17:00+01:00", False, "AUTH-035"),
        ("2016_hours", "2016-11-13T10:59+01:00", False, "AUTH-035"),
    ],
)
def test_with_a_moment_hours_count_too(
    scenario: str | None, at: str, allowed: bool, code: str
) -> None:
    nordic = shipped("nordic", scenario)
    answer = ask(nordic, "han", "norway:export", at=datetime.fromisoformat(at))
    assert (answer.allowed, codes(answer)) == (allowed, [code])


def test_an_office_whose_hours_nobody_states_is_not_relied_upon(nordic: Jurisdiction) -> None:
    at = datetime.fromisoformat("2026-07-02T12:00+02:00")
    answer = ask(nordic, "eda", "norway:export", at=at)
    assert (answer.allowed, codes(answer)) == (False, ["AUTH-036"])


@pytest.mark.parametrize(("kilometres", "allowed"), [(0, True), (15, True), (15.1, False)])
def test_outside_the_control_zone_is_no(
    nordic: Jurisdiction, kilometres: float, allowed: bool
) -> None:
    answer = ask(nordic, "han", "norway:export", kilometres=kilometres)
    assert answer.allowed is allowed
    assert (codes(answer) == ["AUTH-039"]) is not allowed
    # Its own law an office applies wherever its state lets it.
    assert ask(nordic, "han", "sweden:import", kilometres=kilometres).allowed


def test_before_the_treaty_nobody_acts_for_another(nordic: Jurisdiction) -> None:
    with pytest.raises(Refused) as refused:
        ask(nordic, "han", "norway:export", day=date(1961, 12, 31))
    assert [one.code for one in refused.value.notices] == ["AUTH-037"]


def test_all_that_is_unknown_is_said_at_once(nordic: Jurisdiction) -> None:
    with pytest.raises(Refused) as refused:
        ask(nordic, "oslo", "denmark:export")
    assert [one.code for one in refused.value.notices] == ["AUTH-037", "AUTH-038"]


@pytest.mark.parametrize(
    ("office", "formality", "code"),
    [
        ("chirundu_zambia", "zambia:import", "AUTH-030"),
        ("chirundu_zambia", "zimbabwe:export", "AUTH-029"),
        ("chirundu_zimbabwe", "zimbabwe:import", "AUTH-030"),
        ("chirundu_zimbabwe", "zambia:export", "AUTH-029"),
        ("chirundu_zambia", "zambia:export", "AUTH-032"),
        ("chirundu_zimbabwe", "zambia:import", "AUTH-032"),
    ],
)
def test_at_chirundu_each_direction_is_cleared_where_it_enters(
    office: str, formality: str, code: str
) -> None:
    answer = ask(shipped("chirundu"), office, formality)
    assert codes(answer) == [code]
    assert answer.allowed is (code != "AUTH-032")
    assert answer.on_behalf_of is None


def test_a_delegation_ends_with_its_instrument() -> None:
    nordic = shipped("nordic")
    suspended = [one for one in nordic.register.all_agreements if one.id != "NORDIC-NO-SE"]
    parts = {**nordic.parts, "agreement": suspended}
    answer = ask(Jurisdiction(parts), "han", "norway:export")
    assert (answer.allowed, codes(answer)) == (False, ["AUTH-034"])
    assert ask(Jurisdiction(parts), "han", "sweden:import").allowed
