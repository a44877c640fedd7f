"""Reaching the PostgreSQL server: connections set as the ledger needs them, and its schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from gatepost.adapters.store.rules import NOT_A_STORE, OLD_SERVER, OTHER_SCHEMA, UNOPENED, refuse

SCHEMA = 2
SCHEMA_SQL = Path(__file__).with_name("postgres.sql")

NEEDED = 130000
"""The first release with ``xid8``, the transaction number that does not wrap round."""

ONE_AT_A_TIME = 0x67617465706F7374
"""The advisory lock of those who make a schema: the letters of gatepost."""

Connection = psycopg.Connection[tuple[Any, ...]]


def shown(url: str, schema: str) -> str:
    """Return how to name the store to a person: never with the password."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:
        return "the database"
    named = (parts.get("host"), parts.get("port"), parts.get("dbname"))
    return "/".join([*(str(part) for part in named if part), schema])


def connect(url: str, schema: str, patience: float) -> Connection:
    """Open a connection that commits each statement, durably, and sees only ``schema``.

    Refused with STORE-005 if the server cannot be reached and STORE-007 if it is too old.
    """
    store = shown(url, schema)
    settings = {
        "search_path": sql.Identifier(schema).as_string(None),
        "lock_timeout": f"{round(patience * 1000)}ms",
        "synchronous_commit": "on",
        "timezone": "UTC",
        "default_transaction_isolation": "read committed",
    }
    try:
        connection = psycopg.connect(url, autocommit=True)
        for name, value in settings.items():
            connection.execute("select set_config(%s, %s, false)", (name, value))
    except psycopg.Error as fault:
        raise refuse(UNOPENED, store, reason=reason(fault)) from fault
    found = connection.info.server_version
    if found < NEEDED:
        connection.close()
        raise refuse(OLD_SERVER, store, found=found // 10000, needed=NEEDED // 10000)
    return connection


def make_schema(connection: Connection, schema: str, store: str) -> None:
    """Make the tables if they are not there; one process at a time.

    Refused with STORE-003 if they have another number and STORE-004 if the schema holds
    something else.
    """
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
        tables = "select tablename from pg_tables where schemaname = %s"
        found = {name for (name,) in connection.execute(tables, (schema,)).fetchall()}
        if not found:
            name = sql.Identifier(schema)
            connection.execute(sql.SQL("create schema if not exists {}").format(name))
            connection.execute(SCHEMA_SQL.read_bytes())
            connection.execute("insert into schema_number values (%s)", (SCHEMA,))
        elif "schema_number" not in found:
            raise refuse(NOT_A_STORE, store)
        else:
            row = connection.execute("select number from schema_number").fetchone()
            if row != (SCHEMA,):
                raise refuse(OTHER_SCHEMA, store, found=row[0] if row else 0, known=SCHEMA)


def reason(fault: psycopg.Error) -> str:
    """Return the first line of what the server said."""
    lines = str(fault).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(fault).__name__
