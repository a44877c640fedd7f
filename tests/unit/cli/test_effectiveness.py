"""``gatepost risk effectiveness`` and ``allocate``, over cases that were lodged and examined."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import LAW, Run, Write, objects

BUDGET = f"""
id: XA-BUDGET
title: {{en: One in two may be opened.}}
agencies: [customs, plant_health]
share: 0.5
random: 0.1
regimes: [import]
{LAW}
valid: {{from: 2020-01-01}}
"""


@pytest.fixture
def worked(run: Run, write: Write) -> list[str]:
    """Lodge six consignments, four of flowers from XB; two of these are examined, one is bad."""
    files = [write(f"{n}.json", f"R-{n}", origin="XB" if n < 4 else "XC") for n in range(6)]
    lodged = objects(run("lodge", *files, "--json", "--at", "2026-07-02T08:14"))
    names = [one["reference"] for one in lodged]
    at = '"at":"2026-07-02T11:00"'
    lines = [
        f'{{"id":"a{n}","act":"arrive","reference":"{names[n]}",{at},"by":"operator"}}\n'
        for n in range(2)
    ]
    lines += [
        f'{{"id":"e{n}","act":"examine","reference":"{names[n]}",{at},'
        f'"by":"plant_health.inspector","result":"{result}"}}\n'
        for n, result in enumerate(("nonconform", "conform"))
    ]
    done = run("act", "-", stdin="".join(lines).encode())
    assert done.exit_code == 0, done.stderr
    return names


def test_findings_come_back_to_the_indicator(run: Run, worked: list[str]) -> None:
    words = ("risk", "effectiveness", "--day", "2026-07-03")
    (found,) = objects(run(*words, "--json"))
    assert (found["consignments"], found["first"]) == (6, "2026-07-02")
    told = {one["id"]: one for one in found["indicators"]}
    plant = told["PLANT-RISK-001"]
    assert plant["hits"] == 4
    assert (plant["precision"]["found"], plant["precision"]["of"]) == (1, 2)
    assert told["CUSTOMS-RISK-001"]["random"] is True
    text = run(*words).stdout
    assert "PLANT-RISK-001 v1    plant_health  live       4     1 of 2 (9% to 91%)" in text


def test_what_is_idle_is_proposed_to_be_looked_at(run: Run) -> None:
    (found,) = objects(run("risk", "effectiveness", "--day", "2030-02-01", "--json"))
    assert {(one["indicator"], one["why"]) for one in found["proposals"]} == {
        ("CUSTOMS-RISK-001", "review overdue"),
        ("CUSTOMS-RISK-001", "unused"),
        ("PLANT-RISK-001", "review overdue"),
        ("PLANT-RISK-001", "unused"),
    }
    assert "To look at again:" in run("risk", "effectiveness", "--day", "2030-02-01").stdout


def test_a_budget_is_shared_among_what_arrives(run: Run, country: Path, worked: list[str]) -> None:
    words = ("risk", "allocate", "--day", "2026-07-02")
    assert "No budget is in force" in run(*words).stdout
    file = country / "budgets" / "XA-BUDGET.yaml"
    file.parent.mkdir()
    file.write_text(BUDGET.lstrip())
    (found,) = objects(run(*words, "--json"))[0]
    assert found["budget"] == "XA-BUDGET"
    open_flowers = set(worked[2:4])
    chosen = {one["reference"]: one for one in found["selections"]}
    assert open_flowers <= chosen.keys() | set(found["deferred"])
    assert all(one["reasons"] and 0 < one["propensity"] <= 1 for one in chosen.values())
    assert found == objects(run(*words, "--json"))[0][0], "the same draws again"
    assert "XA-BUDGET:" in run(*words).stdout


def test_a_choice_on_record_is_chosen_again(run: Run, country: Path, worked: list[str]) -> None:
    file = country / "budgets" / "XA-BUDGET.yaml"
    file.parent.mkdir()
    file.write_text(BUDGET.lstrip())
    words = ("risk", "allocate", "--day", "2026-07-02", "--record", "--at", "2026-07-02T12:00")
    refused = run(*words, "--by", "XA0001")
    assert (refused.exit_code, "RISK-018" in refused.stderr) == (1, True)
    (chosen,) = objects(run(*words, "--json"))[0]
    assert run(*words).exit_code == 0, "the same choice again is on record once"
    run("risk", "reveal", "--day", "2026-07-02", "--at", "2026-07-03T00:00")
    verify = ("risk", "verify", "--day", "2026-07-02")
    (found,) = objects(run(*verify, "--json"))
    assert (found["holds"], found["allocations"]) == (True, 1)
    assert "chosen again, the same" in run(*verify).stdout
    assert len(chosen["selections"]) == 3
    file.write_text(BUDGET.lstrip().replace("share: 0.5", "share: 0.9"))
    altered = run(*verify)
    assert altered.exit_code == 1
    assert "XA-BUDGET: the choice on record is NOT" in altered.stdout
