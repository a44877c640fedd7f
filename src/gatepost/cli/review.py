"""``gatepost review``: what agencies do, ask and decide twice, from their own description."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from gatepost.adapters.forms.own import read_words
from gatepost.bootstrap import describe
from gatepost.casework.past import observed, past_of_ledger
from gatepost.cli.context import Session, as_day, as_json, command
from gatepost.cli.output import columns, print_json, say_all
from gatepost.description.described import Described
from gatepost.review.harmonise.papers import Papers
from gatepost.review.overlap.following import ORDER, Followed, follow
from gatepost.review.overlap.inventory import Inventory, inventories
from gatepost.review.overlap.model import KINDS, Finding
from gatepost.review.overlap.pairs import compare
from gatepost.review.overlap.value import of_little_value, tallies
from gatepost.risk.effectiveness import effectiveness


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--day", callback=as_day, help="Law from which day on.  [default: today]")
@click.option("--inventory", is_flag=True, help="List what each agency does and asks instead.")
@click.option("--ledger", is_flag=True, help="Say too which controls find nothing, from the log.")
@click.option("--since", callback=as_day, help="Tell what became of the findings of this day.")
@click.option("--all", "everything", is_flag=True, help="Show what is settled well, too.")
@as_json
@command
def review(
    session: Session,
    folder: str,
    day: date | None,
    inventory: bool,
    ledger: bool,
    since: date | None,
    everything: bool,
    as_json: bool,
) -> None:
    """Compare the agencies described in DIR.

    Tells what two agencies check, ask or decide twice, with both places and a remedy; what is
    adopted and not yet in force is compared too. DIR may also be a name, such as aldermark."""
    name = os.path.join(os.curdir, folder) if Path(folder).is_dir() else folder
    described = describe(name, session.cache)
    day = day or session.now().date()
    if inventory:
        listed = inventories(described, day)
        print_json(listed) if as_json else say_all(_inventory_lines(listed))
        return
    same = Papers(read_words()).same
    found = compare(described, day, same)
    if since:
        followed = follow(compare(described, since, same, adopted=False), found)
        print_json(followed) if as_json else say_all(_followed_lines(followed, since))
        return
    if ledger:
        found = sorted([*found, *_of_the_ledger(session, described, day)], key=_order)
    if as_json:
        print_json(found)
    else:
        say_all(_lines(found, everything))


def _order(one: Finding) -> tuple[int, tuple[str, ...], str]:
    return KINDS.index(one.kind), one.agencies, one.matter


def _of_the_ledger(session: Session, described: Described, day: date) -> list[Finding]:
    seen = [(one.reference, observed(one)) for one in past_of_ledger(session.desk)]
    indicators = [item.value for item in described.of("indicator")]
    effects = effectiveness(seen, indicators, day)
    return list(of_little_value(described, effects, tallies([one for _, one in seen])))


def _lines(found: list[Finding], everything: bool) -> Iterator[str]:
    told = [one for one in found if everything or one.kind != "compatible"]
    for one in told:
        yield f"{one.kind}: {' and '.join(one.agencies)}, {one.matter}  [{one.remedy}]"
        yield f"  {one.code} {one.sentence}"
        for place in one.places:
            yield f"  {place}"
        for line in one.evidence:
            yield f"    {line}"
        yield ""
    counts = [(kind, sum(one.kind == kind for one in found)) for kind in KINDS]
    yield ", ".join(f"{count} {kind}" for kind, count in counts if count) or "Nothing found."


def _followed_lines(found: list[Followed], since: date) -> Iterator[str]:
    for each in found:
        one = each.finding
        yield f"{each.became}: {one.kind}, {' and '.join(one.agencies)}, {one.matter}"
        yield f"  {one.code} {one.sentence}"
        for line in each.settled_by:
            yield f"    {line}"
    counts = [(became, sum(each.became == became for each in found)) for became in ORDER]
    told = ", ".join(f"{count} {became}" for became, count in counts if count)
    yield f"Since {since}: {told or 'nothing'}"


def _inventory_lines(found: list[Inventory]) -> Iterator[str]:
    heads = (
        "agency",
        "powers",
        "procedures",
        "steps",
        "documents",
        "data",
        "fees",
        "laws",
        "whole",
    )
    rows: list[tuple[str, ...]] = [heads]
    for one in found:
        parts = (one.powers, one.procedures, one.steps, one.documents, one.data, one.cost, one.law)
        rows.append((one.agency, *(str(len(part)) for part in parts), f"{one.complete:.0%}"))
    yield from columns(rows)
    for one in found:
        yield ""
        yield f"{one.name}: {one.mission or 'no mission is described'}"
        if one.missing:
            yield f"  not described: {', '.join(one.missing)}"
        if one.untied:
            yield f"  without a law: {', '.join(one.untied)}"
