"""Histories read from NDJSON, CSV and Parquet: lodgements, or flat records named by path.

A flat record is one goods item, traveller or consignment: its columns are the paths that
conditions read (``item.commodity``, ``consignment.mode``), ``reference`` says which records
are of one consignment, and ``found.AGENCY`` whether that agency found something wrong. A
lodgement is the JSON that is lodged, alone or as ``declaration`` beside ``day`` and ``found``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from gatepost.adapters.files.history_rules import (
    BAD_LINE,
    MIXED,
    NOT_A_HISTORY,
    NOTHING_READ,
    UNKNOWN_COLUMN,
    UNKNOWN_REGIME,
    WRONG_CELL,
)
from gatepost.adapters.formats import read_lodgement
from gatepost.casework.past import PastLodgement
from gatepost.consignment.columns import dtype_of
from gatepost.expression.rules import nearest
from gatepost.expression.vocabulary import TEXT, Type, Vocabulary, fields_of
from gatepost.kernel.columns import DTYPES
from gatepost.kernel.notice import Notice, Refused
from gatepost.kernel.regime import REGIMES

REFERENCE, REGIME, FOUND = "reference", "regime", "found."
ENDINGS = (".ndjson", ".jsonl", ".csv", ".parquet")
MOST_FAULTS = 50
"""Faults told of one file; a column of the wrong kind has a fault in every row."""

_WORDS = {
    **dict.fromkeys(("true", "1", "yes", "nonconform"), True),
    **dict.fromkeys(("false", "0", "no", "conform"), False),
}


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    declaration: msgspec.Raw
    day: date | None = None
    reference: str | None = None
    found: dict[str, bool | dict[str, bool]] = {}


class PastFile(msgspec.Struct, frozen=True):
    """What a file holds, flat records or lodgements, and the columns that were not read."""

    frame: pl.DataFrame | None = None
    lodgements: tuple[PastLodgement, ...] = ()
    ignored: tuple[str, ...] = ()


def read_history(path: Path, vocabulary: Vocabulary) -> PastFile:
    """Return the history in a file; ``Refused`` with everything that is wrong with it."""
    name, ending = path.name, path.suffix.lower()
    if ending not in ENDINGS:
        problem = f"its name ends with {ending or 'nothing'}"
        raise Refused([NOT_A_HISTORY.notice(file=name, problem=problem)])
    try:
        if ending == ".csv":
            frame = pl.read_csv(path, infer_schema=False)
        elif ending == ".parquet":
            frame = pl.read_parquet(path)
        else:
            return _lines(path, vocabulary)
    except pl.exceptions.PolarsError as fault:
        problem = str(fault).splitlines()[0]
        raise Refused([NOT_A_HISTORY.notice(file=name, problem=problem)]) from fault
    return _typed(_flat(frame), vocabulary, name)


def _lines(path: Path, vocabulary: Vocabulary) -> PastFile:
    faults: list[Notice] = []
    lodgements: list[PastLodgement] = []
    records: list[dict[str, Any]] = []
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip() or len(faults) >= MOST_FAULTS:
                continue
            try:
                one = _line(line)
            except Refused as refused:
                where = f"line {number}"
                faults += (
                    Notice(n.code, f"{where}, {n.where}" if n.where else where, n.values)
                    for n in refused.notices
                )
                continue
            if isinstance(one, PastLodgement):
                lodgements.append(one)
            else:
                records.append(one)
    if lodgements and records:
        faults.append(MIXED.notice(file=path.name))
    if faults:
        raise Refused(faults)
    if records:
        return _typed(_framed(records), vocabulary, path.name)
    return PastFile(lodgements=tuple(lodgements))


def _line(line: bytes) -> PastLodgement | dict[str, Any]:
    try:
        names = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        if "Declaration" in names:
            return PastLodgement(read_lodgement(line))
        if "declaration" in names:
            told = msgspec.json.decode(line, type=_Line)
            dataset = read_lodgement(bytes(told.declaration))
            return PastLodgement(dataset, told.day, told.reference, told.found)
        return dict(_named(msgspec.json.decode(line, type=dict[str, Any])))
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise Refused([BAD_LINE.notice(problem=str(fault))]) from fault


def _named(record: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what a record holds under dotted names, objects within it taken apart."""
    for key, value in record.items():
        if isinstance(value, dict):
            yield from _named(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _framed(records: list[dict[str, Any]]) -> pl.DataFrame:
    """Return records as columns: single values as texts, to be read like a CSV, lists as lists."""
    names = dict.fromkeys(name for one in records for name in one)
    columns = {}
    for name in names:
        values = [one.get(name) for one in records]
        if any(isinstance(value, list) for value in values):
            columns[name] = pl.Series(values, dtype=pl.Object)
        else:
            columns[name] = pl.Series([_text(value) for value in values], dtype=pl.String)
    return pl.DataFrame(columns)


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame whose structs are taken apart into columns with dotted names."""
    while structs := [name for name, kind in frame.schema.items() if kind == pl.Struct]:
        parts = [
            frame[name].struct.field(field).alias(f"{name}.{field}")
            for name in structs
            for field in frame[name].struct.fields
        ]
        frame = frame.drop(structs).hstack(parts)
    return frame


def _typed(frame: pl.DataFrame, vocabulary: Vocabulary, file: str) -> PastFile:
    """Return the columns that are known, each in its type."""
    faults: list[Notice] = []
    columns: dict[str, pl.Series] = {}
    ignored: list[str] = []
    for name in frame.columns:
        root, _, rest = name.partition(".")
        if name in (REFERENCE, REGIME):
            columns[name] = _column(frame[name], TEXT, name, faults)
        elif name.startswith(FOUND):
            columns[name] = _column(frame[name], Type("boolean"), name, faults)
        elif root not in vocabulary.roots or not rest:
            ignored.append(name)
        else:
            kind, fault = _kind(name, vocabulary)
            if kind is None:
                faults += fault
            else:
                columns[name] = _column(frame[name], kind, name, faults)
    if not faults and not any(name.partition(".")[0] in vocabulary.roots for name in columns):
        faults.append(NOTHING_READ.notice(file=file))
    if REGIME in columns:
        odd = columns[REGIME].filter(~columns[REGIME].is_in([*REGIMES])).unique().head(3)
        faults += (UNKNOWN_REGIME.notice(REGIME, value=value) for value in odd)
    if faults:
        raise Refused(faults[:MOST_FAULTS])
    return PastFile(pl.DataFrame(columns), ignored=tuple(ignored))


def _kind(name: str, vocabulary: Vocabulary) -> tuple[Type | None, list[Notice]]:
    root, *parts = name.split(".")
    found = vocabulary.roots[root]
    walked = root
    for part in parts:
        fields = fields_of(found.record) if found.record else {}
        if part not in fields:
            suggestion = nearest(part, fields)
            return None, [UNKNOWN_COLUMN.notice(name, name=name, suggestion=suggestion)]
        found, walked = fields[part], f"{walked}.{part}"
    if found.kind == "record":
        wanted = f"{walked}.{next(iter(fields_of(found.record)))}" if found.record else walked
        return None, [UNKNOWN_COLUMN.notice(name, name=name, suggestion=wanted)]
    return found, []


def _column(column: pl.Series, kind: Type, name: str, faults: list[Notice]) -> pl.Series:
    """Return a column in the type of its values; what does not fit is noted and missing."""
    if kind.kind == "list":
        return _list(column, kind, name, faults)
    dtype = DTYPES[kind.kind]
    if column.dtype == pl.Null:
        return column.cast(dtype)
    if column.dtype != pl.String:
        fitted = column.cast(pl.Date if kind.kind == "day" else dtype, strict=False)
    elif kind.kind == "text":
        return column.replace("", None)
    elif kind.kind == "number":
        column = column.replace("", None)
        fitted = column.str.strip_chars().cast(pl.Float64, strict=False)
    elif kind.kind == "day":
        column = column.replace("", None)
        fitted = column.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    else:
        column = column.replace("", None)
        lowered = column.str.to_lowercase()
        fitted = lowered.replace_strict(_WORDS, default=None, return_dtype=pl.Boolean)
    for row in (fitted.is_null() & column.is_not_null()).arg_true().head(3):
        where = f"row {row + 1}, {name}"
        faults.append(WRONG_CELL.notice(where, name=name, value=str(column[row]), wanted=kind.kind))
    return fitted


def _list(column: pl.Series, kind: Type, name: str, faults: list[Notice]) -> pl.Series:
    assert kind.element is not None
    dtype = dtype_of(kind)
    try:
        if column.dtype == pl.String:
            if kind.element.kind != "text":
                raise TypeError("a list of records is written in NDJSON or Parquet")
            return column.str.split(";").list.eval(
                pl.element().str.strip_chars().filter(pl.element().str.strip_chars() != "")
            )
        if column.dtype == pl.Object:
            return pl.Series(column.to_list(), dtype=dtype, strict=False)
        return column.cast(dtype)
    except (pl.exceptions.PolarsError, TypeError) as fault:
        wanted = f"list of {kind.element.kind}s ({str(fault).splitlines()[0]})"
        faults.append(WRONG_CELL.notice(name, name=name, value="what stands", wanted=wanted))
        return pl.Series([None], dtype=dtype).new_from_index(0, len(column))
