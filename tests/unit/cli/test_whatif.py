"""``gatepost whatif`` plays the same day under the description as it is and as changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from gatepost.cli import main


def run(*arguments: str) -> Any:
    done = CliRunner().invoke(main, ["whatif", "aldermark", *arguments])
    assert done.exit_code == 0, done.output
    return json.loads(done.output) if "--json" in arguments else done.output


def test_no_change_gives_exactly_the_baseline() -> None:
    found = run("--json")
    assert found["baseline"] == found["changed"]
    assert (found["effects"], found["lacking"], found["touched"]) == ([], [], [])
    assert found["baseline"]["movements"] == found["movements"] == 100


def test_a_dropped_check_saves_hours_and_looks_at_less() -> None:
    found = run("--drop", "CUSTOMS-RISK-001", "--json")
    effects = {one["figure"]: one["after"] - one["before"] for one in found["effects"]}
    assert effects["staff: officer hours"] < 0
    assert effects["security: checks done"] < 0
    assert found["changed"]["movements"] == found["baseline"]["movements"]
    assert found["changed"]["lodged"] == found["baseline"]["lodged"]
    assert [one["code"] for one in found["lacking"]] == ["WHAT-010"]


def test_people_read_what_changes_what_lacks_and_what_is_touched() -> None:
    text = run("--drop", "FOOD-REQ-020")
    assert "security: controls ordered" in text
    assert "WHAT-010  FOOD-REQ-020 is a rule of food_safety" in text
    assert "FOOD-REQ-020 touches papers XF15, " in text
    assert "Nothing changes." in run("--join", "customs:veterinary")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--merge", "identity"), "WHAT-002 --merge"),
        (("--delegate", "decide=customs:police"), "WHAT-002 --delegate"),
        (("--join", "customs"), "WHAT-002 --join"),
        (("--condition", "CUSTOMS-RISK-001"), "WHAT-002 --condition"),
        (("--drop", "NO-RULE"), "WHAT-001"),
    ],
)
def test_what_names_no_change_is_refused(arguments: tuple[str, ...], code: str) -> None:
    done = CliRunner().invoke(main, ["whatif", "aldermark", *arguments])
    assert done.exit_code == 1
    assert done.stderr.startswith(code)
