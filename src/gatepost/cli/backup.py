"""``gatepost backup`` and ``gatepost restore``: carrying an installation away and back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
import msgspec

from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.audit.verifying import Verification
from gatepost.adapters.backup import back_up
from gatepost.adapters.backup import restore as restore_backup
from gatepost.bootstrap import DATABASE_FILE, open_ledger
from gatepost.cli.context import Session, as_json, at, command
from gatepost.cli.output import moment, print_json, say

a_file = click.Path(dir_okay=False, path_type=Path)


class Restored(msgspec.Struct, frozen=True):
    """What came back: files, events, and whether the audit log proves them."""

    taken_at: datetime
    files: int
    events: int
    proven: bool


@click.command()
@click.argument("file", type=a_file)
@as_json
@at
@command
def backup(session: Session, file: Path, as_json: bool, at: datetime | None) -> None:
    """Write the data folder into FILE while others go on working.

    Databases, audit log and keys: keep FILE as secret as the folder. A PostgreSQL database is
    backed up with the server's own tools; FILE then holds the keys and the audit log."""
    manifest = back_up(session.data, file, session.now(at))
    if as_json:
        print_json({"file": str(file), "files": len(manifest.members)})
    else:
        say(f"{len(manifest.members)} files in {file}.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
@command
def restore(session: Session, file: Path, as_json: bool) -> None:
    """Make the data folder from FILE and prove it.

    The folder must be empty. What was written after the backup is not in it: have those who
    lodged since send their messages again, an answer given twice is the same answer."""
    manifest = restore_backup(file, session.data)
    restored = _proven(session.data, manifest.taken_at, len(manifest.members))
    if as_json:
        print_json(restored)
    else:
        proof = "the audit log proves them" if restored.proven else "the audit log does NOT fit"
        say(f"{restored.files} files as of {moment(restored.taken_at)}.")
        say(f"{restored.events} events, and {proof}.")
    if not restored.proven:
        raise click.exceptions.Exit(1)


def _proven(data: Path, taken_at: datetime, files: int) -> Restored:
    log = AuditLog(data)
    if not (data / DATABASE_FILE).exists():
        verdict = Verification(log, log.verifiers()).run()
        return Restored(taken_at, files, verdict.events, verdict.ok)
    ledger = open_ledger(data)
    try:
        verdict = Verification(log, log.verifiers(), (), ledger.written()).run()
    finally:
        ledger.close()
    return Restored(taken_at, files, verdict.events + (verdict.pending or 0), verdict.ok)
