"""Real agencies' forms: the key's groups are found, and what is asked again is counted (SW-04).

The forms are those of a living national single window and do not ship; without them this skips.
The key of the first seven was made by others, before there was anything to match them.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from gatepost.adapters.forms.own import read_words
from gatepost.adapters.forms.reading import read_forms
from gatepost.review.harmonise.grouping import harmonise
from gatepost.review.harmonise.model import Form, Group, Harmonised

KEY: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("agency_forms_key.yaml").read_text(encoding="utf-8")
)
NAMES = {file: name for name, file in KEY["forms"].items()}

ASKED_AGAIN = {
    "exporter: name": 7,
    "consignee: name": 4,
    "buyer: name": 2,
    "vessel": 6,
    "date of export": 6,
    "country of destination": 5,
    "place of discharge": 5,
    "place of loading": 4,
    "container number": 5,
    "gross weight (line)": 4,
    "net weight (line)": 4,
    "location of the goods": 7,
    "customs declaration number": 5,
}
"""In how many of the 146 forms a question stands. Counted by hand on the first seven (SOURCES.md
of the forms): the exporter in six, consignee or buyer in five, vessel, export date, destination,
port, container, weight and place of inspection in four, the declaration's number in two that ask
for what the platform itself obtained. Here more forms are read, and more ways to ask."""


@pytest.fixture(scope="module")
def forms(shared_data: Path) -> list[Form]:
    folder = shared_data / "agency_forms" / "tnsw"
    if not folder.is_dir():
        pytest.skip("the agencies' forms do not stand in shared/data/agency_forms")
    return read_forms([str(folder)])


@pytest.fixture(scope="module")
def found(forms: list[Form]) -> Harmonised:
    return harmonise([one for one in forms if one.id in NAMES], read_words())


def pairs(groups: list[list[str]]) -> set[tuple[str, str]]:
    return {pair for fields in groups for pair in combinations(sorted(fields), 2)}


def keyed(group: Group) -> list[str]:
    """Return a group's fields as the key writes them."""
    parts = (field.rpartition(":") for field in group.fields)
    return [f"{NAMES[form]}:{path}" for form, _, path in parts]


def test_pairs_are_found_without_a_person(found: Harmonised) -> None:
    assert {one.by for one in found.groups} <= {"dictionary", "similarity"}
    mine = pairs([keyed(one) for one in found.groups])
    key = pairs([one["fields"] for one in KEY["groups"]])
    assert len(mine & key) / len(mine) >= 0.9, "precision"
    assert len(mine & key) / len(key) >= 0.9, "recall"


def test_elements_are_those_of_the_key(found: Harmonised) -> None:
    home = {field: one for one in KEY["groups"] for field in one["fields"]}
    judged = []
    for group in found.groups:
        keys = [home[name] for name in keyed(group) if name in home and home[name]["wco"]]
        if keys:
            right = {element.split()[0] for one in keys for element in one["wco"]}
            judged.append(bool(right & {element.split()[0] for element in group.wco}))
    assert len(judged) > 20
    assert sum(judged) / len(judged) > 0.8


def test_the_dictionary_names_no_form_and_no_agency(forms: list[Form], root: Path) -> None:
    words = (root / "jurisdictions" / "models" / "wco" / "trade_words.yaml").read_text()
    assert not {one.agency for one in forms} & set(words.replace(",", " ").split()) - {
        "customs",
        "trade",
    }


def test_what_is_asked_again_in_all_forms(forms: list[Form]) -> None:
    whole = harmonise(forms, read_words())
    assert whole.forms == 146
    in_forms = {one.asks: one.forms for one in whole.groups}
    assert {asks: in_forms.get(asks) for asks in ASKED_AGAIN} == ASKED_AGAIN
