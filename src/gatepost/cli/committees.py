"""``gatepost committees`` and ``gatepost processes``: who decides together, who answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import click
import msgspec

from gatepost.casework.sitting import CommitteeAct, Sat, sit
from gatepost.casework.sitting import committees as sitting
from gatepost.cli.acting import do_acts
from gatepost.cli.context import Session, as_day, as_json, at, by, command, plain_text
from gatepost.cli.output import columns, print_json, say
from gatepost.cooperation import rules
from gatepost.cooperation.accountability import Row, matrix
from gatepost.kernel.actor import OPERATOR
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Refused


@click.command()
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--committee", callback=plain_text, help="One committee only.")
@click.option("--overdue", is_flag=True, help="Only those with actions that are overdue.")
@as_json
@by
@at
@command
def committees(
    session: Session,
    file: str | None,
    committee: str | None,
    overdue: bool,
    as_json: bool,
    by: str | None,
    at: datetime | None,
) -> None:
    """List committees and what they decided, or record it.

    FILE holds acts, one JSON object a line: convene, decide, assign or close. --at is the moment
    at which the list is told, --by to whom: an officer sees those with a seat of the own agency.
    """
    if file is not None:
        do_acts(session, file, CommitteeAct, sit, by, at, as_json)
        return
    day = session.jurisdiction.law_day(session.now(at))
    known = {one.id for one in session.jurisdiction.committees}
    if committee is not None and committee not in known:
        notice = rules.NO_COMMITTEE.notice("--committee", id=committee, day=day.isoformat())
        raise Refused([notice])
    reader = session.actor(by) or OPERATOR
    found = [
        one
        for one in sitting(session.desk, reader, session.now(at), committee)
        if one.overdue or not overdue
    ]
    if as_json:
        print_json([{**msgspec.to_builtins(one), "at": day.isoformat()} for one in found])
        return
    for number, one in enumerate(found):
        if number:
            say()
        for line in _told(one, day):
            say(line)
    if not found:
        say("No action is overdue." if overdue else "No committee is described.")


def _told(one: Sat, day: date) -> Iterator[str]:
    committee, minutes = one.committee, one.minutes
    joint = f", joint with {committee.joint_with}" if committee.joint_with else ""
    yield f"{committee.id}  {in_language(committee.name)} ({committee.level}{joint})"
    voting, rule = len(committee.voting(day)), committee.vote
    sides = " on each side" if rule.each_side else ""
    yield (
        f"  {voting} votes; quorum {rule.quorum.replace('_', ' ')}, carried by "
        f"{rule.carried_by.replace('_', ' ')} of {rule.of}{sides}"
    )
    vice = f", {one.vice_chair} in the chair's stead" if one.vice_chair else ""
    late = " (OVERDUE)" if one.meeting_due and one.meeting_due < day else ""
    due = f"next meeting due by {one.meeting_due}{late}" if one.meeting_due else "no meeting yet"
    yield f"  {committee.chair} has the chair{vice}; {due}"
    rows = [
        (
            f"  {made.meeting} item {made.item}",
            "CARRIED" if made.tally.carried else "REJECTED",
            f"{tally.for_} for, {tally.against} against, {tally.abstained} abstained",
            made.text,
        )
        for made in minutes.decisions
        for tally in (made.tally,)
    ]
    yield from columns(rows)
    actions = [
        (
            f"  {action.id}",
            "CLOSED" if action.closed else "OVERDUE" if key in one.overdue else "OPEN",
            f"{action.owner}, due {action.due}",
            action.text + (f": {action.closed}" if action.closed else ""),
        )
        for key, action in minutes.actions.items()
    ]
    yield from columns(actions)


@click.command()
@click.option("--on", callback=as_day, help="As it stood on this day.  [default: today]")
@as_json
@command
def processes(session: Session, on: date | None, as_json: bool) -> None:
    """Tell who answers for each process and who may stop it."""
    here = session.jurisdiction
    found = list(matrix(here.register, here.processes, on or session.today()))
    if as_json:
        lead = here.country.lead_agency
        print_json({"lead_agency": lead, "processes": found})
        return
    say(f"Lead agency: {here.country.lead_agency or 'none'}")
    for row in found:
        say()
        for line in _process(row):
            say(line)
    if not found:
        say("No process is described.")


def _process(row: Row) -> Iterator[str]:
    one = row.process
    yield f"{one.id}  {in_language(one.name)}"
    parts = {
        "answers": one.accountable,
        "carry out": one.responsible,
        "consulted": one.consulted,
        "informed": one.informed,
    }
    told = [(f"  {name}", ", ".join(agencies)) for name, agencies in parts.items() if agencies]
    vetoes: dict[str, list[str]] = {}
    for veto in row.vetoes:
        vetoes.setdefault(veto.agency, []).append(veto.power)
    if vetoes:
        stops = (f"{agency} ({', '.join(powers)})" for agency, powers in vetoes.items())
        told.append(("  may stop it", ", ".join(stops)))
    yield from columns(told)
