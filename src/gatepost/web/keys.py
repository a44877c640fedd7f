"""The key that signs sessions and forms: from a file, made on first use in the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

NAME = "web.key"


def secret_key(data: Path, named: str | None = None) -> str:
    """Return the key in the file ``named``, else the one of the data folder.

    Several machines that serve one country are given the same file.
    """
    if named:
        return Path(named).read_text().strip()
    path = data / NAME
    if not path.exists():
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(own, path)
    except FileExistsError:
        pass  # Another process was faster; its key is the key.
    finally:
        own.unlink()
