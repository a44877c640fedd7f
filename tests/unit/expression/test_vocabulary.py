"""Types read from the nouns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
import pytest

from gatepost.expression.vocabulary import (
    BOOLEAN,
    DAY,
    NUMBER,
    TEXT,
    Type,
    Vocabulary,
    fields_of,
)


class Leg(msgspec.Struct, frozen=True):
    place: str
    next: Leg | None = None
    legs: tuple[Leg, ...] = ()


class Everything(msgspec.Struct, frozen=True):
    text: str
    whole: int | None
    mass: float | int
    flag: bool
    day: date | None
    moment: datetime
    closed: Literal["a", "b"] | None
    limited: Annotated[str, msgspec.Meta(max_length=3)]
    leg: Leg
    texts: tuple[str, ...]
    legs: list[Leg] | None


def test_reads_every_type() -> None:
    leg = Type("record", record=Leg)
    assert fields_of(Everything) == {
        "text": TEXT,
        "whole": NUMBER,
        "mass": NUMBER,
        "flag": BOOLEAN,
        "day": DAY,
        "moment": DAY,
        "closed": Type("text", values=("a", "b")),
        "limited": TEXT,
        "leg": leg,
        "texts": Type("list", element=TEXT),
        "legs": Type("list", element=leg),
    }
    assert Vocabulary.of({"it": Everything}).roots == {"it": Type("record", record=Everything)}


@pytest.mark.parametrize(
    "annotation",
    [
        dict[str, str],
        bytes,
        str | int,
        tuple[str, int],
        tuple[tuple[str, ...], ...],
        set[str],
        Literal[1],
    ],
)
def test_refuses_what_no_expression_can_read(annotation: object) -> None:
    inner = msgspec.defstruct("Inner", [("odd", annotation)], frozen=True)
    outer = msgspec.defstruct("Outer", [("inner", inner)], frozen=True)
    with pytest.raises(TypeError, match=r"Inner\.odd: no expression can read"):
        Vocabulary.of({"it": outer})


@pytest.mark.parametrize("name", ["two words", "größe", "class", ""])
def test_refuses_a_root_nobody_can_write(name: str) -> None:
    with pytest.raises(TypeError, match="cannot be a name"):
        Vocabulary.of({name: Leg})


def test_only_keeps_the_named_roots() -> None:
    both = Vocabulary.of({"leg": Leg, "it": Everything})
    assert list(both.only(["it"]).roots) == ["it"]
    with pytest.raises(KeyError):
        both.only(["nothing"])
