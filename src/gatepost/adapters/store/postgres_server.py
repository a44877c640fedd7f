"""Reaching the PostgreSQL server: connections set as the ledger needs them, and its schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict

from gatepost.adapters.store.indexes import missing
from gatepost.adapters.store.rules import (
    EARLIER_SCHEMA,
    NOT_A_STORE,
    OLD_SERVER,
    OTHER_SCHEMA,
    UNOPENED,
    refuse,
)

SCHEMA = 3
"""Negative while a migration to it has not made the rows yet."""

SCHEMA_SQL = Path(__file__).with_name("postgres.sql")

WALL_SQL = Path(__file__).with_name("postgres_wall.sql")
WALL_STANDS = """
    select 1 from pg_proc
    where proname = 'row_is_shown' and pronamespace = %s::regnamespace"""

NEEDED = 130000
"""The first release with ``xid8``, the transaction number that does not wrap round."""

ONE_AT_A_TIME = 0x67617465706F7374
"""The advisory lock of those who make a schema: the letters of gatepost."""

APP_ROLE = "gatepost_app"
"""The role as which the program works: it owns nothing, so it cannot lift the policies."""

APP_GRANTS: tuple[LiteralString, ...] = (
    "grant usage on schema {schema} to {role}",
    "grant select, insert, update, delete on {schema}.row to {role}",
    # An update is for deleting a body only, which a trigger sees to, and for locking the table.
    "grant select, insert, update on {schema}.event to {role}",
    "grant select, insert on {schema}.act to {role}",
    "grant select on {schema}.schema_number to {role}",
)

MAY_BE_APP = """
    select 1 from pg_roles where rolname = %s and pg_has_role(current_user, oid, 'member')"""

ROLE = """
    select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user"""

TABLES = """
    select relname, relrowsecurity and relforcerowsecurity,
        pg_get_userbyid(relowner) = current_user
    from pg_class where relnamespace = %s::regnamespace and relname in ('row', 'event', 'act')
    order by relname"""

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


def connect_as_app(url: str, schema: str, patience: float) -> Connection:
    """Open a connection of the program: a role that owns no table and is bound by the policies.

    Where the server has no such role, or the login may not become it, the connection stays as it
    is, and ``gatepost doctor`` says so.
    """
    connection = connect(url, schema, patience)
    if connection.execute(MAY_BE_APP, (APP_ROLE,)).fetchone():
        connection.execute(sql.SQL("set role {}").format(sql.Identifier(APP_ROLE)))
    connection.execute("select set_config('gatepost.viewer', '*', false)")
    return connection


def make_schema(connection: Connection, schema: str, store: str, unfinished: bool = False) -> None:
    """Make the tables, policies and indexes that are not there; one process at a time.

    Refused with STORE-003 if they have a later number, STORE-008 if an earlier one, and STORE-004
    if the schema holds something else. ``unfinished`` takes one amid its migration.
    """
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
        tables = "select tablename from pg_tables where schemaname = %s"
        found = {name for (name,) in connection.execute(tables, (schema,)).fetchall()}
        if not found:
            make_tables(connection, schema, SCHEMA)
        elif "schema_number" not in found:
            raise refuse(NOT_A_STORE, store)
        else:
            row = connection.execute("select number from schema_number").fetchone()
            number = int(row[0]) if row else 0
            if number and number < SCHEMA and not (unfinished and number == -SCHEMA):
                raise refuse(EARLIER_SCHEMA, store, found=abs(number), needed=SCHEMA)
            if abs(number) != SCHEMA:
                raise refuse(OTHER_SCHEMA, store, found=number, known=SCHEMA)
        if not connection.execute(WALL_STANDS, (schema,)).fetchone():
            connection.execute(WALL_SQL.read_bytes())
        indexes = "select indexname from pg_indexes where schemaname = %s"
        known = {name for (name,) in connection.execute(indexes, (schema,)).fetchall()}
        for statement in missing(known, "at nulls first"):
            connection.execute(statement.encode())


def make_tables(connection: Connection, schema: str, number: int) -> None:
    """Make schema, tables and rights inside the transaction at work."""
    name = sql.Identifier(schema)
    connection.execute(sql.SQL("create schema if not exists {}").format(name))
    connection.execute(SCHEMA_SQL.read_bytes())
    _make_app_role(connection, schema)
    connection.execute("insert into schema_number values (%s)", (number,))


def _make_app_role(connection: Connection, schema: str) -> None:
    """Give the role of the program what it needs and no more; make it if it is not there."""
    role = sql.Identifier(APP_ROLE)
    for statement in ("create role {}", "grant {} to current_user"):
        try:
            with connection.transaction():
                connection.execute(sql.SQL(statement).format(role))
        except (errors.DuplicateObject, errors.UniqueViolation, errors.InsufficientPrivilege):
            continue
    if not connection.execute(MAY_BE_APP, (APP_ROLE,)).fetchone():
        return
    name = sql.Identifier(schema)
    for grant in APP_GRANTS:
        connection.execute(sql.SQL(grant).format(role=role, schema=name))


def faults_of_wall(url: str, schema: str) -> tuple[str, ...]:
    """Return in which way the policies would not hold for the program; nothing if they do."""
    try:
        connection = connect_as_app(url, schema, 20.0)
    except psycopg.Error as fault:
        raise refuse(UNOPENED, shown(url, schema), reason=reason(fault)) from fault
    with connection:
        role, above = connection.execute(ROLE).fetchone() or ("", True)
        found = connection.execute(TABLES, (schema,)).fetchall()
    connection.close()
    faults = [f"the role {role} is above row security; let the login become {APP_ROLE}"]
    faults = faults if above else []
    faults += [f"row security of {name} is not forced" for name, forced, _ in found if not forced]
    faults += [f"{role} owns {name} and could lift it" for name, _, owns in found if owns]
    return tuple(faults)


def reason(fault: psycopg.Error) -> str:
    """Return the first line of what the server said."""
    lines = str(fault).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(fault).__name__
