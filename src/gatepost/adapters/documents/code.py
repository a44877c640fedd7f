"""The code on a document: one event with its proof, so that anyone can check it off line.

The text of the code is ``GATEPOST1:`` and, in Base 45 (RFC 9285), deflated MessagePack. In it are
the event's body and salt, its entry in the audit log, the way from the entry to the signed root,
and the checkpoint. With the log's public key, and nothing else, a reader of the paper sees that
the event stands in the log and says what the paper says; whether something later changed it, only
the case itself tells.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from gatepost.adapters.audit.keys import signers_of
from gatepost.adapters.audit.log import LATEST, AuditLog
from gatepost.adapters.audit.tiles import TileReader
from gatepost.ledger.checkpoint import ED25519, Malformed, Verifier, read_checkpoint, read_note
from gatepost.ledger.seal import Entry, Written, commitment, decode_entry
from gatepost.ledger.tree import includes, inclusion_proof, leaf_hash

PREFIX = "GATEPOST1:"
LARGEST = 64 * 1024
"""Bytes that a code may unfold to."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
FOUND = re.compile(re.escape(PREFIX) + "[" + re.escape(ALPHABET) + "]+")


class Sealed(msgspec.Struct, frozen=True, array_like=True):
    """What the code holds. ``entry`` is the leaf to the byte, ``proof`` the hashes to the root."""

    entry: bytes
    index: int
    proof: tuple[bytes, ...]
    checkpoint: str
    salt: bytes
    body: bytes


class Proven(msgspec.Struct, frozen=True):
    """What a code proves: that this happened to this case, then, and was sealed in this log."""

    reference: str
    name: str
    at: str
    body: dict[str, Any]
    log: str
    size: int


def code_of(log: AuditLog, index: int, entry: bytes, written: Written) -> str | None:
    """Return the code of the event at ``index`` of the log; ``None`` if its body is deleted."""
    if written.body is None or written.salt is None:
        return None
    size = log.required().checkpoint.size
    proof = inclusion_proof(TileReader(log.folder, size).node, index, size)
    note = (log.folder / LATEST).read_text(encoding="utf-8")
    sealed = Sealed(entry, index, tuple(proof), note, written.salt, written.body)
    return PREFIX + base45(zlib.compress(msgspec.msgpack.encode(sealed), 9))


def check_code(text: str, keys: Sequence[Verifier]) -> Proven:
    """Return what a code proves to who believes ``keys``; ``Malformed`` with what is wrong."""
    sealed = _read(text)
    note = read_note(sealed.checkpoint)
    if not any(one.kind == ED25519 for one in signers_of(note, keys)):
        raise Malformed("no key named has signed its checkpoint")
    point = read_checkpoint(note.text)
    leaf = leaf_hash(sealed.entry)
    if not includes(leaf, sealed.index, point.size, list(sealed.proof), point.root):
        raise Malformed("its event is not in the log")
    entry = _entry(sealed.entry)
    if sha256(sealed.salt + sealed.body).hexdigest() != entry.body:
        raise Malformed("its event says something else")
    body = msgspec.json.decode(sealed.body, type=dict[str, Any])
    reference = entry.stream.partition("/")[2]
    return Proven(reference, entry.name, entry.at, body, point.origin, point.size)


def codes_in(data: bytes) -> tuple[str, ...]:
    """Return the codes that stand in a file or in a text that was scanned."""
    text = data.decode("latin-1").replace("\r", "").replace("\n", "")
    return tuple(dict.fromkeys(FOUND.findall(text)))


def _read(text: str) -> Sealed:
    if not text.startswith(PREFIX):
        raise Malformed("it is no code of this kind")
    unfold = zlib.decompressobj()
    try:
        data = unfold.decompress(unbase45(text.removeprefix(PREFIX)), LARGEST + 1)
        if unfold.eof and not unfold.unused_data and len(data) <= LARGEST:
            return msgspec.msgpack.decode(data, type=Sealed)
    except (ValueError, zlib.error, msgspec.MsgspecError) as fault:
        raise Malformed("it was not read whole") from fault
    problem = "it is longer than any code" if len(data) > LARGEST else "it was not read whole"
    raise Malformed(problem)


def _entry(data: bytes) -> Entry:
    try:
        return decode_entry(data)
    except msgspec.MsgspecError as fault:
        raise Malformed("its event cannot be read") from fault


def base45(data: bytes) -> str:
    """Return ``data`` in the characters that a QR code holds most densely (RFC 9285)."""
    return "".join(_digits(data))


def _digits(data: bytes) -> Iterator[str]:
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, digit = divmod(number, 45)
            yield ALPHABET[digit]


def unbase45(text: str) -> bytes:
    """Return the bytes of a text in Base 45; ``ValueError`` if it is none."""
    found = bytearray()
    for start in range(0, len(text), 3):
        digits = [ALPHABET.index(one) for one in text[start : start + 3]]
        number = sum(digit * 45**place for place, digit in enumerate(digits))
        size = len(digits) - 1
        if size < 1 or number >= 256**size:
            raise ValueError("no bytes are written like this")
        found += number.to_bytes(size, "big")
    return bytes(found)


def matches(entry: Entry, written: Written) -> bool:
    """Tell whether the store still holds what was sealed."""
    return commitment(written) == entry.body
