"""``gatepost risk effectiveness`` and ``allocate``: what indicators are worth, and shared room."""

from __future__ import annotations

from datetime import date, datetime

import click

from gatepost.casework.allocating import allocations
from gatepost.casework.past import observed, past_of_ledger
from gatepost.cli.context import Session, as_day, as_json, at, by, command
from gatepost.cli.output import columns, print_json, say
from gatepost.kernel.actor import OPERATOR
from gatepost.risk.effectiveness import Effectiveness, effectiveness
from gatepost.risk.intervals import Share


@click.command("effectiveness")
@click.option("--day", callback=as_day, help="As of which day.  [default: today]")
@as_json
@command
def worth(session: Session, day: date | None, as_json: bool) -> None:
    """Tell what each indicator was worth, from the cases on record.

    Held against what the agency's random selections found. Proposes which indicators to look
    at again."""
    seen = [(one.reference, observed(one)) for one in past_of_ledger(session.desk)]
    session.desk.refresh()
    indicators = session.desk.jurisdiction.indicators.indicators
    found = effectiveness(seen, indicators, day or session.today())
    if as_json:
        print_json(found)
        return
    span = f" from {found.first} to {found.last}" if found.first else ""
    say(f"{found.consignments} consignments{span}")
    say()
    _tell_indicators(found)
    say()
    _tell_agencies(found)
    if found.proposals:
        say()
        say("To look at again:")
        for line in columns([(f"  {one.indicator}", one.why) for one in found.proposals]):
            say(line)


def _tell_indicators(found: Effectiveness) -> None:
    rows = [("indicator", "agency", "mode", "hits", "found wrong", "in the random part", "lift")]
    for one in found.indicators:
        rows.append(
            (
                f"{one.id} v{one.version}",
                one.agency,
                "by chance" if one.random else one.mode,
                str(one.hits),
                told(one.precision),
                told(one.in_stratum),
                f"{one.lift:.1f}" if one.lift is not None else "",
            )
        )
    for line in columns(rows):
        say(line)


def _tell_agencies(found: Effectiveness) -> None:
    rows = [("agency", "chance finds", "of that the rules meet", "officers' own", "set aside")]
    for agency, one in found.agencies.items():
        officers = one.officers
        rows.append(
            (
                agency,
                told(one.base),
                told(one.recall),
                told(officers.precision),
                str(officers.set_aside),
            )
        )
    for line in columns(rows):
        say(line)


def told(share: Share) -> str:
    """Return a share as people read it: counts, and the interval of 95 %."""
    if share.share is None or share.low is None or share.high is None:
        return "-"
    return f"{share.found} of {share.of} ({share.low:.0%} to {share.high:.0%})"


@click.command()
@click.option("--day", callback=as_day, help="Of which day's arrivals.  [default: today]")
@click.option("--record", is_flag=True, help="Put the choice on record, to be chosen again.")
@as_json
@by
@at
@command
def allocate(
    session: Session,
    day: date | None,
    record: bool,
    as_json: bool,
    by: str | None,
    at: datetime | None,
) -> None:
    """Share each budget among what arrives on a day.

    Prescribed controls first, then the agencies' criteria in turn, then those drawn by chance,
    then more of them until the budget is filled. With --record it is kept, and risk verify
    chooses again from what was there."""
    desk = session.desk
    desk.refresh()
    recorder = desk.actor(by or OPERATOR.id) if record else None
    found = allocations(desk, day or session.today(), session.now(at), recorder)
    if as_json:
        print_json(found)
        return
    for one in found:
        say(
            f"{one.budget}: {len(one.selections)} of {one.candidates} to examine, room for "
            f"{one.capacity}; a stop for {one.chance_of_any_stop:.1%}, apart it would be "
            f"{one.chance_if_apart:.1%}"
        )
        rows = [
            (f"  {each.reference}", each.stage, ", ".join(each.agencies), ", ".join(each.reasons))
            for each in one.selections
        ]
        for line in columns(rows):
            say(line)
        if one.deferred:
            say(f"  no room for {', '.join(one.deferred)}")
    if not found:
        say("No budget is in force on that day.")
