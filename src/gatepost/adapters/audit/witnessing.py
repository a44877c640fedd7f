"""Witnessing: another agency or the neighbour confirms that a log only ever grew.

A witness keeps the last checkpoint it signed for, and signs a newer one only after the tiles have
shown that it continues that one. It learns sizes and roots; it need not be let near an entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from gatepost.adapters.audit import rules
from gatepost.adapters.audit.keys import Signer, signers_of
from gatepost.adapters.audit.log import EARLIER, LATEST, WITNESSES, AuditLog, Signed
from gatepost.adapters.audit.tiles import Missing, TileReader, write_whole
from gatepost.kernel.notice import Refused
from gatepost.ledger.checkpoint import (
    ED25519,
    Checkpoint,
    Malformed,
    Verifier,
    read_checkpoint,
    read_note,
)
from gatepost.ledger.tree import EMPTY, consistency_proof, is_consistent


def witness(
    log: AuditLog, keys: Sequence[Verifier], signer: Signer, seen: Path, now: datetime
) -> Checkpoint:
    """Sign the newest checkpoint of ``log`` as ``signer`` if it continues the one in ``seen``.

    The signature is put into the log, the checkpoint into ``seen``. ``Refused`` if no key named
    has signed it (AUDIT-007), or if the log was cut or rewritten (AUDIT-006).
    """
    latest = log.required()
    checkpoint = latest.checkpoint
    if not _signed(latest, keys):
        raise Refused([rules.UNSIGNED.notice(size=checkpoint.size)])
    before = seen_in(seen)
    if before is not None and not _continues(log, before.checkpoint, checkpoint):
        raise Refused(
            [rules.NOT_CONSISTENT.notice(size=checkpoint.size, seen=before.checkpoint.size)]
        )
    text = (log.folder / LATEST).read_text(encoding="utf-8")
    known = {(one.name, one.id) for one in latest.note.signatures}
    if (signer.name, signer.witness.id) not in known:
        text += signer.cosign(latest.note.text, now)
        write_whole(log.folder / EARLIER / str(checkpoint.size), text.encode())
        write_whole(log.folder / LATEST, text.encode())
    lines = dict.fromkeys([*(one.text() for one in log.witnesses()), signer.witness.text()])
    write_whole(log.folder / WITNESSES, "".join(f"{line}\n" for line in lines).encode())
    write_whole(seen, text.encode())
    return checkpoint


def seen_in(path: Path) -> Signed | None:
    """Return the checkpoint that a witness kept; ``None`` if it keeps none yet.

    ``Refused`` (AUDIT-004) if the file holds something else.
    """
    if not path.exists():
        return None
    try:
        note = read_note(path.read_text(encoding="utf-8"))
        return Signed(str(path), read_checkpoint(note.text), note)
    except (Malformed, UnicodeDecodeError) as fault:
        raise Refused([rules.BAD_LOG.notice(str(path), reason=str(fault))]) from fault


def _signed(signed: Signed, keys: Sequence[Verifier]) -> bool:
    try:
        return any(one.kind == ED25519 for one in signers_of(signed.note, keys))
    except Malformed:
        return False


def _continues(log: AuditLog, old: Checkpoint, new: Checkpoint) -> bool:
    if old.origin != new.origin or old.size > new.size:
        return False
    if old.size == 0:
        return old.root == EMPTY
    try:
        proof = consistency_proof(TileReader(log.folder, new.size).node, old.size, new.size)
    except Missing:
        return False
    return is_consistent(old.size, new.size, proof, old.root, new.root)
