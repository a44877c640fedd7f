"""What an expression reads."""

from __future__ import annotations

from datetime import date

import pytest

from gatepost.expression.explain import fired_values, paths, prefixes
from gatepost.expression.parser import parse
from tests.unit.expression.nouns import BARE, BARE_LOAD, LORRY, ROSES, Goods


def test_values_behind_a_hit() -> None:
    node = parse(
        'item.value > 1000 && item.origin in set("pest_countries")'
        " && consignment.items.exists(i, i.value > item.net_mass) && size(item.uses) > 0"
        " && (has(consignment.importer.id) || has(consignment.importer)) && item.value < 9000"
        ' && consignment.day < date("2026-12-31")'
    )
    assert fired_values(node, {"item": ROSES, "consignment": LORRY}) == {
        "item.value": 1200.5,
        "item.origin": "XB",
        "consignment.items": 2,
        "item.net_mass": 40.0,
        "item.uses": 1,
        "consignment.importer.id": "T1",
        "consignment.importer": True,
        "consignment.day": date(2026, 7, 1),
    }
    missing = fired_values(node, {"item": BARE, "consignment": BARE_LOAD})
    assert missing["consignment.importer.id"] is None
    assert missing["item.value"] is None
    assert fired_values(node, {"consignment": LORRY})["item.value"] is None


def test_values_inside_functions() -> None:
    node = parse(
        'years_between(date("2008-07-01"), consignment.day) >= 18'
        " && max(item.value, ceil(item.net_mass / 1000)) > 1"
    )
    assert fired_values(node, {"item": ROSES, "consignment": LORRY}) == {
        "consignment.day": date(2026, 7, 1),
        "item.value": 1200.5,
        "item.net_mass": 40.0,
    }


def test_nan_is_missing() -> None:
    node = parse("item.value > 1")
    record = {"item": Goods(number=1, value=float("nan"))}
    assert fired_values(node, record) == {"item.value": None}


def test_paths_come_once_in_the_order_written() -> None:
    node = parse("b.x == 1 && a.y.all(v, v.z == b.x && v == c) && b.x == 2")
    assert [path.text for path in paths(node)] == ["b.x", "a.y", "c"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('starts_with(item.commodity, "06", "07")', ("06", "07")),
        ('item.value > 1 && starts_with(item.commodity, "06")', ("06",)),
        ('item.value > 1 && (item.value < 3 && item.commodity == "0603")', ("0603",)),
        ('"0603" == item.commodity', ("0603",)),
        ('item.commodity in ["0603", "0604"]', ("0603", "0604")),
        ('starts_with(item.commodity, "06") || item.commodity == "07"', ("06", "07")),
        ('starts_with(item.commodity, "06", "07") && item.commodity == "0603"', ("0603",)),
        ('starts_with(item.commodity, "06") || item.value > 1', None),
        ('!starts_with(item.commodity, "06")', None),
        ('item.commodity != "06"', None),
        ('starts_with(item.origin, "06")', None),
        ('item.commodity in set("x")', None),
        ('consignment.items.exists(i, starts_with(i.commodity, "06"))', None),
    ],
)
def test_prefixes(text: str, expected: tuple[str, ...] | None) -> None:
    assert prefixes(parse(text)) == expected
