"""The key of what seven agencies' forms ask alike is complete and agrees with itself.

The key (``agency_forms_key.yaml``) says which fields of real forms ask for the same thing; its
heading says what counts as the same and how pairs are counted. Here no field is judged, only
that each occurs once and that every name stands where the key says it does.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

KEY: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("agency_forms_key.yaml").read_text(encoding="utf-8")
)
GROUPS: list[list[str]] = [group["fields"] for group in KEY["groups"]]
HOME = {field: number for number, fields in enumerate(GROUPS) for field in fields}


def leaves(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """Yield the path of every leaf of a JSON Schema: dots between names, ``[]`` after lists."""
    match schema["type"]:
        case "object":
            for name, part in schema["properties"].items():
                yield from leaves(part, f"{path}.{name}" if path else name)
        case "array":
            yield from leaves(schema["items"], f"{path}[]")
        case _:
            yield path


@pytest.fixture(scope="module")
def fields(shared_data: Path) -> list[str]:
    """Return every leaf of the seven forms as the key writes it; without the forms skip."""
    folder = shared_data / "agency_forms" / "tnsw"
    if not folder.is_dir():
        pytest.skip("the agencies' forms do not stand in shared/data/agency_forms")
    return [
        f"{form}:{path}"
        for form, file in KEY["forms"].items()
        for path in leaves(json.loads((folder / file).read_text(encoding="utf-8"))["schema"])
    ]


def test_every_field_of_the_seven_forms_is_judged_once(fields: list[str]) -> None:
    judged = Counter([field for group in GROUPS for field in group] + KEY["singles"])
    assert [field for field, times in judged.items() if times > 1] == []
    assert set(fields) - set(judged) == set(), "fields the key forgets"
    assert set(judged) - set(fields) == set(), "fields no form has"


def test_every_element_stands_in_the_catalogue(shared_data: Path) -> None:
    catalogue = shared_data / "wco_dm" / "schema" / "wco_element_catalogue.csv"
    if not catalogue.is_file():
        pytest.skip("the catalogue of elements does not stand in shared/data/wco_dm")
    with catalogue.open(newline="", encoding="utf-8") as lines:
        known = {f"{row['wco_id']} {row['path']}" for row in csv.DictReader(lines)}
    named = [element for group in KEY["groups"] for element in group["wco"]]
    assert [element for element in named if element not in known] == []


def test_a_group_has_two_fields_and_a_question_of_its_own() -> None:
    assert [group["asks"] for group in KEY["groups"] if len(group["fields"]) < 2] == []
    asked = Counter(group["asks"] for group in KEY["groups"])
    assert [question for question, times in asked.items() if times > 1] == []


@pytest.mark.parametrize("doubt", KEY["doubtful"], ids=lambda doubt: " ~ ".join(doubt["fields"]))
def test_a_doubtful_decision_is_the_one_the_groups_show(doubt: dict[str, Any]) -> None:
    assert doubt["why"]
    assert len(doubt["fields"]) > 1
    for one, other in combinations(doubt["fields"], 2):
        assert {one, other} <= set(HOME) | set(KEY["singles"])
        together = one in HOME and HOME[one] == HOME.get(other)
        assert ("same" if together else "apart") == doubt["decided"]


def test_the_counts_are_those_of_the_key() -> None:
    assert KEY["counts"] == {
        "fields": sum(map(len, GROUPS)) + len(KEY["singles"]),
        "groups": len(GROUPS),
        "grouped": sum(map(len, GROUPS)),
        "pairs": sum(len(group) * (len(group) - 1) // 2 for group in GROUPS),
        "doubtful": len(KEY["doubtful"]),
    }
