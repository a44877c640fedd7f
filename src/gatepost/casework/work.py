"""One act's unit of work: read, let happen, settle, and commit everything or nothing."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import Any

import msgspec

from gatepost.casework import case as cases
from gatepost.casework import movement as movements
from gatepost.casework import projection
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk, Observe, observed
from gatepost.casework.events import CaseDepersonalised
from gatepost.casework.movement import Movement
from gatepost.casework.view import view_of
from gatepost.consignment.model import Consignment
from gatepost.kernel.actor import SYSTEM, Actor
from gatepost.kernel.event import Body, Event, Source
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.moment import fixed
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Append, Commit, Outcome, Row
from gatepost.lodgement import rules as lodgement_rules
from gatepost.lodgement.events import DeclarationAmended, DeclarationRegistered
from gatepost.release.model import Interest

ATTEMPTS = 8
"""How often a use case reads and decides again when another writer was faster."""


class Work:
    """Collects the events of one act over any number of cases and movements.

    ``now`` is when the act is recorded, ``at`` when it happened, in ``zone``.
    """

    def __init__(
        self,
        desk: Desk,
        now: datetime,
        at: datetime | None = None,
        source: Source = "system",
        zone: str | None = None,
        actor: Actor = SYSTEM,
    ) -> None:
        desk.refresh()
        self.desk = desk
        self.now = fixed(now)
        self.at = fixed(at or now)
        self.source = source
        self.zone = zone or desk.jurisdiction.country.zone
        self.actor = actor
        self._cases: dict[str, Case] = {}
        self._movements: dict[str, Movement] = {}
        self._seen: dict[str, int] = {}
        self._before: dict[str, Case] = {}
        self._new: dict[str, list[Event]] = {}
        self._views: dict[str, Consignment] = {}
        self._interests: dict[str, tuple[Case, dict[str, Interest]]] = {}

    @property
    def observe(self) -> Observe:
        """What measures the steps of this work."""
        return self.desk.observe

    @property
    def happened(self) -> list[Event]:
        """Return everything that happened, stream by stream, as the ledger keeps it."""
        return [event for events in self._new.values() for event in events]

    @cached_property
    def day(self) -> date:
        """The day of the act, by which authority is asked."""
        return self.desk.jurisdiction.law_day(self.at)

    def case(self, reference: str) -> Case:
        """Return the case as it stands within this work; ``Refused`` if there is none."""
        found = self._cases.get(reference)
        if found is None:
            value = self.desk.ledger.row(projection.CASE, reference)
            if value is None:
                raise Refused([lodgement_rules.UNKNOWN_REFERENCE.notice(reference=reference)])
            found = self._cases[reference] = projection.decode_case(value)
            self._before[reference] = found
            self._seen[projection.stream_of(projection.CASE, reference)] = found.version
        return found

    def interests(self, reference: str) -> dict[str, Interest]:
        """Return who has a say in what; worked out again only when needs or controls changed."""
        case = self.case(reference)
        known = self._interests.get(reference)
        if known and known[0].needs is case.needs and known[0].controls is case.controls:
            return known[1]
        found = case.interests(self.desk.jurisdiction.users_on)
        self._interests[reference] = (case, found)
        return found

    def touched(self, reference: str) -> bool:
        """Tell whether this work already holds the case."""
        return reference in self._cases

    def open_case(self, reference: str) -> None:
        """Begin a case that is not on record yet."""
        self._cases[reference] = Case()
        self._seen[projection.stream_of(projection.CASE, reference)] = 0

    def movement(self, key: str) -> Movement:
        """Return the movement as it stands within this work; a new one if there is none."""
        self.look_up(key)
        return self._movements[key]

    def look_up(self, *keys: str) -> None:
        """Read movements that will be asked for, all in one question to the ledger."""
        new = [key for key in keys if key not in self._movements]
        if not new:
            return
        values = self.desk.ledger.values(projection.MOVEMENT, new)
        for key in new:
            value = values.get(key)
            found = projection.decode_movement(value) if value else Movement()
            self._movements[key] = found
            self._seen[projection.stream_of(projection.MOVEMENT, key)] = found.version

    def happen(
        self,
        reference: str,
        body: Body,
        *,
        agency: str | None = None,
        rule: str | None = None,
        legal_basis: tuple[LegalBasis, ...] = (),
        actor: Actor | None = None,
        at: datetime | None = None,
    ) -> Event:
        """Let ``body`` happen to a case, at the moment of the act unless ``at`` tells another."""
        event = self._event(body, agency, rule, legal_basis, actor)
        if at is not None:
            event = msgspec.structs.replace(event, at=at)
        self._cases[reference] = cases.evolve(self._cases[reference], event)
        self._append(projection.stream_of(projection.CASE, reference), event)
        return event

    def move(self, key: str, body: Body, *, legal_basis: tuple[LegalBasis, ...] = ()) -> None:
        """Let ``body`` happen to a movement."""
        event = self._event(body, None, None, legal_basis, None)
        self._movements[key] = movements.evolve(self.movement(key), event)
        self._append(projection.stream_of(projection.MOVEMENT, key), event)

    def _event(
        self,
        body: Body,
        agency: str | None,
        rule: str | None,
        legal_basis: tuple[LegalBasis, ...],
        actor: Actor | None,
    ) -> Event:
        return Event(
            self.at, body, self.zone, self.source, actor or self.actor, agency, rule, legal_basis
        )

    def _append(self, stream: str, event: Event) -> None:
        self._new.setdefault(stream, []).append(event)

    def dataset(self, reference: str) -> dict[str, Any]:
        """Return the data set of a case as it was last lodged or amended."""
        stream = projection.stream_of(projection.CASE, reference)
        for event in reversed(self._new.get(stream, [])):
            if isinstance(event.body, DeclarationRegistered | DeclarationAmended):
                return event.body.dataset
        version = self.case(reference).known.dataset_at
        body = self.desk.ledger.read(stream, version - 1)[0].event.body
        if isinstance(body, DeclarationRegistered | DeclarationAmended | CaseDepersonalised):
            return body.dataset
        raise Refused([lodgement_rules.BODY_DELETED.notice(reference=reference)])

    def consignment(self, reference: str) -> Consignment:
        """Return the consignment of a case as rules read it, the actual arrival once known."""
        found = self._views.get(reference)
        if found is None:
            known = self.case(reference).known
            found = self._views[reference] = view_of(
                self.dataset(reference),
                known.regime,
                known.day,
                self.desk.jurisdiction.zone,
                self.desk.jurisdiction.exchange(known.day),
                known.numbers,
                known.arrived_at,
            )
        return found

    def look_as(self, reference: str, consignment: Consignment | None) -> None:
        """Take ``consignment`` as what rules read of a case; ``None`` reads it again."""
        if consignment is None:
            self._views.pop(reference, None)
        else:
            self._views[reference] = consignment

    @observed("commit")
    def commit(self, act: str, digest: str) -> Outcome:
        """Write every event and every row it changes, under the key of the act."""
        users = self.desk.jurisdiction.users_on
        appends: list[Append] = []
        before: list[Row] = []
        after: list[Row] = []
        for stream, events in self._new.items():
            appends.append(Append(stream, self._seen[stream], tuple(events)))
            view, key = stream.split("/", 1)
            if view == projection.MOVEMENT:
                after.append(projection.movement_row(key, self._movements[key]))
                continue
            after.extend(projection.case_rows(key, self._cases[key], self.interests(key)))
            if key in self._before:
                earlier = self._before[key]
                before.extend(projection.case_rows(key, earlier, earlier.interests(users)))
        changes = projection.difference(before, after)
        return self.desk.ledger.commit(Commit(act, digest, self.now, tuple(appends), changes))
