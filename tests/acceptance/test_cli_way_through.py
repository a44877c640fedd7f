"""One declaration through every command: asked about, lodged, acted on, told, released."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from gatepost.bootstrap import load_checked
from gatepost.casework.shorthand import Declaration, Goods, expand
from gatepost.cli import main

COUNTRY = "aldermark"
DAY = "2026-07-02"
ROUNDS = 10


class CommandLine:
    """The commands over one data folder, as one who types them sees them."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def run(self, *words: str, stdin: bytes | None = None) -> Result:
        """Run a command."""
        options = ["--data", str(self.data), "--jurisdiction", COUNTRY]
        return CliRunner().invoke(main, [*words, *options], input=stdin, catch_exceptions=False)

    def ask(self, *words: str, stdin: bytes | None = None) -> Any:
        """Run a command and return the one JSON value it prints."""
        result = self.run(*words, "--json", stdin=stdin)
        assert result.exit_code == 0, result.stderr
        return msgspec.json.decode(result.stdout_bytes)

    def act(self, **fields: Any) -> dict[str, Any]:
        """Do one act and return its answer."""
        answer = self.ask("act", "-", stdin=msgspec.json.encode(fields))
        assert isinstance(answer, dict)
        return answer


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    """Return the commands over a folder of the test's own."""
    return CommandLine(tmp_path / "data")


def roses(line: CommandLine, file: Path) -> list[dict[str, Any]]:
    """Write a declaration of roses with every document that is asked for; return what is asked."""
    question = ("--regime", "import", "--commodity", "0603.11", "--origin", "XB", "--on", DAY)
    known = ("--mode", "3", "--procedure", "4000", "--net-mass", "120", "--value", "900")
    asked: list[dict[str, Any]] = line.ask("requirements", *question, *known)
    papers = dict.fromkeys(one["document"] for one in asked if one["document"])
    codes = [code for code in papers if len(code) == 4]
    goods = Goods(
        commodity="06031100",
        origin="XB",
        description="cut roses",
        net_mass=120,
        gross_mass=140,
        procedure="4000",
        value=900,
        documents=tuple(f"{code} {code}-1" for code in codes),
    )
    short = Declaration(
        type="IMA",
        office="XA000101",
        mode="3",
        arrival=f"{DAY}T10:30",
        reference="ROSES-1",
        items=(goods,),
    )
    file.write_bytes(msgspec.json.encode(expand(short)))
    return asked


def inspectors(agency: str) -> list[str]:
    """Return the officers of an agency who may examine at North Gate."""
    return [
        officer.id
        for resources in load_checked(COUNTRY).register.all_resources
        if resources.agency == agency
        for officer in resources.officers
        if {"examine", "decide"} <= set(officer.powers) and "north" in f"{officer.id}{officer.unit}"
    ]


def work_off(line: CommandLine, reference: str, agencies: list[str]) -> None:
    """Let every agency do what stands on its work list, until nothing does."""
    for number in range(ROUNDS):
        todo = [(agency, one) for agency in agencies for one in line.ask("work", agency)]
        if not todo:
            return
        agency, item = todo[0]
        what = {"act": "examine", "result": "conform"}
        if item["action"] == "decide":
            what = {"act": "decide", "decision": "clear"}
        line.act(
            id=f"round-{number}",
            reference=reference,
            at=f"{DAY}T11:{number:02d}",
            by=inspectors(agency)[0],
            **what,
        )


def test_roses_go_from_question_to_removal(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "roses.json"
    asked = roses(line, file)
    lodged = line.ask("lodge", str(file), "--at", f"{DAY}T08:14")
    reference, agencies = lodged["reference"], lodged["agencies"]
    assert {one["requirement"] for one in asked} <= {n["requirement"] for n in lodged["needs"]}
    assert {"customs", "plant_health"} <= set(agencies)

    line.act(id="arrival", act="arrive", reference=reference, at=f"{DAY}T10:25", by="operator")
    work_off(line, reference, agencies)
    removal = line.act(
        id="removal", act="remove", reference=reference, at=f"{DAY}T12:00", by="XA0001"
    )
    assert removal["case"] == "removed"

    story = line.run("show", reference).stdout.splitlines()
    assert [text.split()[0] for text in story] == [
        "Lodged",
        "Needs",
        "Risk",
        "Control",
        "Released",
    ]
    assert "cut roses" in story[0]
    assert "after arrival" in story[-1] or "after lodgement" in story[-1]
    reasons = line.ask("why", reference, "needs")
    assert all(one["legal_basis"] and one["sentence"] for one in reasons)
    assert {one["rule"] for one in reasons} >= {one["requirement"] for one in asked}
    assert "Plant Health Service" in line.run("why", reference).stdout


def test_the_log_gives_the_same_answers_after_a_replay(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "roses.json"
    roses(line, file)
    reference = line.ask("lodge", str(file), "--at", f"{DAY}T08:14")["reference"]
    before = line.ask("show", reference, "--as", "status")
    work = line.ask("work", "plant_health")
    line.ask("replay")
    assert line.ask("show", reference, "--as", "status") == before
    assert line.ask("work", "plant_health") == work


def test_the_description_and_its_cases_hold(line: CommandLine) -> None:
    result = line.run("check", COUNTRY, "--cases")
    assert result.exit_code == 0, result.stderr
