"""``gatepost notify``: what an agency's own system reports of cases that were lodged here."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import click
import msgspec

from gatepost.adapters.formats.ens.interface import Interface
from gatepost.adapters.formats.ens.notifications import hold_for, kind_of, report_of
from gatepost.adapters.formats.wco.notification import Notification, read
from gatepost.bootstrap import load_checked_interface
from gatepost.casework import rules as casework_rules
from gatepost.casework.disclosure import sight_for
from gatepost.casework.projection import CASE, decode_case
from gatepost.casework.receive import CaseFinder, Received, receive
from gatepost.cli.context import Session, as_json, at, command, plain_text
from gatepost.cli.output import Said, file_name, print_json, printable, said, say
from gatepost.cli.reading import read_bytes
from gatepost.kernel.notice import Notice, Refused


class Notified(msgspec.Struct, frozen=True):
    """What is printed of one file; ``event`` is ``null`` where the table has no such function."""

    file: str
    status: Literal["done", "repeated", "refused"]
    id: str | None
    function: str | None
    event: str | None
    late: bool
    reference: str | None
    happened: tuple[str, ...]
    notices: tuple[Said, ...]
    case: str | None


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--interface",
    default="uk_cds",
    show_default=True,
    metavar="NAME",
    help="The interface whose table tells what a function code means.",
)
@click.option(
    "--reference",
    metavar="REFERENCE",
    callback=plain_text,
    help="The case they are about.  [default: found by the numbers in each notification]",
)
@click.option(
    "--by",
    required=True,
    metavar="OFFICER",
    callback=plain_text,
    help="The officer who answers for the agency's system.",
)
@as_json
@at
@command
def notify(
    session: Session,
    files: tuple[str, ...],
    interface: str,
    reference: str | None,
    by: str,
    as_json: bool,
    at: datetime | None,
) -> None:
    """Take in the notification in each FILE.

    Reads WCO Response messages, with or without namespace; '-' is stdin. A moment without an
    offset is one of the jurisdiction's zone, and the number of a case one of ours, of an earlier
    report, or the trader's. The case follows what they decide. Late and repeated ones change
    nothing that came after them."""
    desk = _Counter(session, load_checked_interface(interface, session.cache), reference, by)
    refused = False
    for file in files:
        done = desk.take_in(file, session.now(at))
        refused |= done.status == "refused"
        _report(done, as_json)
    if desk.unmapped and not as_json:
        listed = ", ".join(f"{code} ({count})" for code, count in sorted(desk.unmapped.items()))
        click.echo(f"Not in the table of {interface}: {listed}", err=True)
    if refused:
        raise click.exceptions.Exit(1)


class _Counter:
    """Takes in one notification after the other, and counts the functions it does not know."""

    def __init__(
        self, session: Session, interface: Interface, reference: str | None, by: str
    ) -> None:
        self._desk = session.desk
        self._kinds = interface.parts["notification"]
        self._reference = reference
        self._by = by
        self._finder: CaseFinder | None = None
        self.unmapped: dict[str, int] = {}

    def _finding(self, now: datetime) -> CaseFinder:
        if self._finder is None:
            self._finder = CaseFinder(self._desk, self._desk.actor(self._by), now)
        return self._finder

    def take_in(self, file: str, now: datetime) -> Notified:
        """Return what came of the notification in ``file``."""
        told: Notification | None = None
        event: str | None = None
        reference: str | None = None
        done: Received | None = None
        notices: tuple[Notice, ...] = ()
        try:
            told = read(read_bytes(file), self._desk.jurisdiction.zone)
            kind = kind_of(told.function, self._kinds, told.issued.date())
            event = kind.event if kind else None
            if kind is None:
                self.unmapped[told.function] = self.unmapped.get(told.function, 0) + 1
            reference = self._reference or self._finding(now).find(
                told.number, told.functional_reference
            )
            report = report_of(told, kind, self._agency())
            law = kind.legal_basis if kind else ()
            done = receive(self._desk, reference, report, self._by, now, law, hold_for(kind))
            self._finding(now).learn(reference, told.number)
            notices = done.notices
        except Refused as refused:
            notices = refused.notices
        return Notified(
            file_name(file),
            done.status if done else "refused",
            told.id if told else None,
            told.function if told else None,
            event,
            done.late if done else False,
            reference,
            done.happened if done else (),
            said(notices),
            self._status(reference, now),
        )

    def _agency(self) -> str:
        actor = self._desk.actor(self._by)
        if actor.agency is None:
            raise Refused([casework_rules.NOT_AN_OFFICER.notice(actor=self._by)])
        return actor.agency

    def _status(self, reference: str | None, now: datetime) -> str | None:
        if reference is None:
            return None
        seen = sight_for(self._desk, self._desk.actor(self._by), now)
        value = self._desk.ledger.row(CASE, reference, seen)
        return decode_case(value).status if value else None


def _report(done: Notified, as_json: bool) -> None:
    if as_json:
        print_json(done)
        return
    event = done.event or ("not in the table" if done.function else "")
    words = (done.status.ljust(8), done.function or "  ", event, done.reference or "")
    late = "late" if done.late else ""
    say("  ".join((*words, done.case or "", late, done.file)))
    for one in done.notices:
        place = " ".join(part for part in (one.code, done.file, one.where) if part)
        click.echo(printable(f"{place}: {one.sentence}"), err=True)
