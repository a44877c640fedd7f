"""An index of the log for questions about people and things: identifiers, findings by party.

It catches up with the log when it is asked and not before, so that no lodgement waits for it and
nothing of it is kept that nobody asked for. Identifiers stand in it as keyed hashes alone. What a
retention rule deletes from a case leaves the index too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from gatepost.casework import projection
from gatepost.casework.desk import Desk
from gatepost.casework.view import view_of
from gatepost.consignment.model import Consignment, Party
from gatepost.control.events import FindingRecorded
from gatepost.control.model import Finding
from gatepost.kernel.regime import Regime
from gatepost.ledger.events import BodyDeleted, deleted_by
from gatepost.ledger.model import Change, Gone, Recorded, Row, Withheld
from gatepost.lodgement.events import DeclarationAmended, DeclarationRegistered
from gatepost.risk.links import MarkKind, mark_of, marks_in
from gatepost.risk.scheme import ROLES, Role

MARK, FOUND, INDEXED = "mark", "found", "indexed"

AT_ONCE = 10_000
"""Events taken over in one group: other writers wait no longer than that."""


class Found(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one control of an agency found in one case, as history keeps it.

    ``origin`` is that of what was looked at, ``parties`` the hashes of the traders by role. The
    rest is what the disclosure gate asks of a case.
    """

    reference: str
    agency: str
    check: str
    target: str
    day: date
    wrong: bool
    origin: str
    parties: dict[str, str]
    regime: Regime
    post: str | None
    commodities: tuple[str, ...]
    people: bool
    concerned: tuple[str, ...]


_decode = msgspec.json.Decoder(Found).decode


def cases_with(desk: Desk, kind: MarkKind, text: str) -> list[str]:
    """Return the references of cases that carry an identifier, however it is written."""
    catch_up(desk)
    label = f"{kind}:{mark_of(desk.mark_key, kind, text)}"
    return [row.key for row in desk.ledger.rows(MARK, label=label)]


def found_of(desk: Desk, role: Role, party: str) -> list[Found]:
    """Return what was found in the consignments of a party in a role, oldest first."""
    catch_up(desk)
    label = f"{role}:{mark_of(desk.mark_key, 'person', party)}"
    return [_decode(row.value) for row in desk.ledger.rows(FOUND, label=label)]


def found_by(desk: Desk, agency: str) -> list[Found]:
    """Return all that controls of an agency found, oldest first."""
    catch_up(desk)
    return [_decode(row.value) for row in desk.ledger.rows(FOUND, agency)]


def catch_up(desk: Desk) -> None:
    """Take over what was recorded since the index was asked last, a stretch at a time."""
    while _step(desk) == AT_ONCE:
        pass


def _step(desk: Desk) -> int:
    """Take over the next stretch of the log and return how many events it had.

    In a group, so that nothing is missed that another writer has just committed: a failure
    counts for the very next consignment.
    """
    with desk.ledger.group():
        value = desk.ledger.row(INDEXED, "position")
        start = last = int(value) if value else 0
        reading, count = _Reading(desk), 0
        for position, recorded in desk.ledger.read_all(start, AT_ONCE):
            reading.take(recorded)
            last, count = position, count + 1
        if count:
            at = Row(INDEXED, "position", str(last).encode())
            desk.ledger.put_rows([*reading.changes(), at])
    return count


class _Reading:
    """What is read of the tail of the log."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.lodged: dict[str, tuple[int, dict[str, Any]]] = {}
        self.findings: list[tuple[str, Finding]] = []
        self.deleted: set[str] = set()

    def take(self, recorded: Recorded) -> None:
        """Take one event."""
        view, _, reference = recorded.stream.partition("/")
        match recorded.event.body:
            case DeclarationRegistered() | DeclarationAmended() as body:
                self.lodged[reference] = (recorded.version, body.dataset)
            case FindingRecorded(finding=finding) if view == projection.CASE:
                self.findings.append((reference, finding))
            case BodyDeleted() as body:
                gone = deleted_by(body.name(), recorded.stream)
                if gone is not None and gone[0].startswith(f"{projection.CASE}/"):
                    self.deleted.add(gone[0].partition("/")[2])
            case _:
                pass

    def changes(self) -> Iterator[Change]:
        """Yield the rows that come of it."""
        for reference, (_, dataset) in self.lodged.items():
            if reference not in self.deleted:
                yield self._marks(reference, dataset)
        for reference, finding in self.findings:
            if reference not in self.deleted:
                yield from self._found(reference, finding)
        for reference in self.deleted:
            yield Gone(MARK, reference)
            for row in self.desk.ledger.rows(FOUND, label=f"case:{reference}"):
                yield Gone(FOUND, row.key)

    def _marks(self, reference: str, dataset: Mapping[str, Any]) -> Row:
        key = self.desk.mark_key
        labels = sorted(f"{kind}:{mark_of(key, kind, text)}" for kind, text in marks_in(dataset))
        return Row(MARK, reference, b"{}", labels=tuple(labels))

    def _found(self, reference: str, finding: Finding) -> Iterator[Row]:
        value = self.desk.ledger.row(projection.CASE, reference)
        if value is None:
            return
        case = projection.decode_case(value)
        known = case.known
        dataset = self._dataset(reference, known.dataset_at)
        if dataset is None:
            return
        here = self.desk.jurisdiction
        exchange = here.exchange(known.day)
        seen = view_of(dataset, known.regime, known.day, here.zone, exchange, known.numbers, None)
        parties = self._parties(seen)
        one = Found(
            reference,
            finding.agency,
            finding.check,
            finding.target,
            here.law_day(finding.at),
            finding.result == "nonconform",
            _origin(seen, finding.target),
            parties,
            known.regime,
            known.post,
            known.commodities,
            known.people,
            case.agencies,
        )
        labels = (f"case:{reference}", *(f"{role}:{mark}" for role, mark in parties.items()))
        at = projection.instant(finding.at)
        key = f"{reference}|{finding.id}"
        yield Row(FOUND, key, msgspec.json.encode(one), finding.agency, None, at, labels)

    def _dataset(self, reference: str, version: int) -> dict[str, Any] | None:
        """Return the data set of a case as it stands; ``None`` if a retention rule deleted it."""
        at, dataset = self.lodged.get(reference, (0, {}))
        if at == version:
            return dataset
        stream = projection.stream_of(projection.CASE, reference)
        body = self.desk.ledger.read(stream, version - 1)[0].event.body
        if isinstance(body, Withheld) or not isinstance(
            body, DeclarationRegistered | DeclarationAmended
        ):
            return None
        return body.dataset

    def _parties(self, seen: Consignment) -> dict[str, str]:
        found: dict[str, str] = {}
        for role in ROLES:
            party: Party | None = getattr(seen, role)
            if party is not None and party.id:
                found[role] = mark_of(self.desk.mark_key, "person", party.id)
        return found


def _origin(seen: Consignment, target: str) -> str:
    """Return the origin of what was looked at; of a whole consignment that of all its goods."""
    kind, _, number = target.partition("/")
    items = [one for one in seen.items if kind != "item" or str(one.number) == number]
    return "+".join(sorted({one.origin for one in items if one.origin}))
