"""No list is found by reading all there is: the plans of both stores, question by question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks._plans import QUESTIONS, Asked, asked_of_postgres, asked_of_sqlite
from gatepost.adapters.store.indexes import INDEXES, REPLACED, missing
from gatepost.adapters.store.postgres import PostgresLedger
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.adapters.store.sqlite_file import open_writer
from gatepost.casework.ports import Ledger
from gatepost.ledger.codec import Codec
from gatepost.ledger.model import Gone, Row

CODEC = Codec([])

PLANNED_AS_IF_LARGE = "-c enable_seqscan=off -c enable_sort=off -c enable_bitmapscan=off"
"""A table that fits on a page is read whole at the least cost; what must be sorted stays sorted."""


def rows() -> Iterator[Row]:
    """Yield some rows of each view."""
    for number in range(60):
        key, at = f"{number:03}", f"2026-07-{number % 28 + 1:02}"
        labels = (f"agency:a{number % 3}", f"party:p{number % 7}")
        yield Row("case", key, b"{}", None, f"post{number % 2}", at, labels)
        yield Row("movement", key, b"{}", None, f"post{number % 2}", at)
        yield Row("party", f"p|{key}", b"{}", f"p{number % 7}", f"post{number % 2}", at, labels[1:])
        yield Row("listed", key, b"{}", "a1", None, at, (f"case:{key}", "case:all"))
        yield Row("work", f"a|{key}", b"{}", f"a{number % 3}", f"post{number % 2}", at)


@pytest.fixture(params=["sqlite", "postgres"])
def asked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Asked]]:
    """Return a function that asks a store a question and tells by which plan it was answered."""
    ledger: SqliteLedger | PostgresLedger
    ask: Callable[..., Asked] = asked_of_sqlite
    if request.param == "sqlite":
        ledger = SqliteLedger(tmp_path / "ledger.sqlite3", CODEC)
    else:
        url = request.getfixturevalue("postgres_url")
        mark = "&" if "?" in url else "?"
        options = PLANNED_AS_IF_LARGE.replace(" ", "%20").replace("=", "%3D")
        schema = request.getfixturevalue("postgres_schema")
        ledger = PostgresLedger(f"{url}{mark}options={options}", CODEC, schema)
        ask = asked_of_postgres
    ledger.put_rows(rows())
    yield lambda question: ask(ledger, question)
    ledger.close()


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_list_is_found_by_an_index(asked: Callable[..., Asked], name: str) -> None:
    found = asked(QUESTIONS[name].ask)
    assert found.plans
    for plan in found.plans:
        assert not plan.scans_all, plan.text
        if QUESTIONS[name].in_order:
            assert not plan.sorts, plan.text


@pytest.mark.parametrize("word", ["plain", 'a"b', "a\\b", "ärger", "%20", "[1]", "null"])
def test_rows_are_found_by_each_word_as_it_changes(tmp_path: Path, word: str) -> None:
    """What is put, put again with other labels and deleted is found by just what it has."""
    ledger = SqliteLedger(tmp_path / "ledger.sqlite3", CODEC)

    def by(label: str) -> list[str]:
        return [row.key for row in ledger.rows("listed", label=label)]

    ledger.put_rows([Row("listed", "1", b"{}", labels=(word, "both")), Row("listed", "2", b"{}")])
    assert (by(word), by("both"), by("other")) == (["1"], ["1"], [])
    ledger.put_rows([Row("listed", "1", b"{}", labels=("both", "other"))])
    assert (by(word), by("both"), by("other")) == ([], ["1"], ["1"])
    ledger.put_rows([Row("listed", "2", b"{}", labels=(word,)), Row("listed", "1", b"{}")])
    assert (by(word), by("both"), by("other")) == (["2"], [], [])
    ledger.put_rows([Gone("listed", "2")])
    assert by(word) == []
    ledger.drop_rows()
    ledger.close()


def test_a_store_of_an_earlier_release_gets_its_indexes(tmp_path: Path) -> None:
    """What is there stays there, and the next opening finds nothing to do."""
    path = tmp_path / "ledger.sqlite3"
    ledger = SqliteLedger(path, CODEC)
    ledger.put_rows(rows())
    ledger.close()
    with closing(open_writer(path, 1.0)) as connection:
        for name in INDEXES:
            connection.execute(f"drop index {name}")
        connection.execute("drop table row_label")
        for name in ("row_is_labelled", "row_is_labelled_anew", "row_and_its_labels_go"):
            connection.execute(f"drop trigger {name}")
        connection.execute("create index row_by_agency on row (view, agency, at, key)")
    again = SqliteLedger(path, CODEC)
    assert len(again.rows("case")) == 60
    assert [row.key for row in again.rows("listed", label="case:007")] == ["007"]
    assert len(again.rows("listed", label="case:all")) == 60
    again.close()
    with closing(open_writer(path, 1.0)) as connection:
        found = connection.execute("select name from sqlite_master where type = 'index'").fetchall()
    named = {name for (name,) in found}
    assert named >= set(INDEXES)
    assert not named & set(REPLACED)
    assert list(missing(named, "at")) == []


def test_a_question_without_an_index_would_be_noticed(asked: Callable[..., Asked]) -> None:
    """The test itself: a column that no index begins with is found by reading all."""

    def by_value(ledger: Ledger) -> object:
        if isinstance(ledger, SqliteLedger):
            with ledger._reading() as connection:
                return connection.execute("select key from row where value = 'x'").fetchall()
        return ledger._ask("select key from row where value = %s", ("x",))  # type: ignore[attr-defined]

    assert [plan.scans_all for plan in asked(by_value).plans] == [True]
