"""Files that people send along: what they are by their content, and archives opened within bounds.

A name or a media type is what the sender says; the first bytes are what will be opened. An archive
says how large its files are, so only what is really read counts.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from typing import Literal

from gatepost.adapters.formats import rules
from gatepost.adapters.formats.edifact.tokens import begins_like_edifact
from gatepost.kernel.notice import Notice, Refused

Kind = Literal["pdf", "png", "jpeg", "zip", "gzip", "xml", "json", "edifact", "text", "unknown"]

MAX_BYTES = 20_000_000
MAX_FILES = 200
MAX_UNPACKED = 50_000_000
MAX_RATIO = 100
"""Plain text packs to a tenth or twentieth; to less than a hundredth only what was made to."""

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
)
_PLAIN_NAME = re.compile(r"[^\x00-\x1f\x7f/\\\\:*?\"<>|]{1,120}").fullmatch
_CHUNK = 65_536


def kind_of(data: bytes) -> Kind:
    """Return what ``data`` is by its content."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if start.startswith(b"<"):
        return "xml"
    if start.startswith((b"{", b"[")):
        return "json"
    if begins_like_edifact(data):
        return "edifact"
    return "text" if _is_text(data) else "unknown"


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(text) and all(c.isprintable() or c in "\t\r\n" for c in text[:_CHUNK])


def accept(data: bytes, *allowed: Kind) -> Kind:
    """Return the kind of an upload; ``Refused`` (UPLOAD-001, UPLOAD-002) if it is not taken."""
    if len(data) > MAX_BYTES:
        raise Refused([rules.UPLOAD_TOO_LARGE.notice(size=len(data), limit=MAX_BYTES)])
    kind = kind_of(data)
    if kind not in allowed:
        listed = ", ".join(sorted(allowed))
        raise Refused([rules.UPLOAD_KIND.notice(found=kind, allowed=listed)])
    return kind


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip archive by name.

    ``Refused`` (UPLOAD-003) for more than 200 files, more than 50 MB unpacked or a hundredfold of
    what came, for names that are paths or come twice, for links, archives in it, encryption, and
    for a file that is not what the archive says of it.
    """
    accept(data, "zip")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            if problem := _entries_problem(entries):
                raise Refused([_bad(problem)])
            found: dict[str, bytes] = {}
            left = min(MAX_UNPACKED, max(len(data) * MAX_RATIO, _CHUNK))
            for entry in entries:
                found[entry.filename] = _content(archive, entry, left)
                left -= len(found[entry.filename])
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as fault:
        raise Refused([_bad(str(fault)[:80] or "it is damaged")]) from None
    except NotImplementedError:
        raise Refused([_bad("it is packed in a way that is not read here")]) from None
    return found


def _entries_problem(entries: list[zipfile.ZipInfo]) -> str:
    if len(entries) > MAX_FILES:
        return f"it holds {len(entries)} files; at most {MAX_FILES} are taken"
    names: set[str] = set()
    for entry in entries:
        name = entry.filename
        if not _PLAIN_NAME(name) or name.startswith(".") or name != entry.orig_filename:
            return "a file in it has a name that is a path or holds odd characters"
        if name.casefold() in names:
            return "two files in it have one name"
        names.add(name.casefold())
        if stat.S_ISLNK(entry.external_attr >> 16):
            return "it holds a link"
        if entry.flag_bits & 0x1:
            return "it is encrypted"
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        return f"it unpacks to more than {MAX_UNPACKED} bytes"
    return ""


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Return a file of the archive, reading no more than is ``left``."""
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while part := stream.read(_CHUNK):
            size += len(part)
            if size > left:
                raise Refused([_bad("it unpacks to far more than it says or than is taken")])
            parts.append(part)
    content = b"".join(parts)
    if size != entry.file_size:
        raise Refused([_bad("a file in it is not as large as it says")])
    if kind_of(content) in ("zip", "gzip"):
        raise Refused([_bad("there is an archive in it")])
    return content


def _bad(problem: str) -> Notice:
    return rules.BAD_ARCHIVE.notice(problem=problem)
