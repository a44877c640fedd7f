"""``gatepost document``: check what is on paper against the audit log, without network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from gatepost.adapters.audit.keys import read_verifiers
from gatepost.adapters.documents import rules
from gatepost.adapters.documents.code import Proven, check_code, codes_in
from gatepost.cli.context import Session, as_json, command
from gatepost.cli.output import columns, print_json, say
from gatepost.cli.reading import read_bytes
from gatepost.kernel.notice import Notice, Refused
from gatepost.ledger.checkpoint import Malformed, Verifier


@click.group()
def document() -> None:
    """Check documents that Gatepost issued."""


@document.command()
@click.argument("source", metavar="FILE|TEXT")
@click.option(
    "--key",
    "key_files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    required=True,
    help="Public keys of the log that are believed.",
)
@as_json
@command
def verify(session: Session, source: str, key_files: Sequence[Path], as_json: bool) -> None:
    """Check a document by its code, with public keys only.

    FILE is the PDF as it was issued, or a text file; TEXT is what the code on the paper holds;
    - reads it from stdin. Every code must be proven. What the case became later, only its
    keeper can tell."""
    keys = [key for file in key_files for key in read_verifiers(file)]
    data = source.encode() if source.startswith("GATEPOST") else read_bytes(source)
    name = "the text" if source.startswith("GATEPOST") else source
    codes = codes_in(data)
    if not codes:
        raise Refused([rules.NO_CODE.notice(source=name)])
    proven = _proven(codes, keys, name)
    if as_json:
        print_json({"ok": True, "proven": proven})
        return
    for one in proven:
        say(f"{one.reference}: {one.name} at {one.at} stands in {one.log}.")
        for line in columns([(key, _said(value)) for key, value in one.body.items()]):
            say(f"  {line}")


def _proven(codes: Sequence[str], keys: Sequence[Verifier], name: str) -> list[Proven]:
    found: list[Proven] = []
    wrong: list[Notice] = []
    for number, code in enumerate(codes, 1):
        try:
            found.append(check_code(code, keys))
        except Malformed as fault:
            source = name if len(codes) == 1 else f"{name}, code {number},"
            wrong.append(rules.NOT_PROVEN.notice(source=source, reason=str(fault)))
    if wrong:
        raise Refused(wrong)
    return found


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_said, value))
    if isinstance(value, dict):
        return "; ".join(f"{key} {_said(one)}" for key, one in value.items())
    return str(value)
