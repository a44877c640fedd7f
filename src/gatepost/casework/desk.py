"""What every use case is handed: the jurisdiction, the ledger and the secrets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import msgspec

from gatepost.authority.instrument import abroad
from gatepost.casework import projection
from gatepost.casework.indicators import stepped
from gatepost.casework.instruments import overlaid
from gatepost.casework.ports import Ledger
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.actor import OPERATOR, Actor
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Append, Commit, Row
from gatepost.risk import rules as risk_rules
from gatepost.risk.events import SecretCommitted, SecretRevealed
from gatepost.risk.random import digest_of
from gatepost.risk.scheme import Outcome

P = ParamSpec("P")
T = TypeVar("T")
On = TypeVar("On", bound="Observing")


class Secrets(Protocol):
    """Where the secret of a day comes from; every process of one country gives the same."""

    def of(self, day: date) -> bytes:
        """Return the secret of ``day``: 32 bytes that nobody outside can know."""


Observe = Callable[[str, Callable[[], Any]], Any]
"""Does a step of the way and may measure it: the step's name, and what does it."""


def unobserved(step: str, do: Callable[[], T]) -> T:
    """Do a step and measure nothing."""
    return do()


class Observing(Protocol):
    """What a step is done on: a desk, or the work of one act."""

    @property
    def observe(self) -> Observe:
        """What measures the steps."""


def observed(
    step: str,
) -> Callable[[Callable[Concatenate[On, P], T]], Callable[Concatenate[On, P], T]]:
    """Let what measures know when this step is done: ``lodge``, ``act``, ``settle``, ``commit``."""

    def wrap(function: Callable[Concatenate[On, P], T]) -> Callable[Concatenate[On, P], T]:
        @wraps(function)
        def measured(first: On, /, *args: P.args, **kwargs: P.kwargs) -> T:
            found: T = first.observe(step, partial(function, first, *args, **kwargs))
            return found

        return measured

    return wrap


class Desk:
    """The tools of casework; one for each process.

    ``described`` is the jurisdiction as it was loaded, ``jurisdiction`` the same with what
    happened to instruments and indicators since. ``versions`` remembers how long streams of
    readings are, ``reviews`` what the reviews of schemes look at.
    """

    def __init__(self, jurisdiction: Jurisdiction, ledger: Ledger, secrets: Secrets) -> None:
        self.described = jurisdiction
        self.jurisdiction = jurisdiction
        self.ledger = ledger
        self.versions: dict[str, int] = {}
        self.reviews: dict[tuple[str, date, date], list[Outcome]] = {}
        self.observe: Observe = unobserved
        self._secrets = secrets
        self._committed: dict[date, bytes] = {}
        self._stamp: bytes | None = None

    def refresh(self) -> None:
        """Take over what happened to instruments and indicators since, here or elsewhere.

        Asked at the beginning of every act and every reading: one look at one row, so that a
        suspension counts everywhere from the moment it is on record.
        """
        stamp = self.ledger.row(projection.STAMP, projection.INSTRUMENT)
        if stamp != self._stamp:
            kept = self.ledger.rows(projection.INSTRUMENT)
            agreements = overlaid(self.described.register.all_agreements, kept)
            self.jurisdiction = self.described.with_agreements(agreements)
            if steps := self.ledger.rows(projection.INDICATOR):
                described = self.described.indicators.indicators
                self.jurisdiction = self.jurisdiction.with_indicators(stepped(described, steps))
            self._stamp = stamp

    def actor(self, name: str) -> Actor:
        """Return who ``name`` is: the operator, an officer, an agency abroad, or a party."""
        if name == OPERATOR.id:
            return OPERATOR
        if "/" in name and abroad(name):
            return Actor(name, "officer", name)
        agency = self.jurisdiction.register.agency_of(name)
        return Actor(name, "officer", agency) if agency else Actor(name, "party")

    def secret(self, day: date, now: datetime) -> bytes:
        """Return the day's secret, its digest being on record before the first use."""
        known = self._committed.get(day)
        if known is None:
            known = self._secrets.of(day)
            self._commit(day, digest_of(known), now)
            self._committed[day] = known
        return known

    @property
    def mark_key(self) -> bytes:
        """The key of identifiers' hashes: that of a day before every calendar, never revealed."""
        return self._secrets.of(date.min)

    def _commit(self, day: date, digest: str, now: datetime) -> None:
        if self.published(day) is None:
            body = SecretCommitted(day, digest)
            self._append(day, 0, f"commit-secret|{day}", digest, body, now)
        published = self.published(day)
        if published is None or published["digest"] != digest:
            raise Refused([risk_rules.OTHER_SECRET.notice(day=day.isoformat())])

    def reveal(self, day: date, now: datetime) -> dict[str, str]:
        """Put the secret of a day that is over on record, and return digest and secret.

        Refused with RISK-006 if it is not the one committed to: what is published stays.
        """
        published = self.published(day)
        if published is None:
            raise Refused([risk_rules.NOT_COMMITTED.notice(day=day.isoformat())])
        if day >= self.jurisdiction.law_day(now):
            raise Refused([risk_rules.DAY_NOT_OVER.notice(day=day.isoformat())])
        if "secret" not in published:
            secret = self._secrets.of(day)
            if digest_of(secret) != published["digest"]:
                raise Refused([risk_rules.OTHER_SECRET.notice(day=day.isoformat())])
            body = SecretRevealed(day, secret.hex())
            self._append(day, 1, f"reveal-secret|{day}", secret.hex(), body, now)
        return self.published(day) or {}

    def published(self, day: date) -> dict[str, str] | None:
        """Return the ``digest`` on record for a day, and its ``secret`` once it is revealed."""
        value = self.ledger.row(projection.RANDOM, day.isoformat())
        return msgspec.json.decode(value, type=dict[str, str]) if value else None

    def _append(
        self,
        day: date,
        expected: int,
        act: str,
        digest: str,
        body: SecretCommitted | SecretRevealed,
        now: datetime,
    ) -> None:
        key = day.isoformat()
        earlier = self.ledger.row(projection.RANDOM, key)
        row = projection.secret_row(
            key, body, Row(projection.RANDOM, key, earlier) if earlier else None
        )
        event = Event(now, body, self.jurisdiction.country.zone)
        append = Append(projection.stream_of(projection.RANDOM, key), expected, (event,))
        self.ledger.commit(Commit(act, digest, now, (append,), (row,)))
