"""``gatepost trs maturity`` over the ledger and the description."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatepost.adapters.files.tree import read_file
from gatepost.casework.bodies import BODIES
from gatepost.cli.trs_maturity import GRID
from gatepost.timerelease.maturity import LEVELS, Grid
from tests.unit.cli.conftest import Run, Write, objects


def grid() -> Grid:
    """Return the grid that is used where no other is named."""
    loaded = read_file(GRID, Grid, "grid")
    assert not loaded.faults
    found: Grid = loaded.items["grid"][0].value
    return found


def test_every_level_rests_on_evidence_that_can_be_there() -> None:
    known = {f"event:{one.name()}" for one in BODIES}
    for dimension in grid().dimensions:
        assert [step.level for step in dimension.steps] == list(range(1, len(dimension.steps) + 1))
        assert len(dimension.steps) < len(LEVELS)
        for step in dimension.steps:
            assert step.evidence
            for one in step.evidence:
                assert one.fact in known or one.fact.startswith(("clause:", "described:"))


@pytest.fixture
def answers(tmp_path: Path) -> str:
    """Return a file of claims at the top."""
    file = tmp_path / "answers.yaml"
    lines = [f"- {{dimension: {one.id}, level: 5, by: chief}}" for one in grid().dimensions]
    file.write_text("\n".join(["answers:", *lines]) + "\n")
    return str(file)


def test_claims_are_cut_to_what_the_ledger_shows(run: Run, write: Write, answers: str) -> None:
    lodged = run("lodge", write("roses.json"), "--at", "2026-07-02T07:00:00+02:00")
    assert lodged.exit_code == 0, lodged.output
    result = run("trs", "maturity", answers)
    assert result.exit_code == 0, result.output
    assert result.stderr.count("TRS-031") == len(grid().dimensions)
    assert "Next steps" in result.stdout
    (found,) = objects(run("trs", "maturity", answers, "--json"))
    reached = {one["dimension"]: one["level"] for one in found["reached"]}
    assert reached["information"] == 1, "a declaration is on record, and no clause on sharing"
    assert all(one["level"] <= one["shown"] for one in found["reached"])


def test_without_a_ledger_there_is_no_evidence(run: Run, answers: str) -> None:
    result = run("trs", "maturity", answers)
    assert result.exit_code == 1
    assert "STORE-005" in result.stderr
