"""Rows read from the log: cases, movements, work lists, the secrets of days.

The rows that an act changes are written with its events.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from gatepost.casework.case import Case, Status
from gatepost.casework.labels import labels_of, party_label
from gatepost.casework.movement import Movement
from gatepost.kernel.reference import country_of
from gatepost.kernel.regime import Regime
from gatepost.ledger.model import Change, Gone, Row
from gatepost.release.model import WHOLE, Interest, covers
from gatepost.release.settle import broken, stands
from gatepost.release.state import ReleaseState
from gatepost.risk.events import SecretCommitted, SecretRevealed

CASE, MOVEMENT, WORK, PARTY, RANDOM = "case", "movement", "work", "party", "random"
DAY, CALL, EQUIPMENT = "day", "call", "equipment"
ACTION = "action"
READ, LISTED, REFUSED = "read", "listed", "refused"
INSTRUMENT, INDICATOR, STAMP = "instrument", "indicator", "stamp"
INSTRUCTION, COMMITTEE, FEED, FINDING = "instruction", "committee", "feed", "finding"

# In the order of the state: what was first stays first when a row is read again.
_encode = msgspec.json.Encoder().encode
decode_case = msgspec.json.Decoder(Case).decode
decode_movement = msgspec.json.Decoder(Movement).decode


class WorkItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of an agency's work list: what it can do now on which case, and since when.

    ``action`` is ``control``, ``decide``, ``meet``: a condition it set is still open, ``answer``:
    an appeal has no answer yet, ``carry_out``: an appeal was granted and nothing done on it,
    ``agree``: its decision and another's cannot both stand, or ``rule``: the named decider rules.
    ``officer`` has taken it, if anybody; ``unit`` holds the case, where it was handed over.
    ``appealed`` tells when the appeal was lodged that the agency owes an answer besides.
    """

    reference: str
    agency: str
    action: str
    targets: tuple[str, ...]
    since: datetime
    controls: tuple[str, ...] = ()
    officer: str | None = None
    unit: str | None = None
    appealed: datetime | None = None


class PartyItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of a party's list of cases: what it is, and its one status (SW-06)."""

    reference: str
    status: Status
    regime: Regime
    declarant: str
    functional_reference: str
    accepted_at: datetime


decode_work_item = msgspec.json.Decoder(WorkItem).decode
decode_party_item = msgspec.json.Decoder(PartyItem).decode


def stream_of(view: str, key: str) -> str:
    """Return the stream of a case, a movement or a day's secret."""
    return f"{view}/{key}"


def instant(moment: datetime) -> str:
    """Return ``moment`` as text that sorts as time does."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def case_rows(reference: str, case: Case, interests: Mapping[str, Interest]) -> Iterator[Row]:
    """Yield the rows of a case: its state, a line for each party and each agency with work.

    The line of a party carries its id where that of a work list carries the agency's.
    """
    lodged = case.known
    accepted = instant(lodged.accepted_at)
    labels = labels_of(lodged, case.agencies, country_of(reference))
    yield Row(CASE, reference, _encode(case), None, lodged.post, accepted, labels)
    for party in lodged.parties:
        mine = _encode(
            PartyItem(
                reference,
                case.status,
                lodged.regime,
                lodged.declarant,
                lodged.functional_reference,
                lodged.accepted_at,
            )
        )
        own = (party_label(lodged, party, country_of(reference)),)
        yield Row(PARTY, f"{party}|{reference}", mine, party, lodged.post, accepted, own)
    for call in case.controls.summons.values():
        key = f"{call.agency}|{reference}|{call.id}"
        yield Row(CALL, key, _encode(call), call.agency, lodged.post, instant(call.at))
    for item in work_items(reference, case, interests):
        yield Row(
            WORK,
            f"{item.agency}|{reference}",
            _encode(item),
            item.agency,
            lodged.post,
            instant(item.since),
        )


def work_items(reference: str, case: Case, interests: Mapping[str, Interest]) -> Iterator[WorkItem]:
    """Yield what each agency can do now; what waits for the trader is on no list.

    Work does not end with the release or the removal: inland controls follow, what they find
    is decided, a condition is still to be met, and an appeal to be answered.
    """
    if case.status == "withdrawn":
        return
    appeals = case.release.open_appeals
    for item in _items(reference, case, interests):
        appealed = appeals.get(item.agency)
        yield msgspec.structs.replace(item, appealed=appealed) if appealed else item


def _items(reference: str, case: Case, interests: Mapping[str, Interest]) -> Iterator[WorkItem]:
    """Yield one item for each agency that can do something now, what is most urgent first."""
    lodged = case.known
    by_agency: dict[str, tuple[list[str], list[str]]] = {}
    for key, interest in interests.items():
        controls = (*interest.controls, *interest.inland)
        # Nothing the trader brings would help where the goods are forbidden or a term is over.
        past_help = interest.prohibited or broken(case.release, interest)
        decidable = interest.ready or (past_help and not controls)
        if decidable and stands(case.release, key, interest):
            continue
        if not (controls or decidable):
            continue
        targets, todo = by_agency.setdefault(interest.agency, ([], []))
        targets.append(interest.target)
        todo.extend(controls)
    for agency, (targets, todo) in sorted(by_agency.items()):
        since = case.needs_met_at.get(agency, lodged.accepted_at)
        action = "control" if todo else "decide"
        holder, unit = case.assigned.get(agency), case.held.get(agency)
        yield WorkItem(reference, agency, action, tuple(targets), since, tuple(todo), holder, unit)
    released = case.release.released
    if released is not None:
        for item in _conditions(reference, case.release, released.at, by_agency):
            yield msgspec.structs.replace(item, officer=case.assigned.get(item.agency))
            by_agency[item.agency] = ([], [])
    for item in _conflicts(reference, case.release, by_agency):
        yield msgspec.structs.replace(item, officer=case.assigned.get(item.agency))
        by_agency[item.agency] = ([], [])
    for item in _appeals(reference, case.release, by_agency):
        yield msgspec.structs.replace(item, officer=case.assigned.get(item.agency))


def _conflicts(
    reference: str, release: ReleaseState, busy: Mapping[str, object]
) -> Iterator[WorkItem]:
    """Yield the agencies with nothing else to do that are in a conflict not ended yet."""
    differ: dict[str, WorkItem] = {}
    for conflict in release.conflicts.values():
        action = "rule" if conflict.referred else "agree"
        for one in release.decisions.values():
            if one.kind in conflict.kinds and covers(conflict.target, one.target):
                item = WorkItem(reference, one.agency, action, (conflict.target,), one.at)
                differ.setdefault(one.agency, item)
    yield from (item for agency, item in sorted(differ.items()) if agency not in busy)


def _appeals(reference: str, release: ReleaseState, busy: Container[str]) -> Iterator[WorkItem]:
    """Yield the agencies with nothing else to do that owe an appeal an answer, or its effect."""
    for agency, at in sorted(release.open_appeals.items()):
        if agency not in busy:
            yield WorkItem(reference, agency, "answer", (WHOLE,), at)
    if release.removed_at is None:
        for agency, at in sorted(release.to_carry_out.items()):
            if agency not in busy and agency not in release.open_appeals:
                yield WorkItem(reference, agency, "carry_out", (WHOLE,), at)


def _conditions(
    reference: str, release: ReleaseState, since: datetime, busy: Container[str]
) -> Iterator[WorkItem]:
    """Yield the agencies that wait for a condition to be met and have nothing else to do."""
    waiting: dict[str, list[str]] = {}
    for one in release.open_conditions:
        if one.agency not in busy:
            waiting.setdefault(one.agency, []).extend(one.targets)
    for agency, targets in sorted(waiting.items()):
        yield WorkItem(reference, agency, "meet", tuple(dict.fromkeys(targets)), since)


def movement_row(key: str, movement: Movement) -> Row:
    """Return the row of a movement."""
    at = instant(movement.arrived_at) if movement.arrived_at else None
    return Row(MOVEMENT, key, _encode(movement), None, movement.post, at)


def difference(before: Iterable[Row], after: Iterable[Row]) -> tuple[Change, ...]:
    """Return what changes the rows ``before`` into those ``after``."""
    old = {(row.view, row.key): row for row in before}
    new = {(row.view, row.key): row for row in after}
    gone = tuple(Gone(*key) for key in old if key not in new)
    return (*(row for key, row in new.items() if old.get(key) != row), *gone)


def secret_row(day: str, body: SecretCommitted | SecretRevealed, earlier: Row | None) -> Row:
    """Return the row of a day's secret: the digest published, and the secret once revealed."""
    known = msgspec.json.decode(earlier.value) if earlier else {}
    if isinstance(body, SecretCommitted):
        known["digest"] = body.digest
    else:
        known["secret"] = body.secret
    return Row(RANDOM, day, _encode(known), None, None, day)
