"""Tables of columns: DuckDB over Arrow tables that are handed in. It opens no file.

All heavy computation of this room passes here; what is asked stands, as SQL, in the file of its
subject. Moments are whole microseconds since 1970 in UTC, so that no clock on a wall counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pyarrow as pa

SETTINGS = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
}


class Columns:
    """Tables in memory, asked in SQL. ``threads`` 0 takes every core."""

    def __init__(self, tables: Mapping[str, pa.Table], threads: int = 0) -> None:
        settings = dict(SETTINGS) | ({"threads": str(threads)} if threads else {})
        self._connection = duckdb.connect(":memory:", config=settings)  # type: ignore[arg-type]
        self._connection.execute("set timezone = 'UTC'")
        # A bar on standard output would stand in the middle of an answer for programs.
        self._connection.execute("set enable_progress_bar = false")
        for name, table in tables.items():
            self._connection.register(name, table)

    def run(self, sql: str, *values: Any) -> None:
        """Do what ``sql`` says."""
        self._connection.execute(sql, list(values))

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows that ``sql`` asks for."""
        return self._connection.execute(sql, list(values)).fetchall()

    def one(self, sql: str, *values: Any) -> tuple[Any, ...]:
        """Return the only row that ``sql`` asks for."""
        (row,) = self.rows(sql, *values)
        return row

    def types(self, table: str) -> dict[str, str]:
        """Return the columns of a table and their SQL types."""
        return {name: kind for name, kind, *_ in self.rows(f"describe {quoted(table)}")}

    def forget(self, table: str) -> None:
        """Let go of an Arrow table that was handed in."""
        self._connection.unregister(table)

    def close(self) -> None:
        """Let go of everything."""
        self._connection.close()


def quoted(name: str) -> str:
    """Return a name as SQL writes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def table_of(columns: Mapping[str, Iterable[Any]]) -> pa.Table:
    """Return columns of Python values as an Arrow table."""
    return pa.table({name: pa.array(list(values)) for name, values in columns.items()})
