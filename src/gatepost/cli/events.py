"""What a time release study is read from: a file with its map, or the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click
import msgspec

from gatepost.adapters.files.tree import read_file
from gatepost.bootstrap import DATABASE_FILE
from gatepost.cli import rules
from gatepost.cli.context import Session, as_moment, plain_text
from gatepost.kernel.moment import is_zone
from gatepost.kernel.notice import Refused
from gatepost.timerelease.model import EventMap, Target
from gatepost.timerelease.rules import NO_MOMENT

if TYPE_CHECKING:
    from gatepost.timerelease.reading import Frame


class Told(msgspec.Struct, frozen=True):
    """What the command line says about the events: all that is not in the file itself."""

    given: EventMap
    until: datetime | None
    zone: str


def options(function: Any) -> Any:
    """Give a command what says how events are read; it comes as ``told``."""
    for option in (
        click.option("--target", metavar="LENGTH", help="How long arrival to release may take,"
                     " such as 48h."),
        click.option("--zone", metavar="ZONE", callback=plain_text,
                     help="Zone of times without an offset.  [default: that of the map, else"
                     " UTC]"),
        click.option("--until", metavar="TIME", callback=as_moment,
                     help="End of observation.  [default: the last event]"),
        click.option("--map", "mapping", type=click.Path(dir_okay=False, path_type=Path),
                     metavar="MAP.yaml", help="How the file is read: columns, events, segments,"
                     " targets."),
    ):  # fmt: skip
        function = option(function)
    return function


def told_by(
    mapping: Path | None, until: datetime | None, zone: str | None, target: str | None
) -> Told:
    """Return what is said; the command line counts before the map. ``Refused`` for its faults."""
    given = EventMap()
    if mapping:
        loaded = read_file(mapping, EventMap, "map")
        if loaded.faults:
            raise Refused(loaded.faults)
        given = loaded.items["map"][0].value
    if target:
        given = msgspec.structs.replace(given, targets=(Target("arrival-release", target),))
    if until is None and given.until:
        try:
            until = datetime.fromisoformat(given.until)
        except ValueError:
            raise Refused([NO_MOMENT.notice("until", value=given.until)]) from None
    return Told(given, until, zone or given.zone)


@contextmanager
def frame_of(session: Session, file: str | None, told: Told) -> Iterator[Frame]:
    """Yield the events of a file, else of the ledger, made ready to be asked.

    ``Refused`` with all that is wrong with them, or if the packages are not installed (CLI-007).
    """
    with analytics():
        from gatepost.adapters.events.ledger import read_log
        from gatepost.adapters.events.table import read_events
        from gatepost.timerelease.columns import Columns
        from gatepost.timerelease.log import make_raw
        from gatepost.timerelease.reading import read_frame
    zone = told.zone
    if file:
        tables = Columns({"raw": read_events(file)})
    else:
        zone = zone or session.jurisdiction.zone.key
        tables = Columns({"log": read_log(session.data / DATABASE_FILE, session.database)})
        make_raw(tables, session.jurisdiction.users_on(session.jurisdiction.law_day(session.now())))
    until = told.until
    if until is not None and until.tzinfo is None:
        until = until.replace(tzinfo=ZoneInfo(zone if is_zone(zone) else "UTC"))
    try:
        yield read_frame(tables, told.given, until, zone)
    finally:
        tables.close()


@contextmanager
def analytics() -> Iterator[None]:
    """Turn a missing package of the analytics extra into a notice."""
    try:
        yield
    except ModuleNotFoundError as fault:
        raise Refused([rules.NO_ANALYTICS.notice(package=fault.name or "")]) from fault
