"""The key of random selection: made once, whole, for its owner only."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from gatepost.adapters.secrets import KeyFile
from gatepost.kernel.notice import Refused

DAY = date(2026, 7, 2)


def secret(path: Path) -> bytes:
    return KeyFile(path).of(DAY)


def test_every_process_draws_from_the_same_key(tmp_path: Path) -> None:
    with get_context("fork").Pool(4) as pool:
        assert len(set(pool.map(secret, [tmp_path / "key"] * 16))) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["key"]
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_threads_that_begin_together_draw_from_one_key(tmp_path: Path) -> None:
    for number in range(20):
        together = threading.Barrier(4)

        def draw(path: Path, together: threading.Barrier = together) -> bytes:
            together.wait(10)
            return KeyFile(path).of(DAY)

        folder = tmp_path / str(number)
        folder.mkdir()
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(draw, [folder / "key"] * 4))
        assert len(set(found)) == 1
        assert [one.name for one in folder.iterdir()] == ["key"]


def test_each_day_has_a_secret_of_its_own(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "key")
    assert keys.of(DAY) == KeyFile(tmp_path / "key").of(DAY)
    assert keys.of(DAY) != keys.of(date(2026, 7, 3))
    assert KeyFile(tmp_path / "other").of(DAY) != keys.of(DAY)


@pytest.mark.parametrize("text", ["", "ab", "no key at all"])
def test_a_broken_key_file_is_refused_and_kept(tmp_path: Path, text: str) -> None:
    (tmp_path / "key").write_text(text)
    with pytest.raises(Refused):
        KeyFile(tmp_path / "key").of(DAY)
    assert (tmp_path / "key").read_text() == text
