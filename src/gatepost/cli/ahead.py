"""Reading declarations ahead of their lodging, in a process of its own.

Reading and checking a file takes a good part of the time of lodging it, and touches
nothing that lodging touches. A long batch therefore reads on the second processor.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

import msgspec

from gatepost.cli.reading import STDIN, Arrived, read_declaration
from gatepost.kernel.notice import Notice

FIRST = 256
"""Files read here before a second process is worth its start."""

CHUNK, AHEAD = 16, 3
"""Files handed over together, and how many such parts are read ahead at most."""


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
    yield from map(read_declaration, islice(names, first))
    rest = list(islice(names, 1))
    if not rest:
        return
    if len(os.sched_getaffinity(0)) < 2:
        yield from map(read_declaration, _chained(rest, names))
    else:
        yield from _ahead(_chained(rest, names))


def _chained(head: list[str], tail: Iterator[str]) -> Iterator[str]:
    yield from head
    yield from tail


def _ahead(names: Iterator[str]) -> Iterator[Arrived]:
    pending: deque[Future[bytes] | Arrived] = deque()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as reader:
        for part in iter(lambda: list(islice(names, CHUNK)), []):
            while len(pending) >= AHEAD:
                yield from _received(pending.popleft())
            # Standard input belongs to this process.
            if STDIN in part:
                pending.extend(map(read_declaration, part))
            else:
                pending.append(reader.submit(read_part, [os.fsencode(one) for one in part]))
        while pending:
            yield from _received(pending.popleft())


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


def _received(done: Future[bytes] | Arrived) -> Iterator[Arrived]:
    if isinstance(done, Arrived):
        yield done
        return
    for sent in _decode(done.result()):
        dataset = _tree(sent.dataset)
        yield Arrived(os.fsdecode(sent.file), sent.size, dataset, sent.digest, sent.faults)
