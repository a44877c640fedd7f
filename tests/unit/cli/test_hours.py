"""``gatepost hours`` and ``gatepost may`` for offices, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run, objects

HAN = ("may", "--jurisdiction", "nordic", "--office", "han", "--formality", "norway:export")
CALENDAR = """
id: bridge
title: {en: Hours of the bridge}
legal_basis: [{cite: press}]
services:
  - service: bank
    hours: {mon-fri: ["09:00-12:00"]}
    zone: Europe/Berlin
    side: XA
    valid: {from: 2020-01-01}
  - service: bank
    hours: {daily: ["09:00-17:00"]}
    zone: Europe/Helsinki
    side: XB
    valid: {from: 2020-01-01}
"""


def test_the_hours_of_a_jurisdiction(run: Run) -> None:
    words = ("hours", "--jurisdiction", "nordic", "--scenario", "2016_hours", "--json")
    result = run(*words, "--from", "2026-11-23")
    assert result.exit_code == 0
    (found,) = objects(result)
    han = next(one for one in found["calendars"] if one["post"] == "han")
    assert han["services"][0]["open_hours"] == 101
    assert han["services"][0]["of_hours"] == 168
    told = run(*words[:-1], "--post", "han").stdout
    assert "101 of 168 h; 67 h without a performer" in told
    assert "orje-hours" not in told


def test_the_hours_in_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bridge.yaml"
    file.write_text(CALENDAR)
    (found,) = objects(run("hours", str(file), "--from", "2026-07-06", "--json"))
    (overlap,) = found["calendars"][0]["overlaps"]
    assert (overlap["first_hours"], overlap["second_hours"]) == (15, 56)
    assert overlap["overlap_hours"] == 15
    assert overlap["queue_grows_at"] == "XB"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('["09:00-12:00"]', '["09:00-12:00", "11:00-13:00"]', "AUTH-023 bridge.yaml:7"),
        ('["09:00-12:00"]', '["nine to noon"]', "AUTH-020 bridge.yaml:7"),
        ("mon-fri", "weekdays", "AUTH-021 bridge.yaml:7"),
        ("Europe/Berlin", "Mars/Base", "DESC-015 bridge.yaml:8"),
        ("    zone: Europe/Berlin\n", "", "AUTH-028 bridge.yaml:6"),
        ("side: XB", "side: XA", "AUTH-025 bridge"),
        ("title:", "titel:", "FILE-003 bridge.yaml:3"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(
    run: Run, tmp_path: Path, old: str, new: str, code: str
) -> None:
    file = tmp_path / "bridge.yaml"
    file.write_text(CALENDAR.replace(old, new, 1))
    result = run("hours", str(file), "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert code in result.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("hours", "nowhere.yaml"), "FILE-017"),
        (("hours", "--jurisdiction", "nordic", "--scenario", "2017"), "FILE-021"),
        (("hours", "--jurisdiction", "nordic", "--post", "oslo"), "DESC-032"),
        (("hours", "--jurisdiction", "nordic:south"), "FILE-020"),
        ((*HAN[:4], "oslo", *HAN[5:]), "AUTH-037"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(
    run: Run, words: tuple[str, ...], code: str
) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert result.stderr.startswith(code)


def test_may_answers_for_an_office(run: Run) -> None:
    (found,) = objects(run(*HAN, "--json"))
    assert found["allowed"] is True
    assert found["instrument"] == "NORDIC-NO-SE/for-norway"
    assert "on behalf of NO/customs" in found["reason"]
    shut = (*HAN, "--at", "2016-11-07T03:00", "--scenario", "2016_hours")
    (answer,) = objects(run(*shut, "--json"))
    assert (answer["allowed"], answer["instrument"]) == (False, None)
    result = run(*shut)
    assert result.exit_code == 0
    assert result.stdout.startswith("no   AUTH-035  han is shut at 2016-11-07T03:00+01:00.")
