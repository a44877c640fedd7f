"""``gatepost retention``: delete or depersonalise what may not be kept any longer."""

from __future__ import annotations

from datetime import datetime

import click

from gatepost.casework.retention import Run, run
from gatepost.cli.context import Session, as_json, at, command
from gatepost.cli.output import columns, print_json, progress, say


@click.group()
def retention() -> None:
    """Keep cases no longer than the law lets them be kept."""


@retention.command("run")
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
@as_json
@at
@command
def run_(session: Session, dry_run: bool, as_json: bool, at: datetime | None) -> None:
    """Delete or depersonalise the cases whose term is over.

    A case is kept as long as any agency it concerns must keep it. Of every body that goes the log
    tells by which rule; `gatepost audit verify` finds nothing wrong afterwards. Run it each night.
    """
    with progress("Looking at cases") as advance:
        found = run(session.desk, session.now(at), dry_run, advance)
    if as_json:
        print_json(found)
    else:
        _told(session, found)


def _told(session: Session, found: Run) -> None:
    would = "would be " if found.dry else ""
    rows = [
        (
            one.reference,
            f"ended {one.ended}",
            f"kept until {one.until}",
            f"{would}{'deleted' if one.then == 'delete' else 'depersonalised'}",
            f"{one.bodies} bodies",
            ", ".join(one.rules),
        )
        for one in found.cases
    ]
    for line in columns(rows):
        say(line)
    cases = "1 case" if len(found.cases) == 1 else f"{len(found.cases)} cases"
    say(f"{cases}, {found.bodies} bodies {would}gone on {found.day}.")
    for agency, kept in sorted(found.without_rule.items()):
        are = "case is" if kept == 1 else "cases are"
        say(f"{kept} ended {are} kept because {agency} has no rule that covers them.")
