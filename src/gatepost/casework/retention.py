"""Keeping a case no longer than the law lets it: what is due, and deleting or depersonalising it.

Of every body that goes an event tells first by which rule and law (``ledger:body:deleted``), so the
audit log still proves that nothing else was taken away. Envelopes stay: what happened when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from gatepost.authority.retention import Asked, Kept, RetentionRule, Then, kept
from gatepost.casework import projection
from gatepost.casework.case import Case, evolve
from gatepost.casework.desk import Desk
from gatepost.casework.events import CaseDepersonalised
from gatepost.consignment.masking import WHOLE, masked
from gatepost.kernel.actor import OPERATOR
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.event import Event
from gatepost.ledger.events import BodyDeleted, deletion_stream
from gatepost.ledger.model import Append, Commit, Done, Recorded, Row, Withheld
from gatepost.lodgement.events import DeclarationAmended, DeclarationRegistered

OVER = frozenset(("removed", "withdrawn", "denied"))
"""The states of a case in which nothing more is awaited of anybody."""
PEOPLE = frozenset(("officer", "text", "reason", "values", "functional_reference", "declarant"))
"""The fields of a case in which somebody may be named: they are empty once it has no people."""
PAGE = 500


class Ended(msgspec.Struct, frozen=True, omit_defaults=True):
    """A case that ended, on which day, and how long it is kept."""

    reference: str
    ended: date
    kept: Kept


class Gone(msgspec.Struct, frozen=True):
    """A case whose term was over: what was done, how many bodies went, by which rules."""

    reference: str
    ended: date
    until: date
    then: Then
    bodies: int
    rules: tuple[str, ...]


class Run(msgspec.Struct, frozen=True):
    """What a run did, or would do; ``without_rule`` counts cases kept for want of a rule."""

    day: date
    dry: bool
    cases: tuple[Gone, ...]
    bodies: int
    without_rule: dict[str, int]


def term_of(desk: Desk, reference: str, case: Case, day: date) -> Ended | None:
    """Return when a case ended and how long it is kept; ``None`` while it goes on."""
    if case.status not in OVER or case.release.open_holds or case.release.open_conditions:
        return None
    events = desk.ledger.read(projection.stream_of(projection.CASE, reference))
    if not events or any(isinstance(one.event.body, CaseDepersonalised) for one in events):
        return None
    ended = desk.jurisdiction.law_day(max(one.event.at for one in events))
    known, users = case.known, desk.jurisdiction.users_on(day)
    # Who only reads, such as statistics, keeps figures: the case is not kept for it.
    agencies = tuple(one for one in case.agencies if one not in users)
    asked = Asked(agencies, known.regime, known.post, known.commodities, known.people, ended)
    return Ended(reference, ended, kept(desk.jurisdiction.retention, asked, day))


def run(
    desk: Desk,
    now: datetime,
    dry: bool = False,
    advance: Callable[[int], Any] = lambda looked_at: None,
) -> Run:
    """Delete or depersonalise every case whose term is over; with ``dry`` only tell which.

    Each case by itself, as a whole or not at all: a run that is cut off goes on where it was.
    """
    day = desk.jurisdiction.law_day(now)
    done: list[Gone] = []
    without: dict[str, int] = {}
    for number, row in enumerate(_candidates(desk, day), 1):
        advance(number)
        ended = term_of(desk, row.key, projection.decode_case(row.value), day)
        if ended is None:
            continue
        for agency in ended.kept.without:
            without[agency] = without.get(agency, 0) + 1
        if ended.kept.is_over(day) and (gone := _end(desk, ended, now, dry)) is not None:
            done.append(gone)
    return Run(day, dry, tuple(done), sum(one.bodies for one in done), without)


def _candidates(desk: Desk, day: date) -> Iterator[Row]:
    """Yield the cases old enough for the shortest term, page by page; they may change meanwhile."""
    terms = [parse_duration(one.keep) for one in desk.jurisdiction.retention]
    if not terms:
        return
    last = datetime.combine(day - min(terms), datetime.min.time(), desk.jurisdiction.zone)
    end = projection.instant(last + timedelta(days=1))
    mark: tuple[str, str] | None = None
    while True:
        page = desk.ledger.page(projection.CASE, None, seen=None, after=mark, limit=PAGE)
        for row in page:
            if (row.at or "") >= end:
                return
            yield row
        if len(page) < PAGE:
            return
        mark = (page[-1].at or "", page[-1].key)


def _end(desk: Desk, ended: Ended, now: datetime, dry: bool) -> Gone | None:
    """Put the deletion on record and delete, in one transaction; ``None`` if others were first."""
    stream = projection.stream_of(projection.CASE, ended.reference)
    events = desk.ledger.read(stream)
    bare = [one for one in events if not isinstance(one.event.body, Withheld)]
    rules = ended.kept.rules
    assert ended.kept.until is not None
    names = tuple(one.id for one in rules)
    gone = Gone(ended.reference, ended.ended, ended.kept.until, ended.kept.then, len(bare), names)
    if dry:
        return gone
    with desk.ledger.group():
        if not isinstance(desk.ledger.commit(_commit(desk, ended, events, bare, now)), Done):
            return None
        for one in bare:
            desk.ledger.withhold(stream, one.version)
    return gone


def _commit(
    desk: Desk, ended: Ended, events: list[Recorded], bare: list[Recorded], now: datetime
) -> Commit:
    stream = projection.stream_of(projection.CASE, ended.reference)
    decisive = _decisive(ended.kept)
    appends = [
        Append(
            deletion_stream(stream, one.version),
            0,
            (_event(now, BodyDeleted(stream, one.version), decisive),),
        )
        for one in bare
    ]
    value = desk.ledger.row(projection.CASE, ended.reference)
    case = projection.decode_case(value or b"")
    before = _rows(desk, ended.reference, case)
    after: list[Row] = []
    if ended.kept.then == "depersonalise":
        event = _event(now, _left_of(desk, case, events), decisive)
        appends.append(Append(stream, len(events), (event,)))
        after = _rows(desk, ended.reference, evolve(case, event))
    changes = projection.difference(before, after)
    key = f"retention|{ended.reference}|{len(events)}"
    return Commit(key, ended.kept.then, now, tuple(appends), changes)


def _event(now: datetime, body: BodyDeleted | CaseDepersonalised, rule: RetentionRule) -> Event:
    return Event(
        now, body, actor=OPERATOR, agency=rule.agency, rule=rule.id, legal_basis=rule.legal_basis
    )


def _decisive(term: Kept) -> RetentionRule:
    """Return the rule behind what is done: the last that ran out, of those that say so much."""
    return [one for one in term.rules if one.then == term.then][-1]


def _rows(desk: Desk, reference: str, case: Case) -> list[Row]:
    users = desk.jurisdiction.users_on
    return list(projection.case_rows(reference, case, case.interests(users)))


def _left_of(desk: Desk, case: Case, events: list[Recorded]) -> CaseDepersonalised:
    """Return a case without anything in which somebody may be named, and its goods."""
    known = msgspec.structs.replace(
        case.known,
        digest="",
        agent=None,
        parties=(),
        movement=case.known.reference,
        dataset_at=len(events) + 1,
    )
    plain = msgspec.structs.replace(case, lodged=known, asked=(), reports=())
    return CaseDepersonalised(_nameless(msgspec.to_builtins(plain)), _goods(desk, case, events))


def _nameless(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: type(one)() if key in PEOPLE and isinstance(one, str | dict) else _nameless(one)
            for key, one in value.items()
        }
    return [_nameless(one) for one in value] if isinstance(value, list | tuple) else value


def _goods(desk: Desk, case: Case, events: list[Recorded]) -> dict[str, Any]:
    """Return the data set as far as no class of data calls it personal."""
    classes = desk.jurisdiction.parts.get("data_class", ())
    personal = {e for one in classes if one.protected == "personal" for e in one.elements}
    open_ones = {e for one in classes if one.protected is None for e in one.elements} - personal
    for recorded in reversed(events):
        body = recorded.event.body
        if recorded.version == case.known.dataset_at and isinstance(
            body, DeclarationRegistered | DeclarationAmended
        ):
            return masked(body.dataset, lambda element: element != WHOLE and element in open_ones)
    return {}
