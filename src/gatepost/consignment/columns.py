"""Many records as columns: what conditions read of each, laid side by side (RM-02)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import polars as pl

from gatepost.expression.helpers import as_float
from gatepost.expression.vocabulary import Type, Vocabulary, fields_of
from gatepost.kernel.columns import DTYPES

Names = dict[str, Any]
"""The names that are read, each with those read below it."""
Read = Callable[[Any], Any]


def frame_of(
    records: Sequence[tuple[Any, ...]],
    vocabulary: Vocabulary,
    roots: Sequence[str],
    paths: Iterable[tuple[str, ...]],
) -> pl.DataFrame:
    """Return a frame with one row a record and one column a root, holding the ``paths`` only.

    A path goes through lists without a name of its own: ``("item", "documents", "code")``.
    """
    names: Names = {root: {} for root in roots}
    for parts in paths:
        here = names
        for part in parts:
            here = here.setdefault(part, {})
    columns = {}
    for place, root in enumerate(roots):
        dtype, read = _reader(vocabulary.roots[root], names[root])
        columns[root] = pl.Series([read(one[place]) for one in records], dtype=dtype)
    return pl.DataFrame(columns)


def dtype_of(kind: Type) -> Any:
    """Return the type of a column that holds everything of a value's type."""
    if kind.kind == "list":
        assert kind.element is not None
        return pl.List(dtype_of(kind.element))
    if kind.kind != "record":
        return DTYPES[kind.kind]
    assert kind.record is not None
    return pl.Struct({name: dtype_of(one) for name, one in fields_of(kind.record).items()})


def _reader(kind: Type, names: Names) -> tuple[Any, Read]:
    """Return the type of a column and how a value comes into it."""
    if kind.kind == "list":
        assert kind.element is not None
        dtype, read = _reader(kind.element, names)
        return pl.List(dtype), lambda many: None if many is None else [read(x) for x in many]
    if kind.kind != "record":
        return DTYPES[kind.kind], _PLAIN[kind.kind]
    assert kind.record is not None
    if not names:
        return pl.Boolean(), lambda one: None if one is None else True
    types = fields_of(kind.record)
    fields = {name: _reader(types[name], below) for name, below in names.items()}
    dtype = pl.Struct({name: inner for name, (inner, _) in fields.items()})
    reads = [(name, read) for name, (_, read) in fields.items()]

    def struct(one: Any) -> Any:
        return None if one is None else {name: read(getattr(one, name)) for name, read in reads}

    return dtype, struct


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


_PLAIN: Mapping[str, Read] = {
    "text": lambda value: value,
    "boolean": lambda value: value,
    "number": as_float,
    "day": _day,
}
