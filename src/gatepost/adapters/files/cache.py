"""What was read once from files need not be parsed again while their bytes stay the same.

An entry is found by the digest of a file's content, so it can never be stale; it holds plain
values as MessagePack, so a file put here by someone else can carry wrong data but no code. A
cache that is damaged, foreign or of another version is ignored and written anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import msgspec

from gatepost.adapters.files.plain import Plain

VERSION = 1
"""Raised whenever :func:`~gatepost.adapters.files.plain.build` reads the same bytes differently."""

_MAGIC = b"gatepost description %d\n" % VERSION
_DIGEST = 16

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode
_entries = msgspec.msgpack.Decoder(dict[bytes, bytes])


def digest(data: bytes) -> bytes:
    """Return the key of a file with this content."""
    return blake2b(data, digest_size=_DIGEST).digest()


class Cache:
    """The plain values of the files of one jurisdiction, kept in one file of ``folder``."""

    def __init__(self, folder: Path, root: Path) -> None:
        name = blake2b(os.fsencode(root.resolve()), digest_size=8).hexdigest()
        self.path = folder / f"description-{name}.msgpack"
        self.entries = self._load()
        self.used: dict[bytes, bytes] = {}

    def get(self, key: bytes) -> Plain:
        """Return the values kept under ``key``, or ``None``."""
        entry = self.entries.get(key)
        if entry is None:
            return None
        try:
            value = _decode(entry)
        except msgspec.DecodeError:
            del self.entries[key]
            return None
        self.used[key] = entry
        return value

    def put(self, key: bytes, value: Plain) -> None:
        """Keep ``value`` under ``key``."""
        self.used[key] = _encode(value)

    def save(self) -> None:
        """Write what was used in this reading, if it differs from what is kept.

        A folder that cannot be written costs time and nothing else, so it is no fault.
        """
        if self.used.keys() == self.entries.keys():
            return
        body = _encode(self.used)
        fresh = self.path.with_suffix(f".{os.getpid()}.new")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _write(fresh, (_MAGIC, digest(body), body))
            fresh.replace(self.path)

    def _load(self) -> dict[bytes, bytes]:
        with suppress(OSError, msgspec.MsgspecError):
            data = self.path.read_bytes()
            start = len(_MAGIC) + _DIGEST
            body = data[start:]
            if data[:start] == _MAGIC + digest(body):
                return _entries.decode(body)
        return {}


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(chunks)
