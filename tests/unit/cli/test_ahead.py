"""What a second process read is what this one would have read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gatepost.cli.ahead import CHUNK, arrivals
from gatepost.cli.reading import read_declaration
from tests.unit.cli.conftest import Write


@pytest.mark.parametrize("processors", [1, 2])
def test_every_file_comes_in_order_good_or_bad(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processors: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)))
    files = [write(f"{n}.json", f"R-{n}") for n in range(CHUNK + 3)]
    broken = tmp_path / "broken.json"
    broken.write_text('{"Declaration": {"Nothing": 1}}')
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json")
    files[2:2] = [str(broken), odd, str(tmp_path / "absent.json")]
    assert list(arrivals(files, first=1)) == [read_declaration(file) for file in files]


def test_a_reader_that_dies_costs_nothing(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr("gatepost.cli.ahead.read_part", die)
    files = [write(f"{n}.json", f"R-{n}") for n in range(5 * CHUNK)]
    assert list(arrivals(files, first=1)) == [read_declaration(file) for file in files]


def die(files: list[bytes]) -> bytes:
    os._exit(1)
