"""OCEL 2.0: a case is an object of type consignment, who acted one of type party."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from gatepost.adapters.formats.eventlog.rows import CASE, PARTY, EventLog

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        from pysqlite3 import dbapi2 as sqlite3
    except ImportError:
        import sqlite3

START = "1970-01-01T00:00:00.000000+00:00"
"""The moment of attributes that never change."""

OF, BY = "of", "by"


def write_json(log: EventLog, file: Path) -> None:
    """Write ``log`` as OCEL 2.0 JSON."""
    attributes = [{"name": name, "type": "string"} for name in log.attributes]
    kinds = sorted({event.kind for event in log.events})
    value = {
        "objectTypes": [
            {"name": CASE, "attributes": attributes},
            {"name": PARTY, "attributes": []},
        ],
        "eventTypes": [{"name": kind, "attributes": []} for kind in kinds],
        "objects": [*_cases(log), *_parties(log)],
        "events": [
            {
                "id": f"e{number}",
                "type": event.kind,
                "time": event.at,
                "attributes": [],
                "relationships": [
                    {"objectId": _case(event.case), "qualifier": OF},
                    {"objectId": _party(event.party), "qualifier": BY},
                ],
            }
            for number, event in enumerate(log.events, 1)
        ],
    }
    file.write_bytes(msgspec.json.encode(value))


def _case(name: str) -> str:
    return f"{CASE}:{name}"


def _party(name: str) -> str:
    return f"{PARTY}:{name}"


def _cases(log: EventLog) -> Iterator[dict[str, Any]]:
    for name, values in log.cases.items():
        yield {
            "id": _case(name),
            "type": CASE,
            "attributes": [
                {"name": attribute, "time": START, "value": value}
                for attribute, value in zip(log.attributes, values, strict=True)
                if value is not None
            ],
        }


def _parties(log: EventLog) -> Iterator[dict[str, Any]]:
    for name in sorted({event.party for event in log.events}):
        yield {"id": _party(name), "type": PARTY, "attributes": []}


def write_sqlite(log: EventLog, file: Path) -> None:
    """Write ``log`` as OCEL 2.0 SQLite, in place of what was in ``file``."""
    file.unlink(missing_ok=True)
    connection = sqlite3.connect(file)
    try:
        connection.execute("pragma synchronous = off")
        with connection:
            _make_tables(connection, log)
            _fill(connection, log)
    finally:
        connection.close()


def _make_tables(connection: sqlite3.Connection, log: EventLog) -> None:
    kept = "".join(f", {_name(one)} text" for one in log.attributes)
    tables = [
        "event_map_type (ocel_type text primary key, ocel_type_map text)",
        "object_map_type (ocel_type text primary key, ocel_type_map text)",
        "event (ocel_id text primary key, ocel_type text references event_map_type (ocel_type))",
        "object (ocel_id text primary key, ocel_type text references object_map_type (ocel_type))",
        "event_object (ocel_event_id text references event (ocel_id), ocel_object_id text"
        " references object (ocel_id), ocel_qualifier text,"
        " primary key (ocel_event_id, ocel_object_id, ocel_qualifier))",
        "object_object (ocel_source_id text references object (ocel_id), ocel_target_id text"
        " references object (ocel_id), ocel_qualifier text,"
        " primary key (ocel_source_id, ocel_target_id, ocel_qualifier))",
        f"object_{CASE} (ocel_id text references object (ocel_id), ocel_time text,"
        f" ocel_changed_field text{kept})",
        f"object_{PARTY} (ocel_id text references object (ocel_id), ocel_time text,"
        " ocel_changed_field text)",
    ]
    tables += [
        f"{_name('event_' + _short(kind))} (ocel_id text primary key references event (ocel_id),"
        " ocel_time text)"
        for kind in sorted({event.kind for event in log.events})
    ]
    for table in tables:
        connection.execute(f"create table {table}")


def _fill(connection: sqlite3.Connection, log: EventLog) -> None:
    def put(table: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"insert into {table} values ({marks})", rows)

    parties = sorted({event.party for event in log.events})
    kinds = sorted({event.kind for event in log.events})
    put("object_map_type", [(CASE, CASE), (PARTY, PARTY)])
    put("event_map_type", [(kind, _short(kind)) for kind in kinds])
    put("object", [(_case(one), CASE) for one in log.cases])
    put("object", [(_party(one), PARTY) for one in parties])
    put(
        f"object_{CASE}",
        [(_case(one), START, None, *values) for one, values in log.cases.items()],
    )
    put(f"object_{PARTY}", [(_party(one), START, None) for one in parties])
    put("event", [(f"e{n}", event.kind) for n, event in enumerate(log.events, 1)])
    by_kind: dict[str, list[tuple[Any, ...]]] = {}
    related: list[tuple[Any, ...]] = []
    for number, event in enumerate(log.events, 1):
        by_kind.setdefault(event.kind, []).append((f"e{number}", event.at))
        related.append((f"e{number}", _case(event.case), OF))
        related.append((f"e{number}", _party(event.party), BY))
    for kind, rows in by_kind.items():
        put(_name("event_" + _short(kind)), rows)
    put("event_object", related)


def _short(kind: str) -> str:
    """Return a kind as the name of a table may have it."""
    return re.sub(r"\W", "_", kind)


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
