"""Verifying an audit log, with its folder and public keys only, and the ledger against it.

Everything is worked out again from the entries: every tile, every checkpoint and its signature.
Where the ledger is at hand, every event is held against its entry. What this cannot find without a
witness: a tail cut off back to an earlier checkpoint, and a log rewritten by whoever has its key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from gatepost.adapters.audit.keys import signers_of
from gatepost.adapters.audit.log import LATEST, AuditLog, Signed
from gatepost.adapters.audit.tiles import (
    ENTRIES,
    WIDTH,
    Missing,
    TileReader,
    TileWriter,
    tile_path,
    width_at,
)
from gatepost.kernel.notice import Refused
from gatepost.ledger.checkpoint import ED25519, Malformed, Verifier
from gatepost.ledger.events import deleted_by
from gatepost.ledger.seal import Entry, Written, decode_entry, entry_of
from gatepost.ledger.tree import EMPTY, HASH, leaf_hash

EVERY = 10_000
"""Entries between two signs of progress."""


class Fault(msgspec.Struct, frozen=True):
    """What does not fit: the file or event, and why; ``index`` is the entry's, if it is one."""

    where: str
    problem: str
    index: int | None = None


class Verdict(msgspec.Struct, frozen=True):
    """What was looked at, and the faults in the order in which they were found.

    ``pending`` events are committed and not sealed yet (``None``: no ledger at hand);
    ``witnessed`` is the size of the newest checkpoint that a witness signed.
    """

    ok: bool
    events: int
    checkpoints: int
    first_bad: Fault | None
    faults: tuple[Fault, ...] = ()
    pending: int | None = None
    witnessed: int | None = None


Claims = dict[int, dict[bytes, str]]
"""For a size, the roots that were told of it, and where."""

SEEN = "the checkpoint seen"


class Verification:
    """One run over a log; ``written`` are the ledger's events where they can be had.

    ``seen`` is a checkpoint that somebody kept elsewhere, which the log must continue.
    """

    def __init__(
        self,
        log: AuditLog,
        keys: Sequence[Verifier],
        witnesses: Sequence[Verifier] = (),
        written: Iterator[Written] | None = None,
        seen: Signed | None = None,
        advance: Callable[[int], None] = lambda checked: None,
    ) -> None:
        self._log = log
        self._keys = keys
        self._witnesses = witnesses
        self._written = written
        self._seen = seen
        self._advance = advance
        self._faults: list[Fault] = []
        self._checkpoints = 0
        self._witnessed: int | None = None
        self._bare: dict[tuple[str, int], int] = {}

    def run(self) -> Verdict:
        """Return the verdict; faults are collected, not raised."""
        told = self._read(LATEST)
        claims = self._claims()
        size = max(claims, default=0)
        if told is not None and told.checkpoint.root not in claims.get(told.checkpoint.size, {}):
            self._fault(LATEST, f"the checkpoint of {told.checkpoint.size} entries is not kept")
        self._continues(size, claims)
        pending: int | None = None
        try:
            self._entries(size, claims)
            pending = self._rest()
        except Missing as fault:
            self._fault(fault.where, fault.problem)
        except Refused as refused:
            self._fault("ledger", "; ".join(one.code for one in refused.notices))
        for (stream, version), index in self._bare.items():
            self._fault(f"{stream}/{version}", "its body is gone and no event says why", index)
        faults = tuple(self._faults)
        first = faults[0] if faults else None
        return Verdict(not faults, size, self._checkpoints, first, faults, pending, self._witnessed)

    def _claims(self) -> Claims:
        """Check every checkpoint by itself; return by size the roots to check with the entries."""
        claims: Claims = {}
        previous: int | None = None
        for told, place in self._log.earlier():
            signed = self._read(place)
            if signed is None:
                continue
            if signed.checkpoint.size != told:
                self._fault(place, f"it tells {signed.checkpoint.size} entries")
                continue
            if signed.checkpoint.after != previous:
                self._fault(place, f"it follows one of {signed.checkpoint.after}, not {previous}")
            claims.setdefault(told, {})[signed.checkpoint.root] = place
            previous = told
        return claims

    def _continues(self, size: int, claims: Claims) -> None:
        """Ask of the log what somebody has seen of it."""
        if self._seen is None:
            return
        seen = self._seen.checkpoint
        if seen.size > size:
            self._fault(LATEST, f"the log was cut: somebody has seen {seen.size} entries")
        else:
            claims.setdefault(seen.size, {}).setdefault(seen.root, SEEN)

    def _read(self, place: str) -> Signed | None:
        try:
            signed = self._log.read(place)
            by = signers_of(signed.note, [*self._keys, *self._witnesses])
        except Malformed as fault:
            self._fault(place, str(fault))
            return None
        if not any(one.kind == ED25519 for one in by):
            self._fault(place, "no key named has signed it")
        if any(one in self._witnesses for one in by):
            self._witnessed = max(self._witnessed or 0, signed.checkpoint.size)
        self._checkpoints += place != LATEST
        return signed

    def _entries(self, size: int, claims: Claims) -> None:
        reader = TileReader(self._log.folder, size)
        writer = TileWriter(TileReader(self._log.folder, 0))
        for root, place in claims.get(0, {}).items():
            if root != EMPTY:
                self._fault(place, "its root is not that of an empty log")
        for index, data in enumerate(reader.entries()):
            leaf = leaf_hash(data)
            number, inside = divmod(index, WIDTH)
            if reader.tile(0, number)[inside * HASH : (inside + 1) * HASH] != leaf:
                place = tile_path(ENTRIES, number, width_at(0, number, size))
                self._fault(place, f"entry {index} is not what was sealed", index)
            writer.add(data, leaf)
            if index + 1 in claims:
                self._roots(writer, claims[index + 1])
            if self._written is not None:
                self._against_ledger(index, data, next(self._written, None))
            if index % EVERY == 0:
                self._advance(index)
        for place, content in writer.take().items():
            self._tile(place, content)

    def _roots(self, writer: TileWriter, claims: Mapping[bytes, str]) -> None:
        root = writer.root()
        for claimed, place in claims.items():
            if claimed != root:
                self._fault(place, "its root is not that of the entries", writer.size - 1)

    def _tile(self, place: str, content: bytes) -> None:
        try:
            same = (self._log.folder / place).read_bytes() == content
        except OSError as fault:
            self._fault(place, fault.strerror or str(fault))
            return
        if not same:
            self._fault(place, "it does not hold the hashes of the entries")

    def _against_ledger(self, index: int, data: bytes, written: Written | None) -> None:
        try:
            entry = decode_entry(data)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            self._fault(f"entry {index}", "it is no entry", index)
            return
        self._announced(entry.name, entry.stream)
        if written is None:
            self._fault(f"{entry.stream}/{entry.version}", "the ledger does not hold it", index)
            return
        found = entry_of(written)
        if found.body is None and entry.body is not None:
            self._bare[entry.stream, entry.version] = index
            found = msgspec.structs.replace(found, body=entry.body)
        if not _same(found, entry):
            where = f"{entry.stream}/{entry.version}"
            self._fault(where, "the ledger holds something else than was sealed", index)

    def _announced(self, name: str, stream: str) -> None:
        """Take note of an event that says which body was deleted."""
        gone = deleted_by(name, stream)
        if gone is not None:
            self._bare.pop(gone, None)

    def _rest(self) -> int | None:
        """Count what the ledger holds beyond the log."""
        if self._written is None:
            return None
        pending = 0
        for written in self._written:
            pending += 1
            self._announced(written.name, written.stream)
        return pending

    def _fault(self, where: str, problem: str, index: int | None = None) -> None:
        self._faults.append(Fault(where, problem, index))


def _same(one: Entry, other: Entry) -> bool:
    """Tell whether two entries are equal; envelopes compare as bytes."""
    if bytes(one.envelope) != bytes(other.envelope):
        return False
    return msgspec.structs.replace(one, envelope=other.envelope) == other
