"""The folder of an audit log: where its checkpoints, keys and tiles lie."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from gatepost.adapters.audit import rules
from gatepost.adapters.audit.keys import read_verifiers
from gatepost.adapters.audit.tiles import TILES
from gatepost.kernel.notice import Refused
from gatepost.ledger.checkpoint import (
    Checkpoint,
    Malformed,
    Note,
    Verifier,
    read_checkpoint,
    read_note,
)

LATEST = "checkpoint"
EARLIER = "checkpoints"
VERIFIERS = "verifiers"
WITNESSES = "witnesses"
LOG = "audit"
"""The folder of the log within a data folder."""


LOCK = ".lock"


@contextmanager
def no_sealing(data: Path) -> Iterator[None]:
    """Keep sealers of a data folder's log waiting, so that its files can be read as one state."""
    folder = data / LOG
    if not folder.is_dir():
        yield
        return
    handle = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Signed(msgspec.Struct, frozen=True):
    """A checkpoint, the note that carries it, and its place in the folder."""

    place: str
    checkpoint: Checkpoint
    note: Note


class AuditLog:
    """An audit log in ``folder``, or in the folder ``audit`` of the data folder it names."""

    def __init__(self, folder: Path) -> None:
        inner = folder / LOG
        self.folder = inner if inner.is_dir() else folder

    @property
    def exists(self) -> bool:
        """Tell whether anything of a log is there, be it damaged."""
        return any((self.folder / name).exists() for name in (LATEST, EARLIER, TILES))

    def latest(self) -> Signed | None:
        """Return the newest checkpoint; ``None`` if nothing was sealed yet.

        It is kept among the earlier ones before it is told as the latest: a sealer that died
        in between has sealed.
        """
        kept = [place for _, place in self.earlier()]
        if not kept and not (self.folder / LATEST).exists():
            return None
        return self.read(kept[-1] if kept else LATEST)

    def required(self) -> Signed:
        """Return the newest checkpoint; ``Refused`` (AUDIT-001, AUDIT-004) if there is none."""
        try:
            found = self.latest()
        except Malformed as fault:
            raise Refused([rules.BAD_LOG.notice(LATEST, reason=str(fault))]) from fault
        if found is None:
            raise Refused([rules.NO_LOG.notice(folder=str(self.folder))])
        return found

    def read(self, place: str) -> Signed:
        """Return the checkpoint at ``place``; :class:`Malformed` if it is none."""
        try:
            note = read_note((self.folder / place).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as fault:
            raise Malformed(str(fault)) from fault
        return Signed(place, read_checkpoint(note.text), note)

    def earlier(self) -> Iterator[tuple[int, str]]:
        """Yield size and place of every checkpoint kept, oldest first."""
        sizes = [
            int(path.name)
            for path in (self.folder / EARLIER).glob("*")
            if path.name.isascii() and path.name.isdigit()
        ]
        for size in sorted(sizes):
            yield size, f"{EARLIER}/{size}"

    def verifiers(self) -> list[Verifier]:
        """Return the log's public keys as the folder tells them."""
        return read_verifiers(self.folder / VERIFIERS)

    def witnesses(self) -> list[Verifier]:
        """Return the public keys of the witnesses that signed here; none if there are none."""
        path = self.folder / WITNESSES
        return read_verifiers(path) if path.exists() else []
