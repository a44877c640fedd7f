"""Joint examinations, samples, findings and what they satisfy besides."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gatepost.authority.clause import JointControl, Recognition
from gatepost.authority.instrument import Agreement
from gatepost.authority.scope import Scope
from gatepost.control.events import ExaminationPerformed, FindingRecorded, ResultRecognised
from gatepost.requirement.model import Asks, ObligatoryControl
from tests.office import DEAR, HOUR, MIXED, NOON, ROSES, STEEL, Office
from tests.small_country import declaration, goods, indicator, mandate, parts, requirement

LORRY = {"means": "BR-1", "journey": "J-1"}
BOTH = declaration(goods(documents=("N851 PC-1",), value="2000"))
"""Roses that customs and the plant service examine."""
SEALED = declaration(goods("07020000", net_mass="600"))
"""Tomatoes whose seal customs and the plant service check."""
SAMPLED = indicator("PLANT-RISK-5", "plant", 'starts_with(item.commodity, "06")', "sample")
CHECKED = indicator("PLANT-RISK-6", "plant", 'starts_with(item.commodity, "06")', "documentary")


@pytest.fixture
def office() -> Office:
    return Office()


def arrived(office: Office, short: Any = ROSES, **changes: Any) -> str:
    reference = office.lodge(short, **changes)
    office.done("arrive", reference)
    return reference


def agreed(*pairs: tuple[str, str], scope: Scope | None = None) -> list[Any]:
    """Return one agreement whose clauses let each pair examine together."""
    whole: Agreement = parts()["agreement"][0]
    clauses = tuple(
        JointControl(f"AGR-1/{n}", {"en": "together"}, parties=pair, scope=scope or Scope())
        for n, pair in enumerate(pairs, 1)
    )
    return [msgspec.structs.replace(whole, clauses=clauses)]


def test_two_agencies_examine_in_one_stop_and_each_keeps_its_finding(office: Office) -> None:
    reference = arrived(office, BOTH)
    office.done("examine", reference, "customs.one", result="conform", **{"with": ["plant"]})
    (examined,) = office.bodies(reference, ExaminationPerformed)
    assert examined.agencies == ("customs", "plant")
    found = [body.finding for body in office.bodies(reference, FindingRecorded)]
    assert [(one.agency, one.result) for one in found] == [
        ("customs", "conform"),
        ("plant", "conform"),
    ]
    assert office.case(reference).status == "released"


def test_agencies_without_an_agreement_do_not_examine_together() -> None:
    office = Office(agreement=[])
    reference = arrived(office, BOTH)
    assert office.refusal("examine", reference, "customs.one", **{"with": ["plant"]}) == (
        "CONTROL-004",
    )


def test_all_who_examine_together_may_do_so_pairwise() -> None:
    names = ("customs", "plant", "vet")
    risks = [indicator(f"{name.upper()}-RISK-1", name, "true") for name in names]
    common: dict[str, Any] = {"indicator": risks, "mandate": [mandate(name) for name in names]}
    star = Office(agreement=agreed(("customs", "plant"), ("customs", "vet")), **common)
    together = {"with": ["plant", "vet"]}
    assert star.refusal("examine", arrived(star), "customs.one", **together) == ("CONTROL-004",)
    full = Office(
        agreement=agreed(("customs", "plant"), ("customs", "vet"), ("plant", "vet")), **common
    )
    full.done("examine", arrived(full), "customs.one", **together)


def test_who_joins_an_examination_has_a_mandate_too() -> None:
    office = Office(mandate=[mandate("customs")])
    reference = arrived(office, BOTH)
    assert office.refusal("examine", reference, "customs.one", **{"with": ["plant"]}) == (
        "AUTH-002",
    )


def test_a_stop_covers_every_consignment_of_the_movement(office: Office) -> None:
    one = office.lodge(BOTH, reference="R-1", **LORRY)
    two = office.lodge(DEAR, reference="R-2", **LORRY)
    (stop,) = office.movement(one).plan.stops
    assert stop.agencies == ("customs", "plant")
    assert office.movement(one).plan.separate == 3
    office.done("arrive", one)
    joint = {"with": ["plant"], "stop": stop.id, "result": "conform"}
    office.done("examine", two, "customs.one", **joint)
    assert office.case(one).status == office.case(two).status == "released"


def test_an_agreement_on_flowers_opens_no_stop_on_other_goods() -> None:
    flowers = Office(agreement=agreed(("customs", "plant"), scope=Scope(("06",))))
    one = flowers.lodge(BOTH, reference="R-1", **LORRY)
    flowers.lodge(SEALED, reference="R-2", **LORRY)
    assert len(flowers.movement(one).plan.stops) == 2


def test_an_officer_may_examine_every_consignment_of_a_stop() -> None:
    steel_only = mandate("customs", scope=Scope(("72",)), automatic=("clear",))
    office = Office(mandate=[steel_only, mandate("plant")])
    one = office.lodge(DEAR, reference="R-1", **LORRY)
    office.lodge(SEALED, reference="R-2", **LORRY)
    office.done("arrive", one)
    (stop,) = [s for s in office.movement(one).plan.stops if "customs" in s.agencies]
    assert "AUTH-002" in office.refusal("examine", one, "customs.one", stop=stop.id)


def test_goods_are_examined_when_they_are_there(office: Office) -> None:
    reference = office.lodge(ROSES)
    assert office.refusal("examine", reference, "plant.one") == ("CONTROL-005",)
    office.done("present", reference)
    office.done("examine", reference, "plant.one")


def test_a_control_before_the_border_needs_no_arrival() -> None:
    abroad = ObligatoryControl("examination", "health", "before")
    rule = requirement("PLANT-REQ-2", "plant", Asks("declaration"), "06", control=abroad)
    office = Office(requirement=[rule], indicator=[])
    reference = office.lodge(ROSES)
    office.done("examine", reference, "plant.one", result="conform")
    assert office.case(reference).status == "released"


def test_only_open_controls_of_the_agency_are_examined(office: Office) -> None:
    reference = arrived(office, BOTH)
    of_plant = {"controls": ["PLANT-RISK-1@item/1"]}
    assert office.refusal("examine", reference, "customs.one", **of_plant) == (
        "CONTROL-001",
        "CONTROL-001",
    )
    assert office.turned_away("examine", reference, "vet.one") == ("AUTH-010",)
    assert office.refusal("find", reference, "customs.one", result="conform", **of_plant) == (
        "CONTROL-001",
    )
    office.done("examine", reference, "plant.one", result="conform", **of_plant)
    assert office.refusal("examine", reference, "plant.one") == ("CONTROL-001",)


def test_what_was_not_examined_is_not_found(office: Office) -> None:
    reference = arrived(office)
    named = {"controls": ["PLANT-RISK-1@item/1"]}
    assert office.refusal("find", reference, "plant.one", result="conform", **named) == (
        "CONTROL-003",
    )
    unnamed = office.refusal("find", reference, "plant.one", result="conform")
    assert unnamed == ("CONTROL-003",), "it says what is to be examined"
    office.done("examine", reference, "plant.one")
    assert office.refusal("find", reference, "plant.one") == ("CONTROL-007",)
    office.done("find", reference, "plant.one", result="conform")
    assert office.refusal("find", reference, "plant.one", result="conform", **named) == (
        "CONTROL-002",
    )
    assert office.refusal("find", reference, "plant.one", result="conform") == ("CONTROL-001",)


def test_a_check_at_the_desk_needs_neither_arrival_nor_examination() -> None:
    office = Office(indicator=[CHECKED])
    reference = office.lodge(ROSES)
    office.done("find", reference, "plant.one", result="conform")
    assert office.case(reference).status == "released"


def test_a_sample_goes_to_the_laboratory_and_comes_back() -> None:
    office = Office(indicator=[SAMPLED])
    reference = office.lodge(ROSES)
    assert office.refusal("sample", reference, "plant.one") == ("CONTROL-005",)
    office.done("arrive", reference)
    assert office.refusal("sample", reference, "customs.one") == ("CONTROL-001",)
    office.done("sample", reference, "plant.one", laboratory="LAB-1")
    assert office.controls(reference) == {"PLANT-RISK-5@item/1": "sampled"}
    office.done("find", reference, "plant.one", result="conform", at=NOON + 48 * HOUR)
    assert office.case(reference).status == "released"


def test_an_examination_says_nothing_of_a_sample_still_in_the_laboratory() -> None:
    office = Office(indicator=[SAMPLED, *parts()["indicator"]])
    reference = arrived(office)
    office.done("sample", reference, "plant.one")
    office.done("examine", reference, "plant.one", result="conform")
    assert office.controls(reference) == {
        "PLANT-RISK-1@item/1": "done",
        "PLANT-RISK-5@item/1": "sampled",
    }
    assert office.case(reference).status == "waiting"
    office.done("find", reference, "plant.one", result="conform")
    assert office.case(reference).status == "released"


def test_no_examination_stands_in_for_a_sample() -> None:
    office = Office(indicator=[SAMPLED, *parts()["indicator"]])
    reference = arrived(office)
    named = {"controls": ["PLANT-RISK-5@item/1"], "result": "conform"}
    assert office.refusal("find", reference, "plant.one", **named) == ("CONTROL-003",)
    assert office.refusal("examine", reference, "plant.one", **named) == ("CONTROL-008",)
    office.done("examine", reference, "plant.one", result="conform")
    assert office.controls(reference)["PLANT-RISK-5@item/1"] == "open"
    assert office.refusal("examine", reference, "plant.one") == ("CONTROL-008",)
    assert office.refusal("decide", reference, "plant.one", decision="clear") == ("RELEASE-002",)


def test_a_sample_is_taken_only_where_one_is_ordered(office: Office) -> None:
    reference = arrived(office)
    assert office.refusal("sample", reference, "plant.one") == ("CONTROL-001",)
    named = {"controls": ["PLANT-RISK-1@item/1"]}
    assert office.refusal("sample", reference, "plant.one", **named) == ("CONTROL-006",)


def test_a_result_is_recognised_in_one_direction_and_if_it_is_good() -> None:
    for result, status in (("conform", "recognised"), ("nonconform", "open")):
        office = Office()
        reference = arrived(office, SEALED)
        office.done("examine", reference, "customs.one", result=result)
        assert office.controls(reference)["PLANT-RISK-2@item/1"] == status


def recognising(**changes: Any) -> list[Agreement]:
    """Return the agreements of the country, the clause on seals changed."""
    (agreement, *others) = parts()["agreement"]
    clauses = tuple(
        msgspec.structs.replace(one, **changes) if isinstance(one, Recognition) else one
        for one in agreement.clauses
    )
    return [msgspec.structs.replace(agreement, clauses=clauses), *others]


@pytest.mark.parametrize(
    ("finding", "for_items", "statuses"),
    [
        ("item/1", False, ("recognised", "open")),
        ("item/1", True, ("recognised", "open")),
        ("consignment", False, ("open", "open")),
        ("consignment", True, ("recognised", "recognised")),
    ],
)
def test_a_seal_of_the_whole_is_that_of_its_items_where_the_clause_says_so(
    finding: str, for_items: bool, statuses: tuple[str, ...]
) -> None:
    seals = indicator("PLANT-RISK-2", "plant", 'starts_with(item.commodity, "07")', check="seal")
    office = Office(indicator=[seals], agreement=recognising(for_items=for_items))
    two = declaration(goods("07020000"), goods("07020000", net_mass="600"))
    reference = arrived(office, two)
    order = {"kind": "examination", "check": "seal", "target": finding}
    coded = {"order": order, "reason": "FALSE_MATCH", "second": "customs.two"}
    office.done("override", reference, "customs.one", **coded)
    office.done("examine", reference, "customs.one", result="conform")
    found = office.controls(reference)
    assert tuple(found[f"PLANT-RISK-2@item/{n}"] for n in (1, 2)) == statuses


def test_a_result_is_recognised_for_the_goods_of_the_clause_alone() -> None:
    """Steel beside the tomatoes does not come under an agreement on vegetables."""
    seals = [
        indicator("CUSTOMS-RISK-2", "customs", "true", check="seal"),
        indicator("PLANT-RISK-2", "plant", "true", check="seal"),
    ]
    office = Office(indicator=seals, agreement=recognising(scope=Scope(commodity=("07",))))
    reference = arrived(office, declaration(goods("07020000"), goods("72083900")))
    office.done("examine", reference, "customs.one", result="conform")
    found = office.controls(reference)
    assert [found[f"PLANT-RISK-2@item/{n}"] for n in (1, 2)] == ["recognised", "open"]


def test_an_earlier_result_satisfies_a_later_control() -> None:
    risks = [
        indicator("CUSTOMS-RISK-2", "customs", "true", check="seal"),
        indicator("PLANT-RISK-2", "plant", 'starts_with(item.commodity, "07")', check="seal"),
    ]
    office = Office(indicator=risks)
    reference = arrived(office, declaration(goods("72083900", net_mass="600")))
    office.done("examine", reference, "customs.one", result="conform")
    assert office.controls(reference) == {"CUSTOMS-RISK-2@item/1": "done"}
    office.amend(reference, SEALED)
    assert office.controls(reference)["PLANT-RISK-2@item/1"] == "recognised"
    (recognised,) = office.bodies(reference, ResultRecognised)
    assert (recognised.finding, recognised.clause) == ("finding-1", "AGR-1/2")


def test_a_control_an_officer_orders_is_not_satisfied_by_an_earlier_result(office: Office) -> None:
    reference = arrived(office, SEALED)
    office.done("examine", reference, "customs.one", result="conform")
    order = {"kind": "examination", "check": "seal", "target": "item/1"}
    override = {"order": order, "reason": "FALSE_MATCH", "second": "plant.two"}
    office.done("override", reference, "plant.one", **override)
    assert office.controls(reference)["officer/plant/examination/seal@item/1"] == "open"


def test_a_prescribed_control_is_not_set_aside(office: Office) -> None:
    reference = office.lodge(declaration(goods("01012100")))
    named = {"controls": ["VET-REQ-2@item/1"], "reason": "FALSE_MATCH", "second": "vet.two"}
    assert office.refusal("override", reference, "vet.one", **named) == ("RISK-003",)


def test_an_override_names_controls_of_the_agency_or_orders_one(office: Office) -> None:
    reference = office.lodge(BOTH)
    coded = {"reason": "FALSE_MATCH", "second": "customs.two"}
    assert office.refusal("override", reference, "customs.one", **coded) == ("RISK-002",)
    others = {"controls": ["PLANT-RISK-1@item/1"], **coded}
    assert office.refusal("override", reference, "customs.one", **others) == ("RISK-002",)


def test_setting_aside_the_last_control_changes_the_channel(office: Office) -> None:
    reference = office.lodge(BOTH)
    assert office.case(reference).channel == "red"
    plant = {"controls": ["PLANT-RISK-1@item/1"], "reason": "FALSE_MATCH", "second": "plant.two"}
    office.done("override", reference, "plant.one", **plant)
    assert office.case(reference).channels == {"customs": "red"}
    mine = {"controls": ["CUSTOMS-RISK-1@item/1"], "reason": "FALSE_MATCH", "second": "customs.two"}
    office.done("override", reference, "customs.one", **mine)
    assert (office.case(reference).channel, office.case(reference).channels) == ("green", {})


def test_ordering_a_control_changes_the_channel(office: Office) -> None:
    reference = office.lodge(STEEL)
    order = {"kind": "scan", "check": "load"}
    fields = {"order": order, "reason": "FALSE_MATCH", "second": "customs.two"}
    office.done("override", reference, "customs.one", **fields)
    assert office.case(reference).channel == "orange"


def test_a_control_is_ordered_on_something_that_is_there(office: Office) -> None:
    reference = office.lodge(STEEL)
    for target in ("item/2", "item/x", "traveller/1", "", "elsewhere"):
        order = {"kind": "scan", "check": "load", "target": target}
        fields = {"order": order, "reason": "FALSE_MATCH", "second": "customs.two"}
        assert office.refusal("override", reference, "customs.one", **fields) == ("RISK-008",)


def test_a_second_officer_who_is_named_is_looked_at(office: Office) -> None:
    """Nobody stands on record as a second officer without being one."""
    reference = arrived(office)
    assert office.refusal("examine", reference, "plant.one", second="nobody") == ("AUTH-001",)
    assert office.refusal("examine", reference, "plant.one", second="plant.one") == ("AUTH-005",)
    office.done("examine", reference, "plant.one", second="plant.two")


@pytest.mark.parametrize("name", ["decide", "examine", "find"])
def test_mixed_goods_need_each_agency(office: Office, name: str) -> None:
    reference = arrived(office, MIXED)
    fields = {"decision": "refuse", "reason": "x", "result": "conform"}
    assert office.refusal(name, reference, "customs.one", agency="plant", **fields) == ("AUTH-006",)
