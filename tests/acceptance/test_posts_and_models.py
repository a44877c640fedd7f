"""Acceptance tests of posts, hours, delegations, models and costs, named after capabilities.

They ask the countries and packs that ship, as a user would.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from click.testing import CliRunner

from gatepost.authority.instrument import LifeStep
from gatepost.authority.office import OfficeQuestion, may_perform
from gatepost.bootstrap import rehearsal_desk
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.lodge import lodge
from gatepost.casework.projection import CASE, MOVEMENT, decode_case, decode_movement
from gatepost.casework.shorthand import Declaration, Goods, expand
from gatepost.cli import main
from gatepost.control.events import ExaminationPerformed
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.release.events import GoodsReleased
from tests.packs import shipped

DAY = date(2026, 7, 2)


def ask(*words: str) -> Any:
    """Run a command and return its JSON."""
    done = CliRunner().invoke(main, [*words, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return msgspec.json.decode(done.stdout)


def test_GV_02_frozen_fish_in_canada_is_one_visit_two_laws_and_one_release() -> None:
    jurisdiction = shipped("canada")
    desk = rehearsal_desk(jurisdiction)
    at = datetime(2026, 7, 2, 6, tzinfo=jurisdiction.zone)
    fish = Goods(
        commodity="03036300", origin="XB", net_mass="9000", value="30000", procedure="4000",
        documents=("N853 V-1", "N380 I-1"),
    )  # fmt: skip
    short = Declaration(
        type="IMD", office="XA000101", mode="3", arrival="2026-07-03T10:00", importer="XA1001",
        declarant="XA1001", reference="F-1", means="T-1", journey="T-1", items=(fish,),
    )  # fmt: skip
    dataset = expand(short)
    reference = lodge(desk, dataset, digest_of(dataset), at).reference or ""
    stored = desk.ledger.row(CASE, reference)
    assert stored is not None
    case = decode_case(stored)
    mine = [need for need in case.needs if need.agency == "cbsa"]
    laws = {law.cite.rpartition(", ")[0] for need in mine for law in need.legal_basis}
    assert len(laws) >= 2
    order = {"kind": "examination", "check": "goods", "target": "item/1"}
    moment = at + timedelta(days=1, hours=5)
    acts: list[dict[str, Any]] = [
        {"act": "arrive", "by": "operator"},
        {
            "act": "override",
            "by": "customs.north_gate.examiner",
            "second": "customs.north_gate.team_leader",
            "reason": "OFFICER_JUDGEMENT",
            "order": order,
        },
        {"act": "examine", "by": "customs.north_gate.examiner", "result": "conform"},
        {"act": "find", "by": "veterinary.north_gate.official", "result": "conform"},
    ]
    for number, fields in enumerate(acts):
        act = {"id": f"a{number}", "reference": reference, "at": moment, **fields}
        perform(desk, msgspec.convert(act, Act), moment)
    events = [one.event.body for one in desk.ledger.read(f"{CASE}/{reference}")]
    visits = [one for one in events if isinstance(one, ExaminationPerformed)]
    assert [one.agencies for one in visits] == [("cbsa",)]
    assert sum(isinstance(one, GoodsReleased) for one in events) == 1


def test_GV_02_an_expired_instrument_keeps_agencies_apart_at_once() -> None:
    formal = shipped("european_union:formal_agreements")
    (whole,) = formal.register.all_agreements
    ended = LifeStep("ended", DAY, ("customs",))
    parts = {
        **formal.parts,
        "agreement": [msgspec.structs.replace(whole, life=(*whole.life, ended))],
    }
    tyres = Goods(
        commodity="40122000", origin="XC", net_mass="1608", quantity=201,
        documents=("XE10 T-4", "XP41 D-4"),
    )  # fmt: skip
    short = Declaration(
        type="IMA", office="XA000101", mode="3", arrival="2026-07-03T10:00", reference="T-1",
        items=(tyres,),
    )  # fmt: skip
    stops = []
    for jurisdiction in (formal, Jurisdiction(parts)):
        desk = rehearsal_desk(jurisdiction)
        dataset = expand(short)
        at = datetime(2026, 7, 2, 6, tzinfo=jurisdiction.zone)
        reference = lodge(desk, dataset, digest_of(dataset), at).reference or ""
        stored = desk.ledger.row(CASE, reference)
        assert stored is not None
        plan = desk.ledger.row(MOVEMENT, decode_case(stored).known.movement)
        assert plan is not None
        stops.append(len(decode_movement(plan).plan.stops))
    assert stops == [1, 2]


def test_GV_03_models_are_compared_on_both_axes_without_a_score() -> None:
    found = ask("compare", "new_zealand", "chirundu")
    for one in found["packs"]:
        assert one["facilitation"]["stops"] > 0
        assert one["security"]["checks_done"] > 0
        assert one["security"]["released_uncontrolled"] == 0
    assert "no score" in found["note"]


def test_IC_03_the_owner_keeps_the_decision() -> None:
    words = ("may", "--by", "customs.north_gate.examiner", "--agency", "food_safety")
    goods = ("--post", "north_gate", "--commodity", "120242", "--on", "2026-07-07")
    examine = ask(*words, "--power", "examine", *goods)
    assert (examine["allowed"], examine["on_behalf_of"]) == (True, "food_safety")
    assert examine["instrument"] == "XA-AGR-2026-05/2"
    decide = ask(*words, "--power", "decide", *goods)
    assert [one["code"] for one in decide["notices"]] == ["AUTH-060"]
    early = ask(*words, "--power", "examine", *goods[:-1], "2026-01-31")
    assert [one["code"] for one in early["notices"]] == ["AUTH-006"]


def test_OS_01_each_direction_at_chirundu_is_cleared_on_the_side_it_enters() -> None:
    posts = {one.id: one for one in shipped("chirundu").register.all_posts}
    for side, other in (("zambia", "zimbabwe"), ("zimbabwe", "zambia")):
        post = posts[f"chirundu_{side}"]
        assert (post.arrangement, post.state) == ("juxtaposed", side)
        performed = {one.formality for one in post.formalities if one.performed}
        assert performed == {f"{side}:import", f"{other}:export"}


def test_OS_02_goods_from_norway_stop_at_han_only_and_from_sweden_at_orje_only() -> None:
    nordic = shipped("nordic")

    def able(formality: str) -> set[str]:
        return {
            office
            for office in ("han", "orje")
            if may_perform(
                nordic.register, nordic.hours, OfficeQuestion(office, formality, DAY)
            ).allowed
        }

    assert able("norway:export") == able("sweden:import") == {"han"}
    assert able("sweden:export") == able("norway:import") == {"orje"}


def test_OS_05_a_vet_who_sleeps_is_a_gap_for_live_animals() -> None:
    (calendar,) = ask("hours", "--from", "2026-06-22")["calendars"]
    vet = next(
        one for one in calendar["services"] if (one["service"], one["side"]) == ("veterinary", "XA")
    )
    assert vet["commodity"] == ["01", "02", "03", "04"]
    assert vet["missing_hours"] == 168 - 76
    overlap = next(one for one in calendar["overlaps"] if one["service"] == "veterinary")
    # Brenland keeps Midsummer Day on the Wednesday and its clock runs an hour ahead.
    assert (overlap["second_hours"], overlap["overlap_hours"]) == (32, 32)


def test_OS_06_closing_reed_bridge_at_night_names_the_nearest_open_office() -> None:
    words = ("hours", "--jurisdiction", "brenland", "--post", "reed_bridge")
    found = ask(*words, "--from", "2026-06-22")
    export = next(one for one in found["coverage"] if one["formality"] == "brenland:export")
    assert export["hours_without"] == 168 - 60
    assert {gap["nearest"]["office"] for gap in export["gaps"]} == {"north_gate"}


def test_OS_07_without_current_accreditation_no_officer_acts_abroad() -> None:
    words = ("may", "--jurisdiction", "brenland", "--power", "examine", "--post", "north_gate")
    day = ("--on", "2026-07-02")
    assert ask(*words, "--by", "bba.north_gate.officer", *day)["allowed"] is True
    chief = ask(*words, "--by", "bba.north_gate.chief", *day)
    assert [one["code"] for one in chief["notices"]] == ["AUTH-063"]
    last = ask(*words, "--by", "bba.north_gate.chief", "--on", "2026-06-30")
    assert last["allowed"] is True


def test_CB_01_the_nordic_table_is_exact() -> None:
    found = ask("costs", "nordic", "--years", "10", "--rate", "0.04")
    assert found["first_year"] == 350_000_000
    assert found["later_years"] == 300_000_000
    assert found["undiscounted"] == 3_050_000_000
    assert found["undiscounted_government"] == 550_000_000
    assert round(found["present_value"] / 1e6, 1) == 2483.3
    assert round(found["present_value_government"] / 1e6, 1) == 455.5
