"""The main job on real input: whole declarations of the WCO Data Model, lodged and told again."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from lxml import etree

from gatepost.bootstrap import open_ledger
from gatepost.cli import main

FOLDERS = ("declaration_import", "declaration_export")
METADATA = "{*}MetaData"
SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"

Tree = tuple[str, tuple[tuple[str, str], ...], str, tuple[Any, ...]]


@pytest.fixture(scope="module")
def samples(shared_data: Path) -> Path:
    """Return the folder of real messages."""
    return shared_data / "wco_dm" / "open"


@pytest.fixture(scope="module")
def valid_files(samples: Path) -> list[str]:
    """Return every schema-valid import and export declaration that is there."""
    with (samples / "index.csv").open(encoding="utf-8", newline="") as index:
        rows = list(csv.DictReader(index))
    files = [
        samples.parents[1] / row["file"]
        for row in rows
        if row["kind"] in FOLDERS and row["xsd"] == "valid"
    ]
    found = [str(file) for file in files if file.is_file()]
    assert len(found) > 100
    return found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder in which all of them are lodged."""
    return tmp_path_factory.mktemp("data")


def run(data: Path, *words: str) -> Result:
    """Run a command over the test's data."""
    options = ["--data", str(data), "--jurisdiction", "aldermark"]
    return CliRunner().invoke(main, [*words, *options], catch_exceptions=False)


def objects(result: Result) -> list[dict[str, Any]]:
    """Return the objects printed, one a line."""
    return [msgspec.json.decode(line) for line in result.stdout_bytes.splitlines()]


@pytest.fixture(scope="module")
def answers(data: Path, valid_files: list[str]) -> list[dict[str, Any]]:
    """Lodge every schema-valid declaration in one run and return the answers."""
    result = run(data, "lodge", *valid_files, "--json")
    assert result.exit_code == 0, result.stderr
    return objects(result)


def tree_of(xml: bytes) -> Tree:
    """Return a message from MetaData inwards, whatever its prefixes and what is around it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    root = etree.fromstring(xml, parser)
    inner = root if etree.QName(root).localname == "MetaData" else root.find(f".//{METADATA}")
    assert inner is not None
    return _tree(inner)


def _tree(element: etree._Element) -> Tree:
    attributes = ((str(n), str(v)) for n, v in element.attrib.items() if n != SCHEMA_LOCATION)
    children = tuple(_tree(one) for one in element if isinstance(one.tag, str))
    text = "" if children else (element.text or "")
    return str(element.tag), tuple(sorted(attributes)), text, children


def leaves(tree: Tree, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every value of a message with its path."""
    tag, attributes, text, children = tree
    here = f"{path}/{etree.QName(tag).localname}"
    yield from ((f"{here}@{name}", value) for name, value in attributes)
    if not children:
        yield here, text
    for number, one in enumerate(children, 1):
        yield from leaves(one, f"{here}[{number}]")


def test_every_schema_valid_file_is_accepted_with_a_reference(
    answers: list[dict[str, Any]], valid_files: list[str]
) -> None:
    assert [one["file"] for one in answers] == valid_files
    assert {one["status"] for one in answers} == {"accepted"}
    references = [one["reference"] for one in answers]
    assert all(isinstance(one, str) and len(one) == 18 for one in references)
    for answer in answers:
        assert "customs" in answer["agencies"]
        assert {need["agency"] for need in answer["needs"]} <= set(answer["agencies"])
        assert all(need["legal_basis"] for need in answer["needs"])


def test_codes_of_another_country_are_kept_and_reported(answers: list[dict[str, Any]]) -> None:
    told = {notice["code"] for one in answers for notice in one["notices"]}
    assert {"LODGE-101", "LODGE-102", "LODGE-103"} <= told
    assert all(notice["sentence"] for one in answers for notice in one["notices"])


def test_written_back_each_equals_its_source_from_metadata_inwards(
    answers: list[dict[str, Any]], data: Path
) -> None:
    for answer in answers:
        shown = run(data, "show", answer["reference"], "--as", "wco")
        assert shown.exit_code == 0
        source = tree_of(Path(answer["file"]).read_bytes())
        assert tree_of(shown.stdout_bytes) == source, answer["file"]


def test_one_value_changed_in_the_json_changes_that_and_the_reference_only(
    answers: list[dict[str, Any]], data: Path, tmp_path: Path
) -> None:
    for answer in answers[::12]:
        shown = run(data, "show", answer["reference"], "--as", "json")
        case = msgspec.json.decode(shown.stdout_bytes)
        declaration = case["Declaration"]
        declaration["FunctionalReferenceID"] = f"NEW-{answer['reference'][-9:]}"
        declaration["GoodsItemQuantity"] = "7" if was(declaration) != "7" else "8"
        changed = tmp_path / "changed.json"
        changed.write_bytes(msgspec.json.encode(case))
        (again,) = objects(run(data, "lodge", str(changed), "--json"))
        assert again["status"] == "accepted", again
        assert again["reference"] != answer["reference"]
        before = dict(leaves(tree_of(Path(answer["file"]).read_bytes())))
        written = run(data, "show", again["reference"], "--as", "wco").stdout_bytes
        after = dict(leaves(tree_of(written)))
        assert before.keys() == after.keys()
        differing = {path.split("/")[-1] for path in before if before[path] != after[path]}
        assert differing == {"FunctionalReferenceID", "GoodsItemQuantity"}


def was(declaration: dict[str, Any]) -> str:
    """Return the number of goods items a declaration states."""
    return str(declaration["GoodsItemQuantity"])


def hostile_files(folder: Path) -> list[str]:
    """Return what is malformed or hostile among XML and JSON messages."""
    malformed = [*folder.glob("wco_dm/open/malformed/*")]
    attacks = [*folder.glob("attacks/xml/*"), *folder.glob("attacks/json/*")]
    return sorted(str(one) for one in (*malformed, *attacks) if one.is_file())


def test_malformed_files_are_refused_with_a_place_and_nothing_is_stored(
    shared_data: Path, tmp_path: Path
) -> None:
    files = hostile_files(shared_data)
    assert len(files) > 40
    result = run(tmp_path, "lodge", *files, "--json")
    assert result.exit_code == 1
    found = objects(result)
    assert [one["file"] for one in found] == files
    for answer in found:
        assert answer["status"] == "refused", answer
        assert answer["reference"] is None
        assert answer["notices"], answer
    malformed = [one for one in found if f"{os.sep}malformed{os.sep}" in one["file"]]
    for answer in malformed:
        notice = answer["notices"][0]
        assert notice["where"] or "line" in notice["sentence"], notice
    ledger = open_ledger(tmp_path)
    streams = {recorded.stream.split("/")[0] for _, recorded in ledger.read_all()}
    ledger.close()
    assert streams <= {"random"}


def test_a_file_that_is_refused_leaves_the_others_of_its_run(
    valid_files: list[str], shared_data: Path, tmp_path: Path
) -> None:
    files = [valid_files[0], *hostile_files(shared_data)[:3], valid_files[1]]
    result = run(tmp_path, "lodge", *files, "--json")
    assert result.exit_code == 1
    statuses = [one["status"] for one in objects(result)]
    assert statuses == ["accepted", "refused", "refused", "refused", "accepted"]
