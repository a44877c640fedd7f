"""``gatepost check DIR`` ends with 1 and names the file, whichever way a requirement is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import FILES, LAW, Run

PLANT = "agencies/plant_health/requirements/PLANT-REQ-001.yaml"
CUSTOMS = "agencies/customs/requirements/CUSTOMS-REQ-001.yaml"
TWO_LAWS = 'legal_basis: [{cite: "Plant Act, s. 12"}, {cite: "Plant Order, r. 3"}]'

BROKEN: dict[str, tuple[str, str, str]] = {
    "no legal basis": (CUSTOMS, LAW, "legal_basis: []"),
    "unknown agency": (CUSTOMS, "agency: customs", "agency: nobody"),
    "from after to": (PLANT, "{from: 2020-01-01}", "{from: 2020-01-01, to: 2019-12-31}"),
    "overlapping validity": (
        PLANT,
        "[{from: 2020-01-01}]",
        "[{from: 2020-01-01, to: 2022-01-01}, {from: 2021-06-01}]",
    ),
    "unknown HS code": (PLANT, '["0603"]', '["0699"]'),
    "expression that does not parse": (
        PLANT,
        'commodity: ["0603"]}',
        'commodity: ["0603"], when: "item.net_mass >"}',
    ),
    "duplicate id": (PLANT, "id: PLANT-REQ-001", "id: CUSTOMS-REQ-001"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_requirement_is_named(run: Run, country: Path, fault: str) -> None:
    path, whole, broken = BROKEN[fault]
    text = FILES[path].lstrip()
    assert whole in text
    (country / path).write_text(text.replace(whole, broken))
    result = run("check", str(country))
    assert result.exit_code == 1
    assert f" {path}:" in result.stderr
    assert run("doctor").exit_code == 1, "no command judges by a faulty description"


def test_a_requirement_without_the_law_behind_it_is_named(run: Run, country: Path) -> None:
    (country / PLANT).write_text(FILES[PLANT].lstrip().replace(TWO_LAWS + "\n", ""))
    result = run("check", str(country))
    assert result.exit_code == 1
    assert f"FILE-004 {PLANT}:1: " in result.stderr
