"""Nothing in Aldermark's description is idle: take one thing or one part away and a case fails.

What no case misses is deleted, not kept.
"""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.cases.country import FOLDER, Country
from tests.cases.parts import parts_of

KINDS = (
    *("requirement", "indicator", "mandate", "fee", "standard", "window"),
    *("scheme", "trusted", "retention", "placing"),
)
WITH_PARTS = (*KINDS, "agreement", "precedence", "set", "rates")


def _described() -> dict[str, list[Any]]:
    from gatepost.bootstrap import read_description

    loaded = read_description(str(FOLDER))
    return {kind: [item.value for item in loaded.items[kind]] for kind in WITH_PARTS}


DESCRIBED = _described()
WHOLE = [(kind, one.id) for kind in KINDS for one in DESCRIBED[kind]]
WHOLE += [("precedence", row.id) for one in DESCRIBED["precedence"] for row in one.rows]
WHOLE += [("agreement", clause.id) for one in DESCRIBED["agreement"] for clause in one.clauses]


@pytest.mark.parametrize(("kind", "name"), WHOLE)
def test_every_rule_is_missed(country: Country, kind: str, name: str) -> None:
    left = {"precedence": "rows", "agreement": "clauses"}
    values = [
        _without(one, left[kind], name) if kind in left else one
        for one in country.parts[kind]
        if kind in left or one.id != name
    ]
    assert country.misses(kind, values, name), (
        f"no case misses {kind} {name}: write the case it is for, or delete it"
    )


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, one.id) for kind in WITH_PARTS for one in DESCRIBED[kind]]
)
def test_every_part_is_missed(country: Country, kind: str, name: str) -> None:
    whole = country.parts[kind]
    index = next(n for n, one in enumerate(whole) if one.id == name)
    idle = [
        part.place
        for part in parts_of(whole[index])
        if not country.misses(
            kind, [*whole[:index], part.without, *whole[index + 1 :]], name, part.word
        )
    ]
    assert idle == [], (
        f"no case misses these parts of {kind} {name}: write the case, or delete them"
    )


def _without(thing: Any, field: str, name: str) -> Any:
    left = tuple(part for part in getattr(thing, field) if part.id != name)
    return msgspec.structs.replace(thing, **{field: left})
