"""Sealing: what the ledger holds, in the order of its log, becomes leaves and signed checkpoints.

The sealer only reads the ledger, so no writer ever waits for it. It keeps no state of its own: the
last entry tells where to go on, and after a crash the files are written again with the same bytes.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from gatepost.adapters.audit import rules
from gatepost.adapters.audit.keys import new_seed, signer_in
from gatepost.adapters.audit.log import EARLIER, LATEST, LOG, VERIFIERS, AuditLog
from gatepost.adapters.audit.tiles import Missing, TileReader, TileWriter, write_whole
from gatepost.casework.ports import Ledger
from gatepost.kernel.notice import Refused
from gatepost.ledger.checkpoint import Checkpoint, Malformed, Verifier, write_note
from gatepost.ledger.seal import Written, decode_entry, sealed_leaf

BATCH = 2_000
"""Events between two checkpoints."""


class Sealer:
    """Seals the events of ``ledger`` into the log of the data folder ``data``.

    ``name`` is the origin of the log; its key lies in the file ``key``, made on first use.
    """

    def __init__(self, ledger: Ledger, data: Path, name: str, key: Path) -> None:
        self._ledger = ledger
        self._folder = data / LOG
        self._key = key
        self._signer = signer_in(key, name)

    def seal(
        self, advance: Callable[[int], None] = lambda sealed: None, at_most: int | None = None
    ) -> int:
        """Seal what is committed, ``at_most`` so many events; return how many that was.

        ``Refused`` if another process is sealing (AUDIT-003), or if the log in the files cannot
        be continued (AUDIT-004). ``advance`` is told the size after every checkpoint.
        """
        with self._alone():
            try:
                return self._seal(advance, at_most)
            except (Missing, Malformed, ValueError) as fault:
                raise Refused([rules.BAD_LOG.notice(reason=str(fault))]) from fault

    def rotate(self) -> Verifier:
        """Make a new key, have both keys sign where the log stands, and forget the old one.

        Nothing is sealed meanwhile; what is written waits for the new key.
        """
        log = AuditLog(self._folder)
        with self._alone():
            latest = log.required()
            new = new_seed(self._key)
            signer = signer_in(new, self._signer.name)
            text = (self._folder / LATEST).read_text(encoding="utf-8")
            note = (text + signer.sign(latest.note.text)).encode()
            keys = [*log.verifiers(), signer.verifier]
            lines = "".join(f"{one.text()}\n" for one in keys).encode()
            write_whole(self._folder / VERIFIERS, lines)
            write_whole(self._folder / EARLIER / str(latest.checkpoint.size), note)
            write_whole(self._folder / LATEST, note)
            new.replace(self._key)
            self._signer = signer
        return signer.verifier

    def _seal(self, advance: Callable[[int], None], at_most: int | None) -> int:
        latest = AuditLog(self._folder).latest()
        size = latest.checkpoint.size if latest else 0
        reader = TileReader(self._folder, size)
        after = decode_entry(reader.entry(size - 1)).position if size else 0
        writer = TileWriter(reader)
        previous, begin = (size if latest else None), size
        for batch in _batches(self._ledger.written(after, at_most)):
            old = writer.partial()
            for written in batch:
                writer.add(*sealed_leaf(written))
            self._keep(writer, previous)
            for place in old - writer.partial():
                (self._folder / place).unlink(missing_ok=True)
            previous = writer.size
            advance(writer.size)
        return writer.size - begin

    def _keep(self, writer: TileWriter, previous: int | None) -> None:
        """Write tiles first and the checkpoint last: it never speaks of what is not there."""
        for place, data in writer.take().items():
            write_whole(self._folder / place, data)
        text = Checkpoint(self._signer.name, writer.size, writer.root(), previous).text()
        note = write_note(text, [self._signer.sign(text)]).encode()
        write_whole(self._folder / EARLIER / str(writer.size), note)
        if previous is None:
            write_whole(self._folder / VERIFIERS, f"{self._signer.verifier.text()}\n".encode())
        write_whole(self._folder / LATEST, note)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused([rules.BUSY.notice(folder=str(self._folder))]) from None
            yield
        finally:
            os.close(handle)


def _batches(events: Iterator[Written]) -> Iterator[list[Written]]:
    while batch := list(islice(events, BATCH)):
        yield batch
