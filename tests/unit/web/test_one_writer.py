"""The thread that writes for all others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gatepost.bootstrap import open_desk
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge
from gatepost.casework.shorthand import expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Commit
from gatepost.web import site as site_of_process
from gatepost.web.one_writer import OneWriter
from tests.unit.web.conftest import MORNING, NO_CHANCE, ROSES


@pytest.fixture
def desk(aldermark: Jurisdiction, tmp_path: Path) -> Iterator[Desk]:
    """Return a desk over a SQLite file."""
    found = open_desk(aldermark, tmp_path, None, NO_CHANCE)
    yield found
    found.ledger.close()


def _commit(desk: Desk, act: str) -> str:
    desk.ledger.commit(Commit(act, "d", MORNING))
    return act


def test_many_threads_get_their_own_answers_and_all_is_stored(desk: Desk) -> None:
    write = OneWriter(desk, lambda: MORNING)
    with ThreadPoolExecutor(8) as pool:
        acts = [f"a{n}" for n in range(100)]
        assert list(pool.map(lambda act: write(lambda: _commit(desk, act)), acts)) == acts
    assert all(desk.ledger.act(act) for act in acts)


def test_one_that_is_refused_leaves_the_others(desk: Desk) -> None:
    write = OneWriter(desk, lambda: MORNING)
    dataset = expand(ROSES)
    gate = threading.Event()

    def refused() -> None:
        gate.wait()
        lodge(desk, {"Declaration": {"TypeCode": "ZZZ"}}, "x", MORNING)

    with ThreadPoolExecutor(2) as pool:
        bad = pool.submit(write, refused)
        good = pool.submit(write, lambda: lodge(desk, dataset, digest_of(dataset), MORNING))
        gate.set()
        with pytest.raises(Refused):
            bad.result()
        assert good.result().reference
    assert len(desk.ledger.rows("case")) == 1


def test_a_group_the_store_did_not_take_is_told_to_all_of_it(desk: Desk) -> None:
    write = OneWriter(desk, lambda: MORNING)
    write(lambda: _commit(desk, "first"))
    desk.ledger.close()
    with pytest.raises(Exception, match=r"STORE|closed"):
        write(lambda: _commit(desk, "second"))


def test_a_task_may_ask_for_another(desk: Desk) -> None:
    write = OneWriter(desk, lambda: MORNING)
    assert write(lambda: write(lambda: _commit(desk, "inner"))) == "inner"


def test_the_site_is_opened_once_whoever_asks_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sites in a process would be two writers."""
    opened: list[object] = []
    both = threading.Barrier(2)

    def opening() -> object:
        opened.append(object())
        return opened[-1]

    def asking() -> object:
        both.wait(10)
        return site_of_process.site()

    monkeypatch.setattr(site_of_process, "open_site", opening)
    monkeypatch.setattr(site_of_process, "_open", [])
    with ThreadPoolExecutor(2) as pool:
        first, second = (pool.submit(asking) for _ in range(2))
    assert first.result() is second.result()
    assert len(opened) == 1
