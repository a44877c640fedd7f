"""A view that only decodes a declaration and inserts the rows its lodgement once wrote.

The measure for `http_lodging.py`: the same Django, the same server, the same tables, the same
durability, and nothing of requirements, risk, plan or release. Started by that script, which names
in the environment where the rows and the store are.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import django
import msgspec
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    DEBUG=False,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    SECRET_KEY="of no use here",
    LOGGING_CONFIG=None,
)
django.setup(set_prefix=False)

TEMPLATE: dict[str, Any] = msgspec.json.decode(Path(os.environ["BARE_ROWS"]).read_bytes())
URL = os.environ.get("BARE_DATABASE", "")
OLD_REFERENCE, OLD_KEY = TEMPLATE["reference"], TEMPLATE["functional_reference"]
TABLES: dict[str, list[list[Any]]] = TEMPLATE["tables"]
COLUMNS: dict[str, list[str]] = TEMPLATE["columns"]
_lock = threading.Lock()
_mine = threading.local()


def _renamed(value: Any, reference: str, key: str) -> Any:
    if isinstance(value, str):
        return value.replace(OLD_REFERENCE, reference).replace(OLD_KEY, key)
    if isinstance(value, list):
        return [_renamed(one, reference, key) for one in value]
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value


def _rows(reference: str, key: str) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: [tuple(_renamed(value, reference, key) for value in row) for row in rows]
        for table, rows in TABLES.items()
    }


def _statements(mark: str) -> dict[str, str]:
    return {
        table: f"insert into {table} ({', '.join(names)}) values ({', '.join([mark] * len(names))})"
        for table, names in COLUMNS.items()
    }


if URL:
    import psycopg

    def insert(rows: dict[str, list[tuple[Any, ...]]]) -> None:
        """Insert the rows in one transaction of this thread's own connection, in one round trip."""
        connection = getattr(_mine, "connection", None)
        if connection is None:
            connection = _mine.connection = psycopg.connect(URL)
        with connection.pipeline(), connection.transaction():
            for table, sql in _statements("%s").items():
                for row in rows[table]:
                    connection.execute(sql, row, prepare=True)

else:
    from gatepost.adapters.store.sqlite_file import open_writer

    WRITER = open_writer(Path(os.environ["BARE_FILE"]), 20.0)
    SQL = _statements("?")

    def insert(rows: dict[str, list[tuple[Any, ...]]]) -> None:
        """Insert the rows in one transaction, one thread at a time."""
        with _lock:
            WRITER.execute("begin immediate")
            for table, sql in SQL.items():
                WRITER.executemany(sql, rows[table])
            WRITER.execute("commit")


def lodge(request: HttpRequest) -> HttpResponse:
    """Decode, insert, answer."""
    dataset = msgspec.json.decode(request.body)
    key = dataset["Declaration"]["FunctionalReferenceID"]
    reference = f"26XA{key[-14:]:0>14}"
    insert(_rows(reference, key))
    content = msgspec.json.encode({"status": "accepted", "reference": reference})
    headers = {"Content-Length": str(len(content))}
    return HttpResponse(content, status=201, content_type="application/json", headers=headers)


urlpatterns = [path("api/v1/declarations", lodge)]
application = WSGIHandler()
