"""Amending and withdrawing: what is looked at again, what stays, and who may."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gatepost.authority.model import BorderPost
from gatepost.casework.shorthand import Person
from gatepost.control.plan import case_of
from gatepost.release.events import ClockEscalated, DecisionsLapsed
from gatepost.requirement.model import Asks
from tests.office import BEEF, DEAR, HOUR, LAW_OF_HOLDS, MIXED, NOON, ROSES, STEEL, Office
from tests.small_country import ALWAYS, LAW, declaration, goods, parts, requirement


@pytest.fixture
def office() -> Office:
    return Office()


def test_decisions_on_data_that_was_amended_lapse(office: Office) -> None:
    reference = office.lodge(MIXED)
    office.done("decide", reference, "vet.one", decision="refuse", reason="no signature")
    lighter = msgspec.structs.replace(MIXED.items[0], net_mass="7")
    office.amend(reference, msgspec.structs.replace(MIXED, items=(lighter, MIXED.items[1])))
    assert [body.cause for body in office.bodies(reference, DecisionsLapsed)] == ["amendment"]
    kept = {key for key in office.case(reference).release.decisions if key.startswith("vet|")}
    assert not kept


def test_a_denied_case_is_open_again_once_amended(office: Office) -> None:
    reference = office.lodge(BEEF)
    office.done("decide", reference, "vet.one", decision="refuse", reason="wrong certificate")
    assert office.case(reference).status == "denied"
    office.amend(reference, declaration(goods("02023090", documents=("N853 H-2",))))
    assert office.case(reference).status == "waiting"
    office.done("decide", reference, "vet.one", decision="clear")
    assert office.case(reference).status == "released"


def test_what_an_amendment_makes_open_after_the_release_holds_the_goods(office: Office) -> None:
    reference = office.lodge(STEEL)
    office.amend(reference, ROSES)
    case = office.case(reference)
    assert case.status == "held"
    assert [hold.agency for hold in case.release.open_holds] == ["plant"]
    assert all(hold.legal_basis for hold in case.release.open_holds)
    office.done("arrive", reference)
    assert office.refusal("remove", reference) == ("RELEASE-012",)
    assert office.refusal("lift", reference, "plant.one") == ("RELEASE-008",)
    office.done("examine", reference, "plant.one", result="conform")
    assert office.case(reference).status == "released"


def test_an_adverse_finding_is_not_amended_away(office: Office) -> None:
    reference = office.lodge(DEAR)
    office.done("arrive", reference)
    office.done("examine", reference, "customs.one", result="nonconform")
    office.amend(reference, declaration(goods("72083900", value="500")))
    assert office.case(reference).status == "waiting", "customs must decide on what it found"
    office.done("decide", reference, "customs.one", decision="clear")
    assert office.case(reference).status == "released"


def test_an_adverse_finding_survives_its_item(office: Office) -> None:
    two = declaration(goods("72083900"), goods("72083900", value="2000"))
    reference = office.lodge(two)
    office.done("arrive", reference)
    office.done("examine", reference, "customs.one", result="nonconform")
    office.amend(reference, STEEL)
    assert office.case(reference).status == "waiting"


def test_a_sample_in_the_laboratory_is_not_amended_away(office: Office) -> None:
    reference = office.lodge(ROSES)
    office.done("arrive", reference)
    office.done("examine", reference, "plant.one")
    office.amend(reference, declaration(goods("07020000")))
    assert office.controls(reference) == {"PLANT-RISK-1@item/1": "examined"}
    office.done("find", reference, "plant.one", result="nonconform")
    assert office.case(reference).status == "waiting"


def test_a_control_set_aside_stays_so_however_often_it_is_amended(office: Office) -> None:
    reference = office.lodge(ROSES)
    named = {"controls": ["PLANT-RISK-1@item/1"], "reason": "FALSE_MATCH", "second": "plant.two"}
    office.done("override", reference, "plant.one", **named)
    for short in (STEEL, ROSES):
        office.amend(reference, short)
        assert "open" not in office.controls(reference).values()


def test_a_control_done_is_not_asked_for_again(office: Office) -> None:
    reference = office.lodge(MIXED)
    office.done("arrive", reference)
    office.done("examine", reference, "plant.one", result="conform")
    lighter = msgspec.structs.replace(MIXED.items[0], net_mass="7")
    office.amend(reference, msgspec.structs.replace(MIXED, items=(lighter, MIXED.items[1])))
    assert office.controls(reference)["PLANT-RISK-1@item/1"] == "done"


def test_a_control_for_which_nothing_speaks_any_more_is_gone(office: Office) -> None:
    reference = office.lodge(DEAR)
    office.amend(reference, STEEL)
    assert office.controls(reference) == {}
    assert office.movement(reference).plan.stops == ()


def test_a_control_of_goods_that_are_here_is_not_amended_away(office: Office) -> None:
    """Only an officer sets aside what the goods were selected for."""
    reference = office.lodge(DEAR)
    due = office.controls(reference)
    office.done("arrive", reference)
    office.amend(reference, STEEL)
    assert office.controls(reference) == due
    assert office.case(reference).status == "waiting"
    office.done("examine", reference, "customs.one", result="conform")
    assert office.case(reference).status == "released"


def test_nobody_withdraws_goods_that_are_here_from_under_a_control(office: Office) -> None:
    """Another lodgement would be another draw."""
    reference = office.lodge(DEAR)
    office.done("arrive", reference)
    assert office.refusal("withdraw", reference, reason="sold") == ("LODGE-210",)
    office.done("withdraw", office.lodge(DEAR, reference="R-2"), reason="sold")


def test_the_clock_of_an_agency_starts_again_with_new_data(office: Office) -> None:
    reference = office.lodge(BEEF)
    office.done("tick", reference, at=NOON + 2 * HOUR)
    assert len(office.bodies(reference, ClockEscalated)) == 2
    later = NOON + 10 * HOUR
    office.amend(reference, declaration(goods("02023090", documents=("N853 H-2",))), at=later)
    office.act("tick", reference, at=later + HOUR / 2)
    assert len(office.bodies(reference, ClockEscalated)) == 2
    office.done("tick", reference, at=later + HOUR)
    assert [body.level for body in office.bodies(reference, ClockEscalated)] == [
        "local",
        "regional",
        "local",
    ]


def test_an_amendment_keeps_the_key_the_regime_and_changes_something(office: Office) -> None:
    reference = office.lodge(ROSES)
    changes: list[tuple[dict[str, Any], str]] = [
        ({"reference": "R-9"}, "LODGE-204"),
        ({"declarant": "XA0002"}, "LODGE-204"),
        ({"type": "EXA"}, "LODGE-208"),
        ({"type": "ZZ"}, "LODGE-208"),
        ({}, "LODGE-205"),
        ({"items": ()}, "LODGE-007"),
    ]
    for change, code in changes:
        answer = office.amend(reference, msgspec.structs.replace(ROSES, **change))
        assert [notice.code for notice in answer.notices] == [code], change
    assert office.case(reference).known.version == 1


def test_an_amendment_without_a_declaration_is_refused(office: Office) -> None:
    assert office.refusal("amend", office.lodge(ROSES)) == ("LODGE-204",)


def test_an_amendment_brings_in_no_agent_without_a_mandate(office: Office) -> None:
    reference = office.lodge(ROSES)
    stranger = msgspec.structs.replace(ROSES, agent="XA9999")
    assert [n.code for n in office.amend(reference, stranger).notices] == ["AUTH-008"]
    agent = msgspec.structs.replace(ROSES, agent="XA9001")
    assert office.amend(reference, agent).status == "done"
    assert office.case(reference).known.agent == "XA9001"


def test_an_amendment_tells_whether_there_are_people(office: Office) -> None:
    reference = office.lodge(ROSES)
    office.amend(reference, msgspec.structs.replace(ROSES, travellers=(Person(),)))
    assert office.case(reference).known.people


@pytest.mark.parametrize("name", ["amend", "withdraw"])
@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("XA5001", "AUTH-012"),
        ("XB5002", "AUTH-012"),
        ("XA7777", "LODGE-301"),
        ("customs.one", "AUTH-007"),
        ("system", "LODGE-301"),
        ("XA0001", None),
        ("XA9001", None),
        ("operator", None),
    ],
)
def test_only_who_declared_amends_and_withdraws(name: str, by: str, code: str | None) -> None:
    office = Office()
    parties = {"agent": "XA9001", "importer": "XA5001", "exporter": "XB5002"}
    reference = office.lodge(ROSES, **parties)
    if name == "amend":
        answer = office.amend(reference, msgspec.structs.replace(BEEF, **parties), by=by)
    else:
        answer = office.act("withdraw", reference, by, reason="sold elsewhere")
    assert [notice.code for notice in answer.notices] == ([code] if code else [])


def test_a_declaration_is_withdrawn_before_the_release_only(office: Office) -> None:
    assert office.refusal("withdraw", office.lodge(STEEL), reason="x") == ("LODGE-203",)


def test_nobody_withdraws_from_under_a_hold_or_a_decision(office: Office) -> None:
    held = office.lodge(ROSES)
    law = {"reason": "tip", "expires": NOON + HOUR, "legal_basis": LAW_OF_HOLDS}
    office.done("hold", held, "customs.one", **law)
    assert office.refusal("withdraw", held, reason="sold") == ("RELEASE-012",)
    office.done("withdraw", held, reason="sold", at=NOON + HOUR)
    seized = office.lodge(BEEF, reference="R-2")
    office.done("decide", seized, "vet.one", decision="seize", reason="smuggled")
    assert office.refusal("withdraw", seized, reason="sold") == ("LODGE-209",)
    found = office.lodge(DEAR, reference="R-3")
    office.done("arrive", found)
    office.done("examine", found, "customs.one", result="nonconform")
    assert office.refusal("withdraw", found, reason="sold") == ("LODGE-209",)


def test_nothing_is_done_with_what_was_withdrawn(office: Office) -> None:
    reference = office.lodge(ROSES)
    office.done("withdraw", reference, reason="sold elsewhere")
    assert office.case(reference).status == "withdrawn"
    assert office.movement(reference).plan.stops == ()
    for name, by in (
        ("arrive", "operator"),
        ("arrive", "customs.one"),
        ("present", "operator"),
        ("remove", "operator"),
        ("withdraw", "operator"),
        ("amend", "operator"),
        ("examine", "plant.one"),
        ("find", "plant.one"),
        ("sample", "plant.one"),
        ("decide", "plant.one"),
        ("hold", "plant.one"),
        ("lift", "plant.one"),
        ("meet", "plant.one"),
        ("resolve", "customs.region"),
        ("release", "customs.one"),
        ("request_data", "plant.one"),
        ("override", "plant.one"),
    ):
        expected = ("LODGE-201",)
        assert office.refusal(name, reference, by)[-1:] == expected, name


def test_a_new_need_is_found_under_the_law_of_the_day_of_acceptance(office: Office) -> None:
    office = Office(
        requirement=[requirement("PLANT-REQ-1", "plant", Asks("document", "N851"), "06")]
    )
    reference = office.lodge(STEEL)
    assert office.case(reference).agencies == ()
    office.amend(reference, declaration(goods()), at=NOON + 24 * HOUR)
    assert office.case(reference).agencies == ("plant",)
    assert office.case(reference).known.day.isoformat() == "2026-07-02"


def test_a_control_follows_its_goods_to_another_place(office: Office) -> None:
    reference = office.lodge(MIXED)
    office.done("arrive", reference)
    office.done("examine", reference, "plant.one", result="conform")
    roses, beef = MIXED.items
    answer = office.amend(reference, msgspec.structs.replace(MIXED, items=(beef, roses)))
    assert not answer.notices
    assert office.controls(reference) == {
        "CUSTOMS-RISK-1@item/1": "open",
        "PLANT-RISK-1@item/1": "done",
    }
    assert office.case(reference).known.goods_of("item/1") == (("06031100",), False)
    assert office.case(reference).known.goods_of("item/2") == (("02023090",), False)


def test_other_goods_under_the_same_number_inherit_nothing(office: Office) -> None:
    reference = office.lodge(ROSES)
    office.done("arrive", reference)
    office.done("examine", reference, "plant.one", result="conform")
    assert office.case(reference).release.released is not None
    other = goods("06049000", net_mass="90", packages=7, documents=("N851 PC-2",))
    answer = office.amend(reference, declaration(other))
    assert [(n.code, n.values["target"]) for n in answer.notices] == [
        ("LODGE-106", "item/2"),
        ("LODGE-107", "item/1"),
    ]
    assert office.controls(reference)["PLANT-RISK-1@item/2"] == "open"
    assert office.case(reference).status == "held"
    office.done("examine", reference, "plant.one", result="conform")
    assert office.case(reference).status == "released"


def test_an_item_added_after_the_release_is_not_covered_by_it(office: Office) -> None:
    reference = office.lodge(STEEL)
    office.amend(reference, declaration(goods("06031100", documents=("N851 PC-1",)), *STEEL.items))
    case = office.case(reference)
    assert case.status == "held"
    assert [key for key in case.release.decisions if key.endswith("item/1")] == ["customs|item/1"]
    assert case.known.goods_of("item/1") == (("72083900",), False)


def test_a_person_keeps_the_controls_when_another_gets_off(office: Office) -> None:
    two = declaration(
        travellers=(Person("Ada", document="P 1 XB"), Person("Ben", document="P 2 XB"))
    )
    reference = office.lodge(two)
    named = {"order": {"kind": "interview", "check": "identity", "target": "traveller/2"}}
    office.act("override", reference, "customs.one", reason="TIP_OFF", **named)
    office.amend(reference, msgspec.structs.replace(two, travellers=two.travellers[1:]))
    assert office.case(reference).known.numbers is not None
    targets = {need.target for need in office.case(reference).needs}
    assert "traveller/1" not in targets


LORRY = {"means": "BR-1", "journey": "J-1"}


def test_another_office_leads_to_another_post_and_movement() -> None:
    port = BorderPost("port", {"en": "Port"}, "sea", ("XA000202",), LAW, ALWAYS)
    office = Office(post=[*parts()["post"], port])
    lorry = msgspec.structs.replace(ROSES, **LORRY)
    here = office.lodge(lorry, reference="R-1")
    other = office.lodge(lorry, reference="R-2")
    assert len(office.movement(here).plan.stops[0].controls) == 2
    moved = msgspec.structs.replace(lorry, reference="R-1", office="XA000202")
    assert not office.amend(here, moved).notices
    case = office.case(here)
    assert (case.known.post, case.known.movement) == ("port", "3:BR-1:J-1:port")
    assert office.movement(here).cases == (here,)
    assert len(office.movement(here).plan.stops[0].controls) == 1
    assert office.movement(other).cases == (other,)
    assert [case_of(c) for c in office.movement(other).plan.stops[0].controls] == [other]
    assert {row.key for row in office.desk.ledger.rows("work", "plant", "port")} == {
        f"plant|{here}"
    }
    office.done("arrive", other)
    assert office.case(here).known.arrived_at is None
    office.done("arrive", here, at=NOON + HOUR)


def test_goods_that_are_here_stay_where_they_are() -> None:
    port = BorderPost("port", {"en": "Port"}, "sea", ("XA000202",), LAW, ALWAYS)
    office = Office(post=[*parts()["post"], port])
    lorry = msgspec.structs.replace(ROSES, **LORRY)
    reference = office.lodge(lorry)
    office.done("arrive", reference)
    answer = office.amend(reference, msgspec.structs.replace(lorry, office="XA000202"))
    assert [notice.code for notice in answer.notices] == ["LODGE-108"]
    assert office.case(reference).known.post == "gate"


def test_a_case_that_changes_to_a_lorry_that_came_is_here_too(office: Office) -> None:
    lorry = msgspec.structs.replace(ROSES, **LORRY)
    came = office.lodge(lorry, reference="R-1")
    late = office.lodge(msgspec.structs.replace(lorry, means="BR-2"), reference="R-2")
    office.done("arrive", came)
    amended = msgspec.structs.replace(lorry, reference="R-2")
    office.amend(late, amended, at=NOON + HOUR)
    assert office.case(late).known.arrived_at == NOON
    assert set(office.movement(came).cases) == {came, late}
