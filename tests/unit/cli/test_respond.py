"""Answers as WCO response messages."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.unit.cli.conftest import Run, Write, objects

AT = ("--at", "2026-07-02T08:14")
NS = {"r": "urn:wco:datamodel:WCO:RES-DMS:2"}


def value(message: bytes, path: str) -> str | None:
    """Return the text of an element of the response."""
    found = etree.fromstring(message).findtext(f".//r:Response/{path}", namespaces=NS)
    return None if found is None else str(found)


def test_each_file_gets_its_message(run: Run, write: Write, tmp_path: Path) -> None:
    good = write("roses.json", "R-1")
    bad = tmp_path / "bad.json"
    bad.write_text('{"Declaration": {"TypeCode": "IMA"}}')
    folder = tmp_path / "answers"
    (taken, refused) = objects(
        run("lodge", good, str(bad), "--json", "--respond", str(folder), *AT)
    )
    accepted = (folder / "roses.json.response.xml").read_bytes()
    assert value(accepted, "r:FunctionCode") == "01"
    assert value(accepted, "r:Declaration/r:ID") == taken["reference"]
    assert value(accepted, "r:Declaration/r:FunctionalReferenceID") == "R-1"
    rejected = (folder / "bad.json.response.xml").read_bytes()
    assert value(rejected, "r:FunctionCode") == "03"
    assert rejected.count(b"<Error>") == len(refused["notices"]) > 0


@pytest.mark.parametrize(("acts", "code"), [(0, "05"), (3, "08"), (4, "09")])
def test_a_case_tells_how_it_stands(
    run: Run, write: Write, tmp_path: Path, acts: int, code: str
) -> None:
    file = write("roses.json", "R-1", documents=("N851 PC-1",))
    (taken,) = objects(run("lodge", file, "--json", *AT))
    reference = taken["reference"]
    lines = [
        f'{{"id": "1", "act": "arrive", "reference": "{reference}", "at": "2026-07-02T10:00"}}',
        f'{{"id": "2", "act": "examine", "reference": "{reference}", "at": "2026-07-02T10:30", '
        '"by": "plant_health.inspector", "result": "conform"}',
        # Customs looks at the papers of every second lot, by chance: refused if not of this one.
        f'{{"id": "3", "act": "find", "reference": "{reference}", "at": "2026-07-02T10:40", '
        '"by": "customs.inspector", "result": "conform"}',
        f'{{"id": "4", "act": "remove", "reference": "{reference}", "at": "2026-07-02T11:00"}}',
    ]
    done = tmp_path / "acts.jsonl"
    done.write_text("\n".join(lines[:acts]) + "\n")
    if acts:
        run("act", str(done), "--json")
    shown = run("show", reference, "--as", "response", *AT)
    assert shown.exit_code == 0
    assert value(shown.stdout_bytes, "r:FunctionCode") == code


def test_what_is_still_needed_is_said(run: Run, write: Write) -> None:
    (taken,) = objects(run("lodge", write("steel.json", "R-1", origin="XC"), "--json", *AT))
    shown = run("show", taken["reference"], "--as", "response", *AT)
    assert b"N851" in shown.stdout_bytes
