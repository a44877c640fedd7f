"""From finds to a model to an indicator on trial, and how the model ages."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.unit.cli.conftest import LAW, Run, Write, objects

INDICATOR = f"""
id: PLANT-RISK-090
title: {{en: Flowers that look like those found wrong are examined.}}
agency: plant_health
version: 1
author: analyst
second_reader: head of import
reason: {{en: A model learnt from what was found.}}
intent: unknown
mode: trial
level: item
regimes: [import]
learnt: {{model: PLANT-MOD-1, digest: DIGEST, above: 0.3}}
control: {{kind: examination, check: pests}}
{LAW}
valid: {{from: 2026-01-01}}
review: 2027-01-01
"""


def history(path: Path, seed: int, most: float) -> Path:
    """Write records of which cheap ones from XB are mostly wrong."""
    chance = random.Random(seed)
    lines = [
        "reference,regime,item.commodity,item.origin,item.value,item.net_mass,found.plant_health"
    ]
    for number in range(1500):
        price, origin = chance.uniform(0.2, most), chance.choice(("XB", "XC"))
        wrong = chance.random() < (0.7 if price < 3 and origin == "XB" else 0.02)
        found = str(wrong).lower() if chance.random() < 0.8 else ""
        lines.append(f"R-{number},import,06031100,{origin},{price * 100:.2f},100,{found}")
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def learnt(run: Run, country: Path, tmp_path: Path) -> Path:
    """Learn a model from a history, and put it and an indicator that names it in the country."""
    past = history(tmp_path / "past.csv", 3, 10)
    file = country / "agencies/plant_health/models/PLANT-MOD-1.yaml"
    file.parent.mkdir()
    words = ("risk", "learn", "PLANT-MOD-1", "--agency", "plant_health", "--history", str(past))
    features = ("--feature", "item.value / item.net_mass", "--feature", "item.origin")
    result = run(*words, *features, "--keep", str(file))
    assert result.exit_code == 0, result.output
    assert "held back" in result.stdout
    (found,) = objects(run(*words, *features, "--keep", str(file), "--json"))
    assert found["trained"]["auc"] > 0.7
    assert found["digest"] in file.read_text()
    draft = country / "agencies/plant_health/indicators/PLANT-RISK-090.yaml"
    draft.write_text(INDICATOR.lstrip().replace("DIGEST", found["digest"]))
    return past


def test_an_indicator_on_a_model_is_tried_like_any(
    run: Run, learnt: Path, write: Write, country: Path
) -> None:
    indicator = country / "agencies/plant_health/indicators/PLANT-RISK-090.yaml"
    words = ("risk", "backtest", "--indicators", str(indicator), "--history", str(learnt), "--json")
    (found,) = objects(run(*words))
    (one,) = found["indicators"]
    assert 100 < one["hits"] < 400
    assert one["precision"]["share"] > 0.5
    assert found["checked"]["equal"] is True


def test_its_hits_on_trial_are_explained_and_stop_nobody(
    run: Run, learnt: Path, write: Write
) -> None:
    cheap = write("a.json", "R-1", origin="XB", value="100", net_mass="100")
    (case,) = objects(run("lodge", cheap, "--json", "--at", "2026-07-02T08:14"))
    why = objects(run("why", case["reference"], "risk", "--by", "operator", "--json"))[0]
    (hit,) = [one for one in why if one["rule"] == "PLANT-RISK-090"]
    assert "trial: recorded, not acted on" in hit["says"]
    assert "raised by" in hit["says"]
    assert hit["values"]["model"] == "PLANT-MOD-1"
    assert hit["values"]["score"] >= 0.3
    assert hit["values"]["item.origin"]["is"] == "XB"


def test_drift_is_told(run: Run, learnt: Path, tmp_path: Path) -> None:
    words = ("risk", "drift", "PLANT-MOD-1", "--history")
    (same,) = objects(run(*words, str(learnt), "--json"))
    assert {one["verdict"] for one in same["shifts"]} == {"steady"}
    moved = history(tmp_path / "moved.csv", 4, 2)
    (found,) = objects(run(*words, str(moved), "--json"))
    verdicts = {one["name"]: one["verdict"] for one in found["shifts"]}
    assert verdicts["item.value / item.net_mass"] == "drifted"
    assert verdicts["item.origin"] == "steady"
    assert "Learn it again" in run(*words, str(moved)).stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("drift", "PLANT-MOD-9"), "LEARN-003"),
        (("learn", "M", "--agency", "plant_health", "--keep", "m.yaml"), "LEARN-001"),
        (
            (*("learn", "M", "--agency", "plant_health", "--keep", "m.yaml"), "--feature", "item"),
            "LEARN-004",
        ),
        (
            (*("learn", "M", "--agency", "x", "--keep", "m.yaml"), "--feature", "item.origin:x"),
            "LEARN-004",
        ),
    ],
)
def test_what_cannot_be_done_is_refused(run: Run, words: tuple[str, ...], code: str) -> None:
    result = run("risk", *words)
    assert result.exit_code == 1
    assert code in result.stderr
