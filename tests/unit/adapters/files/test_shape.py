"""Shapes: nothing that does not fit a struct passes, and all of it is said at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
import pytest

from gatepost.adapters.files.shape import shape_of


class Law(msgspec.Struct, frozen=True):
    act: str
    provision: str | None = None


class Span(msgspec.Struct, frozen=True, rename={"start": "from"}):
    start: date


class Fixed(msgspec.Struct, frozen=True, tag="fixed"):
    amount: int


class Share(msgspec.Struct, frozen=True, tag="share"):
    rate: float
    law: Law


class Part(msgspec.Struct, frozen=True):
    name: str
    parts: tuple[Part, ...] = ()


class Thing(msgspec.Struct, frozen=True):
    id: str
    laws: tuple[Law, ...]
    spans: list[Span] = []
    title: dict[str, str] = {}
    by_post: dict[str, Law] = {}
    fee: Fixed | Share | None = None
    tree: Part | None = None
    regime: Literal["import", "export"] = "import"
    count: Annotated[int, msgspec.Meta(ge=1)] = 1
    flag: bool = False
    commodities: frozenset[str] = frozenset()


THING = shape_of(Thing)
GOOD = {"id": "A", "laws": [{"act": "x"}]}


def found(value: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(m.rule.number, m.keys) for m in THING.misfits(value)]


def test_what_fits_has_no_misfits() -> None:
    full = {
        **GOOD,
        "spans": [{"from": "2020-01-01"}],
        "title": {"en": "x"},
        "by_post": {"n": {"act": "y"}},
        "fee": {"type": "share", "rate": 1.5, "law": {"act": "z"}},
        "tree": {"name": "a", "parts": [{"name": "b"}]},
    }
    assert THING.known(full)
    assert found(full) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"laws": [{"act": "x"}, {"act": "y", "ulr": 1}]}, ("FILE-003", ("laws", 1, "ulr"))),
        ({"by_post": {"n": {"act": "x", "z": 1}}}, ("FILE-003", ("by_post", "n", "z"))),
        (
            {"tree": {"name": "a", "parts": [{"nam": "b"}]}},
            ("FILE-003", ("tree", "parts", 0, "nam")),
        ),
        (
            {"fee": {"type": "share", "rate": 1, "law": {"act": "x", "q": 1}}},
            ("FILE-003", ("fee", "law", "q")),
        ),
        ({"fee": {"type": "fixed"}}, ("FILE-004", ("fee",))),
        ({"laws": [{}]}, ("FILE-004", ("laws", 0))),
        ({"laws": {"act": "x"}}, ("FILE-005", ("laws",))),
        ({"title": {"en": 5}}, ("FILE-005", ("title", "en"))),
        ({"commodities": [3926.9]}, ("FILE-005", ("commodities", 0))),
        ({"flag": "yes"}, ("FILE-005", ("flag",))),
        ({"spans": [{"from": "2026-02-30"}]}, ("FILE-006", ("spans", 0, "from"))),
        ({"regime": "imports"}, ("FILE-006", ("regime",))),
        ({"count": 0}, ("FILE-006", ("count",))),
        ({"fee": {"type": "free"}}, ("FILE-006", ("fee",))),
    ],
)
def test_a_misfit_is_found_where_it_is(change: dict[str, Any], expected: object) -> None:
    assert expected in found({**GOOD, **change})


def test_all_is_said_at_once() -> None:
    value = {"idd": "A", "laws": [{}, {"act": 5}], "regime": "x", "count": "1"}
    assert found(value) == [
        ("FILE-003", ("idd",)),
        ("FILE-004", ()),
        ("FILE-004", ("laws", 0)),
        ("FILE-005", ("laws", 1, "act")),
        ("FILE-006", ("regime",)),
        ("FILE-005", ("count",)),
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"regim": "import"}, 'There is no key "regim" here. Did you mean "regime"?'),
        (
            {"title": {"en": 603}},
            '"en" should be text, but this is a whole number. '
            'Put quotes around it, such as "603", so that it stays text.',
        ),
        (
            {"count": "1"},
            '"count" should be a whole number, but this is text. Write it without quotes.',
        ),
        (
            {"regime": "imports"},
            '"regime" cannot be this: Invalid enum value \'imports\'. Did you mean "import"?',
        ),
        (
            {"spans": [{"from": "1 July"}]},
            '"from" cannot be this: Invalid RFC3339 encoded date. '
            "Write a day that exists as YYYY-MM-DD.",
        ),
    ],
)
def test_a_misfit_says_what_to_do(change: dict[str, Any], sentence: str) -> None:
    (misfit,) = THING.misfits({**GOOD, **change})
    assert misfit.rule.render(misfit.values) == sentence


def test_known_sees_what_conversion_lets_pass() -> None:
    value = {**GOOD, "laws": [{"act": "x", "typo": 1}]}
    assert msgspec.convert(value, Thing)
    assert not THING.known(value)


def test_a_list_of_structs_has_a_shape_too() -> None:
    assert [m.keys for m in shape_of(list[Law]).misfits([{"act": "x"}, {"atc": "x"}])] == [
        (1, "atc"),
        (1,),
    ]
