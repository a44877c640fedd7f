"""Many records as columns, which are read by the path of a name.

Columns are named by their path (``item.origin``), or are structs (``item``) that hold it, or
both; a list of the record is a list column. A missing value is null.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from functools import reduce
from typing import Any

import polars as pl

Parts = tuple[str, ...]

DTYPES: Mapping[str, Any] = {
    "text": pl.String(),
    "number": pl.Float64(),
    "boolean": pl.Boolean(),
    "day": pl.Date(),
}
"""The type of a column by the kind of its values."""


class Table:
    """Rows with what can be read of them; made once, asked many conditions."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame
        self.height = frame.height
        self._columns: dict[tuple[Parts, str], pl.Series] = {}
        self._distinct: dict[Parts, tuple[pl.Series, pl.Series] | None] = {}
        self._lists: dict[Parts, tuple[Table, pl.Series]] = {}

    def column(self, parts: Parts, kind: str) -> pl.Series:
        """Return the values at a path, null where missing; all null where nobody lodged any."""
        found = self._columns.get((parts, kind))
        if found is None:
            found = self._columns[parts, kind] = self._column(parts, kind)
        return found

    def present(self, parts: Parts) -> pl.Series:
        """Tell for each row whether the record at a path is there."""
        raw = self._raw(parts)
        if raw is not None:
            return raw.is_not_null()
        below = [name for name in self.frame.columns if name.startswith(".".join((*parts, "")))]
        there = (self.frame[name].is_not_null() for name in below)
        return reduce(operator.or_, there, pl.repeat(False, self.height, eager=True))

    def distinct(self, parts: Parts) -> tuple[pl.Series, pl.Series] | None:
        """Return the distinct texts at a path, the missing one included, and each row's place.

        ``None`` where they are too many to be worth it.
        """
        if parts not in self._distinct:
            column = self.column(parts, "text")
            values = column.unique().drop_nulls()
            self._distinct[parts] = None
            if (len(values) + 1) * 2 <= self.height:
                places = column.cast(pl.Enum(values)).to_physical().cast(pl.UInt32)
                missing = pl.Series([None], dtype=pl.String)
                self._distinct[parts] = values.append(missing), places.fill_null(len(values) - 1)
        return self._distinct[parts]

    def parts_of(self, parts: Parts) -> tuple[Table, pl.Series]:
        """Return the parts of all lists at a path as a table, and the row each belongs to."""
        found = self._lists.get(parts)
        if found is None:
            raw = self._raw(parts)
            rows = pl.Series("row", range(0), dtype=pl.UInt32)
            flat = pl.DataFrame({"row": rows, "": pl.Series(dtype=pl.Null)})
            if raw is not None and raw.dtype == pl.List:
                row = pl.int_range(self.height, dtype=pl.UInt32, eager=True)
                flat = pl.DataFrame({"row": row, "": raw})
                flat = flat.filter(pl.col("").list.len() > 0).explode("")
            found = self._lists[parts] = Table(flat.select("")), flat["row"]
        return found

    def sizes(self, parts: Parts) -> pl.Series:
        """Return the number of parts of each list at a path; a missing list has none."""
        raw = self._raw(parts)
        if raw is None or raw.dtype != pl.List:
            return pl.repeat(0.0, self.height, eager=True)
        return raw.list.len().fill_null(0).cast(pl.Float64)

    def _column(self, parts: Parts, kind: str) -> pl.Series:
        raw = self._raw(parts)
        dtype = DTYPES[kind]
        if raw is None:
            return pl.Series([None], dtype=dtype).new_from_index(0, self.height)
        column = raw.cast(dtype)
        return column.fill_nan(None) if kind == "number" else column

    def _raw(self, parts: Parts) -> pl.Series | None:
        """Return a column as it came: under its whole path, or as a field of a struct above it."""
        for length in range(len(parts), -1, -1):
            name = ".".join(parts[:length])
            if name not in self.frame.columns:
                continue
            column = self.frame[name]
            for part in parts[length:]:
                if not isinstance(column.dtype, pl.Struct) or part not in column.struct.fields:
                    return None
                column = column.struct.field(part)
            return column
        return None
