"""The key from which the secrets of random selection are derived."""

from __future__ import annotations

import hmac
import os
import secrets as random_source
import threading
from datetime import date
from pathlib import Path

from gatepost.kernel.notice import Refused, Rule

LENGTH = 32
BROKEN_KEY = Rule(
    "SECRET-001",
    "The key file of random selection does not hold a key.",
    "Put it back from a backup; a new key could not explain the selections of today.",
)


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
        if not self._path.exists():
            self._make()
        try:
            key = bytes.fromhex(self._path.read_text().strip())
        except ValueError:
            key = b""
        if len(key) != LENGTH:
            raise Refused([BROKEN_KEY.notice(str(self._path))])
        return key

    def _make(self) -> None:
        """Write the key beside its place and link it there: it is whole, or not there at all."""
        # Threads of one process begin together too: each writes a file of its own.
        own = self._path.with_name(f"{self._path.name}.{os.getpid()}.{threading.get_ident()}")
        handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(random_source.token_bytes(LENGTH).hex())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(own, self._path)
        except FileExistsError:
            pass  # Another was faster; its key is the key.
        finally:
            own.unlink()


class FixedKey:
    """Secrets derived from a key that is given: for the demo, tests and simulation."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, day: date) -> bytes:
        """Return the secret of ``day``."""
        return hmac.digest(self._key, day.isoformat().encode(), "sha256")
