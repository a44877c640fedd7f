"""The key from which the secrets of random selection are derived."""

from __future__ import annotations

import hmac
import os
import secrets as random_source
from datetime import date
from pathlib import Path


class KeyFile:
    """A key in a file that only its owner may read, made on first use.

    The secret of a day is derived from it, so every process that has the file
    draws alike, and the secret of one day tells nothing of another.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, day: date) -> bytes:
        """Return the secret of ``day``."""
        return hmac.digest(self._key(), day.isoformat().encode(), "sha256")

    def _key(self) -> bytes:
        try:
            return bytes.fromhex(self._path.read_text())
        except FileNotFoundError:
            return self._make()

    def _make(self) -> bytes:
        key = random_source.token_bytes(32)
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return bytes.fromhex(self._path.read_text())
        with os.fdopen(handle, "w") as file:
            file.write(key.hex())
        return key


class FixedKey:
    """Secrets derived from a key that is given: for the demo, tests and simulation."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, day: date) -> bytes:
        """Return the secret of ``day``."""
        return hmac.digest(self._key, day.isoformat().encode(), "sha256")
