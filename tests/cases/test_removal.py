"""Nothing in Aldermark's description is idle: take one thing away and a case fails.

A requirement, indicator, mandate or row that no case misses is deleted, not kept.
"""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.cases.country import FOLDER, Country

KINDS = (
    *("requirement", "indicator", "mandate", "fee", "standard", "window"),
    *("scheme", "trusted", "retention"),
)


def _described() -> list[tuple[str, str]]:
    from gatepost.bootstrap import read_description

    loaded = read_description(str(FOLDER))
    things = [(kind, item.value.id) for kind in KINDS for item in loaded.items[kind]]
    rows = [("row", row.id) for i in loaded.items["precedence"] for row in i.value.rows]
    clauses = [("clause", c.id) for i in loaded.items["agreement"] for c in i.value.clauses]
    return things + rows + clauses


@pytest.mark.parametrize(("kind", "name"), _described())
def test_every_rule_is_missed(country: Country, kind: str, name: str) -> None:
    variant = _without(country, kind, name)
    paths = country.touched(name) or list(country.cases)
    missed = any(country.play(path, variant).differences for path in paths)
    assert missed, f"no case misses {kind} {name}: write the case it is for, or delete it"


def _without(country: Country, kind: str, name: str) -> Any:
    if kind == "row":
        return country.changed("precedence", _without_part(country, "precedence", "rows", name))
    if kind == "clause":
        return country.changed("agreement", _without_part(country, "agreement", "clauses", name))
    return country.changed(kind, [one for one in country.parts[kind] if one.id != name])


def _without_part(country: Country, kind: str, field: str, name: str) -> list[Any]:
    return [
        msgspec.structs.replace(
            one, **{field: tuple(part for part in getattr(one, field) if part.id != name)}
        )
        for one in country.parts[kind]
    ]
