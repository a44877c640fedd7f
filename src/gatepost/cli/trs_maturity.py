"""``gatepost trs maturity``: how far agencies have come, bounded by evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import gatepost.timerelease.maturity as maturity_room
from gatepost.adapters.files.tree import read_file
from gatepost.authority.lifecycle import periods
from gatepost.bootstrap import DATABASE_FILE
from gatepost.cli.context import Session, as_json, command
from gatepost.cli.events import analytics
from gatepost.cli.output import columns, complain, print_json, said, say, say_all
from gatepost.kernel.notice import Refused
from gatepost.timerelease.maturity import LEVELS, Answers, Grid, assess

if TYPE_CHECKING:
    from gatepost.description.jurisdiction import Jurisdiction

GRID = Path(maturity_room.__file__).with_suffix(".yaml")
STEPS = 3
"""Steps that are told as those to do next."""


@click.command("maturity")
@click.argument("file", metavar="ANSWERS.yaml", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--grid",
    type=click.Path(dir_okay=False, path_type=Path),
    default=GRID,
    metavar="GRID.yaml",
    help="Other dimensions and levels.  [default: Gatepost's]",
)
@as_json
@command
def maturity(session: Session, file: Path, grid: Path, as_json: bool) -> None:
    """Tell how far agencies have come in working together.

    No level is granted above what the ledger and the description show; the steps to take next
    come last."""
    answers: Answers = _one(file, Answers, "answers")
    dimensions: Grid = _one(grid, Grid, "grid")
    with analytics():
        from gatepost.adapters.events.ledger import count_events

        events = count_events(session.data / DATABASE_FILE, session.database)
    jurisdiction = session.jurisdiction
    facts = facts_of(jurisdiction, jurisdiction.law_day(session.now()))
    facts |= {f"event:{name}": count for name, count in events.items()}
    found = assess(dimensions, answers.answers, facts)
    if as_json:
        print_json({
            "reached": found.reached, "beyond": said(found.beyond),
            "steps": [one.dimension for one in found.steps],
        })  # fmt: skip
        return
    rows = [("dimension", "claimed", "shown", "level", "")]
    rows += [
        (one.name, str(one.claimed), str(one.shown), str(one.level), LEVELS[one.level])
        for one in found.reached
    ]
    say_all(columns(rows))
    complain(found.beyond)
    say()
    say("Next steps")
    for one in found.steps[:STEPS]:
        lacking = "; ".join(one.missing) or "somebody who claims it: the evidence is there"
        say(f"  {one.name}: {one.next}. Missing: {lacking}")


def _one(file: Path, kind: type[Any], name: str) -> Any:
    loaded = read_file(file, kind, name)
    if loaded.faults:
        raise Refused(loaded.faults)
    return loaded.items[name][0].value


def facts_of(jurisdiction: Jurisdiction, day: date) -> dict[str, int]:
    """Return the facts that the description holds on ``day``: what is described, what is in force.

    A clause counts while its instrument grants what it says.
    """
    facts: dict[str, int] = {}
    for name in ("agreement", "contacts", "resources", "standard"):
        facts[f"described:{name}"] = len(jurisdiction.parts.get(name, ()))
    facts["described:lead_agency"] = int(jurisdiction.country.lead_agency is not None)
    agencies = {one.agency for one in jurisdiction.parts.get("indicator", ())}
    facts["described:indicator_agencies"] = len(agencies)
    facts["described:foreign_agency"] = sum(
        one.state is not None and one.valid.on(day) for one in jurisdiction.register.all_agencies
    )
    for agreement in jurisdiction.register.all_agreements:
        if any(period.on(day) for period in periods(agreement)):
            for clause in agreement.clauses:
                name = f"clause:{clause.__struct_config__.tag}"
                facts[name] = facts.get(name, 0) + 1
    return facts
