"""The same movements under every pack that ships (GV-02, GV-03, C.1 to C.6)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gatepost.adapters.files.packs import variants_of
from gatepost.bootstrap import faults_in, read_description, rehearsal_desk
from gatepost.cli.compare import about
from gatepost.simulation.compare import MOVEMENTS, Model, play
from tests.packs import shipped

FOLDER = Path(__file__).parents[3] / "jurisdictions" / "models"
PACKS = sorted(one.parent.name for one in FOLDER.glob("*/pack.yaml"))
NAMES = [name for pack in PACKS for name in variants_of(pack) or (pack,)]


@cache
def played(name: str) -> Model:
    jurisdiction = shipped(name)
    return play(name, rehearsal_desk(jurisdiction), about(jurisdiction), lambda now: None)


def test_all_models_of_the_paper_ship() -> None:
    assert {"canada", "new_zealand", "european_union", "nordic", "chirundu", "ladder"} <= {*PACKS}
    assert len(variants_of("european_union")) == 3
    assert len(variants_of("ladder")) == 6


@pytest.mark.parametrize("name", NAMES)
def test_a_pack_is_clean_and_says_what_is_real(name: str) -> None:
    assert faults_in(read_description(name)) == []
    pack = shipped(name).pack
    assert pack is not None
    assert pack.notice["en"].startswith("Illustrative, not legal advice.")
    assert pack.real
    assert pack.borrowed
    assert pack.sources


@pytest.mark.parametrize("name", NAMES)
def test_the_same_hundred_movements_run_under_every_model(name: str) -> None:
    model, base = played(name), played("aldermark")
    assert (model.movements, model.lodged, model.not_accepted) == (MOVEMENTS, MOVEMENTS, 0)
    assert model.legal_blocks.acts_refused == 0
    # However it is organised, the same things are looked at and nothing slips through.
    assert model.security.checks_done == base.security.checks_done
    assert model.security.released_uncontrolled == 0
    assert model.security.controls_waiting == base.security.controls_waiting


def test_a_day_plays_the_same_again() -> None:
    jurisdiction = shipped("canada")
    again = play("canada", rehearsal_desk(jurisdiction), about(jurisdiction), lambda now: None)
    assert again == played("canada")


def test_one_spot_saves_a_stop_at_the_border() -> None:
    for name in ("nordic", "chirundu", "ladder:rung_5_treaty", "aldermark"):
        assert played(name).facilitation.border_stops == MOVEMENTS
        assert played(name).legal_blocks.formalities_apart == 0
    for name in ("canada", "new_zealand", "ladder:rung_4_law"):
        assert played(name).facilitation.border_stops == 2 * MOVEMENTS
        assert played(name).legal_blocks.formalities_apart == MOVEMENTS


def test_a_memorandum_joins_what_coexistence_keeps_apart() -> None:
    apart, joined = played("ladder:rung_0_coexistence"), played("ladder:rung_2_memorandum")
    assert apart.legal_blocks.stops_not_shared > 0
    assert joined.legal_blocks.stops_not_shared == 0
    assert joined.facilitation.examination_stops < apart.facilitation.examination_stops
    # A note between local chiefs lets nobody examine together.
    note = played("ladder:rung_1_ad_hoc_note")
    assert note.facilitation.examination_stops == apart.facilitation.examination_stops


def test_a_merged_agency_needs_no_agreement_with_itself() -> None:
    merged = played("european_union:national_agency")
    informal = played("european_union:informal")
    assert merged.legal_blocks.stops_not_shared == 0 < informal.legal_blocks.stops_not_shared
    assert merged.disclosures < informal.disclosures
    assert merged.staff.agencies == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_same_goods_are_wrong_and_what_is_found_of_them_is_counted(name: str) -> None:
    security, base = played(name).security, played("aldermark").security
    assert security.wrong_there == base.wrong_there > 10
    assert 0 < security.wrong_found <= security.findings_against
    # What is wrong is found, or released unfound, or still with somebody.
    missed = security.wrong_there - security.wrong_found
    assert missed - played(name).unreleased <= security.wrong_missed <= missed


def test_what_instruments_open_is_counted_by_the_gate() -> None:
    """A gate without sharing clauses opens to each agency no more than its own mandate does."""
    whole, bare = played("aldermark"), played("ladder:rung_0_coexistence")
    assert bare.disclosures < whole.disclosures
    assert bare.disclosed_elements < whole.disclosed_elements


def test_new_zealand_has_three_and_three_and_fifteen() -> None:
    agencies = shipped("new_zealand").register.all_agencies
    tiers: dict[str, int] = {}
    for one in agencies:
        if one.legal_basis[0].cite.startswith("WCO"):
            tiers[one.tier] = tiers.get(one.tier, 0) + 1
    assert tiers == {"control_authority": 3, "interested": 3, "user": 15}


def test_interested_agencies_and_users_hold_no_power() -> None:
    for name in ("new_zealand", "canada"):
        register = shipped(name).register
        without = {one.id for one in register.all_agencies if one.tier != "control_authority"}
        powers = {
            power for one in register.all_mandates if one.agency in without for power in one.powers
        }
        assert powers <= {"read"}
