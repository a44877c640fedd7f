"""``gatepost decisions``: acts from a file, and the list of what is open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from gatepost.cli import main

AT = "2026-11-20T10:00:00+01:00"
RAISE = {
    "id": "1", "act": "raise", "finding": "TYRES", "at": AT,
    "by": "plant_health.headquarters.director", "kind": "redundant",
    "agencies": ["environment", "plant_health"], "rules": ["ENV-REQ-004", "PLANT-RISK-040"],
    "sentence": "Two agencies look for water in the same tyres.", "remedy": "merge",
}  # fmt: skip


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["decisions", *arguments, "--data", str(data)])


def acts(folder: Path, *found: dict[str, Any]) -> str:
    path = folder / "acts.ndjson"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in found))
    return str(path)


def test_a_finding_is_raised_decided_and_listed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run(data).output == "No finding is on record.\n"
    consent = {"id": "2", "act": "consent", "finding": "TYRES", "at": AT}
    by = {"by": "environment.headquarters.director"}
    assert run(data, acts(tmp_path, RAISE), "--at", AT).exit_code == 0
    assert "waits for environment" in run(data).output
    assert run(data, acts(tmp_path, {**consent, **by}), "--at", AT).exit_code == 0
    told = run(data, "--at", "2026-12-24T10:00").output
    assert "TYRES  decided  redundant, merge  OVERDUE" in told
    assert "decided on 2026-11-20 by plant_health, environment" in told
    [found] = json.loads(run(data, "--json", "--at", "2026-11-20T11:00").output)
    assert (found["standing"], found["waiting"], found["overdue"]) == ("decided", [], False)
    assert run(data, "--agency", "police").output == "No finding is on record.\n"


def test_a_refused_act_is_told_with_its_line(tmp_path: Path) -> None:
    wrong = {**RAISE, "by": "police.headquarters.director"}
    done = run(tmp_path / "data", acts(tmp_path, wrong), "--at", AT)
    assert done.exit_code == 1
    assert "DEC-001" in done.stderr
