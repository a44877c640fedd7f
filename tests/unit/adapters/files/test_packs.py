"""Folders laid over each other: a pack over its country, a variant and a scenario over both."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gatepost.bootstrap import faults_in, read_description
from gatepost.kernel.notice import Refused
from tests.packs import shipped

MODELS = Path(__file__).parents[4] / "jurisdictions" / "models"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODELS / "canada", tmp_path / "pack"))


def test_the_work_of_a_role_goes_over_to_the_agency_of_the_pack() -> None:
    register = shipped("canada").register
    assert not {"customs", "veterinary"} & {one.id for one in register.all_agencies}
    (mandate,) = (one for one in register.all_mandates if one.id == "VET-MAN-001")
    assert mandate.agency == "cbsa"
    assert [law.cite for law in mandate.legal_basis] == [
        "Import inspection at ports of entry, from the Canadian Food Inspection Agency",
        "Animal Health Act 2018, s. 21",
    ]
    assert register.agency_of("veterinary.north_gate.head") == "cbsa"
    owners = {one.agency for one in shipped("canada").parts["requirement"]}
    assert owners == {"cbsa", "police", "environment", "transport", "statistics"} & owners


def test_nothing_of_the_country_below_agrees_for_the_pack() -> None:
    assert shipped("canada").register.all_agreements == ()
    assert shipped("canada").parts["calendar"] == []


def test_a_scenario_replaces_the_file_at_the_same_path() -> None:
    calendars = {
        one.id: one.services[0].hours for one in shipped("nordic", "2016_hours").parts["calendar"]
    }
    assert calendars["orje-hours"] == {"daily": ("00:00-24:00",)}
    assert "mon-fri" in calendars["han-hours"]


@pytest.mark.parametrize(
    ("name", "scenario", "code"),
    [
        ("nordic", "2017", "FILE-021"),
        ("aldermark", "2016_hours", "FILE-021"),
        ("nordic:south", None, "FILE-020"),
        ("european_union", None, "FILE-022"),
        ("atlantis:north", None, "FILE-019"),
    ],
)
def test_what_is_not_there_is_refused(name: str, scenario: str | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_description(name, scenario=scenario)
    assert [one.code for one in refused.value.notices] == [code]


def test_faults_are_told_where_they_are(pack: Path) -> None:
    agency = pack / "agencies/cbsa/agency.yaml"
    agency.write_text(agency.read_text().replace("legal_basis:", "legal_bases:"))
    found = faults_in(read_description(str(pack)))
    assert {one.where.partition(":")[0] for one in found} == {"agencies/cbsa/agency.yaml"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("role: veterinary", "role: vets", "FILE-023"),
        ("veterinary, agency: cbsa", "veterinary, agency: none", "DESC-002"),
        ("over: aldermark", "over: aldermark\nneighbour: atlantis", "DESC-095"),
        ("over: aldermark", "over: aldermark\ncrossings: [{post: x, crossing: y}]", "DESC-032"),
    ],
)
def test_a_pack_that_does_not_fit_the_country_below(
    pack: Path, old: str, new: str, code: str
) -> None:
    plan = pack / "pack.yaml"
    plan.write_text(plan.read_text().replace(old, new))
    found = faults_in(read_description(str(pack)))
    assert code in {one.code for one in found if one.where.startswith("pack.yaml:")}
