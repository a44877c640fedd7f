"""What was shown to whom, by which right: put on record, and reported from the record (IX-03)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import chain

import msgspec

from gatepost.authority.disclosure import Right
from gatepost.casework import projection
from gatepost.casework.desk import Desk
from gatepost.casework.events import CaseRead, CasesListed, FiguresDisclosed, ReadRefused
from gatepost.kernel.actor import Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.event import Body, Event
from gatepost.ledger.model import Append, Commit, Done, Row, Sight, Stale


class Disclosed(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of the report: who was shown what, for what and by which right, or refused.

    ``references`` are the cases; ``until`` is the last day on which the recipient may keep it
    as it is, by ``then`` what the instrument says.
    """

    at: datetime
    actor: str
    agency: str | None
    purpose: str
    channel: str
    right: str = ""
    rights: tuple[Right, ...] = ()
    elements: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    count: int | None = None
    refused: str | None = None
    until: date | None = None


def put_on_record(
    desk: Desk, stream: str, actor: Actor, agency: str, body: Body, now: datetime
) -> None:
    """Append what was shown or refused; whoever else reads meanwhile is not lost."""
    event = Event(now, body, actor=actor, agency=agency or None)
    version, digest = desk.versions.get(stream, 0), digest_of(event)
    while True:
        key = f"{stream}|{version + 1}"
        row = disclosed_row(key, event)
        append = Append(stream, version, (event,))
        commit = Commit(f"read|{key}|{digest}", "", now, (append,), (row,) if row else ())
        match desk.ledger.commit(commit):
            case Done():
                desk.versions[stream] = version + 1
                return
            case Stale(found=found):
                version = found
            case _:
                version += 1


def disclosures_of(desk: Desk, reference: str) -> list[Disclosed]:
    """Return who was shown a case, by what right, and who was refused it, oldest first."""
    read = (
        _entry(f"{projection.READ}/{reference}", recorded.event)
        for recorded in desk.ledger.read(projection.stream_of(projection.READ, reference))
    )
    rows = desk.ledger.rows(projection.LISTED, label=f"case:{reference}")
    listed = (msgspec.structs.replace(decoded(row), references=(reference,)) for row in rows)
    found = [entry for entry in chain(read, listed) if entry is not None]
    return sorted(found, key=lambda one: one.at)


def received_by(desk: Desk, agency: str, month: date, seen: Sight | None = None) -> list[Disclosed]:
    """Return what an agency was shown, or refused, in the month of a day, oldest first.

    ``seen`` is whose eyes look at it; ``None`` means all.
    """
    zone = desk.jurisdiction.zone
    first = datetime(month.year, month.month, 1, tzinfo=zone)
    after = (first + timedelta(days=32)).replace(day=1)
    since, before = projection.instant(first), projection.instant(after)
    rows = [
        row
        for view in (projection.READ, projection.LISTED)
        for row in desk.ledger.rows(view, agency, seen=seen, since=since, before=before)
    ]
    return sorted((decoded(row) for row in rows), key=lambda one: one.at)


def disclosed_row(key: str, event: Event) -> Row | None:
    """Return the row of the reports for the event under ``stream|version``, if it is one of them.

    Only what was shown together is found by its cases; a single one has a stream of its own.
    """
    stream = key.rpartition("|")[0]
    entry = _entry(stream, event)
    if entry is None:
        return None
    view = stream.split("/", 1)[0]
    labels = tuple(f"case:{one}" for one in entry.references) if view == projection.LISTED else ()
    at = projection.instant(event.at)
    return Row(view, key, msgspec.json.encode(entry), event.agency, None, at, labels)


def decoded(row: Row) -> Disclosed:
    """Return the entry that a row of the reports holds."""
    return msgspec.json.decode(row.value, type=Disclosed)


def _entry(stream: str, event: Event) -> Disclosed | None:
    body = event.body
    if not isinstance(body, CaseRead | ReadRefused | CasesListed | FiguresDisclosed):
        return None
    reference = stream.split("/", 1)[1]
    entry = Disclosed(
        event.at,
        event.actor.id,
        event.agency,
        body.purpose,
        body.channel,
        references=(reference,) if stream.startswith(f"{projection.READ}/") else (),
    )
    match body:
        case CaseRead():
            return msgspec.structs.replace(
                entry,
                right=body.right,
                rights=body.rights,
                elements=body.elements,
                until=body.until,
            )
        case ReadRefused():
            return msgspec.structs.replace(entry, refused=body.code)
        case CasesListed():
            return msgspec.structs.replace(
                entry, references=body.references, count=body.count, elements=("list",)
            )
        case FiguresDisclosed():
            return msgspec.structs.replace(
                entry,
                right=body.rights[0].name if body.rights else "",
                rights=body.rights,
                elements=body.elements,
                count=body.cells,
            )
