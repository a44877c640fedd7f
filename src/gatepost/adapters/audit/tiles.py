"""The tree in files of 256 hashes, and its entries beside them (C2SP `tlog-tiles`).

A tile of level L holds roots of 256 ** L leaves each; the last of a level may be partial and then
tells its width. Bundles hold the entries of a tile of level 0, each behind two bytes of length.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from gatepost.ledger.tree import HASH, node_hash, root_of

WIDTH = 256
LEVEL = 8
"""Levels of the tree in one level of tiles."""

TILES = "tile"
ENTRIES = "entries"
LONGEST = 0xFFFF
"""Bytes of the longest entry a bundle can hold."""


class Missing(Exception):
    """A file of the tree is not there, or holds something else; ``where`` names it."""

    def __init__(self, where: str, problem: str) -> None:
        self.where = where
        self.problem = problem
        super().__init__(f"{where}: {problem}")


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """Return the place of a tile below the log's folder."""
    parts = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        parts.append(f"x{number % 1000:03d}")
    path = f"{TILES}/{level}/{'/'.join(reversed(parts))}"
    return path if width == WIDTH else f"{path}.p/{width}"


def width_at(level: int, number: int, size: int) -> int:
    """Return how many hashes a tile of a tree of ``size`` leaves holds; 0 if there is none."""
    return max(0, min(WIDTH, (size >> (LEVEL * level)) - number * WIDTH))


class TileReader:
    """Reads the tree of ``size`` leaves from its files; :class:`Missing` where one is wrong."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self.size = size
        self.tile = lru_cache(maxsize=4096)(self._tile)

    def _tile(self, level: int, number: int) -> bytes:
        width = width_at(level, number, self.size)
        return self._read(tile_path(level, number, width), width * HASH)

    def _read(self, path: str, length: int | None = None) -> bytes:
        try:
            data = (self._folder / path).read_bytes()
        except OSError as fault:
            raise Missing(path, fault.strerror or str(fault)) from fault
        if length is not None and len(data) != length:
            raise Missing(path, f"has {len(data)} bytes instead of {length}")
        return data

    def node(self, level: int, index: int) -> bytes:
        """Return the root of ``2 ** level`` leaves, as proofs ask for it."""
        tile_level, inside = divmod(level, LEVEL)
        first = index << inside
        data = self.tile(tile_level, first // WIDTH)
        begin = first % WIDTH * HASH
        hashes = data[begin : begin + (HASH << inside)]
        if len(hashes) != HASH << inside:
            raise Missing(tile_path(tile_level, first // WIDTH), "is too short")
        return fold(hashes)

    def root(self) -> bytes:
        """Return the root of the whole tree."""
        return root_of(self.node, 0, self.size)

    def bundle(self, number: int) -> list[bytes]:
        """Return the entries of a bundle."""
        return self._bundle(number, self._raw(number))

    def _raw(self, number: int) -> bytes:
        return self._read(tile_path(ENTRIES, number, width_at(0, number, self.size)))

    def _bundle(self, number: int, data: bytes) -> list[bytes]:
        width = width_at(0, number, self.size)
        path = tile_path(ENTRIES, number, width)
        entries = list(_entries(path, data))
        if len(entries) != width:
            raise Missing(path, f"holds {len(entries)} entries instead of {width}")
        return entries

    def entry(self, index: int) -> bytes:
        """Return one entry."""
        return self.bundle(index // WIDTH)[index % WIDTH]

    def entries(self, start: int = 0) -> Iterator[bytes]:
        """Yield the entries from ``start`` on."""
        for number in range(start // WIDTH, self._bundles()):
            bundle = self.bundle(number)
            yield from bundle[start - number * WIDTH :] if number == start // WIDTH else bundle

    def search(self, text: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield index and entry of those that hold ``text``; bundles without it are not parsed."""
        for number in range(self._bundles()):
            data = self._raw(number)
            if text in data:
                for inside, entry in enumerate(self._bundle(number, data)):
                    if text in entry:
                        yield number * WIDTH + inside, entry

    def _bundles(self) -> int:
        return -(-self.size // WIDTH)


def fold(hashes: bytes) -> bytes:
    """Return the root over neighbours whose number is a power of two."""
    while len(hashes) > HASH:
        step = 2 * HASH
        hashes = b"".join(
            node_hash(hashes[at : at + HASH], hashes[at + HASH : at + step])
            for at in range(0, len(hashes), step)
        )
    return hashes


class TileWriter:
    """Grows the tree by entries and tells which files that changes.

    Begins with the right edge of the tree that ``reader`` reads.
    """

    def __init__(self, reader: TileReader) -> None:
        self.size = reader.size
        self._edges: list[bytearray] = []
        level = 0
        while (count := self.size >> (LEVEL * level)) > 0:
            full = count % WIDTH == 0
            edge = b"" if full else reader.tile(level, count // WIDTH)
            self._edges.append(bytearray(edge))
            level += 1
        number, inside = divmod(self.size, WIDTH)
        self._bundle = bytearray(_bundled(reader.bundle(number)) if inside else b"")
        self._full: dict[str, bytes] = {}

    def add(self, entry: bytes, leaf: bytes) -> None:
        """Append one entry with the hash of its leaf; ``ValueError`` if it is too long."""
        if len(entry) > LONGEST:
            raise ValueError(f"an entry of {len(entry)} bytes does not fit a bundle")
        self._bundle += len(entry).to_bytes(2, "big") + entry
        number = self.size // WIDTH
        self.size += 1
        self._grow(0, leaf)
        if self.size % WIDTH == 0:
            self._full[tile_path(ENTRIES, number)] = bytes(self._bundle)
            self._bundle.clear()

    def _grow(self, level: int, value: bytes) -> None:
        if level == len(self._edges):
            self._edges.append(bytearray())
        edge = self._edges[level]
        edge += value
        if len(edge) == WIDTH * HASH:
            number = (self.size >> (LEVEL * (level + 1))) - 1
            tile = bytes(edge)
            self._full[tile_path(level, number)] = tile
            edge.clear()
            self._grow(level + 1, fold(tile))

    def take(self) -> dict[str, bytes]:
        """Return what every file changed since the last call holds, by its place."""
        files, self._full = self._full, {}
        for level, edge in enumerate(self._edges):
            if edge:
                count = self.size >> (LEVEL * level)
                files[tile_path(level, count // WIDTH, count % WIDTH)] = bytes(edge)
        if self._bundle:
            files[tile_path(ENTRIES, self.size // WIDTH, self.size % WIDTH)] = bytes(self._bundle)
        return files

    def partial(self) -> set[str]:
        """Return the places of the partial tiles at the right edge."""
        places = {
            tile_path(level, count // WIDTH, count % WIDTH)
            for level in range(len(self._edges))
            if (count := self.size >> (LEVEL * level)) % WIDTH
        }
        number, width = divmod(self.size, WIDTH)
        return places | ({tile_path(ENTRIES, number, width)} if width else set())

    def root(self) -> bytes:
        """Return the root of the tree as it stands."""
        found: bytes | None = None
        for edge in self._edges:
            for block in _blocks(bytes(edge)):
                found = block if found is None else node_hash(block, found)
        if found is None:
            raise ValueError("a tree without leaves has no edge")
        return found


def _blocks(edge: bytes) -> Iterator[bytes]:
    """Yield the roots of the largest complete subtrees of an edge, from right to left."""
    end = len(edge) // HASH
    while end:
        width = end & -end
        yield fold(edge[(end - width) * HASH : end * HASH])
        end -= width


def _bundled(entries: Iterable[bytes]) -> bytes:
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def _entries(path: str, data: bytes) -> Iterator[bytes]:
    at, end = 0, len(data)
    while at < end:
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if len(entry) != length or end - at < 2:
            raise Missing(path, "ends within an entry")
        yield entry
        at += 2 + length


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` in ``path`` durably: whole, or what was there before."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = path.with_name(f".{path.name}.new")
    handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(own, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
