"""Agencies' forms captured from JSON Schema, tables and our own files (SW-04)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from gatepost.adapters.forms.reading import read_forms
from gatepost.kernel.notice import Refused
from gatepost.review.harmonise.model import FormField


def written(folder: Path, name: str, value: Any) -> str:
    """Write a file, an object as JSON, and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return str(path)


def fields(path: str) -> list[FormField]:
    [form] = read_forms([path])
    return list(form.fields)


def refused(*paths: str) -> list[str]:
    with pytest.raises(Refused) as told:
        read_forms(paths)
    return [one.code for one in told.value.notices]


def test_a_schema_is_read_to_its_leaves(tmp_path: Path) -> None:
    schema = {
        "type": "object",
        "$defs": {"place": {"type": "string", "title": "Place"}},
        "properties": {
            "where": {"$ref": "#/$defs/place"},
            "lines": {
                "type": "array",
                "title": "Goods",
                "items": {"type": "object", "properties": {"w": {"type": "number"}}},
            },
            "day": {"type": "string", "format": "date", "readOnly": True},
            "kind": {"type": "string", "oneOf": [{"const": "a", "title": "Air"}, {"const": "s"}]},
            "paper": {"type": "string", "format": "file"},
            "tick": {"type": "boolean"},
        },
    }
    assert fields(written(tmp_path, "a.json", schema)) == [
        FormField("where", "Place"),
        FormField("lines[].w", headings=("Goods",), kind="number"),
        FormField("day", kind="date", shown=True),
        FormField("kind", kind="choice", choices=("Air", "s")),
        FormField("paper", kind="file"),
        FormField("tick", kind="yes_no"),
    ]


def test_the_headings_are_those_of_the_screen(tmp_path: Path) -> None:
    control = {"type": "Control", "scope": "#/properties/exporter/properties/name"}
    form = {
        "title": "Application",
        "schema": {"properties": {"exporter": {"properties": {"name": {"title": "Name"}}}}},
        "uiSchema": {
            "type": "VerticalLayout",
            "elements": [{"type": "Group", "label": "Parties", "elements": [control]}],
        },
    }
    [read] = read_forms([written(tmp_path, "a.json", form)])
    assert read.title == "Application"
    assert read.fields == (FormField("exporter.name", "Name", ("Parties",)),)


def test_a_form_that_only_shows_a_text_has_no_fields(tmp_path: Path) -> None:
    assert fields(written(tmp_path, "a.json", {"id": "x", "template": "Thank you"})) == []


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_table_has_a_row_for_each_field(tmp_path: Path, name: str) -> None:
    rows: list[list[str | None]] = [
        ["Field", "Label", "Type", "Section", "Agency"],
        ["exporter", "Exporter name", "text", "Parties", "tea_board"],
        [None, "a row without a name is a remark", None, None, None],
        ["day", "Date of export", "date", "", ""],
        ["scan", "Invoice", "Upload", "", ""],
    ]
    path = tmp_path / name
    if name.endswith("csv"):
        path.write_text("\n".join(",".join(cell or "" for cell in row) for row in rows))
    else:
        book = Workbook()
        for row in rows:
            book.worksheets[0].append(list(row))
        book.save(path)
    [form] = read_forms([str(path)])
    assert form.agency == "tea_board"
    assert form.fields == (
        FormField("exporter", "Exporter name", ("Parties",)),
        FormField("day", "Date of export", kind="date"),
        FormField("scan", "Invoice", kind="file"),
    )


def test_our_own_form_is_yaml(tmp_path: Path) -> None:
    text = "agency: vet\nfields:\n- {name: a, title: Vessel, heading: Transport, kind: text}\n"
    [form] = read_forms([written(tmp_path, "a.yaml", text)])
    assert (form.agency, form.fields) == ("vet", (FormField("a", "Vessel", ("Transport",)),))


def test_a_form_belongs_to_the_first_folder_below_what_all_share(tmp_path: Path) -> None:
    form = {"properties": {"a": {"title": "Vessel"}}}
    written(tmp_path, "tea/1/a.json", form)
    written(tmp_path, "vet/a.json", form)
    found = {one.id: one.agency for one in read_forms([str(tmp_path)])}
    assert found == {"tea/1/a.json": "tea", "vet/a.json": "vet"}


def test_a_form_named_twice_is_read_once(tmp_path: Path) -> None:
    path = written(tmp_path, "a.json", {"properties": {"a": {}}})
    assert len(read_forms([path, str(tmp_path)])) == 1


LOOP = {"properties": {"a": {"$ref": "#/properties/a"}}}
ENDLESS = {"$defs": {"n": {"properties": {"n": {"$ref": "#/$defs/n"}}}}, "$ref": "#/$defs/n"}


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("a.json", "{", ["HARM-001"]),
        ("a.json", "[]", ["HARM-001"]),
        ("a.json", '{"type": "string"}', ["HARM-001"]),
        ("a.json", LOOP, ["HARM-001"]),
        ("a.json", ENDLESS, ["HARM-001"]),
        ("a.json", {"properties": {"a": {"$ref": "other.json#/x"}}}, ["HARM-001"]),
        ("a.json", {"properties": {"a": 1}}, ["HARM-001"]),
        ("a.json", '{"properties":' * 50_000, ["HARM-001"]),
        ("a.csv", "title,type\nVessel,text\n", ["HARM-003"]),
        ("a.csv", "", ["HARM-003"]),
        ("a.csv", "field\na\na\nb\nb\n", ["HARM-004", "HARM-004"]),
        ("a.xlsx", "no workbook", ["HARM-001"]),
        ("a.yaml", "agency: vet\nfields:\n- {name: a, colour: red}\n", ["FILE-003"]),
        ("a.txt", "Vessel", ["HARM-001"]),
    ],
)
def test_what_is_no_form_is_refused(tmp_path: Path, name: str, text: Any, codes: list[str]) -> None:
    assert refused(written(tmp_path, name, text)) == codes


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    paths = [written(tmp_path, "a.json", "{"), str(tmp_path / "missing.json"), str(empty)]
    assert refused(*paths) == ["HARM-002", "HARM-001", "HARM-001"]


def archive(path: Path, **files: str) -> str:
    """Write a zip archive with these files and return its path."""
    with ZipFile(path, "w", ZIP_DEFLATED) as zipped:
        for name, text in files.items():
            zipped.writestr(name, text)
    return str(path)


def test_a_workbook_that_bursts_or_defines_entities_is_not_opened(tmp_path: Path) -> None:
    bursts = archive(tmp_path / "a.xlsx", sheet="0" * 60_000_000)
    defines = archive(tmp_path / "b.xlsx", sheet='<?xml version="1.0"?><!DOCTYPE a><a/>')
    assert refused(bursts, defines) == ["HARM-001", "HARM-001"]
