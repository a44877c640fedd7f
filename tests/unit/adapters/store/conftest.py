"""A new, empty ledger of each kind, and a PostgreSQL schema where a server is named."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.casework.memory import MemoryLedger
from gatepost.casework.ports import Ledger
from gatepost.ledger.codec import Codec


@contextmanager
def new_schema(url: str) -> Iterator[str]:
    """Yield the name of a schema that nobody uses, and drop it afterwards."""
    import psycopg

    name = f"gatepost_test_{uuid.uuid4().hex[:12]}"
    yield name
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"drop schema if exists {name} cascade".encode())


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Return the server that GATEPOST_TEST_POSTGRES names; without it the test skips."""
    url = os.environ.get("GATEPOST_TEST_POSTGRES")
    if not url:
        pytest.skip("GATEPOST_TEST_POSTGRES names no PostgreSQL server")
    return url


@pytest.fixture
def postgres_schema(postgres_url: str) -> Iterator[str]:
    """Return the name of a schema that is dropped after the test."""
    with new_schema(postgres_url) as name:
        yield name


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def make(
    request: pytest.FixtureRequest, tmp_path: Path, codec: Codec
) -> Iterator[Callable[[], Ledger]]:
    """Return what opens a new, empty ledger for the ``codec`` of the test's module."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    with ExitStack() as stack:

        def in_postgres() -> Ledger:
            from gatepost.adapters.store.postgres import PostgresLedger

            return PostgresLedger(url, codec, stack.enter_context(new_schema(url)))

        def open_one() -> Ledger:
            match request.param:
                case "memory":
                    ledger: Ledger = MemoryLedger(codec)
                case "sqlite":
                    ledger = SqliteLedger(tmp_path / uuid.uuid4().hex / "gatepost.db", codec)
                case _:
                    ledger = in_postgres()
            stack.callback(ledger.close)
            return ledger

        yield open_one
