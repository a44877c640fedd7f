"""Bringing a SQLite file of an earlier release to the tables of this one, in its place.

Log and acts are copied into new tables in one transaction, so a crash leaves the file as it was.
Rows are not copied: they are read from the log again, and until they are the file has a negative
number, which nobody opens. It stays the same file: a process of the earlier release that has it
open still writes to it, and the tables refuse what it writes.
"""

from __future__ import annotations

from pathlib import Path

from gatepost.adapters.store.rules import OTHER_SCHEMA, refuse
from gatepost.adapters.store.sqlite_file import (
    LIBRARY,
    SCHEMA,
    Connection,
    configure,
    connect,
    refusing,
    require_library,
    run_script,
)

NAMES = "select type, name from sqlite_master where type in ('trigger', 'index') and sql not null"
COLUMNS = "position, stream, version, name, at, recorded_at, act, envelope, body"


def renew_tables(path: Path, patience: float) -> int:
    """Make the tables of this release in the file at ``path``; return the number it had.

    What has this release's number, or minus it, is left as it is. Refused with STORE-003 if the
    file is of a later release or holds nothing, and with STORE-001 if a writer is long at work.
    """
    require_library(LIBRARY, str(path))
    with refusing(path, patience):
        connection = connect(path, patience)
        try:
            configure(connection, "journal_mode = wal", "synchronous = full", "secure_delete = on")
            connection.execute("begin immediate")
            number = int(connection.execute("pragma user_version").fetchone()[0])
            if not 0 < abs(number) <= SCHEMA:
                raise refuse(OTHER_SCHEMA, str(path), found=number, known=SCHEMA)
            if abs(number) < SCHEMA:
                _renew(connection)
            connection.execute("commit")
            return number
        finally:
            if connection.in_transaction:
                connection.execute("rollback")
            connection.close()


def _renew(connection: Connection) -> None:
    for kind, name in connection.execute(NAMES).fetchall():
        connection.execute(f"drop {kind} {name}")
    for table in ("row", "row_label"):
        connection.execute(f"drop table if exists {table}")
    for table in ("event", "act"):
        connection.execute(f"alter table {table} rename to earlier_{table}")
    run_script(connection)
    copy_log(connection)
    for table in ("event", "act"):
        connection.execute(f"drop table earlier_{table}")
    configure(connection, f"user_version = {-SCHEMA}")


def copy_log(connection: Connection) -> None:
    """Copy acts and events as they are; a body that has no salt yet is given one."""
    connection.execute(
        f"insert into act (key, digest, appends, schema)"
        f" select key, digest, appends, {SCHEMA} from earlier_act"
    )
    found = connection.execute("pragma table_info(earlier_event)").fetchall()
    kept = "salt" if any(column[1] == "salt" for column in found) else "null"
    connection.execute(
        f"insert into event ({COLUMNS}, salt) select {COLUMNS},"
        f" case when body is null then {kept} else coalesce({kept}, randomblob(16)) end"
        " from earlier_event order by position"
    )
