"""``gatepost demo``: a working day at North Gate, played through the real code in seconds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import click

from gatepost.bootstrap import DATABASE_FILE, KEY_FILE, load_checked, open_desk, open_planner
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.planning.keeping import DayAct, act_on_day
from gatepost.casework.projection import CASE, decode_case
from gatepost.casework.reading import read_case
from gatepost.casework.story import reasons
from gatepost.casework.telling import agency_name, span
from gatepost.cli import serve
from gatepost.cli.output import columns, progress, say
from gatepost.cli.serve import PORT
from gatepost.cli.show import story_lines, told
from gatepost.kernel.actor import OPERATOR
from gatepost.simulation.chance import Chance
from gatepost.simulation.counterfactual import Counterfactual, counterfactual
from gatepost.simulation.day import POST, Day
from gatepost.simulation.figures import Figures, figures_of
from gatepost.simulation.scripted import BESIDE, COACH, HELD, STORY, scenes, scripted
from gatepost.simulation.traffic import working_day
from gatepost.web.clock import write_marker
from gatepost.web.places import ACCOUNTS_FILE, DEMO_MARKER

DAY = date(2026, 7, 2)
LORRIES = 320
KEY = b"Aldermark plays this day with it"
COMING, SO_FAR = 120, timedelta(hours=3)
"""Lorries of the day after, and how far it is played before people take over."""
COORDINATOR, PLANNING = "customs.north_gate.team_leader", 0.5
"""Who keeps the plan of that day, and how many seconds it is looked for."""
FOLDER = Path("demo-data")


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=FOLDER,
    show_default=True,
    metavar="DIR",
    help="Folder for the day's ledger; it is made anew each time.",
)
@click.option("--no-serve", is_flag=True, help="End after the figures.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535))
def demo(data: Path, no_serve: bool, port: int) -> None:
    """Play a working day at North Gate and tell one case's story.

    More than 300 consignments and some coaches are lodged, assessed, examined, decided
    and released by the same functions that serve real cases, on a simulated clock. Then the
    pages are served to be looked at, on the morning after.
    """
    desk = _fresh_desk(data)
    opening = datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=desk.jurisdiction.zone)
    crossings = [*working_day(Chance(DAY.isoformat()), opening, LORRIES), *scripted(opening)]
    day = Day(desk, Chance(f"officers {DAY}"), DAY, scenes())
    with progress("2 July 2026 at North Gate", 24 * 60) as advance:
        day.run(crossings, lambda now: advance(_minutes(now, opening)))
    for line in _told(desk, day.references[STORY], data):
        say(line)
    evening = datetime.combine(DAY, time(23), desk.jurisdiction.zone)
    beside = counterfactual(desk, POST, DAY, evening)
    for line in _besides(desk, day, beside):
        say(line)
    for line in _figures(figures_of(desk, day.references.values()), beside):
        say(line)
    _next_morning(desk, data)
    desk.ledger.close()
    if not no_serve:
        say()
        serve.run(data, None, "aldermark", serve.HOST, port, 1, True)


def _next_morning(desk: Desk, data: Path) -> None:
    """Play the morning after, and leave the rest of it to whoever looks at the pages."""
    day = DAY + timedelta(days=1)
    opening = datetime(day.year, day.month, day.day, 6, tzinfo=desk.jurisdiction.zone)
    crossings = working_day(Chance(day.isoformat()), opening, COMING, f"{day:%d}-")
    Day(desk, Chance(f"officers {day}"), day).run(crossings, lambda _: None, opening + SO_FAR)
    moment = opening + SO_FAR
    act = DayAct(f"plan {day}", "adopt", POST, day, moment, COORDINATOR)
    answer = act_on_day(desk, act, moment, open_planner(), PLANNING)
    assert answer.status == "done", answer.notices
    write_marker(data, opening + SO_FAR)


def _minutes(now: datetime, opening: datetime) -> int:
    return max(0, min(24 * 60, int((now - opening + timedelta(hours=6)).total_seconds() // 60)))


def _fresh_desk(data: Path) -> Desk:
    """Return a desk over an empty ledger; only a folder that an earlier demo made is emptied."""
    marker = data / DEMO_MARKER
    if marker.exists():
        for old in (*data.glob(f"{DATABASE_FILE}*"), *data.glob(f"{ACCOUNTS_FILE}*")):
            old.unlink()
    elif (data / DATABASE_FILE).exists():
        raise click.UsageError(f"{data} holds a ledger that is no demo; name another folder.")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    marker.touch()
    # In the file, so that whoever serves the day or lodges on it afterwards draws by the same key.
    (data / KEY_FILE).write_text(KEY.hex())
    return open_desk(load_checked("aldermark"), data)


def _told(desk: Desk, reference: str, data: Path) -> Iterator[str]:
    """Yield the story of the roses, and why they were examined once."""
    reading = read_case(
        desk, reference, OPERATOR, datetime(2026, 7, 3, tzinfo=desk.jurisdiction.zone)
    )
    yield ""
    yield from story_lines(desk, reading)
    yield ""
    yield f"$ gatepost why {reference} control --data {data}"
    yield from told(desk, reading.case, list(reasons(reading.events, "control")))
    yield ""


def _besides(desk: Desk, day: Day, beside: Counterfactual) -> Iterator[str]:
    """Yield what became of the lorry with two consignments and of the coach."""
    held = _case(desk, day.references[HELD])
    other = _case(desk, day.references[BESIDE])
    (hold,) = held.release.open_holds
    yield (
        f"One lorry, two consignments: {other.known.reference} {other.status}, "
        f"{held.known.reference} held by {agency_name(desk, held, hold.agency)}"
    )
    coach = _case(desk, day.references[COACH])
    agencies = [agency_name(desk, coach, c.agency) for c in coach.controls.by_id.values()]
    reference = coach.known.reference
    yield (
        f"One coach, one traveller referred to {' and '.join(dict.fromkeys(agencies))}: "
        f"{beside.together.stops_of(reference)} stop instead of {beside.apart.stops_of(reference)}"
    )
    yield ""


def _case(desk: Desk, reference: str) -> Case:
    stored = desk.ledger.row(CASE, reference)
    assert stored is not None
    return decode_case(stored)


def _figures(figures: Figures, beside: Counterfactual) -> Iterator[str]:
    yield (
        f"{figures.consignments} consignments, {figures.coaches} coaches with "
        f"{figures.travellers} travellers, {figures.agencies:.1f} agencies a consignment"
    )
    rows = [("lane", "consignments", "released", "before arrival", "median from arrival")]
    for lane in figures.lanes:
        if lane.cases:
            middle = "" if lane.median is None else _signed(lane.median)
            counts = (str(lane.cases), str(lane.released), str(lane.before_arrival))
            rows.append((lane.channel, *counts, middle))
    yield from columns(rows)
    yield from _beside(figures.stops, beside)
    told_statuses = ", ".join(f"{count} {name}" for name, count in sorted(figures.statuses.items()))
    yield f"At the end of the day: {told_statuses}"


def _beside(made: int, beside: Counterfactual) -> Iterator[str]:
    """Yield what was examined, and the same day planned without coming to one stop."""
    yield from columns(
        [
            ("examined", "stops", "mean from arrival until done"),
            ("as the day was played", str(made), ""),
            *(
                (name, str(side.stops), f"{side.minutes:.0f} min")
                for name, side in (
                    ("planned for all together", beside.together),
                    ("planned agency by agency", beside.apart),
                )
            ),
        ]
    )
    yield f"{beside.avoided} stops avoided, with the same officers and bays"


def _signed(length: timedelta) -> str:
    if length < timedelta(0):
        return f"{span(-length)} before"
    return f"{span(length)} after"
