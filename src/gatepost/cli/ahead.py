"""Reading declarations ahead of their lodging, in a process of its own.

Reading and checking a file takes a good part of the time of lodging it, and touches
nothing that lodging touches. A long batch therefore reads on the second processor.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context

import msgspec

from gatepost.cli.reading import STDIN, Arrived, read_declaration
from gatepost.kernel.notice import Notice

FIRST = 256
"""Files read here before a second process is worth its start."""

CHUNK, AHEAD = 16, 12
"""Files handed over together, and how many such parts are read ahead at most."""

AHEAD_BYTES = 16 * 2**20
"""Bytes read ahead at most, give or take one part."""


class Sent(msgspec.Struct, frozen=True, array_like=True):
    """An :class:`Arrived` on its way between processes."""

    file: bytes
    size: int
    dataset: msgspec.Raw
    digest: str
    faults: tuple[Notice, ...]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Sent]).decode
_tree = msgspec.msgpack.Decoder().decode


def arrivals(files: Iterable[str], first: int = FIRST) -> Iterator[Arrived]:
    """Yield what came of each file, in order."""
    names = iter(files)
    here = list(islice(names, first))
    following = list(islice(names, CHUNK))
    if not following or len(os.sched_getaffinity(0)) < 2:
        yield from map(read_declaration, chain(here, following, names))
    else:
        yield from _ahead(here, chain(following, names))


class _Part(msgspec.Struct):
    """Files handed over together; ``done`` is ``None`` where this process reads them itself."""

    files: list[str]
    size: int
    done: Future[bytes] | None


def _ahead(here: list[str], names: Iterator[str]) -> Iterator[Arrived]:
    """Yield the files ``here``, read in this process while the other one starts, and the rest."""
    pending: deque[_Part] = deque()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as reader:
        _hand_over(reader, names, pending)
        yield from map(read_declaration, here)
        while pending:
            part = pending.popleft()
            _hand_over(reader, names, pending)
            yield from _received(part)


def _hand_over(reader: ProcessPoolExecutor, names: Iterator[str], pending: deque[_Part]) -> None:
    """Keep the other process busy, but not further ahead than the memory allows."""
    ahead = sum(part.size for part in pending)
    while len(pending) < AHEAD and (ahead < AHEAD_BYTES or not pending):
        files = list(islice(names, CHUNK))
        if not files:
            return
        size = sum(map(_size, files))
        ahead += size
        # Standard input belongs to this process.
        done = None if STDIN in files else _submit(reader, files)
        pending.append(_Part(files, size, done))


def _size(file: str) -> int:
    try:
        return os.stat(file).st_size
    except (OSError, ValueError):
        return 0


def _submit(reader: ProcessPoolExecutor, part: list[str]) -> Future[bytes] | None:
    try:
        return reader.submit(read_part, [os.fsencode(one) for one in part])
    except BrokenProcessPool:
        return None


def _received(part: _Part) -> Iterator[Arrived]:
    """Yield what the other process read; read here if it is gone."""
    try:
        sent = _decode(part.done.result()) if part.done else None
    except BrokenProcessPool:
        sent = None
    if sent is None:
        yield from map(read_declaration, part.files)
        return
    for one in sent:
        yield Arrived(os.fsdecode(one.file), one.size, _tree(one.dataset), one.digest, one.faults)


def read_part(files: list[bytes]) -> bytes:
    """Return what came of some files as bytes that go quickly from process to process."""
    return _encode([_sent(read_declaration(os.fsdecode(file))) for file in files])


def _sent(arrived: Arrived) -> Sent:
    return Sent(
        os.fsencode(arrived.file),
        arrived.size,
        msgspec.Raw(_encode(arrived.dataset)),
        arrived.digest,
        arrived.faults,
    )
