"""``gatepost trs scorecard``: agencies' own indicators side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gatepost.adapters.files.tree import read_file
from gatepost.cli.context import Session, as_json, command
from gatepost.cli.events import frame_of, options, told_by
from gatepost.cli.output import columns, complain, print_json, said, say, say_all
from gatepost.kernel.notice import Refused
from gatepost.timerelease.words import length, percent

if TYPE_CHECKING:
    from gatepost.timerelease.indicators import Reading


@click.command("scorecard")
@click.argument("file", metavar="INDICATORS.yaml", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("events", metavar="[EVENTS]", required=False)
@options
@as_json
@command
def scorecard(
    session: Session,
    file: Path,
    events: str | None,
    mapping: Path | None,
    until: datetime | None,
    zone: str | None,
    target: str | None,
    as_json: bool,
) -> None:
    """Show agencies' own indicators side by side.

    Facilitation and security stand together or not at all. Where one name is counted in two ways,
    each agency is shown under both."""
    told = told_by(mapping, until, zone, target)
    with frame_of(session, events, told) as frame:
        from gatepost.timerelease.indicators import Indicators
        from gatepost.timerelease.indicators import scorecard as reckon

        loaded = read_file(file, Indicators, "indicators")
        if loaded.faults:
            raise Refused(loaded.faults)
        found = reckon(frame, loaded.items["indicators"][0].value.indicators)
    if as_json:
        print_json(
            {
                "facilitation": found.facilitation,
                "security": found.security,
                "conflicts": [
                    {"name": one.name, "readings": one.readings, "notice": said([one.notice])[0]}
                    for one in found.conflicts
                ],
            }
        )
        return
    for title, readings in (("Facilitation", found.facilitation), ("Security", found.security)):
        say(title)
        say_all(lines(readings))
    for one in found.conflicts:
        complain([one.notice])
        say(f"{one.name}, each agency under each way of counting")
        say_all(lines(one.readings))


def lines(readings: Iterable[Reading]) -> Iterator[str]:
    """Yield a line for each reading."""
    yield from columns(
        [
            (f"  {one.indicator.agency}", one.indicator.name, _value(one), one.measure)
            for one in readings
        ]
    )


def _value(one: Reading) -> str:
    count = one.indicator.count
    if one.value is None:
        return length(None)
    if count is not None:
        return percent(one.value) if count.of_all else f"{one.value:.0f}"
    return percent(one.value) if one.indicator.figure.startswith("share") else length(one.value)
