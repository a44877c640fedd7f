"""How far sealing is behind: the oldest event that no checkpoint covers, and the last witness."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from gatepost.adapters.audit.log import AuditLog, Signed
from gatepost.adapters.audit.tiles import Missing, TileReader
from gatepost.casework.ports import Ledger
from gatepost.casework.stuck import PATIENCE, RUNS, Stuck
from gatepost.ledger.checkpoint import COSIGNATURE, TIME, Malformed
from gatepost.ledger.seal import decode_entry

COUNTED = 10_000
"""Unsealed events are counted so far, and no further."""


class Lag(msgspec.Struct, frozen=True):
    """Events not sealed, at most ``COUNTED`` of them, and when the oldest was recorded."""

    events: int
    since: datetime | None


def lag(ledger: Ledger, data: Path) -> Lag:
    """Return what of ``ledger`` the audit log of ``data`` lacks.

    :class:`Malformed` or :class:`Missing` if the log's files cannot be read.
    """
    log = AuditLog(data)
    latest = log.latest()
    after = 0
    if latest is not None and (size := latest.checkpoint.size):
        after = decode_entry(TileReader(log.folder, size).entry(size - 1)).position
    since, events = None, 0
    for _, recorded in ledger.read_all(after, COUNTED):
        since = since or recorded.recorded_at
        events += 1
    return Lag(events, since)


def unsealed(ledger: Ledger, data: Path, now: datetime) -> Iterator[Stuck]:
    """Yield that events are not sealed although the oldest is a minute old."""
    try:
        found = lag(ledger, data)
    except (Malformed, Missing) as fault:
        do = "Run 'gatepost audit verify' and put the log back from a backup."
        yield Stuck("unsealed", "audit log", now, f"it cannot be read: {fault}", do)
        return
    if found.since is not None and now - found.since > PATIENCE:
        most = "at least " if found.events == COUNTED else ""
        yield Stuck(
            "unsealed",
            "audit log",
            found.since,
            f"{most}{found.events} events are not sealed",
            RUNS,
        )


def witnessed_at(log: AuditLog) -> datetime | None:
    """Return when a witness last signed a checkpoint of the log; ``None`` if none ever did.

    Only who claims to be one of the log's witnesses counts; whether it is, ``audit verify`` tells.
    """
    known = {(one.name, one.id) for one in log.witnesses() if one.kind == COSIGNATURE}
    if not known:
        return None
    for _, place in reversed(list(log.earlier())):
        if found := _times(log.read(place), known):
            return max(found)
    return None


def _times(signed: Signed, known: set[tuple[str, bytes]]) -> list[datetime]:
    return [
        datetime.fromtimestamp(int.from_bytes(one.data[:TIME], "big"), UTC)
        for one in signed.note.signatures
        if (one.name, one.id) in known
    ]
