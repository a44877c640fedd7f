"""Acceptance tests of the review of how agencies work: what is asked and done again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import msgspec

from gatepost.adapters.forms.own import read_words
from gatepost.adapters.secrets import FixedKey
from gatepost.bootstrap import (
    describe,
    load_changed,
    load_checked,
    load_costs,
    memory_desk,
    rehearsal_desk,
)
from gatepost.casework.reviewing import FindingAct, decide, decisions
from gatepost.review.figures import remarks as of_figures
from gatepost.review.harmonise.grouping import harmonise
from gatepost.review.harmonise.metrics import simplified
from gatepost.review.harmonise.model import Confirmed, Form, FormField
from gatepost.review.overlap.inventory import inventories
from gatepost.review.overlap.pairs import compare
from gatepost.review.payback import net, payback, redeployed, remarks
from gatepost.review.present_value import figures_of, reckon
from gatepost.review.whatif.gaps import lacking
from gatepost.review.whatif.model import Delegate, Drop
from gatepost.simulation.compare import DAY, Model, play
from tests.unit.review.overlap.planted import check, described, notice

PROPERTIES = {
    "exporter": "Name of Exporter",
    "address": "Exporter Address",
    "consignee": "Consignee",
    "vessel": "Vessel",
    "loading": "Port of Loading",
    "discharge": "Port of Discharge",
    "day": "Date of Export",
    "container": "Container No",
    "gross": "Gross Weight (kg)",
    "net": "Net Weight (kg)",
    "origin": "Country of Origin",
    "goods": "Description of Goods",
}


def test_SW_04_five_forms_become_one_set_with_every_mapping() -> None:
    titles = {
        **PROPERTIES,
        **{f"own_{number}": f"Speciality {chr(97 + number) * 8}" for number in range(12)},
    }
    fields = tuple(FormField(path, title) for path, title in titles.items())
    forms = [Form(f"{agency}/form", agency, fields) for agency in "abcde"]
    found = harmonise(forms, read_words())
    asked = {one.asks: one for one in found.groups}
    assert found.fields == 120
    assert len(found.groups) + len(found.single) == 12 + 60, "speciality is each agency's own"
    assert asked["exporter: name"].wco == ("R031 Declaration/Exporter/Name",)
    assert asked["vessel"].fields == tuple(f"{agency}/form:vessel" for agency in "abcde")
    assert found.asked_again == 12 * 4


def test_SW_04_a_person_confirms_and_is_heard_next_time() -> None:
    forms = [
        Form("a/1", "a", (FormField("x", "Vessel"),)),
        Form("b/2", "b", (FormField("x", "Name painted on the stern"),)),
    ]
    assert harmonise(forms, read_words()).groups == ()
    [told] = harmonise(forms, read_words(), Confirmed(same=(("a/1:x", "b/2:x"),))).groups
    assert told.by == "person"


def test_RG_01_every_agency_has_an_inventory_and_no_step_without_a_law() -> None:
    found = inventories(describe("aldermark"), date(2026, 7, 2))
    assert len(found) == 9
    assert all(one.complete == 1 and not one.untied for one in found)
    customs = next(one for one in found if one.agency == "customs")
    assert "Customs Act 2015, s. 2" in customs.law
    assert customs.mission


def test_RG_02_a_double_weighing_and_two_deadlines_are_found() -> None:
    rules = [check("customs"), check("food"), notice("vet", "24h"), notice("food", "48h")]
    found = compare(described(*rules), date(2026, 7, 2), lambda one, other: one == other)
    assert [(one.kind, set(one.agencies), one.remedy) for one in found] == [
        ("contradictory", {"food", "vet"}, "sequence"),
        ("redundant", {"customs", "food"}, "merge"),
    ]
    assert "weight" in found[1].sentence


def test_CB_02_two_days_of_a_truck_at_chirundu_cost_500_to_1000_dollars() -> None:
    chirundu = load_costs("chirundu")
    figures = figures_of(chirundu)
    told = {
        one.values["title"]: one.values
        for one in of_figures(chirundu, figures)
        if one.code == "COST-020"
    }
    assert "Saving a truck" not in told, "two days at 250 to 500 dollars are 500 to 1,000"
    assert told["Saving a day"]["quoted"] == "600,000"
    assert told["Saving a day"]["found"] == "200,000 to 400,000", "it does not follow"


def test_CB_03_the_pay_back_depends_on_the_rate_and_the_hours_add_up() -> None:
    of = load_costs("aldermark")
    figures = figures_of(of, {"systems": Fraction(4_000_000)})
    saved = net(of, figures)
    assert payback(saved, 30, Fraction("0.02")) == 7
    assert payback(saved, 30, Fraction("0.12")) == 13
    ledger = redeployed(of, figures)
    assert ledger is not None
    assert ledger.saved == sum(ledger.assigned.values()) + ledger.left
    assert [one.code for one in remarks(of, figures)] == ["COST-041"]
    assert reckon(of, figures, 30, Fraction("0.02")).one_off < 0


def test_RG_05_no_change_is_the_baseline_and_a_dropped_check_saves_hours() -> None:
    about = "Aldermark", "", (), ()

    def played(*changes: Drop) -> Model:
        desk = rehearsal_desk(load_changed("aldermark", changes, DAY))
        return play("aldermark", desk, about, lambda now: None)

    baseline, less = played(), played(Drop("CUSTOMS-RISK-001"))
    assert played() == baseline
    assert less.lodged == baseline.lodged
    assert less.staff.officer_hours < baseline.staff.officer_hours
    assert less.security.checks_done < baseline.security.checks_done


def test_RG_06_to_examine_abroad_lists_the_treaty_and_the_acts_that_lack() -> None:
    wish = Delegate("customs", "XC/customs", ("examine",))
    found = list(lacking(describe("aldermark"), [wish], DAY))
    assert [(one.code, one.values.get("party")) for one in found] == [
        ("WHAT-012", None),
        ("WHAT-013", "XA"),
        ("WHAT-013", "XC"),
    ]


def test_RG_04_forms_questions_copies_and_signatures_before_and_after() -> None:
    scan = FormField("scan", "Invoice", kind="file")
    forms = [
        Form("a/1", "a", (FormField("x", "Vessel"), scan, FormField("s", "Signature"))),
        Form("b/2", "b", (FormField("x", "Name of Vessel"), scan)),
    ]
    found = simplified(forms, harmonise(forms, read_words()))
    counts = [
        (one.documents, one.elements, one.copies, one.signatures)
        for one in (found.before, found.after)
    ]
    assert counts == [(2, 5, 2, 1), (1, 3, 1, 1)]


def test_RG_03_nothing_of_an_agency_is_dropped_without_it() -> None:
    desk = memory_desk(load_checked("aldermark"), FixedKey(b"k" * 32))
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    fish = {
        "agencies": ["food_safety", "veterinary"],
        "rules": ["FOOD-REQ-060"],
        "sentence": "One certificate by two names.",
        "remedy": "drop",
    }

    def done(name: str, by: str, **fields: object) -> str:
        what = {"id": f"{name} {by}", "act": name, "finding": "FISH", "at": now, **fields}
        return decide(
            desk, msgspec.convert(what, FindingAct), now, f"{by}.headquarters.director"
        ).status

    assert done("raise", "veterinary", **{**fish, "agencies": ["veterinary"]}) == "refused"
    assert done("raise", "food_safety", **fish) == "done"
    assert done("consent", "plant_health") == "refused"
    [found] = decisions(desk)
    assert (found.standing, found.waiting) == ("open", ("veterinary",))
    assert done("consent", "veterinary") == "done"
    [found] = decisions(desk)
    assert found.standing == "decided"
    assert found.overdue(found.effective.replace(year=2027)), "until it is carried out"
