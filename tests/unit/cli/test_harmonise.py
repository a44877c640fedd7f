"""``gatepost harmonise``: groups for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from gatepost.cli import main

FORMS = {
    "tea/form.json": """
        {"properties": {"e": {"title": "Exporter"}, "c": {"title": "Tea leaf grade"}}}
    """,
    "vet/form.csv": "field,title\nshipper,Name of exporter\ngrade,Grade of the meat\n",
}


def forms(folder: Path) -> str:
    for name, text in FORMS.items():
        path = folder / "forms" / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    return str(folder / "forms")


def test_groups_for_programs(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["harmonise", forms(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert [one["fields"] for one in found["groups"]] == [
        ["tea/form.json:e", "vet/form.csv:shipper"]
    ]
    assert found["groups"][0]["wco"] == ["R031 Declaration/Exporter/Name"]
    assert (found["forms"], found["fields"], found["asked_again"]) == (2, 4, 1)


def test_groups_for_people_and_what_was_decided(tmp_path: Path) -> None:
    decided = tmp_path / "decided.yaml"
    decided.write_text("same: [[tea/form.json:c, vet/form.csv:grade]]\n")
    given = ["harmonise", forms(tmp_path), "--confirmed", str(decided)]
    done = CliRunner().invoke(main, given)
    assert done.exit_code == 0, done.output
    assert "Tea leaf grade: 2 fields, 2 forms  (a person decided)" in done.output
    assert "4 ask in 2 groups, 0 alone. 2 could be answered from another." in done.output


def test_a_decision_about_no_field_is_refused(tmp_path: Path) -> None:
    decided = tmp_path / "decided.yaml"
    decided.write_text("apart: [[tea/form.json:x, vet/form.csv:shipper]]\n")
    done = CliRunner().invoke(main, ["harmonise", forms(tmp_path), "--confirmed", str(decided)])
    assert done.exit_code == 1
    assert "HARM-005 apart[0]: No form has the field tea/form.json:x." in done.output
