"""The names an expression may use and their types, read from the nouns themselves."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

Kind = Literal["text", "number", "boolean", "day", "record", "list"]


class Type(msgspec.Struct, frozen=True):
    """What a value is.

    ``values`` are the only texts a closed text can be; ``record`` is the struct behind a
    record; ``element`` the type of a list's parts. A moment (``datetime``) is read as the
    day it shows on its own clock, because the law counts days.
    """

    kind: Kind
    values: tuple[str, ...] = ()
    record: type[msgspec.Struct] | None = None
    element: Type | None = None


TEXT = Type("text")
NUMBER = Type("number")
BOOLEAN = Type("boolean")
DAY = Type("day")

_SCALARS: dict[object, Type] = {
    str: TEXT,
    int: NUMBER,
    float: NUMBER,
    bool: BOOLEAN,
    date: DAY,
    datetime: DAY,
}


class Vocabulary(msgspec.Struct, frozen=True):
    """The root names and their types; a root handed over as ``None`` has every name missing."""

    roots: Mapping[str, Type]

    @classmethod
    def of(cls, roots: Mapping[str, type[msgspec.Struct]]) -> Vocabulary:
        """Return the vocabulary of ``roots``, such as ``{"item": GoodsItem}``.

        ``TypeError`` if a field has a type no expression can read: only texts, numbers,
        booleans, dates, structs and homogeneous tuples or lists of them.
        """
        found = {name: Type("record", record=struct) for name, struct in roots.items()}
        for name, struct in roots.items():
            _check_name(name, "a root")
            _check_record(struct, set())
        return cls(found)

    def only(self, roots: Iterable[str]) -> Vocabulary:
        """Return the part of the vocabulary with these roots; ``KeyError`` if one is unknown."""
        return Vocabulary({name: self.roots[name] for name in roots})


@lru_cache(maxsize=256)
def fields_of(record: type[msgspec.Struct]) -> dict[str, Type]:
    """Return the fields of a struct and their types, in the order declared."""
    found = {}
    for field in msgspec.structs.fields(record):
        place = f"{record.__name__}.{field.name}"
        _check_name(field.name, place)
        found[field.name] = _read(field.type, place)
    return found


def _check_record(record: type[msgspec.Struct], seen: set[type[msgspec.Struct]]) -> None:
    """Read every struct reachable from ``record`` once, so that a bad field shows at once."""
    seen.add(record)
    for found in fields_of(record).values():
        inner = (found.element or found).record
        if inner is not None and inner not in seen:
            _check_record(inner, seen)


def _check_name(name: str, place: str) -> None:
    if not (name.isascii() and name.isidentifier()) or keyword.iskeyword(name):
        raise TypeError(f"{place}: {name!r} cannot be a name in an expression")


def _read(annotation: Any, place: str) -> Type:
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return Type("record", record=annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _read(arguments[0], place)
    if origin is Literal and all(isinstance(value, str) for value in arguments):
        return Type("text", values=arguments)
    if origin in (Union, UnionType):
        kinds = {_read(part, place) for part in arguments if part is not NoneType}
        if len(kinds) == 1:
            return kinds.pop()
    if origin is list or (origin is tuple and arguments[1:] == (...,)):
        element = _read(arguments[0], place)
        if element.kind != "list":
            return Type("list", element=element)
    raise TypeError(f"{place}: no expression can read {annotation!r}")
