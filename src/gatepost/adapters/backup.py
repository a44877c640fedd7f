"""Backups of a data folder: one file that can be carried away, and a folder made from it again.

No sealer is at work meanwhile, and the audit log is copied before the databases, so that it is
whole and never speaks of what is not there. SQLite
files are copied by SQLite itself, whole as of one moment, while others write. Keys are part of a
backup: without them random selections cannot be explained and the audit log not continued. So a
backup is as secret as the folder.
"""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import msgspec

from gatepost.adapters.audit.log import no_sealing
from gatepost.adapters.audit.tiles import write_whole
from gatepost.adapters.store.sqlite_file import copy_database
from gatepost.kernel.notice import Refused, Rule

NO_BACKUP = Rule(
    "BACKUP-001",
    "{file} is no backup that can be restored: {reason}.",
    "Take another backup; this one is left as it is.",
)
NOT_EMPTY = Rule(
    "BACKUP-002",
    "{folder} is not empty.",
    "Restore into a new folder, look at it, and let the service use it then.",
)
NOTHING = Rule(
    "BACKUP-003",
    "{folder} holds nothing to back up.",
    "Name the data folder with --data.",
)

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = ".sqlite3"
LAST = "last-backup"
"""The file that tells when a backup was last taken of a folder."""
LEFT_OUT = ("cache", LAST)
"""What is made anew."""

SUFFIXES_LEFT_OUT = ("-wal", "-shm", "-journal", ".lock", ".new")


class Member(msgspec.Struct, frozen=True):
    """A file of a backup, and what it must be: its bytes and their SHA-256."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds and when it was taken."""

    format: int
    taken_at: datetime
    members: tuple[Member, ...]


def back_up(data: Path, target: Path, now: datetime) -> Manifest:
    """Write a backup of ``data`` to ``target``, for its owner only; whole, or not at all.

    ``Refused`` if there is nothing to back up (BACKUP-003).
    """
    if not any(_names(data)):
        raise Refused([NOTHING.notice(folder=str(data))])
    own = target.with_name(f"{target.name}.{os.getpid()}.new")
    handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with (
            os.fdopen(handle, "wb") as file,
            TemporaryDirectory(dir=target.parent) as scratch,
            no_sealing(data),
        ):
            manifest = _write(data, list(_names(data)), file, Path(scratch), now)
            file.flush()
            os.fsync(file.fileno())
        os.replace(own, target)
    except BaseException:
        own.unlink(missing_ok=True)
        raise
    write_whole(data / LAST, f"{now.isoformat()}\n".encode())
    return manifest


def last_backup(data: Path) -> datetime | None:
    """Return when a backup was last taken of ``data``; ``None`` if never, or nobody can tell."""
    try:
        found = datetime.fromisoformat((data / LAST).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None
    return found if found.tzinfo else None


def _write(
    data: Path, names: list[str], file: io.BufferedIOBase, scratch: Path, now: datetime
) -> Manifest:
    members = []
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name in names:
            source = data / name
            if name.endswith(DATABASES):
                source = scratch / "copy"
                copy_database(data / name, source)
            content = source.read_bytes()
            members.append(Member(name, len(content), sha256(content).hexdigest()))
            _add(archive, name, content, now)
        manifest = Manifest(FORMAT, now, tuple(members))
        _add(archive, MANIFEST, msgspec.json.encode(manifest), now)
    return manifest


def _names(data: Path) -> Iterator[str]:
    """Yield the files to keep, databases last."""
    found = [
        path.relative_to(data).as_posix()
        for path in sorted(data.rglob("*"))
        if path.is_file() and not path.name.endswith(SUFFIXES_LEFT_OUT)
    ]
    kept = [name for name in found if name.split("/")[0] not in LEFT_OUT]
    return iter(sorted(kept, key=lambda name: name.endswith(DATABASES)))


def _add(archive: tarfile.TarFile, name: str, content: bytes, now: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = len(content), 0o600, int(now.timestamp())
    archive.addfile(member, io.BytesIO(content))


def restore(source: Path, data: Path) -> Manifest:
    """Make the folder ``data`` from a backup, everything checked before anything is written.

    ``Refused`` if the folder is not empty (BACKUP-002) or a byte of the backup is not as it was
    (BACKUP-001).
    """
    if data.exists() and any(data.iterdir()):
        raise Refused([NOT_EMPTY.notice(folder=str(data))])
    try:
        with tarfile.open(source) as archive:
            manifest, contents = _checked(archive)
    except (tarfile.TarError, msgspec.MsgspecError, KeyError, EOFError, ValueError) as fault:
        raise Refused([NO_BACKUP.notice(file=str(source), reason=str(fault))]) from fault
    for name, content in contents.items():
        path = data / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    return manifest


def _checked(archive: tarfile.TarFile) -> tuple[Manifest, dict[str, bytes]]:
    """Return manifest and contents; ``ValueError`` says what is not as the manifest tells."""
    found = {member.name: member for member in archive.getmembers()}
    manifest = msgspec.json.decode(_content(archive, found.pop(MANIFEST)), type=Manifest)
    if manifest.format != FORMAT:
        raise ValueError(f"it has the format {manifest.format}, this release reads {FORMAT}")
    contents: dict[str, bytes] = {}
    for member in manifest.members:
        place = PurePosixPath(member.name)
        if place.is_absolute() or ".." in place.parts:
            raise ValueError(f"{member.name} would lie outside the folder")
        if member.name not in found:
            raise ValueError(f"it lacks {member.name}")
        content = _content(archive, found.pop(member.name))
        if len(content) != member.size or sha256(content).hexdigest() != member.sha256:
            raise ValueError(f"{member.name} is not what was saved")
        contents[member.name] = content
    if found:
        raise ValueError(f"it holds {min(found)}, which the manifest does not tell")
    return manifest, contents


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member) if member.isfile() else None
    if file is None:
        raise ValueError(f"{member.name} is no file")
    return file.read()
