"""A jurisdiction's requirements, compiled: found by regime and HS prefix on a given day.

Compiling is done once when the description is loaded; a book for one day keeps
only the wordings in force on it, so a lodgement meets few candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from gatepost.consignment.model import Consignment, GoodsItem, Traveller
from gatepost.expression.compile import compile_condition, compile_number
from gatepost.expression.vocabulary import Vocabulary
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.in_force import InForce
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity
from gatepost.requirement.model import (
    AppliesTo,
    Asks,
    Fee,
    Level,
    ObligatoryControl,
    Requirement,
    Version,
)

VOCABULARY = Vocabulary.of({"item": GoodsItem, "consignment": Consignment, "traveller": Traveller})
ROOTS: dict[Level, tuple[str, ...]] = {
    "item": ("item", "consignment"),
    "consignment": ("consignment",),
    "traveller": ("traveller", "consignment"),
}
PREFIX_LENGTHS = (2, 4, 6, 8, 10)

Condition = Callable[..., bool]
Amount = Callable[..., float | None]


class Wording(msgspec.Struct, frozen=True):
    """One dated wording of a requirement or fee, its conditions compiled."""

    id: str
    agency: str
    valid: Validity
    applies_to: AppliesTo
    legal_basis: tuple[LegalBasis, ...]
    when: Condition | None
    asks: Asks | None = None
    lead: timedelta | None = None
    exempt: tuple[Condition, ...] = ()
    control: ObligatoryControl | None = None
    present: Condition | None = None
    amount: Amount | None = None
    currency: str = ""

    def applies(self, subject: Any, consignment: Consignment) -> bool:
        """Tell whether it applies to ``subject``, an item, a traveller or the consignment."""
        to = self.applies_to
        if to.modes and consignment.mode not in to.modes:
            return False
        if to.level == "consignment":
            arguments: tuple[Any, ...] = (consignment,)
        else:
            arguments = (subject, consignment)
            if to.level == "item" and not _goods_match(to, subject):
                return False
        if self.when is not None and not self.when(*arguments):
            return False
        return not self.exempt or not any(exempt(*arguments) for exempt in self.exempt)


class DayBook:
    """The wordings in force on one day, by regime, level and HS prefix."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._general: dict[tuple[str, str], list[Wording]] = {}
        self._by_prefix: dict[tuple[str, str], list[Wording]] = {}
        lengths: set[int] = set()
        for wording in wordings:
            to = wording.applies_to
            for regime in to.regimes:
                if to.level == "item" and to.commodity:
                    lengths.update(len(prefix) for prefix in to.commodity)
                    for prefix in to.commodity:
                        self._by_prefix.setdefault((regime, prefix), []).append(wording)
                else:
                    self._general.setdefault((regime, to.level), []).append(wording)
        self._lengths = sorted(lengths)

    def general(self, regime: str, level: Level) -> Sequence[Wording]:
        """Return the wordings of a level that ask for no commodity."""
        return self._general.get((regime, level), ())

    def for_item(self, regime: str, commodity: str | None) -> Iterator[Wording]:
        """Yield the wordings that may apply to an item, each once."""
        yield from self.general(regime, "item")
        if commodity is None:
            return
        seen: set[int] = set()
        for length in self._lengths:
            if length > len(commodity):
                break
            for wording in self._by_prefix.get((regime, commodity[:length]), ()):
                if id(wording) not in seen:
                    seen.add(id(wording))
                    yield wording


class RequirementBook:
    """All wordings of all days; ``on(day)`` gives the book of a day."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self.wordings = tuple(sorted(wordings, key=lambda w: (w.id, w.valid.start)))
        seasons = (w.valid.season for w in self.wordings if isinstance(w.valid, Version))
        self._in_force = InForce(
            (w.valid for w in self.wordings), self._book, filter(None, seasons)
        )

    def on(self, day: date) -> DayBook:
        """Return the book of ``day``; days between two changes share one."""
        return self._in_force.on(day)

    def _book(self, day: date) -> DayBook:
        return DayBook(w for w in self.wordings if w.valid.on(day))


class Conditions:
    """The expressions of one description, compiled; a text written often is compiled once."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self._sets = sets
        self._conditions: dict[tuple[str, Level], Condition] = {}
        self._amounts: dict[tuple[str, Level], Amount] = {}

    def condition(self, text: str, level: Level) -> Condition:
        """Return a condition on the roots of ``level``; ``ExpressionFault`` if it is faulty."""
        found = self._conditions.get((text, level))
        if found is None:
            found = compile_condition(text, VOCABULARY, ROOTS[level], self._sets)
            self._conditions[text, level] = found
        return found

    def presence(self, data: str, level: Level) -> Condition:
        """Return whether ``data`` is there; ``ValueError`` if it is no name of an element."""
        if not all(part.isidentifier() for part in data.split(".")):
            raise ValueError(f"no name of a data element: {data!r}")
        return self.condition(f"has({data})", level)

    def amount(self, text: str, level: Level) -> Amount:
        """Return a calculation on the roots of ``level``; ``ExpressionFault`` if it is faulty."""
        found = self._amounts.get((text, level))
        if found is None:
            found = compile_number(text, VOCABULARY, ROOTS[level], self._sets)
            self._amounts[text, level] = found
        return found


def compile_requirement(
    requirement: Requirement, sets: Mapping[str, frozenset[str]] | Conditions
) -> Iterator[Wording]:
    """Yield the dated wordings of ``requirement``; ``Refused`` if an expression is faulty.

    ``sets`` are the named sets of values, or the conditions already compiled with them.
    """
    known = sets if isinstance(sets, Conditions) else Conditions(sets)
    for version in requirement.valid:
        to = version.applies_to or requirement.applies_to
        asks = version.asks or requirement.asks
        exempt = requirement.exempt if version.exempt is None else version.exempt
        yield Wording(
            id=requirement.id,
            agency=requirement.agency,
            valid=version,
            applies_to=to,
            legal_basis=version.legal_basis or requirement.legal_basis,
            when=known.condition(to.when, to.level) if to.when else None,
            asks=asks,
            lead=parse_duration(asks.lead) if asks.lead else None,
            exempt=tuple(known.condition(e.when, to.level) for e in exempt),
            control=version.control or requirement.control,
            present=known.presence(asks.data, to.level) if asks.data else None,
        )


def compile_fee(fee: Fee, sets: Mapping[str, frozenset[str]] | Conditions) -> Wording:
    """Return the wording of ``fee``, like :func:`compile_requirement`."""
    known = sets if isinstance(sets, Conditions) else Conditions(sets)
    to = fee.applies_to
    return Wording(
        id=fee.id,
        agency=fee.agency,
        valid=fee.valid,
        applies_to=to,
        legal_basis=fee.legal_basis,
        when=known.condition(to.when, to.level) if to.when else None,
        amount=known.amount(fee.amount, to.level),
        currency=fee.currency,
    )


def _goods_match(to: AppliesTo, item: GoodsItem) -> bool:
    if to.origin and item.origin not in to.origin:
        return False
    if to.except_origin and item.origin in to.except_origin:
        return False
    return not (
        to.except_commodity
        and item.commodity is not None
        and item.commodity.startswith(to.except_commodity)
    )
