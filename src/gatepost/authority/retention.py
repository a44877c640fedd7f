"""How long a case is kept: dated rules of each agency, and what they come to together.

A case belongs to every agency it concerns, so it is kept for as long as the law of any of them
says, and for ever while one of them has no rule. What then becomes of it is the strictest of what
they say: deleted where one has it deleted, else depersonalised.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from gatepost.authority.scope import Scope, covers
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.regime import Regime
from gatepost.kernel.validity import Validity

Then = Literal["delete", "depersonalise"]


class RetentionRule(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How long an agency's law keeps a case after it ended, and what is done then.

    ``keep`` is a length such as ``3653d`` from the last thing that happened to the case.
    """

    id: str
    title: Text
    agency: str
    keep: str
    then: Then
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    scope: Scope = Scope()


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """Until when a case is kept, that day included, by which rules, and what is done then.

    ``without`` are agencies of the case that no rule covers: nothing is done while there is one.
    """

    until: date | None
    then: Then
    rules: tuple[RetentionRule, ...]
    without: tuple[str, ...] = ()

    def is_over(self, day: date) -> bool:
        """Tell whether the case may not be kept as it is any longer on ``day``."""
        return self.until is not None and not self.without and self.until < day


class Asked(msgspec.Struct, frozen=True):
    """The case a term is asked for: whose it is, what it is about, and when it ended."""

    agencies: tuple[str, ...]
    regime: Regime
    post: str | None
    commodities: tuple[str, ...]
    people: bool
    ended: date


def kept(rules: Sequence[RetentionRule], asked: Asked, day: date) -> Kept:
    """Return how long a case is kept by the law in force on ``day``: the longest term counts."""
    met: list[tuple[date, RetentionRule]] = []
    without: list[str] = []
    for agency in asked.agencies:
        mine = [one for one in _covering(rules, asked, day) if one.agency == agency]
        if not mine:
            without.append(agency)
        met += [(asked.ended + parse_duration(one.keep), one) for one in mine]
    until = max((end for end, _ in met), default=None)
    strict = any(one.then == "delete" for _, one in met)
    found = tuple(one for _, one in sorted(met, key=lambda pair: (pair[0], pair[1].id)))
    return Kept(until, "delete" if strict else "depersonalise", found, tuple(without))


def _covering(rules: Iterable[RetentionRule], asked: Asked, day: date) -> Iterable[RetentionRule]:
    return (
        one
        for one in rules
        if one.valid.on(day)
        and covers(one.scope, asked.regime, asked.post, asked.commodities, asked.people)
    )
