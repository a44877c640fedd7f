"""Ed25519 keys in files: who signs checkpoints, and whose signatures are believed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gatepost.adapters.audit import rules
from gatepost.kernel.notice import Refused
from gatepost.ledger.checkpoint import (
    COSIGNATURE,
    ED25519,
    KEY,
    Malformed,
    Note,
    Verifier,
    cosigned_text,
    read_verifier,
    signature_line,
    signed_bytes,
)


class Signer:
    """A private key with the name of its owner."""

    def __init__(self, name: str, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._public = self._key.public_key().public_bytes_raw()
        self.name = name

    @property
    def verifier(self) -> Verifier:
        """The public key that checks :meth:`sign`."""
        return Verifier(self.name, ED25519, self._public)

    @property
    def witness(self) -> Verifier:
        """The public key that checks :meth:`cosign`."""
        return Verifier(self.name, COSIGNATURE, self._public)

    def sign(self, text: str) -> str:
        """Return the signature line under the note of ``text``."""
        return signature_line(self.name, self.verifier.id, self._key.sign(text.encode()))

    def cosign(self, text: str, now: datetime) -> str:
        """Return the line by which a witness confirms a checkpoint's text at ``now``."""
        time = int(now.timestamp())
        data = time.to_bytes(8, "big") + self._key.sign(cosigned_text(text, time))
        return signature_line(self.name, self.witness.id, data)


def signer_in(path: Path, name: str) -> Signer:
    """Return the signer whose seed lies in ``path``; it is made, for its owner only, on first use.

    ``Refused`` (AUDIT-002) if the file holds something else.
    """
    if not path.exists():
        _make_seed(path)
    try:
        seed = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        seed = b""
    if len(seed) != KEY:
        raise Refused([rules.BROKEN_KEY.notice(file=str(path), reason="it is no 64 hex digits")])
    return Signer(name, seed)


def new_seed(beside: Path) -> Path:
    """Write a new seed in a file of its own beside ``beside`` and return its place."""
    beside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = beside.with_name(f"{beside.name}.{os.getpid()}")
    handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
        file.flush()
        os.fsync(file.fileno())
    return own


def _make_seed(path: Path) -> None:
    """Write a new seed whole or not at all; one that is there stays."""
    own = new_seed(path)
    try:
        os.link(own, path)
    except FileExistsError:
        pass  # Another process was faster; its key is the key.
    finally:
        own.unlink()


def read_verifiers(path: Path) -> list[Verifier]:
    """Return the public keys of a file, one a line; ``Refused`` (AUDIT-002) if one is broken."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [read_verifier(line) for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError, Malformed) as fault:
        raise Refused([rules.BROKEN_KEY.notice(file=str(path), reason=str(fault))]) from fault


def signers_of(note: Note, verifiers: Iterable[Verifier]) -> Sequence[Verifier]:
    """Return those of ``verifiers`` whose valid signature the note carries.

    A signature that names a key and is wrong makes the whole note :class:`Malformed`.
    """
    known = {(one.name, one.id): one for one in verifiers}
    found: list[Verifier] = []
    for signature in note.signatures:
        verifier = known.get((signature.name, signature.id))
        if verifier is None:
            continue
        message, data = signed_bytes(note, signature, verifier)
        try:
            Ed25519PublicKey.from_public_bytes(verifier.key).verify(data, message)
        except InvalidSignature:
            raise Malformed(f"the signature of {verifier.name} is not over this text") from None
        if verifier not in found:
            found.append(verifier)
    return found
