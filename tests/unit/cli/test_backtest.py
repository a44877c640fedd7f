"""``gatepost risk check`` and ``backtest``: drafts, before anybody acts on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import LAW, Run, Write, objects

DRAFT = f"""
id: CUSTOMS-RISK-900
title: {{en: Dear flowers are scanned.}}
agency: customs
version: 1
author: customs risk analyst
second_reader: head of customs risk
reason: {{en: A draft.}}
intent: intentional
mode: trial
level: item
regimes: [import]
when: starts_with(item.commodity, "0603") && item.value > 100 && item.origin in set("watched")
control: {{kind: scan, check: goods, minutes: 10}}
{LAW}
valid: {{from: 2027-01-01}}
review: 2027-06-01
"""
SET = f"id: watched\ntitle: {{en: Watched.}}\n{LAW}\nmembers: [XB, XC]\n"
CSV = """reference,consignment.day,item.commodity,item.origin,item.value,found.customs
R-1,2026-01-02,06031100,XB,150,true
R-1,2026-01-02,06031100,XA,150,
R-2,2026-01-03,06031100,XC,250,false
R-3,2026-01-03,06031100,XB,50,true
R-4,2026-01-03,72083900,XB,500,
"""


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """Return a folder with a draft and the set it names."""
    folder = tmp_path / "drafts"
    (folder / "sets").mkdir(parents=True)
    (folder / "draft.yaml").write_text(DRAFT.lstrip())
    (folder / "sets" / "watched.yaml").write_text(SET)
    return folder


@pytest.fixture
def past(tmp_path: Path) -> Path:
    """Return a history of four consignments."""
    file = tmp_path / "past.csv"
    file.write_text(CSV)
    return file


def test_a_draft_in_which_nothing_is_wrong(run: Run, drafts: Path) -> None:
    (found,) = objects(run("risk", "check", str(drafts), "--json"))
    assert found["ok"] is True
    assert found["indicators"][0]["reads"] == ["item.commodity", "item.origin", "item.value"]
    result = run("risk", "check", str(drafts))
    assert result.exit_code == 0
    assert "CUSTOMS-RISK-900 version 1 of customs, trial, per item" in result.stdout


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("item.value > 100", "item.valu > 100", "EXPR-009 draft.yaml:12, column 40"),
        ("item.value > 100", 'item.value > "100"', "EXPR-013 draft.yaml:12, column 51"),
        ("set(", "sett(", "EXPR-010 draft.yaml:12"),
        ('"watched"', '"watchd"', "EXPR-014 draft.yaml:12"),
        ("kind: scan", "kind: scn", "FILE-006 draft.yaml:13"),
        ("head of customs risk", "customs risk analyst", "DESC-026 draft.yaml:6"),
        ("agency: customs", "agency: custom", "DESC-002 draft.yaml:3"),
        ("review: 2027-06-01", "review: 2026-06-01", "DESC-025 draft.yaml:16"),
    ],
)
def test_every_fault_has_its_place(
    run: Run, drafts: Path, past: Path, old: str, new: str, told: str
) -> None:
    file = drafts / "draft.yaml"
    file.write_text(file.read_text().replace(old, new))
    result = run("risk", "check", str(drafts))
    assert result.exit_code == 1
    assert told in result.stderr
    refused = run("risk", "backtest", "--indicators", str(drafts), "--history", str(past))
    assert refused.exit_code == 1
    assert told in refused.stderr


def test_a_suggestion_goes_with_a_wrong_name(run: Run, drafts: Path) -> None:
    file = drafts / "draft.yaml"
    file.write_text(file.read_text().replace("item.origin", "item.orgin"))
    assert "Did you mean origin?" in run("risk", "check", str(file)).stderr


def test_a_draft_over_the_past_beside_the_set_in_force(run: Run, drafts: Path, past: Path) -> None:
    words = ("risk", "backtest", "--indicators", str(drafts), "--history", str(past))
    result = run(*words, "--day", "2026-07-01", "--json")
    assert result.exit_code == 0
    (found,) = objects(result)
    (one,) = found["indicators"]
    assert (one["hits"], one["consignments"], one["minutes"]) == (2, 2, 20)
    assert (one["precision"]["found"], one["precision"]["of"]) == (1, 2)
    assert found["agencies"]["customs"]["caught"] == 1
    assert found["agencies"]["customs"]["known"] == 2
    assert found["chance_of_any_stop"] == 0.5
    assert {each["id"] for each in found["today"]["indicators"]} == {
        "CUSTOMS-RISK-001",
        "PLANT-RISK-001",
    }
    assert found["both"]["chance_of_any_stop"] == 1
    assert found["checked"]["equal"] is True
    assert found["history"]["subjects"] == {"item": 5, "consignment": 4}
    told = run(*words, "--day", "2026-07-01").stdout
    assert "CUSTOMS-RISK-900 v1  customs  scan     2     50.00%" in told


def test_the_cases_on_record_are_a_history_too(run: Run, drafts: Path, write: Write) -> None:
    values = {"A": "150", "B": "50", "C": "500"}
    files = [write(f"{name}.json", name, value=value) for name, value in values.items()]
    assert run("lodge", *files, "--at", "2026-07-02T08:14").exit_code == 0
    words = ("risk", "backtest", "--indicators", str(drafts), "--day", "2026-07-03", "--json")
    (found,) = objects(run(*words))
    assert found["history"]["consignments"] == 3
    assert found["indicators"][0]["hits"] == 2
    assert found["checked"]["equal"] is True


def test_lodgements_are_a_history_too(run: Run, drafts: Path, write: Write, tmp_path: Path) -> None:
    one = Path(write("a.json", "A", value="150")).read_text()
    file = tmp_path / "past.ndjson"
    file.write_text(f'{one}\n{{"declaration":{one},"reference":"B","found":{{"customs":true}}}}\n')
    words = ("risk", "backtest", "--indicators", str(drafts), "--history", str(file), "--json")
    (found,) = objects(run(*words))
    assert found["indicators"][0]["hits"] == 2
    assert found["indicators"][0]["precision"] == {
        "found": 1,
        "of": 1,
        "share": 1.0,
        "low": pytest.approx(0.206549),
        "high": 1.0,
    }
    odd = one.replace('"IMA"', '"ZZZ"')
    file.write_text(odd)
    refused = run(*words)
    assert refused.exit_code == 1
    assert "lodgement 1, Declaration/TypeCode" in refused.stderr
