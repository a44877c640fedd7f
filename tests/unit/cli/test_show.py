"""``gatepost show`` and ``gatepost why`` tell a case to people and to programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from gatepost.adapters.formats import read_lodgement
from gatepost.bootstrap import open_ledger
from tests.unit.cli.conftest import Run, Write, objects

AT = ("--at", "2026-07-02T08:14")


@pytest.fixture
def roses(run: Run, write: Write) -> str:
    """Return the reference of roses that were lodged with their certificate."""
    file = write("roses.json", documents=("N851 PC-1",), net_mass="10.00")
    (answer,) = objects(run("lodge", file, "--json", *AT))
    return str(answer["reference"])


def test_the_story_has_five_lines_with_times_of_the_post(run: Run, roses: str) -> None:
    result = run("show", roses)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["Lodged", "Needs", "Risk", "Control", "Released"]
    assert f"2026-07-02 08:14 +02:00  {roses}  cut roses" in lines[0]
    assert lines[0].endswith("once, for 2 agencies")
    assert lines[1].endswith("all present")
    assert "PLANT-RISK-001" in lines[2]
    assert "1 stop at North Gate" in lines[3]
    assert lines[4].endswith("waiting for Plant Health")


def test_the_story_ends_with_the_time_from_arrival_to_release(run: Run, roses: str) -> None:
    acts = [
        {"id": "1", "act": "arrive", "at": "2026-07-02T10:25", "by": "operator"},
        {"id": "2", "act": "examine", "at": "2026-07-03T11:00", "result": "conform"},
    ]
    lines = b"\n".join(msgspec.json.encode({**one, "reference": roses}) for one in acts)
    assert run("act", "-", "--by", "plant_health.inspector", stdin=lines).exit_code == 0
    *_, control, released = run("show", roses).stdout.splitlines()
    assert "2026-07-03 11:00 +02:00  1 stop at North Gate" in control
    assert " ".join(released.split()) == "Released 11:00 +02:00 1 d 35 min after arrival"


@pytest.mark.parametrize(
    ("act", "ending"),
    [
        ({"act": "withdraw", "by": "XA0001"}, "never the declaration was withdrawn"),
        (
            {"act": "decide", "decision": "refuse", "reason": "pests"},
            "denied: refuse",
        ),
        (
            {
                "act": "hold",
                "reason": "doubt",
                "expires": "2026-07-09T12:00",
                "legal_basis": [{"cite": "Border Act, s. 9"}],
            },
            "not yet waiting for Plant Health",
        ),
    ],
)
def test_the_story_tells_why_nothing_is_released(
    run: Run, roses: str, act: dict[str, Any], ending: str
) -> None:
    line = {"id": "1", "reference": roses, "at": "2026-07-02T10:25", **act}
    done = run("act", "-", "--by", "plant_health.inspector", stdin=msgspec.json.encode(line))
    assert done.exit_code == 0, done.stderr
    released = run("show", roses).stdout.splitlines()[-1]
    assert " ".join(released.split()) == f"Released {ending}"


def test_what_was_lodged_comes_back_in_both_formats(run: Run, roses: str, tmp_path: Path) -> None:
    lodged = read_lodgement((tmp_path / "roses.json").read_bytes())
    for form in ("json", "wco"):
        shown = run("show", roses, "--as", form)
        assert shown.exit_code == 0
        assert read_lodgement(shown.stdout_bytes) == lodged
    assert b"10.00" in run("show", roses, "--as", "wco").stdout_bytes


def test_the_status_says_whom_the_case_waits_for(run: Run, roses: str) -> None:
    (status,) = objects(run("show", roses, "--as", "status", "--json"))
    assert status["reference"] == roses
    assert status["status"] == "waiting"
    assert {one["agency"] for one in status["waiting"]} >= {"plant_health"}
    told = run("show", roses, "--as", "status").stdout
    assert "waits for Plant Health  since 2026-07-02 08:14 +02:00  control" in told


def test_the_story_for_programs_has_the_same_lines(run: Run, roses: str) -> None:
    (lines,) = objects(run("show", roses, "--json"))
    assert [one["name"] for one in lines] == ["Lodged", "Needs", "Risk", "Control", "Released"]
    assert lines[0]["at"] == "2026-07-02T08:14:00+02:00"


def test_why_names_rule_sentence_agency_and_law(run: Run, roses: str) -> None:
    result = run("why", roses, "needs")
    assert result.exit_code == 0
    assert "PLANT-REQ-001    Plant Health  Plant Act, s. 12; Plant Order, r. 3" in result.stdout
    assert "Cut flowers that enter come with a certificate." in result.stdout
    assert "N851: met by N851 (item/1)" in result.stdout
    assert "PLANT-RISK-001" not in result.stdout
    assert "PLANT-RISK-001" in run("why", roses).stdout


def test_why_for_programs_carries_the_values_that_fired(run: Run, roses: str) -> None:
    (reasons,) = objects(run("why", roses, "risk", "--json"))
    (hit,) = [one for one in reasons if one["rule"] == "PLANT-RISK-001"]
    assert hit["sentence"] == "Flowers from Brenland are examined."
    assert hit["agency"] == "plant_health"
    assert hit["legal_basis"] == "Border Act, s. 1"
    assert hit["values"] == {"item.origin": "XB"}


@pytest.mark.parametrize("command", ["show", "why"])
@pytest.mark.parametrize(
    "reference", ["26XAREKPHJGSRJTRRJ", "nonsense", "²" * 18, "", "\udcff" * 18, "\x00" * 18]
)
def test_a_reference_nobody_has_is_refused(run: Run, command: str, reference: str) -> None:
    result = run(command, reference)
    assert result.exit_code == 1
    assert result.stderr.startswith("LODGE-301: ")


def test_a_case_is_read_by_those_who_may_and_each_reading_is_on_record(
    run: Run, roses: str, data: Path
) -> None:
    assert run("show", roses, "--by", "XA9999").exit_code == 1
    assert run("show", roses, "--by", "plant_health.inspector").exit_code == 0
    assert run("show", roses.lower(), "--by", "operator").exit_code == 0
    ledger = open_ledger(data)
    readers = [r.event.actor.id for _, r in ledger.read_all() if r.stream.startswith("read/")]
    ledger.close()
    assert readers == ["XA9999", "plant_health.inspector", "operator"]


def test_an_outsider_gets_the_answer_of_a_case_that_is_not_there(run: Run, roses: str) -> None:
    for by in ("XA9999", "XB/customs", "police.nobody"):
        closed = run("show", roses, "--by", by)
        nothing = run("show", "26XAREKPHJGSRJTRRJ", "--by", by)
        assert closed.exit_code == nothing.exit_code == 1
        assert closed.stderr.replace(roses, "") == nothing.stderr.replace("26XAREKPHJGSRJTRRJ", "")
        assert closed.stdout == nothing.stdout == ""


def test_wrong_usage(run: Run, roses: str) -> None:
    assert run("why", roses, "nonsense").exit_code == 2
    assert run("show", roses, "--as", "poem").exit_code == 2
    assert run("show").exit_code == 2
