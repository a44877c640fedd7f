"""Bringing a PostgreSQL schema of an earlier release to the tables of this one.

As for SQLite (``sqlite_migrate``): log and acts are copied in one transaction, rows are read from
the log again, and until they are the schema has a negative number. Position and transaction of an
event stay, so the order of the log does.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from gatepost.adapters.store.postgres_server import (
    ONE_AT_A_TIME,
    SCHEMA,
    Connection,
    connect,
    make_tables,
    reason,
    shown,
)
from gatepost.adapters.store.rules import FAILED, OTHER_SCHEMA, refuse

COLUMNS = sql.SQL("position, xid, stream, version, name, at, recorded_at, act, envelope, body")
HAS_SALT = """
    select 1 from information_schema.columns
    where table_schema = %s and table_name = 'event' and column_name = 'salt'"""


def renew_schema(url: str, schema: str, patience: float) -> int:
    """Make the tables of this release in ``schema``; return the number it had.

    Refused with STORE-003 if the schema is of a later release or there is none.
    """
    store = shown(url, schema)
    connection = connect(url, schema, patience)
    try:
        with connection.transaction():
            connection.execute("select pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
            connection.execute("select set_config('gatepost.viewer', '*', true)")
            number = _number(connection, schema)
            if not 0 < abs(number) <= SCHEMA:
                raise refuse(OTHER_SCHEMA, store, found=number, known=SCHEMA)
            if abs(number) < SCHEMA:
                _renew(connection, schema)
            return number
    except psycopg.Error as fault:
        raise refuse(FAILED, store, reason=reason(fault)) from fault
    finally:
        connection.close()


def _number(connection: Connection, schema: str) -> int:
    there = connection.execute("select to_regclass(%s)", (f'"{schema}".schema_number',)).fetchone()
    if there is None or there[0] is None:
        return 0
    row = connection.execute("select number from schema_number").fetchone()
    return int(row[0]) if row else 0


def _renew(connection: Connection, schema: str) -> None:
    # A writer at work ends first, and who comes later waits and finds the new tables.
    connection.execute("lock table act, event, row in access exclusive mode")
    earlier = sql.Identifier(f"{schema}_earlier")
    connection.execute(
        sql.SQL("alter schema {} rename to {}").format(sql.Identifier(schema), earlier)
    )
    make_tables(connection, schema, -SCHEMA)
    copy_log(connection, f"{schema}_earlier")
    connection.execute(sql.SQL("drop schema {} cascade").format(earlier))


def copy_log(connection: Connection, earlier: str) -> None:
    """Copy acts and events as they are; a body that has no salt yet is given one."""
    of = sql.Identifier(earlier)
    connection.execute(
        sql.SQL(
            "insert into act (key, digest, appends, schema)"
            " select key, digest, appends, {} from {}.act"
        ).format(sql.Literal(SCHEMA), of)
    )
    kept = sql.SQL("salt" if connection.execute(HAS_SALT, (earlier,)).fetchone() else "null::bytea")
    connection.execute(
        sql.SQL(
            "insert into event ({columns}, salt) overriding system value"
            " select {columns}, case when body is null then {kept}"
            " else coalesce({kept}, uuid_send(gen_random_uuid())) end"
            " from {of}.event order by xid, position"
        ).format(columns=COLUMNS, kept=kept, of=of)
    )
    connection.execute(
        "select setval(pg_get_serial_sequence('event', 'position'),"
        " coalesce(max(position), 1), max(position) is not null) from event"
    )
