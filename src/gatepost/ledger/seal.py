"""What of an event enters the Merkle tree, so that bodies may be deleted and proofs stay.

The body is hashed with a salt of its own and only that hash, the commitment, enters the entry.
Once a retention rule has deleted body and salt, nothing can be guessed from the commitment, and
the entry with its envelope is proven as before.
"""

from __future__ import annotations

from hashlib import sha256

import msgspec

from gatepost.ledger.tree import leaf_hash

SALT = 16
"""Bytes of a salt."""


class Written(msgspec.Struct, frozen=True):
    """An event as the store holds it, to the byte; ``body`` and ``salt`` go together.

    ``at`` and ``recorded_at`` are ISO 8601 in UTC with microseconds.
    """

    position: int
    stream: str
    version: int
    name: str
    at: str
    recorded_at: str
    act: str
    envelope: bytes
    body: bytes | None
    salt: bytes | None


class Entry(msgspec.Struct, frozen=True):
    """One leaf of the tree: an event without its body; ``body`` is the commitment in hex.

    ``None`` where the body was deleted before it was sealed.
    """

    position: int
    stream: str
    version: int
    name: str
    at: str
    recorded_at: str
    act: str
    envelope: msgspec.Raw
    body: str | None


encode_entry = msgspec.json.Encoder().encode
decode_entry = msgspec.json.Decoder(Entry, strict=True).decode


def commitment(written: Written) -> str | None:
    """Return the salted hash of the body in hex; ``None`` once the body is deleted."""
    if written.body is None or written.salt is None:
        return None
    return sha256(written.salt + written.body).hexdigest()


def entry_of(written: Written) -> Entry:
    """Return the entry of an event."""
    return Entry(
        written.position,
        written.stream,
        written.version,
        written.name,
        written.at,
        written.recorded_at,
        written.act,
        msgspec.Raw(written.envelope),
        commitment(written),
    )


def sealed_leaf(written: Written) -> tuple[bytes, bytes]:
    """Return the entry of an event as it is kept, and the hash of its leaf."""
    data = encode_entry(entry_of(written))
    return data, leaf_hash(data)
