"""How often an indicator fires for this trader and these goods, by schemes and trust (RM-05).

Findings of the agency itself count; those of others where the disclosure gate opens them to it
for assessing risk. What was found in the consignment itself does not count for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from gatepost.authority.disclosure import Asked
from gatepost.authority.element import mask_of
from gatepost.casework.desk import Desk
from gatepost.casework.index import Found, found_by, found_of
from gatepost.consignment.model import Consignment, Party
from gatepost.risk.links import mark_of
from gatepost.risk.model import Eased, Indicator
from gatepost.risk.scheme import (
    Outcome,
    Role,
    Scheme,
    Standing,
    StepDown,
    StepUp,
    last_review,
    step_down,
    step_up,
)
from gatepost.risk.trust import trusted_by

FINDINGS = "case.findings"


class Easing:
    """Answers for one consignment; asked for indicators that fire and name a scheme or trust."""

    def __init__(self, desk: Desk, consignment: Consignment, reference: str) -> None:
        self._desk = desk
        self._consignment = consignment
        self._reference = reference

    def __call__(self, indicator: Indicator, target: str) -> Eased | None:
        """Return the rate and why; ``None`` where neither scheme nor trust has a say."""
        by: list[str] = []
        rate, clean = 1.0, 0
        if indicator.trusted is not None:
            reasons = self._trusted(indicator)
            if reasons:
                by += reasons
                rate = indicator.trusted.share
        scheme = self._scheme(indicator.scheme)
        if scheme is not None:
            standing, rights = self._standing(scheme, target)
            if standing is not None:
                by += [scheme.id, *rights]
                rate, clean = min(rate, standing.rate), standing.clean
        return Eased(rate, tuple(by), clean) if by else None

    def _trusted(self, indicator: Indicator) -> tuple[str, ...]:
        here = self._desk.jurisdiction
        for role in indicator.trusted.parties if indicator.trusted else ():
            reasons = trusted_by(
                indicator.agency,
                self._id(role),
                self._consignment.day,
                here.trusted,
                here.register.all_agreements,
            )
            if reasons:
                return reasons
        return ()

    def _scheme(self, name: str | None) -> Scheme | None:
        for one in self._desk.jurisdiction.schemes:
            if one.id == name and one.valid.on(self._consignment.day):
                return one
        return None

    def _standing(self, scheme: Scheme, target: str) -> tuple[Standing | None, tuple[str, ...]]:
        day = self._consignment.day
        method = scheme.method
        if isinstance(method, StepDown):
            party = self._id(method.party)
            if party is None:
                return None, ()
            found, rights = _counted(
                self._desk, scheme, method.party, found_of(self._desk, method.party, party), day
            )
            mine = [one for one in found if one.reference != self._reference]
            return step_down(method, outcomes(mine)), rights
        group = self._group(method, target)
        since = scheme.valid.start
        record = reviewed(self._desk, scheme, method, last_review(method, since, day))
        return step_up(method, group, record, since, day), ()

    def _group(self, method: StepUp, target: str) -> str:
        if method.of != "origin":
            party = self._id(method.of)
            return mark_of(self._desk.mark_key, "person", party) if party else ""
        kind, _, number = target.partition("/")
        items = [i for i in self._consignment.items if kind != "item" or str(i.number) == number]
        return "+".join(sorted({one.origin for one in items if one.origin}))

    def _id(self, role: Role) -> str | None:
        party: Party | None = getattr(self._consignment, role)
        return party.id if party is not None else None


def reviewed(desk: Desk, scheme: Scheme, method: StepUp, review: date) -> list[Outcome]:
    """Return what a review looks at; worked out once for each review in this process."""
    key = (scheme.id, scheme.valid.start, review)
    record = desk.reviews.get(key)
    if record is None:
        found = [
            one
            for one in found_by(desk, scheme.agency)
            if one.check == scheme.check and one.day < review
        ]
        record = desk.reviews[key] = list(outcomes(found, method))
    return record


def outcomes(found: Iterable[Found], method: StepUp | None = None) -> Iterator[Outcome]:
    """Yield one outcome for each consignment: wrong if any control of it found something."""
    merged: dict[tuple[str, str], Found] = {}
    for one in found:
        group = _group_of(one, method) if method else ""
        key = (one.reference, group)
        earlier = merged.pop(key, None)
        wrong = one.wrong or (earlier is not None and earlier.wrong)
        merged[key] = msgspec.structs.replace(one, wrong=wrong)
    for (_, group), one in merged.items():
        yield Outcome(one.day, one.wrong, group)


def opened(desk: Desk, agency: str, role: Role, one: Found, day: date) -> tuple[str, ...]:
    """Return the rights by which ``agency`` is shown a finding of another about a party in a role.

    Both what was found and who traded must be open to it, for assessing risk.
    """
    asked = Asked(
        agency,
        one.agency,
        "risk",
        "read",
        one.regime,
        one.post,
        one.commodities,
        one.people,
        agency in one.concerned,
    )
    mask, rights = desk.jurisdiction.disclosure.on(day).decide(asked)
    needed = mask_of([FINDINGS, f"consignment.{role}"])
    return tuple(right.name for right in rights) if mask & needed == needed else ()


def _counted(
    desk: Desk, scheme: Scheme, role: Role, found: Iterable[Found], day: date
) -> tuple[list[Found], tuple[str, ...]]:
    """Return the findings that count for a scheme, and the rights to those of others."""
    counted: list[Found] = []
    rights: dict[str, None] = {}
    for one in found:
        if one.check != scheme.check:
            continue
        if one.agency == scheme.agency:
            counted.append(one)
        elif scheme.shared and (by := opened(desk, scheme.agency, role, one, day)):
            counted.append(one)
            rights |= dict.fromkeys(by)
    return counted, tuple(rights)


def _group_of(one: Found, method: StepUp) -> str:
    return one.origin if method.of == "origin" else one.parties.get(method.of, "")
