"""Signed notes and checkpoints: what the log says of itself, in the formats of C2SP.

A note is text and signature lines (`signed-note`). A checkpoint is a note that tells the origin of
a log, its size and its root (`tlog-checkpoint`); a witness adds a signature with a time
(`tlog-cosignature`). Here the bytes are read and written; the signing itself comes from outside.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from gatepost.ledger.tree import HASH

ED25519 = 0x01
COSIGNATURE = 0x04
"""Kinds of key: a log's own, and a witness's, whose signature tells its time."""

KEY, SIGNATURE, TIME = 32, 64, 8
_NAME = re.compile(r"[^\s+]+")
_AFTER = "gatepost-after "


class Malformed(ValueError):
    """The text is no note, checkpoint or key."""


class Verifier(msgspec.Struct, frozen=True):
    """A public key with the name of its owner; ``kind`` tells what its signatures are over."""

    name: str
    kind: int
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names its key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()[:4]

    def text(self) -> str:
        """Return the key as one line, as it is handed to others."""
        return f"{self.name}+{self.id.hex()}+{_b64(bytes([self.kind]) + self.key)}"


class Signature(msgspec.Struct, frozen=True):
    """One signature line: who, which key, and the bytes behind its id."""

    name: str
    id: bytes
    data: bytes


class Note(msgspec.Struct, frozen=True):
    """A text, ending in a newline, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]


class Checkpoint(msgspec.Struct, frozen=True):
    """``size`` leaves of the log ``origin`` have the root ``root``.

    ``after`` is the size of the checkpoint before, so that none can be taken out unseen.
    """

    origin: str
    size: int
    root: bytes
    after: int | None = None

    def text(self) -> str:
        """Return the text that is signed."""
        after = "" if self.after is None else f"{_AFTER}{self.after}\n"
        return f"{self.origin}\n{self.size}\n{_b64(self.root)}\n{after}"


def read_verifier(line: str) -> Verifier:
    """Return the key that ``line`` holds; :class:`Malformed` if it or its id is wrong."""
    parts = line.strip().split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise Malformed("a key is NAME+ID+KEY")
    data = _bytes(parts[2])
    if len(data) != 1 + KEY or data[0] not in (ED25519, COSIGNATURE):
        raise Malformed("the key is of no known kind")
    found = Verifier(parts[0], data[0], data[1:])
    if parts[1] != found.id.hex():
        raise Malformed("the id of the key is not that of its bytes")
    return found


def signature_line(name: str, id: bytes, data: bytes) -> str:
    """Return one signature line of a note."""
    return f"— {name} {_b64(id + data)}\n"


def write_note(text: str, lines: Sequence[str]) -> str:
    """Return the note of ``text`` with its signature lines."""
    return text + "\n" + "".join(lines)


def read_note(data: str) -> Note:
    """Return the note; :class:`Malformed` if a line of it is not as it must be."""
    text, separator, rest = data.rpartition("\n\n")
    if not separator or not rest.endswith("\n") or not text:
        raise Malformed("a note is text, an empty line and signature lines")
    signatures = tuple(_signature(line) for line in rest[:-1].split("\n"))
    return Note(text + "\n", signatures)


def read_checkpoint(text: str) -> Checkpoint:
    """Return the checkpoint that a note's text tells; other extension lines are passed over."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() != "" or not all(lines):
        raise Malformed("a checkpoint is origin, size and root, a line each")
    origin, size, root, *others = lines
    if not _is_number(size):
        raise Malformed(f"{size!r} is no size")
    data = _bytes(root)
    if len(data) != HASH:
        raise Malformed("a root has 32 bytes")
    told = [line[len(_AFTER) :] for line in others if line.startswith(_AFTER)]
    if len(told) > 1 or not all(_is_number(one) for one in told):
        raise Malformed("a checkpoint names one checkpoint before it")
    return Checkpoint(origin, int(size), data, int(told[0]) if told else None)


def cosigned_text(text: str, time: int) -> bytes:
    """Return what a witness signs: the checkpoint's text under its time in seconds since 1970."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def signed_bytes(note: Note, signature: Signature, verifier: Verifier) -> tuple[bytes, bytes]:
    """Return the message and the 64 bytes of a signature over it; :class:`Malformed` if short."""
    data = signature.data
    if verifier.kind == ED25519:
        message = note.text.encode()
    else:
        time, data = int.from_bytes(data[:TIME], "big"), data[TIME:]
        message = cosigned_text(note.text, time)
    if len(data) != SIGNATURE:
        raise Malformed("a signature has 64 bytes")
    return message, data


def _signature(line: str) -> Signature:
    mark, _, rest = line.partition(" ")
    name, _, data = rest.partition(" ")
    if mark != "—" or not _NAME.fullmatch(name):
        raise Malformed("a signature line is a dash, a name and base64")
    decoded = _bytes(data)
    if len(decoded) <= 4:
        raise Malformed("a signature is longer than the id of its key")
    return Signature(name, decoded[:4], decoded[4:])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and (text == "0" or text[0] != "0")


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Malformed(f"{text!r} is no base64") from fault
    if _b64(data) != text:
        raise Malformed(f"{text!r} is not the one way to write its bytes")
    return data
