"""The disclosure gate: which elements of whose part in a case someone is shown, and by what right.

Everything is refused that nothing grants. A right comes from a mandate of an agency that the case
concerns, or from a clause of an instrument in force; each is for a purpose, which whoever asks
declares. What a ``withhold`` clause names is taken away again, whoever granted it.

One book is compiled for each stretch of days on which nothing changes: a dictionary from
recipient, owner and purpose to the grants, each with its elements as bits of a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

import msgspec

from gatepost.authority.clause import CHANNELS, Channel, Share, Withhold
from gatepost.authority.element import RECORDS, DataClass, mask_of
from gatepost.authority.instrument import Agreement
from gatepost.authority.lifecycle import periods
from gatepost.authority.model import Mandate
from gatepost.authority.scope import Scope
from gatepost.codelists.purposes import PURPOSES
from gatepost.kernel.in_force import InForce
from gatepost.kernel.regime import Regime
from gatepost.kernel.validity import Validity

ANYONE = ""
"""Stands for every owner, where a law opens what no single agency could give."""

OWNED = mask_of(RECORDS) & ~mask_of(["case.status", "case.dataset"])
"""Elements that belong to the agency that made the record; the others belong to the case."""


class Right(msgspec.Struct, frozen=True, omit_defaults=True):
    """By what something is disclosed: a mandate, or a clause of a version of an instrument."""

    name: str
    instrument: str | None = None
    version: int | None = None

    def __str__(self) -> str:
        """Return the right as a report names it: ``XA-AGR-2026-05/2 (version 1)``."""
        return self.name if self.version is None else f"{self.name} (version {self.version})"


class Asked(NamedTuple):
    """Who asks for what: ``owner`` is the agency whose part in the case is asked for.

    ``concerned`` tells whether the case concerns the recipient itself; ``unit`` is that of the
    officer who asks. ``post``, ``regime``, ``commodities`` and ``people`` are those of the case.
    """

    recipient: str
    owner: str
    purpose: str
    channel: Channel
    regime: Regime
    post: str | None = None
    commodities: tuple[str, ...] = ()
    people: bool = False
    concerned: bool = False
    unit: str | None = None


class Grant(NamedTuple):
    """What one right grants, compiled: to whom is the key it is found by."""

    mask: int
    channels: frozenset[str]
    scope: Scope
    if_concerned: bool
    units: frozenset[str]
    right: Right


class Read(NamedTuple):
    """What the requirements and indicators of an agency read while they are in force."""

    agency: str
    valid: Validity
    mask: int


NOTHING: tuple[int, tuple[Right, ...]] = (0, ())


class DayGate:
    """The gate as it stands on the days of one stretch."""

    def __init__(self, granted: Iterable[tuple[tuple[str, str, str], Grant]]) -> None:
        self._grants: dict[tuple[str, str, str], list[Grant]] = {}
        self.withheld: dict[tuple[str, str], int] = {}
        for key, grant in granted:
            self._grants.setdefault(key, []).append(grant)

    def decide(self, asked: Asked) -> tuple[int, tuple[Right, ...]]:
        """Return the elements that ``asked`` is granted and the rights to them; (0, ()) if none."""
        recipient, owner, purpose, channel, regime, post, commodities, people, part, unit = asked
        mask = 0
        met: list[Grant] = []
        for key in (
            ((recipient, owner, purpose), (recipient, ANYONE, purpose))
            if owner
            else ((recipient, ANYONE, purpose),)
        ):
            for grant in self._grants.get(key, ()):
                granted, channels, scope, if_concerned, units, _ = grant
                if channel not in channels or (if_concerned and not part):
                    continue
                if units and unit not in units:
                    continue
                if scope.regimes and regime not in scope.regimes:
                    continue
                if scope.posts and post not in scope.posts:
                    continue
                if not (people and scope.people):
                    if not scope.goods or (people and not commodities):
                        continue
                    prefixes = scope.commodity
                    if prefixes and not any(code.startswith(prefixes) for code in commodities):
                        continue
                mask |= granted
                met.append(grant)
        if not mask:
            return NOTHING
        withheld = self.withheld.get((recipient, purpose), 0)
        if withheld:
            mask &= ~withheld
            met = [grant for grant in met if grant.mask & mask]
        return mask, tuple([grant.right for grant in met])

    def grants_to(self, recipient: str, purpose: str) -> Iterator[tuple[str, Grant]]:
        """Yield every grant to a recipient for a purpose, with its owner, less what is withheld."""
        withheld = self.withheld.get((recipient, purpose), 0)
        for (to, owner, what_for), grants in self._grants.items():
            if to == recipient and what_for == purpose:
                for grant in grants:
                    if left := grant.mask & ~withheld:
                        yield owner, grant._replace(mask=left)

    def purposes_of(self, recipient: str) -> frozenset[str]:
        """Return the purposes for which a recipient is granted anything."""
        return frozenset(purpose for to, _, purpose in self._grants if to == recipient)

    def __iter__(self) -> Iterator[tuple[tuple[str, str, str], Grant]]:
        """Yield every grant with its recipient, owner and purpose."""
        for key, grants in self._grants.items():
            for grant in grants:
                yield key, grant


class DisclosureBook:
    """The gate of a jurisdiction; ``on(day)`` gives it as it stands on a day."""

    def __init__(
        self,
        classes: Iterable[DataClass] = (),
        mandates: Sequence[Mandate] = (),
        agreements: Sequence[Agreement] = (),
        reads: Sequence[Read] = (),
    ) -> None:
        self.masks = {one.id: mask_of(one.elements) for one in classes}
        self._mandates = tuple(mandates)
        self._agreements = tuple((one, periods(one)) for one in agreements)
        self._reads = tuple(reads)
        days = [period for _, granted in self._agreements for period in granted]
        days += [one.valid for one in self._mandates]
        days += [one.valid for one in self._reads]
        self._in_force: InForce[DayGate] = InForce(days, self._gate)

    def on(self, day: date) -> DayGate:
        """Return the gate of ``day``; days between two changes share one."""
        return self._in_force.on(day)

    def share(self, right: Right) -> Share | None:
        """Return the clause behind a right, with what its recipient must keep to."""
        return self._shares.get((right.name, right.version or 1))

    @cached_property
    def _shares(self) -> Mapping[tuple[str, int], Share]:
        return {
            (clause.id, agreement.version): clause
            for agreement, _ in self._agreements
            for clause in agreement.clauses
            if isinstance(clause, Share)
        }

    def _gate(self, day: date) -> DayGate:
        return _compile(
            self.masks,
            [one for one in self._mandates if one.valid.on(day)],
            [a for a, granted in self._agreements if any(p.on(day) for p in granted)],
            [one for one in self._reads if one.valid.on(day)],
        )


def _compile(
    masks: Mapping[str, int],
    mandates: Iterable[Mandate],
    agreements: Iterable[Agreement],
    reads: Iterable[Read],
) -> DayGate:
    read: dict[str, int] = {}
    for one in reads:
        read[one.agency] = read.get(one.agency, 0) | one.mask
    granted = [entry for one in mandates for entry in _of_mandate(one, masks, read)]
    withheld: dict[tuple[str, str], int] = {}
    for agreement in agreements:
        for clause in agreement.clauses:
            if isinstance(clause, Share):
                granted += _of_share(agreement, clause, masks)
            elif isinstance(clause, Withhold):
                _withhold(withheld, clause, masks)
    gate = DayGate(granted)
    gate.withheld = withheld
    return gate


def _of_mandate(
    mandate: Mandate, masks: Mapping[str, int], read: Mapping[str, int]
) -> Iterator[tuple[tuple[str, str, str], Grant]]:
    """Yield what a mandate opens to its agency: its own records, what it reads, what it sees.

    Of others' records it opens only what it names; without the power to read, nothing.
    """
    if "read" not in mandate.powers:
        return
    agency = mandate.agency
    sees = _union(masks, mandate.sees)
    own = (sees & ~OWNED) | OWNED | read.get(agency, 0)
    channels = frozenset(CHANNELS) - {"feed"}
    right = Right(mandate.id)
    for purpose in mandate.purposes:
        grant = Grant(own, channels, mandate.scope, True, frozenset(), right)
        yield (agency, agency, purpose), grant
        if others := sees & OWNED:
            yield (agency, ANYONE, purpose), grant._replace(mask=others)


def _of_share(
    agreement: Agreement, clause: Share, masks: Mapping[str, int]
) -> Iterator[tuple[tuple[str, str, str], Grant]]:
    right = Right(clause.id, agreement.id, agreement.version)
    grant = Grant(
        _union(masks, clause.data),
        frozenset(clause.channels),
        clause.scope,
        clause.if_concerned,
        frozenset(clause.units),
        right,
    )
    for recipient in clause.to:
        for owner in clause.of or (ANYONE,):
            if owner != recipient:
                for purpose in clause.purposes:
                    yield (recipient, owner, purpose), grant


def _withhold(
    withheld: dict[tuple[str, str], int], clause: Withhold, masks: Mapping[str, int]
) -> None:
    mask = _union(masks, clause.data)
    for recipient in clause.to:
        for purpose in clause.purposes or PURPOSES:
            key = (recipient, purpose)
            withheld[key] = withheld.get(key, 0) | mask


def _union(masks: Mapping[str, int], names: Iterable[str]) -> int:
    mask = 0
    for name in names:
        mask |= masks.get(name, 0)
    return mask
