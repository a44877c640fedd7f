"""Proofs for a case: its entries, and the way from each to a signed root.

A proof is one file that anybody can check who has the log's public key, and nobody else's help.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import msgspec

from gatepost.adapters.audit import rules
from gatepost.adapters.audit.keys import signers_of
from gatepost.adapters.audit.log import LATEST, AuditLog
from gatepost.adapters.audit.tiles import Missing, TileReader
from gatepost.kernel.notice import Refused
from gatepost.ledger.checkpoint import ED25519, Malformed, Verifier, read_checkpoint, read_note
from gatepost.ledger.seal import Entry, decode_entry
from gatepost.ledger.tree import includes, inclusion_proof, leaf_hash


class ProvenEvent(msgspec.Struct, frozen=True):
    """One entry as text, its place in the log, and the hashes on its way to the root in base64."""

    index: int
    entry: str
    proof: tuple[str, ...]


class Proof(msgspec.Struct, frozen=True):
    """That the events of a case stand in the log whose signed checkpoint is given."""

    reference: str
    checkpoint: str
    events: tuple[ProvenEvent, ...]


def prove(log: AuditLog, reference: str, stream: str) -> Proof:
    """Return the proof for every sealed event of ``stream``.

    ``Refused`` if none is sealed (AUDIT-005) or the log is damaged (AUDIT-004).
    """
    size = log.required().checkpoint.size
    reader = TileReader(log.folder, size)
    try:
        found = [
            ProvenEvent(index, data.decode(), _base64(inclusion_proof(reader.node, index, size)))
            for index, data in reader.search(f'"stream":{_quoted(stream)},'.encode())
        ]
    except Missing as fault:
        raise Refused([rules.BAD_LOG.notice(fault.where, reason=fault.problem)]) from fault
    if not found:
        raise Refused([rules.NOT_SEALED.notice(reference=reference)])
    note = (log.folder / LATEST).read_text(encoding="utf-8")
    return Proof(reference, note, tuple(found))


def read_proof(path: Path) -> Proof:
    """Return the proof in a file; ``Refused`` (AUDIT-008) if it is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Proof)
    except msgspec.MsgspecError as fault:
        raise Refused([rules.BAD_PROOF.notice(file=str(path), reason=str(fault))]) from fault


def check_proof(proof: Proof, keys: Sequence[Verifier]) -> tuple[Entry, ...]:
    """Return the entries that are proven; :class:`Malformed` with what is wrong.

    The versions of a stream must follow one another from 1: a proof that leaves one out is none.
    """
    note = read_note(proof.checkpoint)
    if not any(one.kind == ED25519 for one in signers_of(note, keys)):
        raise Malformed("no key named has signed its checkpoint")
    checkpoint = read_checkpoint(note.text)
    entries: list[Entry] = []
    for event in proof.events:
        data = event.entry.encode()
        steps = _steps(event.proof)
        if not includes(leaf_hash(data), event.index, checkpoint.size, steps, checkpoint.root):
            raise Malformed(f"entry {event.index} is not in the log")
        try:
            entries.append(decode_entry(data))
        except msgspec.MsgspecError as fault:
            raise Malformed(f"entry {event.index} cannot be read: {fault}") from fault
    _follow(entries)
    return tuple(entries)


def _follow(entries: Sequence[Entry]) -> None:
    if not entries or entries[0].version != 1:
        raise Malformed("the first event of the case is missing")
    for before, after in pairwise(entries):
        if after.stream != before.stream or after.version != before.version + 1:
            raise Malformed(f"what follows version {before.version} of {before.stream} is missing")


def _base64(steps: Sequence[bytes]) -> tuple[str, ...]:
    return tuple(base64.b64encode(step).decode() for step in steps)


def _steps(proof: Sequence[str]) -> list[bytes]:
    try:
        return [base64.b64decode(step, validate=True) for step in proof]
    except binascii.Error as fault:
        raise Malformed("a step of the proof is no base64") from fault


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()
