"""A folder into which others drop files: each is taken once, answered beside, and put away.

    FOLDER/roses.json              dropped, and taken once nobody writes to it any more
    FOLDER/answers/roses.json.csv  what came of it
    FOLDER/done/roses.json         all of it was accepted
    FOLDER/refused/roses.json      something of it was not: the answer says what and why

A file is dropped under a name that begins with a point, or ends in .part or .tmp, while it is
written, or simply copied: it is taken when two looks in a row find it the same. It stays where it
is until its answer is written, so whoever takes it must do the same thing for the same content,
however often: a crash in between costs nothing.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple

from gatepost.adapters.files import dropped_rules as rules
from gatepost.kernel.notice import Refused

ANSWERS, DONE, REFUSED = "answers", "done", "refused"
LOCK = ".watched"
UNFINISHED = (".part", ".tmp")


class Look(NamedTuple):
    """A file as one look found it; written to since, it would differ."""

    inode: int
    size: int
    changed: int


class Dropped:
    """The files dropped into ``folder``; one watcher at a time, from ``with`` to its end.

    Refused with WATCH-001 where the folder cannot be used, and WATCH-002 while another watches it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, Look] = {}

    @contextmanager
    def watched(self) -> Iterator[Dropped]:
        """Keep every other watcher away meanwhile."""
        try:
            for name in (ANSWERS, DONE, REFUSED):
                (self._folder / name).mkdir(exist_ok=True)
            lock = os.open(self._folder / LOCK, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
        except OSError as fault:
            told = {"folder": str(self._folder), "reason": fault.strerror or str(fault)}
            raise Refused([rules.NO_FOLDER.notice(**told)]) from fault
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as fault:
                raise Refused([rules.WATCHED.notice(folder=str(self._folder))]) from fault
            yield self
        finally:
            os.close(lock)

    def settled(self) -> list[Path]:
        """Return the files that are as they were at the last look, by name."""
        before, self._seen = self._seen, dict(self._looks())
        return [
            self._folder / name
            for name, look in sorted(self._seen.items())
            if before.get(name) == look
        ]

    def _looks(self) -> Iterator[tuple[str, Look]]:
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name.endswith(UNFINISHED):
                    continue
                try:
                    found = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                # A link could name any file that whoever runs this may read.
                if stat.S_ISREG(found.st_mode):
                    yield entry.name, Look(found.st_ino, found.st_size, found.st_mtime_ns)

    def put_away(self, file: Path, good: bool, answer: bytes, ending: str) -> Path:
        """Write the answer to a file beside it, durably, move the file, and return the answer's.

        A name that was used before gets a number: nothing is overwritten.
        """
        home = self._folder / (DONE if good else REFUSED)
        name = self._free(file.name)
        told = self._folder / ANSWERS / f"{name}{ending}"
        _write(told, answer)
        file.rename(home / name)
        _sync(home)
        self._seen.pop(file.name, None)
        return told

    def _free(self, name: str) -> str:
        stem, dot, ending = name.partition(".")
        tries = (name if not n else f"{stem}-{n}{dot}{ending}" for n in count())
        used = [self._folder / DONE, self._folder / REFUSED]
        return next(one for one in tries if not any((home / one).exists() for home in used))


def _write(file: Path, data: bytes) -> None:
    """Write a file as a whole, or not at all."""
    unfinished = file.with_name(f"{file.name}.part")
    with unfinished.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    unfinished.rename(file)
    _sync(file.parent)


def _sync(folder: Path) -> None:
    """Make what was renamed in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
