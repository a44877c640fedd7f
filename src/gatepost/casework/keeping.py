"""An act on something other than a case: read, decide, and keep all of it or nothing.

What is kept has a stream of its own for each thing, and a row made from the stream. The same id
answers the same, and a refused act leaves nothing but the record of its refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from gatepost.casework import projection
from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.insiders import refused_act
from gatepost.casework.once import answered, answered_again
from gatepost.casework.work import ATTEMPTS
from gatepost.kernel.actor import Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.event import Body, Event
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.moment import fixed
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Append, Commit, Done, Row
from gatepost.lodgement import rules as lodgement_rules


class Keeping:
    """What one act reads and lets happen to things of one kind; ``kind`` is their view."""

    def __init__(self, desk: Desk, kind: str, actor: Actor, at: datetime) -> None:
        self.desk = desk
        self.kind = kind
        self.actor = actor
        self.at = fixed(at)
        self.day = desk.jurisdiction.law_day(at)
        self._read: dict[str, list[Event]] = {}
        self._new: dict[str, list[Event]] = {}

    def events(self, key: str) -> list[Event]:
        """Return what happened to a thing so far, within this act too; none if it is new."""
        if key not in self._read:
            stream = projection.stream_of(self.kind, key)
            self._read[key] = [one.event for one in self.desk.ledger.read(stream)]
        return [*self._read[key], *self._new.get(key, ())]

    def happen(
        self,
        key: str,
        body: Body,
        legal_basis: tuple[LegalBasis, ...] = (),
        rule: str | None = None,
    ) -> None:
        """Let ``body`` happen to a thing."""
        self.events(key)
        zone, agency = self.desk.jurisdiction.country.zone, self.actor.agency
        event = Event(self.at, body, zone, "manual", self.actor, agency, rule, legal_basis)
        self._new.setdefault(key, []).append(event)

    @property
    def happened(self) -> tuple[Event, ...]:
        """Everything that happened in this act."""
        return tuple(event for events in self._new.values() for event in events)

    def commit(
        self, act: str, digest: str, now: datetime, row: Callable[[str, Iterable[Event]], Row]
    ) -> bool:
        """Write it under the key of the act; tell whether nobody else was faster."""
        appends = tuple(
            Append(projection.stream_of(self.kind, key), len(self._read[key]), tuple(events))
            for key, events in self._new.items()
        )
        rows = tuple(row(key, self.events(key)) for key in self._new)
        outcome = self.desk.ledger.commit(Commit(act, digest, fixed(now), appends, rows))
        return isinstance(outcome, Done)


class Named(msgspec.Struct, frozen=True):
    """What every act says of itself: its key, what it is on, when and by whom."""

    id: str
    about: str
    at: datetime
    by: str


def keep(
    desk: Desk,
    kind: str,
    named: Named,
    content: object,
    now: datetime,
    decide: Callable[[Keeping], None],
    row: Callable[[str, Iterable[Event]], Row],
) -> ActAnswer:
    """Do an act once and answer; ``decide`` lets things happen or raises ``Refused``."""
    key, digest = f"{kind}-act|{named.id}", digest_of(content)
    for _ in range(ATTEMPTS):
        known = desk.ledger.act(key)
        if known is not None:
            return answered_again(desk.ledger, named.id, named.about, known, digest)
        desk.refresh()
        keeping = Keeping(desk, kind, desk.actor(named.by), named.at)
        try:
            if named.at > now:
                at = named.at.isoformat()
                notice = lodgement_rules.AHEAD_OF_TIME.notice("at", at=at, now=now.isoformat())
                raise Refused([notice])
            decide(keeping)
        except Refused as refused:
            refused_act(desk, keeping.actor, kind, named.about, refused.notices, now)
            return ActAnswer(named.id, "refused", named.about, (), refused.notices)
        if keeping.commit(key, digest, now, row):
            return answered(named.id, named.about, keeping.happened)
    return ActAnswer(named.id, "refused", named.about, (), (lodgement_rules.BUSY.notice(),))
