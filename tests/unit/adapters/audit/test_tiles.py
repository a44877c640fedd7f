"""The tree in files: the same roots as the plain tree, whatever the steps in which it grew."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatepost.adapters.audit.tiles import (
    LONGEST,
    Missing,
    TileReader,
    TileWriter,
    tile_path,
    write_whole,
)
from gatepost.ledger.tree import (
    consistency_proof,
    includes,
    inclusion_proof,
    is_consistent,
    leaf_hash,
)
from tests.unit.ledger.test_tree import plain_root

SIZES = [1, 2, 255, 256, 257, 511, 512, 700]


def grow(folder: Path, size: int, to: int) -> bytes:
    """Let the tree in ``folder`` grow and return its root."""
    writer = TileWriter(TileReader(folder, size))
    for number in range(size, to):
        entry = f"entry {number}".encode()
        writer.add(entry, leaf_hash(entry))
    for place, data in writer.take().items():
        write_whole(folder / place, data)
    return writer.root()


def test_a_tree_that_grew_in_steps_is_the_plain_tree(tmp_path: Path) -> None:
    leaves = [leaf_hash(f"entry {number}".encode()) for number in range(SIZES[-1])]
    size, roots = 0, {}
    for to in SIZES:
        roots[to] = grow(tmp_path, size, to)
        reader = TileReader(tmp_path, to)
        assert roots[to] == reader.root() == plain_root(leaves[:to])
        assert [*reader.entries()] == [f"entry {number}".encode() for number in range(to)]
        size = to
    reader = TileReader(tmp_path, size)
    for index in (0, 254, 255, 256, 511, 699):
        proof = inclusion_proof(reader.node, index, size)
        assert includes(leaves[index], index, size, proof, roots[size])
    for old in SIZES:
        proof = consistency_proof(reader.node, old, size)
        assert is_consistent(old, size, proof, roots[old], roots[size])


def test_two_levels_of_tiles_are_one_tree(tmp_path: Path) -> None:
    size = 256 * 256 + 3
    root = grow(tmp_path, 0, size)
    assert grow(tmp_path, size, size) == root
    assert TileReader(tmp_path, size).root() == root
    leaf = leaf_hash(b"entry 65537")
    proof = inclusion_proof(TileReader(tmp_path, size).node, 65537, size)
    assert includes(leaf, 65537, size, proof, root)


@pytest.mark.parametrize(
    ("level", "number", "width", "path"),
    [
        (0, 5, 256, "tile/0/005"),
        (1, 273, 12, "tile/1/273.p/12"),
        (0, 1234067, 256, "tile/0/x001/x234/067"),
        ("entries", 1000, 3, "tile/entries/x001/000.p/3"),
    ],
)
def test_tiles_lie_where_others_look_for_them(
    level: int | str, number: int, width: int, path: str
) -> None:
    assert tile_path(level, number, width) == path


def test_an_entry_that_fits_no_bundle_is_refused(tmp_path: Path) -> None:
    writer = TileWriter(TileReader(tmp_path, 0))
    with pytest.raises(ValueError, match="does not fit"):
        writer.add(b"x" * (LONGEST + 1), leaf_hash(b""))


def test_files_that_are_missing_cut_or_torn_are_named(tmp_path: Path) -> None:
    grow(tmp_path, 0, 3)
    bundle, tile = tmp_path / "tile/entries/000.p/3", tmp_path / "tile/0/000.p/3"
    bundle.write_bytes(bundle.read_bytes()[:-1])
    with pytest.raises(Missing, match="ends within an entry"):
        TileReader(tmp_path, 3).bundle(0)
    tile.write_bytes(tile.read_bytes()[:-1])
    with pytest.raises(Missing, match="95 bytes instead of 96"):
        TileReader(tmp_path, 3).root()
    tile.unlink()
    with pytest.raises(Missing, match=r"tile/0/000\.p/3"):
        TileReader(tmp_path, 3).root()
