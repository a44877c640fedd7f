"""The demo ends by itself, tells what the README shows, and plays the same day each time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from gatepost.bootstrap import load_checked, open_desk
from gatepost.cli import main

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Play the day once and return its folder and what it printed."""
    folder = tmp_path_factory.mktemp("demo") / "demo-data"
    done = CliRunner().invoke(main, ["demo", "--no-serve", "--data", str(folder)])
    assert done.exit_code == 0, done.output
    return folder, done.output.replace(str(folder), "demo-data").splitlines()


def test_the_readme_shows_what_the_demo_prints(played: tuple[Path, list[str]]) -> None:
    shown = re.search(r"^```\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)
    assert shown is not None
    lines = shown[1].rstrip().splitlines()
    start = played[1].index(lines[0])
    assert played[1][start : start + len(lines)] == lines


def test_the_day_has_what_it_promises(played: tuple[Path, list[str]]) -> None:
    text = "\n".join(played[1])
    consignments = re.search(r"^(\d+) consignments, (\d+) coaches", text, re.MULTILINE)
    assert consignments is not None
    assert int(consignments[1]) >= 300
    assert re.search(r"One lorry, two consignments: \S+ removed, \S+ held by ", text)
    assert re.search(r"One coach, one traveller referred to .+ and .+: 1 stop instead of 2", text)
    stops = re.search(
        r"^as the day was played +(\d+)\nplanned for all together +(\d+) +(\d+) min\n"
        r"planned agency by agency +(\d+) +(\d+) min\n(\d+) stops avoided",
        text,
        re.MULTILINE,
    )
    assert stops is not None
    made, together, joint_minutes, apart, minutes, avoided = map(int, stops.groups())
    assert apart - together == avoided > 0
    assert abs(made - together) <= 1
    assert joint_minutes < minutes


def test_the_counterfactual_is_what_the_plan_of_the_day_says(
    played: tuple[Path, list[str]],
) -> None:
    """Nothing about the other day is assumed: the same command plans it from the same cases."""
    folder, lines = played
    asked = ["plan", "north_gate", "--date", "2026-07-02", "--data", str(folder)]
    done = CliRunner().invoke(main, [*asked, "--seconds", "0.5", "--compare", "--json"])
    found = msgspec.json.decode(done.stdout)
    avoided = found["separate"]["stops"] - found["joint"]["stops"]
    assert f"{avoided} stops avoided, with the same officers and bays" in lines


def test_a_case_of_the_day_can_be_asked_about_afterwards(played: tuple[Path, list[str]]) -> None:
    folder, lines = played
    (asked,) = [line for line in lines if line.startswith("$ gatepost why ")]
    reference = asked.split()[3]
    done = CliRunner().invoke(main, ["why", reference, "control", "--data", str(folder)])
    assert done.exit_code == 0
    begin = lines.index(asked) + 1
    assert done.output.rstrip().splitlines() == lines[begin : lines.index("", begin)]


def test_the_same_day_is_played_again_and_no_other_ledger_is_touched(
    played: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder, lines = played
    again = CliRunner().invoke(main, ["demo", "--no-serve", "--data", str(folder)])
    assert again.output.replace(str(folder), "demo-data").splitlines() == lines
    (tmp_path / "gatepost.sqlite3").write_text("precious")
    refused = CliRunner().invoke(main, ["demo", "--no-serve", "--data", str(tmp_path)])
    assert refused.exit_code == 2
    assert (tmp_path / "gatepost.sqlite3").read_text() == "precious"


def test_people_can_lodge_on_the_morning_that_is_served(
    played: tuple[Path, list[str]],
) -> None:
    """Whoever serves the day draws by the key that the day was played with."""
    desk = open_desk(load_checked("aldermark"), played[0])
    morning = datetime(2026, 7, 3, 7, tzinfo=UTC)
    assert desk.secret(desk.jurisdiction.law_day(morning), morning)
    desk.ledger.close()
