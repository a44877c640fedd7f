"""``gatepost replay``, ``migrate`` and ``doctor``: looking after an installation."""

from __future__ import annotations

import click

from gatepost.adapters.health import examined
from gatepost.adapters.place import Place
from gatepost.bootstrap import DATABASE_FILE, migrate_store
from gatepost.casework.rebuilding import rebuild
from gatepost.cli.context import Session, as_json, command
from gatepost.cli.output import columns, print_json, progress, say


@click.command()
@as_json
@command
def replay(session: Session, as_json: bool) -> None:
    """Make all rows anew from the log."""
    desk = session.desk
    with progress("Replaying events") as advance:
        events = rebuild(desk, advance)
    if as_json:
        print_json({"events": events})
    else:
        say(f"{events} events read, every row written again.")


@click.command()
@as_json
@command
def migrate(session: Session, as_json: bool) -> None:
    """Bring a store of an earlier release to this one.

    Take a backup before. Writers wait; a process of the earlier release that goes on is refused.
    It may be stopped at any moment and started again."""
    with progress("Reading events") as advance:
        done = migrate_store(session.jurisdiction, session.data, session.database, advance)
    if as_json:
        print_json(done)
    elif done.events == 0 and done.found == done.now:
        say(f"The store has the schema number {done.now} already.")
    else:
        said = f"From schema number {done.found} to {done.now}: {done.events} events kept"
        say(f"{said}, every row written again.")


@click.command()
@as_json
@command
def doctor(session: Session, as_json: bool) -> None:
    """Tell how this installation stands.

    Reads the whole log, so that every event is seen once."""
    place = Place(session.data / DATABASE_FILE, session.database)
    with progress("Reading events") as advance:
        health = examined(session.desk, place, advance)
    if as_json:
        print_json(health)
        return
    rows = [
        ("SQLite library", f"{health.sqlite}, {'safe' if health.sqlite_is_safe else 'NOT safe'}"),
        ("Store", health.store),
        ("Jurisdiction", health.jurisdiction),
        ("Events", f"{health.events}, of which {health.deleted_bodies} without their body"),
        ("Cases", str(health.cases)),
        ("Movements", str(health.movements)),
        *(
            (one.name, ("" if one.good else "NOT as it should be: ") + one.says)
            for one in health.checks
        ),
    ]
    for line in columns(rows):
        say(line)
