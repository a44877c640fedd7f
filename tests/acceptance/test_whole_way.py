"""One lorry from lodgement to removal through every room, on every store."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gatepost.adapters.secrets import FixedKey
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.bootstrap import CODEC
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge
from gatepost.casework.memory import MemoryLedger
from gatepost.casework.ports import Ledger
from gatepost.casework.rebuilding import rebuild
from gatepost.casework.shorthand import expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.ledger.model import Recorded, Row
from tests.small_country import declaration, goods, parts

NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
VIEWS = ("case", "movement", "work", "random")
SERVER = os.environ.get("GATEPOST_TEST_POSTGRES")
STORES = ("memory", "sqlite", "postgres")
Opens = Callable[[str], Ledger]


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Opens]:
    """Return what opens an empty ledger of a kind; PostgreSQL needs a server that is named."""
    ledgers: list[Ledger] = []
    schemas: list[str] = []

    def opened(kind: str) -> Ledger:
        if kind == "memory":
            ledger: Ledger = MemoryLedger(CODEC)
        elif kind == "sqlite":
            ledger = SqliteLedger(tmp_path / "data" / "ledger.sqlite3", CODEC)
        elif SERVER is None:
            pytest.skip("GATEPOST_TEST_POSTGRES names no server")
        else:
            from gatepost.adapters.store.postgres import PostgresLedger

            schemas.append(f"way_{uuid.uuid4().hex[:12]}")
            ledger = PostgresLedger(SERVER, CODEC, schemas[-1])
        ledgers.append(ledger)
        return ledger

    yield opened
    for ledger in ledgers:
        ledger.close()
    _drop(schemas)


def _drop(schemas: list[str]) -> None:
    if not schemas:
        return
    import psycopg

    with psycopg.connect(SERVER or "", autocommit=True) as connection:
        for schema in schemas:
            connection.execute(f"drop schema if exists {schema} cascade")


def desk_over(ledger: Ledger) -> Desk:
    """Return the desk of the small country over a ledger."""
    return Desk(Jurisdiction(parts()), ledger, FixedKey(b"k" * 32))


def play(ledger: Ledger) -> list[str]:
    """Lodge two consignments of one lorry and bring both out; return what was answered."""
    desk = desk_over(ledger)
    lorry = {"means": "BR-7714", "journey": "T-1"}
    roses = declaration(goods(documents=("N851 PC",), value="2000"), reference="R-1", **lorry)
    beef = declaration(goods("02023090", documents=("N853 H",)), reference="R-2", **lorry)
    told: list[str] = []
    references = []
    for short in (roses, beef, roses):
        dataset = expand(short)
        answer = lodge(desk, dataset, digest_of(dataset), NOON)
        references.append(answer.reference)
        told.append(str(answer))
    first, second, again = references
    assert first == again
    acts: list[dict[str, Any]] = [
        {"act": "arrive", "reference": first},
        {
            "act": "examine",
            "reference": first,
            "by": "plant.one",
            "with": ["customs"],
            "stop": "stop-1",
            "result": "conform",
        },
        {"act": "remove", "reference": second},
        {"act": "decide", "reference": second, "by": "vet.one", "decision": "clear"},
        {"act": "remove", "reference": first},
        {"act": "remove", "reference": second},
    ]
    for number, fields in enumerate([*acts, *acts]):
        at = NOON + timedelta(minutes=10 * (number % len(acts)))
        plain = {"id": f"a{number % len(acts)}", "at": at, "source": "manual", **fields}
        told.append(str(perform(desk, msgspec.convert(plain, Act), at)))
    assert told[3 : 3 + len(acts)] == told[3 + len(acts) :], "a repeated act answers the same"
    return told


def rows(ledger: Ledger) -> list[Row]:
    """Return every row in one order."""
    return sorted((r for view in VIEWS for r in ledger.rows(view)), key=lambda r: (r.view, r.key))


def log(ledger: Ledger) -> list[Recorded]:
    """Return the whole log; outside a group it lags behind whoever else uses the server."""
    with ledger.group():
        return [recorded for _, recorded in ledger.read_all()]


@pytest.mark.parametrize("kind", STORES)
def test_lodged_assessed_examined_decided_released_removed(opens: Opens, kind: str) -> None:
    ledger = opens(kind)
    play(ledger)
    happened = [recorded.event.body.name() for recorded in log(ledger)]
    for name in (
        "risk:secret:committed",
        "lodgement:declaration:registered",
        "lodgement:declaration:accepted",
        "lodgement:movement:joined",
        "requirement:needs:determined",
        "risk:assessment:made",
        "control:controls:ordered",
        "control:plan:made",
        "lodgement:conveyance:arrived",
        "control:examination:performed",
        "control:finding:recorded",
        "release:decision:given",
        "casework:act:refused",
    ):
        assert name in happened
    assert happened.count("release:release:granted") == 2
    assert happened.count("release:goods:removed") == 2


@pytest.mark.parametrize("kind", STORES)
def test_the_rows_can_be_made_again_from_the_log(opens: Opens, kind: str) -> None:
    ledger = opens(kind)
    play(ledger)
    before = rows(ledger)
    assert len(before) > 3
    rebuild(desk_over(ledger), lambda _: None)
    assert rows(ledger) == before


@pytest.mark.parametrize("kind", STORES[1:])
def test_every_store_answers_and_keeps_the_same(opens: Opens, kind: str) -> None:
    memory, other = opens("memory"), opens(kind)
    assert play(other) == play(memory)
    assert rows(other) == rows(memory)
    assert log(other) == log(memory)
