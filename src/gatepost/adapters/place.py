"""Where an installation lies, and what one look at it tells."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec


class Place(msgspec.Struct, frozen=True):
    """Where an installation keeps its log: the file of SQLite, else a PostgreSQL database.

    Its folder holds keys, audit log and accounts in either case; ``now`` is when it is looked at.
    """

    file: Path
    database: str | None = None
    now: datetime = msgspec.field(default_factory=lambda: datetime.now(UTC))

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.file.parent


class Check(msgspec.Struct, frozen=True):
    """One thing looked at: whether it is as it should be, and what to do where it is not."""

    name: str
    good: bool
    says: str
