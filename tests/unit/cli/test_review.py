"""``gatepost review`` finds what was planted in Aldermark and nothing that is not there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from gatepost.cli import main

PLANTED = [
    ("contradictory", ["food_safety", "veterinary"], "FOOD-REQ-061", "VET-REQ-011", "sequence"),
    ("redundant", ["environment", "plant_health"], "ENV-REQ-004", "PLANT-RISK-040", "merge"),
    ("overlapping", ["food_safety", "veterinary"], "FOOD-REQ-060", "VET-REQ-001", "merge"),
]
"""Two orders adopted for 2027, as a parliament might: a second notice of the arrival of meat, at
another time; a second look for water in used tyres; a second certificate for fish, which is the
veterinarian's by another name. All else that two agencies share in Aldermark is settled."""


def run(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["review", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("name", ["aldermark", "jurisdictions/aldermark"])
def test_what_was_planted_is_found_and_nothing_else(
    name: str, root: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    found = json.loads(run(name, "--day", "2026-11-25", "--json"))
    told = [
        (one["kind"], one["agencies"], *one["rules"], one["remedy"])
        for one in found
        if one["kind"] != "compatible"
    ]
    assert told == PLANTED
    for one in found:
        assert one.keys() >= {"kind", "agencies", "places", "sentence", "remedy", "evidence"}
        for place in one["places"]:
            path, _, line = place.partition(":")
            assert (root / "jurisdictions" / "aldermark" / path).is_file()
            assert int(line) > 1


def test_before_the_agreement_on_meat_its_identity_was_checked_twice() -> None:
    found = json.loads(run("aldermark", "--day", "2026-11-25", "--json"))
    meat = next(one for one in found if one["matter"] == "identity")
    assert (meat["kind"], meat["agencies"]) == ("compatible", ["food_safety", "veterinary"])
    before = json.loads(run("aldermark", "--day", "2023-05-01", "--json"))
    assert ("redundant", "identity") in [(one["kind"], one["matter"]) for one in before]


def test_what_became_of_the_findings_of_an_earlier_day() -> None:
    given = ("aldermark", "--since", "2023-05-01", "--day", "2026-11-25")
    found = json.loads(run(*given, "--json"))
    meat = next(one for one in found if one["finding"]["matter"] == "identity")
    assert meat["became"] == "settled"
    assert "settled by XA-AGR-2023-04/4" in meat["settled_by"]
    text = run(*given)
    assert "settled: redundant, food_safety and veterinary, identity" in text
    assert text.splitlines()[-1] == "Since 2023-05-01: 3 new, 1 settled"


def test_the_ledger_is_asked_too(tmp_path: Any) -> None:
    """Nothing passed yet, so nothing is of little value."""
    given = ("aldermark", "--day", "2026-11-25", "--ledger", "--data", str(tmp_path), "--json")
    assert [one["kind"] for one in json.loads(run(*given))].count("of little value") == 0


def test_people_read_the_worst_first_and_what_is_settled_on_demand() -> None:
    text = run("aldermark", "--day", "2026-11-25")
    assert text.startswith("contradictory: food_safety and veterinary, before arrival  [sequence]")
    assert "compatible:" not in text
    assert text.endswith("1 contradictory, 1 redundant, 1 overlapping, 4 compatible\n")
    assert "compatible: " in run("aldermark", "--day", "2026-11-25", "--all")


def test_the_inventory_of_every_agency() -> None:
    found = json.loads(run("aldermark", "--day", "2026-11-25", "--inventory", "--json"))
    assert len(found) == 9
    text = run("aldermark", "--day", "2026-11-25", "--inventory")
    assert "Plant Health Service: Keeps pests and diseases of plants out of the country" in text


def test_a_description_with_faults_is_not_reviewed(tmp_path: Any) -> None:
    done = CliRunner().invoke(main, ["review", str(tmp_path / "nowhere")])
    assert done.exit_code == 1
