"""What the commands of cooperation print for people, and where there is nothing to print."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run, objects

ALDERMARK = ("--jurisdiction", "aldermark")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("instructions",), "No instruction is on record.\n"),
        (("instructions", "--overdue"), "No instruction is overdue.\n"),
        (("committees",), "No committee is described.\n"),
        (("committees", "--overdue"), "No action is overdue.\n"),
        (("processes",), "Lead agency: none\nNo process is described.\n"),
        (("feed", "--due"), ""),
    ],
)
def test_where_there_is_nothing(run: Run, words: tuple[str, ...], told: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (0, told)


def test_processes_tell_who_answers_and_who_may_stop_them(run: Run) -> None:
    told = run("processes", *ALDERMARK, "--on", "2026-07-06").stdout
    animals = told.partition("live_animals")[2].partition("\n\n")[0]
    assert "answers      veterinary\n" in animals
    assert "veterinary (decide, hold)" in animals
    assert "food_safety (" not in animals
    assert run("processes", *ALDERMARK, "--on", "2018-06-30").stdout.endswith("described.\n")


def test_an_unknown_committee_is_refused(run: Run) -> None:
    result = run("committees", *ALDERMARK, "--committee", "moon")
    assert result.exit_code == 1
    assert "COOP-051 --committee" in result.stderr


def test_a_no_says_whom_to_ask(run: Run) -> None:
    words = (
        "may", *ALDERMARK, "--by", "customs.north_gate.examiner", "--power", "decide",
        "--agency", "veterinary", "--post", "north_gate", "--at", "2026-07-06T22:00",
    )  # fmt: skip
    assert "Ask veterinary: Veterinarian on call in the region" in run(*words).stdout
    (found,) = objects(run(*words, "--json"))
    assert found["ask"]["contact"] == "vet-on-call-north"
    (allowed,) = objects(run(*words[:7], "--json"))
    assert (allowed["allowed"], allowed["ask"]) == (True, None)


def test_a_moment_asks_for_the_hours_of_an_officer_too(run: Run) -> None:
    words = (
        "may", *ALDERMARK, "--by", "veterinary.north_gate.official", "--power", "examine",
        "--post", "north_gate", "--commodity", "020130",
    )  # fmt: skip
    (day,) = objects(run(*words, "--at", "2026-07-06T10:00", "--json"))
    (night,) = objects(run(*words, "--at", "2026-07-06T23:00", "--json"))
    (law,) = objects(run(*words, "--on", "2026-07-06", "--json"))
    assert (day["allowed"], night["allowed"], law["allowed"]) == (True, False, True)
    assert [one["code"] for one in night["notices"]] == ["AUTH-048"]
    assert "It opens again Tue 2026-07-07 06:00." in night["reason"]


@pytest.mark.parametrize("command", ["instructions", "committees"])
def test_lines_that_are_no_acts_are_told(run: Run, tmp_path: Path, command: str) -> None:
    file = tmp_path / "acts.jsonl"
    file.write_text('{"id": "x"}\n{"id": "y", "act": "dance"}\n')
    result = run(command, str(file))
    assert result.exit_code == 1
    assert result.stderr.count("acts.jsonl line") == 2
