"""``gatepost notify``: one line for each notification, and what is not in the table is listed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from gatepost.adapters.formats import json_lodgement
from gatepost.bootstrap import KEY_FILE
from gatepost.casework.shorthand import Declaration, Goods, expand
from gatepost.cli import main

BY = ("--by", "plant_health.north_gate.inspector", "--at", "2026-07-02T13:00")
NOTIFICATION = """<MetaData><Response><FunctionCode>{}</FunctionCode>
<FunctionalReferenceID>{}</FunctionalReferenceID><IssueDateTime>
<DateTimeString formatCode="304">20260702{}00Z</DateTimeString></IssueDateTime><Declaration>
<FunctionalReferenceID>{}</FunctionalReferenceID><ID>PH-1</ID></Declaration></Response></MetaData>"""
ROSES = Declaration(
    "IMD",
    office="XA000101",
    mode="3",
    declarant="XA1001",
    reference="ROSES-1",
    arrival="2026-07-02T10:10",
    items=(Goods("06031100", origin="XB", net_mass="180", documents=("N851 PC-1",)),),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with notifications and a data folder in which the roses are lodged."""
    for name, values in {
        "control": ("05", "n-1", "0815", "ROSES-1"),
        "odd": ("42", "n-2", "0900", "ROSES-1"),
        "cleared": ("09", "n-3", "1015", "ROSES-1"),
        "other": ("09", "n-4", "1015", "TULIPS-1"),
    }.items():
        (tmp_path / f"{name}.xml").write_text(NOTIFICATION.format(*values))
    (tmp_path / "broken.xml").write_text("<MetaData>")
    (tmp_path / "roses.json").write_bytes(json_lodgement.write(expand(ROSES)))
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data" / KEY_FILE).write_text("00" * 32)
    lodged = run(tmp_path, "lodge", "roses.json", "--at", "2026-07-02T07:54")
    assert lodged.exit_code == 0, lodged.output
    return tmp_path


def run(folder: Path, command: str, *words: str) -> Result:
    paths = [str(folder / one) if one.endswith((".xml", ".json")) else one for one in words]
    return CliRunner().invoke(main, [command, *paths, "--data", str(folder / "data")])


def notify(folder: Path, *words: str) -> Result:
    return run(folder, "notify", *words, *BY)


def test_each_notification_is_a_line_of_json(folder: Path) -> None:
    done = notify(folder, "cleared.xml", "control.xml", "cleared.xml", "odd.xml", "--json")
    lines = [msgspec.json.decode(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [
        (line["status"], line["function"], line["event"], line["late"], line["case"])
        for line in lines
    ] == [
        ("done", "09", "release:decision:given", False, "released"),
        ("done", "05", "release:hold:placed", True, "released"),
        ("repeated", "09", "release:decision:given", False, "released"),
        ("done", "42", None, True, "released"),
    ]
    assert {line["reference"] for line in lines} == {lines[0]["reference"]}
    assert "release:release:granted" in lines[0]["happened"]


def test_what_is_not_in_the_table_is_listed(folder: Path) -> None:
    done = notify(folder, "odd.xml", "control.xml")
    assert done.exit_code == 0
    assert "Not in the table of uk_cds: 42 (1)" in done.stderr
    assert done.stdout.splitlines()[1].startswith("done      05  release:hold:placed")
    assert "held" in done.stdout.splitlines()[1]


def test_what_cannot_be_taken_in_is_refused_and_the_rest_is_not(folder: Path) -> None:
    done = notify(folder, "broken.xml", "other.xml", "cleared.xml", "--json")
    lines = [msgspec.json.decode(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert [line["status"] for line in lines] == ["refused", "refused", "done"]
    assert [[one["code"] for one in line["notices"]] for line in lines] == [
        ["XML-001"],
        ["REPORT-003"],
        [],
    ]


def test_a_system_may_name_its_own_number_no_id_and_no_offset(folder: Path) -> None:
    """The first notification tells both numbers; the next one only that of its own system."""
    text = (folder / "cleared.xml").read_text()
    bare = text.replace("ROSES-1", "").replace("n-3", "").replace("00Z", "00")
    assert bare.count("<FunctionalReferenceID></FunctionalReferenceID>") == 2
    (folder / "bare.xml").write_text(bare.replace("1015", "1215"))
    done = notify(folder, "control.xml", "bare.xml", "bare.xml", "--json")
    lines = [msgspec.json.decode(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0, done.output
    assert [(line["status"], line["case"]) for line in lines] == [
        ("done", "held"),
        ("done", "released"),
        ("repeated", "released"),
    ]
    assert len({line["reference"] for line in lines}) == 1


def test_a_party_answers_for_no_agency(folder: Path) -> None:
    done = run(folder, "notify", "cleared.xml", "--by", "XA1001", "--at", "2026-07-02T13:00")
    assert done.exit_code == 1
    assert "REPORT-002" in done.stderr
    assert run(folder, "notify", "cleared.xml").exit_code == 2
