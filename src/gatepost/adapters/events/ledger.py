"""The log of a store as columns, read through ADBC beside the store that writes it.

A store's own connection gives events one by one; here a hundred thousand come at a time, and of
each only what a study reads. The SQLite driver brings a library of its own, and two libraries in
one process undo each other's locks on a file: never call this while the same process has the
file open for writing. Read only, it changes and checkpoints nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
from adbc_driver_manager import dbapi

from gatepost.adapters.store.rules import FAILED, UNOPENED, refuse
from gatepost.lodgement.events import DeclarationRegistered
from gatepost.timerelease.log import MODE, READ

NAMES = ", ".join(f"'{name}'" for name in READ)

SQLITE = f"""
    select substr(stream, 6) as ref, name, at as happened, envelope ->> '$.agency' as agency,
        envelope ->> '$.source' as source,
        case name when '{DeclarationRegistered.name()}'
            then json_object('mode', body ->> '$.{".".join(MODE)}') else body end as body
    from event where stream >= 'case/' and stream < 'case0' and name in ({NAMES})"""

POSTGRES = f"""
    select substr(stream, 6) as ref, name, at as happened, envelope::json ->> 'agency' as agency,
        envelope::json ->> 'source' as source,
        case name when '{DeclarationRegistered.name()}'
            then json_build_object('mode', body::json #>> '{{{",".join(MODE)}}}')::text
            else body end as body
    from SCHEMA.event where stream >= 'case/' and stream < 'case0' and name in ({NAMES})"""


def read_log(file: Path, database: str | None = None, schema: str = "gatepost") -> pa.Table:
    """Return the events of all cases from PostgreSQL at ``database``, else the SQLite ``file``.

    The columns are those of :func:`gatepost.timerelease.log.make_raw`. ``Refused`` if the store
    is not there (STORE-005) or fails (STORE-006).
    """
    return _read_either(file, database, schema, SQLITE, POSTGRES)


def count_events(
    file: Path, database: str | None = None, schema: str = "gatepost"
) -> dict[str, int]:
    """Return how many events of each name the whole log holds; ``Refused`` as :func:`read_log`."""
    sql = "select name, count(*) as events from {} group by name"
    table = _read_either(file, database, schema, sql.format("event"), sql.format("SCHEMA.event"))
    return {row["name"]: row["events"] for row in table.to_pylist()}


def _read_either(
    file: Path, database: str | None, schema: str, sqlite: str, postgres: str
) -> pa.Table:
    if database:
        from adbc_driver_postgresql.dbapi import connect

        from gatepost.adapters.store.postgres_server import shown

        sql = postgres.replace("SCHEMA", schema)
        return _read(partial(connect, database), shown(database, schema), sql)
    from adbc_driver_sqlite.dbapi import connect

    if not file.exists():
        raise refuse(UNOPENED, str(file), reason="there is no such file")
    return _read(partial(connect, f"file:{quote(str(file))}?mode=ro"), str(file), sqlite)


def _read(connect: Callable[[], dbapi.Connection], place: str, sql: str) -> pa.Table:
    try:
        connection = connect()
    except dbapi.Error as fault:
        raise refuse(UNOPENED, place, reason=_reason(fault)) from fault
    with connection, connection.cursor() as cursor:
        try:
            cursor.execute(sql)
            return cursor.fetch_arrow_table()
        except dbapi.Error as fault:
            raise refuse(FAILED, place, reason=_reason(fault)) from fault


def _reason(fault: Exception) -> str:
    return str(fault).splitlines()[0].rstrip(".")
