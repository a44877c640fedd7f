"""What makes two contents the same: the digest of a value whatever the order of its names."""

from __future__ import annotations

import hashlib

import msgspec

canonical = msgspec.json.Encoder(order="sorted").encode
"""Returns a value as compact JSON, names sorted. Texts stay as written: ``10.00`` is not ``10``."""


def digest_of(value: object) -> str:
    """Return the SHA-256 of a value that JSON can hold, in hexadecimal.

    Equal data sets have equal digests, whatever the format they came in and the order in
    which a sender wrote names.
    """
    return hashlib.sha256(canonical(value)).hexdigest()
