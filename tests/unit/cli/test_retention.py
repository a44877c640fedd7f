"""``gatepost retention`` and ``gatepost obligations`` on the small country."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import LAW, Run, Write, objects

LODGED, LATER = ("--at", "2026-07-02T08:00"), ("--at", "2026-09-01T08:00")


@pytest.fixture
def ended(country: Path, run: Run, write: Write) -> str:
    """Return the reference of a withdrawn case that customs keeps for thirty days."""
    for agency, prefix in (("customs", "CUSTOMS"), ("plant_health", "PLANT")):
        folder = country / "agencies" / agency / "retention"
        folder.mkdir()
        (folder / "cases.yaml").write_text(
            f"id: {prefix}-KEEP-001\ntitle: {{en: Thirty days.}}\nagency: {agency}\n"
            f"keep: 30d\nthen: delete\n{LAW}\nvalid: {{from: 2020-01-01}}\n"
        )
    (answer,) = objects(run("lodge", write("roses.json"), "--json", *LODGED))
    reference = str(answer["reference"])
    act = f'{{"id": "w", "act": "withdraw", "reference": "{reference}", "reason": "sold"}}'
    file = country.parent / "acts.jsonl"
    file.write_text(act[:-1] + ', "at": "2026-07-02T09:00:00+02:00"}\n')
    done = run("act", str(file), "--json", "--at", "2026-07-02T09:00")
    assert objects(done)[0]["status"] == "done"
    return reference


def test_what_is_over_is_deleted_and_the_log_still_proves_itself(
    run: Run, ended: str, data: Path
) -> None:
    dry = run("retention", "run", "--dry-run", *LATER)
    assert f"{ended}  ended 2026-07-02  kept until 2026-08-01  would be deleted" in dry.stdout
    assert run("show", ended).exit_code == 0
    (found,) = objects(run("retention", "run", "--json", *LATER))
    assert [one["reference"] for one in found["cases"]] == [ended]
    assert found["bodies"] > 0
    (verdict,) = objects(run("audit", "verify", str(data), "--json"))
    assert (verdict["ok"], verdict["first_bad"]) == (True, None)
    assert run("show", ended).stderr.startswith("LODGE-301: ")
    assert "0 cases, 0 bodies gone on 2026-09-01." in run("retention", "run", *LATER).stdout


def test_what_is_kept_for_want_of_a_rule_is_told(run: Run, ended: str, country: Path) -> None:
    with (country / "agencies/plant_health/retention/cases.yaml").open("a") as rule:
        rule.write("scope: {regimes: [export]}\n")
    told = run("retention", "run", *LATER).stdout
    assert "0 cases, 0 bodies gone" in told
    assert "1 ended case is kept because plant_health has no rule that covers them." in told


def test_obligations_are_told_to_the_agency_itself(run: Run, ended: str) -> None:
    mine = run("obligations", "list", "customs", "--by", "customs.inspector", *LODGED)
    assert mine.stdout == "customs owes nothing on 2026-07-02.\n"
    other = run("obligations", "list", "customs", "--by", "plant_health.inspector", *LODGED)
    assert other.stderr.startswith("AUTH-040: ")
    none = run("obligations", "done", ended, "--by", "customs.inspector", *LODGED)
    assert none.stderr.startswith("AUTH-047: ")
    words = ("--to", "XB/customs", "--for", "control", "--by", "customs.inspector", *LODGED)
    assert run("obligations", "pass-on", ended, *words).stderr.startswith("AUTH-046: ")
    consent = run("obligations", "consent", ended, "--recipient", "plant_health", *words)
    assert consent.stderr.startswith("AUTH-045: ")
