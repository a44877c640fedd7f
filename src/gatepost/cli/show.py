"""``gatepost show`` and ``gatepost why``: a case, and the reasons behind its steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import click
import msgspec

from gatepost.adapters.formats import json_lodgement, wco
from gatepost.authority.clause import Channel
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.reading import CaseStatus, Reading, read_case, status_of
from gatepost.casework.story import STEPS, Why, reasons
from gatepost.casework.telling import agency_name, tell, zone_of
from gatepost.cli.context import Session, as_json, at, by, command, purpose
from gatepost.cli.output import cited, columns, moment, print_json, say
from gatepost.cli.respond import case_response
from gatepost.kernel.notice import Refused
from gatepost.kernel.reference import is_reference
from gatepost.lodgement import rules as lodgement_rules


class Reason(msgspec.Struct, frozen=True):
    """One reason as a program reads it."""

    step: str
    at: datetime
    event: str
    rule: str | None
    sentence: str | None
    agency: str | None
    target: str | None
    legal_basis: str
    says: str
    values: dict[str, object]


@click.command()
@click.argument("reference", metavar="REF")
@click.option(
    "--as",
    "form",
    type=click.Choice(["story", "json", "wco", "response", "status"]),
    default="story",
    show_default=True,
    help="The story for people, what was lodged as JSON or WCO XML, the WCO response message, "
    "or the one status.",
)
@as_json
@by
@purpose
@at
@command
def show(
    session: Session,
    reference: str,
    form: str,
    as_json: bool,
    by: str | None,
    purpose: str | None,
    at: datetime | None,
) -> None:
    """Show the case REF, as far as it is open to who asks."""
    channel: Channel = "export" if form in ("json", "wco", "response") else "read"
    reading = read(session, reference, by, at, purpose, channel)
    if form == "json":
        click.echo(json_lodgement.write(reading.dataset))
    elif form == "wco":
        click.echo(wco.write(reading.dataset))
    elif form == "response":
        click.echo(case_response(session.desk, reading))
    elif form == "status":
        _status(session, reading, as_json)
    else:
        _story(session, reading, as_json)


def read(
    session: Session,
    reference: str,
    by: str | None,
    at: datetime | None,
    purpose: str | None = None,
    channel: Channel = "read",
) -> Reading:
    """Return the case as far as it is open to who asks; that it was read goes on record."""
    name = reference_of(reference)
    return read_case(session.desk, name, session.actor(by), session.now(at), purpose, channel)


def reference_of(text: str) -> str:
    """Return a reference as it is kept; ``Refused`` with LODGE-301 if it can be nobody's."""
    name = text.upper()
    if not (name.isascii() and is_reference(name)):
        raise Refused([lodgement_rules.UNKNOWN_REFERENCE.notice(reference=text)])
    return name


def _story(session: Session, reading: Reading, as_json: bool) -> None:
    if as_json:
        print_json(tell(session.desk, reading))
        return
    for text in story_lines(session.desk, reading):
        say(text)


def story_lines(desk: Desk, reading: Reading) -> list[str]:
    """Return the five lines of a case's story, their columns below each other."""
    rows, day = [], ""
    for line in tell(desk, reading):
        shown = moment(line.at) if line.at else ""
        # A day is named once, so that the eye finds the hours.
        time = shown if shown[:10] != day else " " * 11 + shown[11:]
        day = shown[:10] or day
        rows.append((line.name, time, line.what, line.beside))
    return columns(rows)


def _status(session: Session, reading: Reading, as_json: bool) -> None:
    case, desk = reading.case, session.desk
    status: CaseStatus = status_of(reading.reference, case, desk.jurisdiction.users_on)
    if as_json:
        print_json(status)
        return
    zone = zone_of(desk, case)
    say(f"{status.reference}  {status.status}")
    rows = [
        (
            f"  waits for {agency_name(desk, case, one.agency)}",
            f"since {moment(one.since.astimezone(zone))}",
            one.action,
            ", ".join(one.what),
        )
        for one in status.waiting
    ]
    for text in columns(rows):
        say(text)


@click.command()
@click.argument("reference", metavar="REF")
@click.argument("step", required=False, type=click.Choice(STEPS), metavar="[STEP]")
@as_json
@by
@purpose
@at
@command
def why(
    session: Session,
    reference: str,
    step: str | None,
    as_json: bool,
    by: str | None,
    purpose: str | None,
    at: datetime | None,
) -> None:
    """Tell why the case REF is as it is.

    Each step with its rule, agency and law. STEP is one of lodge, needs, risk, control, decide,
    release; all of them without it.
    """
    reading = read(session, reference, by, at, purpose)
    found = list(reasons(reading.events, step))
    if as_json:
        print_json([_reason(session, one) for one in found])
        return
    for text in told(session.desk, reading.case, found):
        say(text)


def _reason(session: Session, one: Why) -> Reason:
    sentence = session.jurisdiction.sentence_of(one.rule) if one.rule else None
    return Reason(
        one.step,
        one.at,
        one.event,
        one.rule,
        sentence,
        one.agency,
        one.target,
        cited(one.legal_basis),
        one.says,
        one.values,
    )


def told(desk: Desk, case: Case, found: Iterable[Why]) -> Iterator[str]:
    """Yield the reasons for people: rule, agency and law, and below them what the rule says."""
    merged = _merged(found)
    zone = zone_of(desk, case)
    rows = [
        (
            one.step,
            one.rule or one.event,
            agency_name(desk, case, one.agency) if one.agency else "",
            cited(one.legal_basis),
        )
        for one, _ in merged
    ]
    indent = " " * (max((len(row[0]) for row in rows), default=0) + 2)
    for line, (one, targets) in zip(columns(rows), merged, strict=True):
        yield line
        sentence = desk.jurisdiction.sentence_of(one.rule) if one.rule else None
        if sentence:
            yield indent + sentence
        says = f"{one.says} ({', '.join(targets)})" if targets else one.says
        yield f"{indent}{moment(one.at.astimezone(zone))}  {says}"


def _merged(found: Iterable[Why]) -> list[tuple[Why, list[str]]]:
    """Return the reasons, those that differ only in their target as one."""
    merged: dict[tuple[object, ...], tuple[Why, list[str]]] = {}
    for one in found:
        key = (one.step, one.at, one.event, one.rule, one.agency, one.says)
        _, targets = merged.setdefault(key, (one, []))
        if one.target and one.target not in targets:
            targets.append(one.target)
    return list(merged.values())
