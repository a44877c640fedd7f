"""The codes of the events of one case that a document speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.audit.proving import prove
from gatepost.adapters.documents.code import code_of, matches
from gatepost.casework import projection
from gatepost.casework.ports import Ledger
from gatepost.ledger.seal import Entry, decode_entry


def codes_of(
    ledger: Ledger, log: AuditLog, reference: str, names: Collection[str]
) -> Iterator[tuple[Entry, str]]:
    """Yield each sealed event of a case that has one of the names, and its code, oldest first.

    ``Refused`` if nothing of the case is sealed (AUDIT-005) or the log is damaged (AUDIT-004).
    """
    stream = projection.stream_of(projection.CASE, reference)
    for event in prove(log, reference, stream).events:
        entry = decode_entry(event.entry)
        if entry.name not in names:
            continue
        for written in ledger.written(entry.position - 1, 1):
            code = code_of(log, event.index, event.entry.encode(), written)
            if code is not None and matches(entry, written):
                yield entry, code
