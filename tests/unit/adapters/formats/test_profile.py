"""The table of elements is whole."""

from __future__ import annotations

import sys

import pytest

from gatepost.adapters.formats.wco.profile import DECLARATION, ELEMENTS, load_profile

ROW = {"wco_id": "", "type": "", "format": "", "min": "0", "max": "1", "namespace": "dec"}


def test_groups_have_children_and_values_have_none() -> None:
    wrong = [path for path, one in ELEMENTS.items() if (one.fits is None) != bool(one.children)]
    assert wrong == []


def test_extensions_stand_after_the_profile() -> None:
    for element in ELEMENTS.values():
        spaces = [child.namespace == "gatepost" for child in element.children.values()]
        assert spaces == sorted(spaces)


def test_repeatable_elements_are_known() -> None:
    item = DECLARATION.children["GoodsShipment"].children["GovernmentAgencyGoodsItem"]
    assert item.repeated
    assert item.most == 999
    assert item.children["Origin"].most == sys.maxsize
    assert not DECLARATION.children["Agent"].repeated


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{**ROW, "path": "A/B"}], "has no parent"),
        ([{**ROW, "path": "A"}, {**ROW, "path": "A"}], "occurs twice"),
        ([{**ROW, "path": "A", "type": "Colour"}], "unknown type Colour"),
    ],
)
def test_a_broken_table_is_refused(rows: list[dict[str, str]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        load_profile(rows)
