"""The cache: the same answer faster, never a stale or a damaged one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from gatepost.adapters.files import plain
from gatepost.adapters.files.cache import Cache, digest
from gatepost.adapters.files.tree import Kind, read_tree


class Row(msgspec.Struct, frozen=True):
    name: str
    more: dict[str, Any] = {}


LAYOUT = [Kind("**/*.yaml", Row, "row")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "land"
    root.mkdir()
    (root / "a.yaml").write_text("name: one\nmore: {day: 2026-07-01, code: 0603, x: 1.5, y: ~}\n")
    (root / "b.yaml").write_text("name: two\n")
    return root


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return what has been parsed, and not taken from the cache."""
    seen: list[bytes] = []
    build = plain.build

    def watched(data: bytes) -> tuple[Any, bool]:
        seen.append(data)
        return build(data)

    monkeypatch.setattr(plain, "build", watched)
    return seen


def names(root: Path, cache: Path | None) -> list[str]:
    return [item.value.name for item in read_tree(root, LAYOUT, cache).items["row"]]


def test_a_second_reading_parses_nothing_and_says_the_same(
    root: Path, tmp_path: Path, built: list[bytes]
) -> None:
    first = read_tree(root, LAYOUT, tmp_path / "cache")
    assert len(built) == 2
    assert read_tree(root, LAYOUT, tmp_path / "cache") == first == read_tree(root, LAYOUT)
    assert len(built) == 4


def test_only_a_changed_file_is_parsed_again(
    root: Path, tmp_path: Path, built: list[bytes]
) -> None:
    names(root, tmp_path)
    (root / "b.yaml").write_text("name: six\n")
    del built[:]
    assert names(root, tmp_path) == ["one", "six"]
    assert built == [b"name: six\n"]


@pytest.mark.parametrize("damage", ["cut", "flip", "foreign", "empty", "folder"])
def test_a_damaged_cache_is_ignored_and_written_anew(
    root: Path, tmp_path: Path, damage: str
) -> None:
    cache = tmp_path / "cache"
    names(root, cache)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(
        {
            "cut": whole[:-3],
            "flip": whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:],
            "foreign": b"something else entirely",
            "empty": b"",
            "folder": whole.replace(b"gatepost description 1", b"gatepost description 0"),
        }[damage]
    )
    assert names(root, cache) == ["one", "two"]
    assert file.read_bytes() == whole


def test_an_entry_that_holds_no_values_is_read_anew(root: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", root)
    cache.used[digest((root / "b.yaml").read_bytes())] = b"\xc1"
    cache.save()
    assert names(root, tmp_path / "cache") == ["one", "two"]


def test_nothing_is_kept_while_there_are_faults(root: Path, tmp_path: Path) -> None:
    (root / "c.yaml").write_text("nam: three\n")
    read_tree(root, LAYOUT, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_faults_are_found_in_what_was_kept(root: Path, tmp_path: Path) -> None:
    class Strict(msgspec.Struct, frozen=True):
        name: str

    read_tree(root, LAYOUT, tmp_path)
    loaded = read_tree(root, [Kind("**/*.yaml", Strict, "row")], tmp_path)
    assert [(f.code, f.where) for f in loaded.faults] == [("FILE-003", "a.yaml:2")]


def test_a_folder_that_cannot_be_written_is_no_fault(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert names(root, tmp_path / "file") == ["one", "two"]
