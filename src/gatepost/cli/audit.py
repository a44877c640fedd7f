"""``gatepost audit``: sealing, verifying, proving and witnessing the audit log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from gatepost.adapters.audit import rules as audit_rules
from gatepost.adapters.audit.keys import read_verifiers, signer_in
from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.audit.proving import check_proof, prove, read_proof
from gatepost.adapters.audit.verifying import Verdict, Verification
from gatepost.adapters.audit.witnessing import seen_in, witness
from gatepost.bootstrap import DATABASE_FILE, open_ledger
from gatepost.casework import projection
from gatepost.casework.reading import read_case
from gatepost.cli.context import Session, as_json, at, by, command
from gatepost.cli.output import columns, print_json, progress, say
from gatepost.kernel.notice import Refused
from gatepost.ledger.checkpoint import Malformed, Verifier
from gatepost.ledger.seal import Written

SHOWN = 20
"""Faults that are printed for people; JSON has them all."""

a_folder = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
a_file = click.Path(exists=True, dir_okay=False, path_type=Path)
keys = click.option(
    "--key",
    "key_files",
    type=a_file,
    multiple=True,
    help="Public keys that are believed.  [default: those in the log's folder]",
)


@click.group()
def audit() -> None:
    """Prove that the log is whole."""


@audit.command()
@as_json
@command
def seal(session: Session, as_json: bool) -> None:
    """Seal what was written since the last time.

    The log grows in the folder 'audit' of the data folder, under signed checkpoints."""
    with progress("Sealing events") as advance:
        sealed = session.sealer.seal(advance)
    size = AuditLog(session.data).required().checkpoint.size if sealed else 0
    if as_json:
        print_json({"sealed": sealed})
    else:
        say(f"{sealed} events sealed{f', {size} in all' if size else ''}.")


@audit.command()
@a_folder
@keys
@click.option("--witness", "witness_files", type=a_file, multiple=True, help="Keys of witnesses.")
@click.option("--seen", type=a_file, help="A checkpoint kept elsewhere: the log must continue it.")
@as_json
@command
def verify(
    session: Session,
    folder: Path,
    key_files: Sequence[Path],
    witness_files: Sequence[Path],
    seen: Path | None,
    as_json: bool,
) -> None:
    """Check an audit log, or a data folder and its log.

    Needs the folder and public keys only. A key that lies in the same folder protects against
    nobody who could write there: name one that you were given another way."""
    log = AuditLog(folder)
    if not log.exists:
        raise Refused([audit_rules.NO_LOG.notice(folder=str(folder))])
    database = session.database
    known = database or (folder / DATABASE_FILE).exists()
    written = _events_of(folder, database) if known else None
    with progress("Checking entries") as advance:
        verdict = Verification(
            log,
            _keys(key_files) or log.verifiers(),
            _keys(witness_files) or log.witnesses(),
            written,
            seen_in(seen) if seen else None,
            advance,
        ).run()
    if as_json:
        print_json(verdict)
    else:
        _tell(verdict)
    if not verdict.ok:
        raise click.exceptions.Exit(1)


@audit.command("prove")
@click.argument("reference")
@as_json
@by
@at
@command
def prove_case(
    session: Session, reference: str, as_json: bool, by: str | None, at: datetime | None
) -> None:
    """Print the proof that a case stands in the log.

    Whoever may read the case may have it; anybody can check it."""
    reading = read_case(session.desk, reference, session.actor(by), session.now(at))
    stream = projection.stream_of(projection.CASE, reading.reference)
    proof = prove(AuditLog(session.data), reading.reference, stream)
    if as_json:
        print_json(proof)
        return
    say(f"{proof.reference}: {len(proof.events)} events proven under")
    say(proof.checkpoint)


@audit.command()
@click.argument("file", type=a_file)
@click.option("--key", "key_files", type=a_file, multiple=True, required=True, help="Public keys.")
@as_json
@command
def check(session: Session, file: Path, key_files: Sequence[Path], as_json: bool) -> None:
    """Check a proof made by 'audit prove --json'."""
    try:
        entries = check_proof(proof := read_proof(file), _keys(key_files))
    except Malformed as fault:
        raise Refused([audit_rules.BAD_PROOF.notice(file=str(file), reason=str(fault))]) from fault
    if as_json:
        told = [{"name": one.name, "at": one.at, "version": one.version} for one in entries]
        print_json({"ok": True, "reference": proof.reference, "events": told})
        return
    say(f"{proof.reference}: {len(entries)} events stand in the log.")
    for line in columns([(one.at, one.name) for one in entries]):
        say(f"  {line}")


@audit.command("witness")
@a_folder
@keys
@click.option("--name", "who", required=True, help="The witness, by its domain.")
@click.option("--own-key", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--seen", type=click.Path(dir_okay=False, path_type=Path), required=True)
@as_json
@at
@command
def confirm(
    session: Session,
    folder: Path,
    key_files: Sequence[Path],
    who: str,
    own_key: Path,
    seen: Path,
    as_json: bool,
    at: datetime | None,
) -> None:
    """Confirm as a witness that a log only grew.

    The witness keeps its key in --own-key (made on first use) and the checkpoint it last
    confirmed in --seen."""
    log = AuditLog(folder)
    trusted = _keys(key_files) or log.verifiers()
    found = witness(log, trusted, signer_in(own_key, who), seen, session.now(at))
    if as_json:
        print_json({"origin": found.origin, "size": found.size})
    else:
        say(f"{found.origin}: {found.size} entries confirmed, kept in {seen}.")


@audit.command()
@as_json
@command
def rotate(session: Session, as_json: bool) -> None:
    """Begin to sign with a new key.

    The newest checkpoint carries the signatures of both; the old key is deleted."""
    verifier = session.sealer.rotate()
    if as_json:
        print_json({"key": verifier.text()})
    else:
        say("Hand this key to whoever verifies or witnesses the log:")
        say(verifier.text())


def _events_of(folder: Path, database: str | None) -> Iterator[Written]:
    """Yield what the ledger in a database, or else in a data folder, holds."""
    ledger = open_ledger(folder, database)
    try:
        yield from ledger.written()
    finally:
        ledger.close()


def _keys(files: Sequence[Path]) -> list[Verifier]:
    return [key for file in files for key in read_verifiers(file)]


def _tell(verdict: Verdict) -> None:
    rows = [("Events sealed", str(verdict.events)), ("Checkpoints", str(verdict.checkpoints))]
    if verdict.pending is not None:
        rows.append(("Events not sealed yet", str(verdict.pending)))
    last = "none" if verdict.witnessed is None else f"{verdict.witnessed} events"
    rows.append(("Confirmed by a witness", last))
    for line in columns(rows):
        say(line)
    for fault in verdict.faults[:SHOWN]:
        say(f"WRONG  {fault.where}: {fault.problem}")
    if len(verdict.faults) > SHOWN:
        say(f"and {len(verdict.faults) - SHOWN} more")
    say("The log is whole." if verdict.ok else "The log is NOT whole.")
    if verdict.witnessed is None:
        say("Without a witness, a tail that was cut off cannot be found.")
