"""The page about learning a model is followed: its commands run on records made for it."""

from __future__ import annotations

import random
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from gatepost.cli import main

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "howto" / "learn-a-model.md"
NAMES = "reference,regime,item.origin,item.value,item.net_mass,found.plant_health"


def records(seed: int) -> str:
    """Return records of which cheap ones from XB are mostly wrong."""
    chance = random.Random(seed)
    lines = [NAMES]
    for number in range(800):
        price, origin = chance.uniform(0.2, 10), chance.choice(("XB", "XC"))
        wrong = chance.random() < (0.7 if price < 3 and origin == "XB" else 0.02)
        lines.append(f"R-{number},import,{origin},{price * 100:.2f},100,{str(wrong).lower()}")
    return "\n".join(lines) + "\n"


def commands() -> list[list[str]]:
    """Return the commands of the page, lines that go on joined."""
    text = PAGE.read_text().replace("\\\n", " ")
    return [shlex.split(line) for line in re.findall(r"^    (gatepost .*)$", text, re.MULTILINE)]


def test_the_commands_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "jurisdictions", tmp_path / "jurisdictions")
    (tmp_path / "jurisdictions/aldermark/agencies/plant_health/models").mkdir(exist_ok=True)
    (tmp_path / "past.csv").write_text(records(1))
    (tmp_path / "lately.csv").write_text(records(2))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    shown = commands()
    assert [one[2] for one in shown] == ["learn", "drift"]
    here = ["--jurisdiction", "./jurisdictions/aldermark"]
    for one in shown:
        done = CliRunner().invoke(main, [*one[1:], *here])
        assert done.exit_code == 0, done.output
    assert "steady" in done.output


def test_what_the_page_says_of_the_model_holds(tmp_path: Path) -> None:
    text = PAGE.read_text()
    for option in ("--agency", "--history", "--feature", "--keep"):
        assert option in text
        assert option in CliRunner().invoke(main, ["risk", "learn", "--help"]).output
