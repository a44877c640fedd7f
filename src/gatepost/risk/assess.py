"""One pass of every agency's indicators over one consignment (RM-01, RM-02)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gatepost.consignment.model import Consignment
from gatepost.requirement.model import ControlKind, Level
from gatepost.risk.compiled import IndicatorBook
from gatepost.risk.model import Assessment, Channel, Eased, Hit, Indicator, Spared, highest

Eases = Callable[[Indicator, str], Eased | None]
"""On which share an indicator fires on a target; ``None`` where nothing eases it."""


def assess(
    book: IndicatorBook,
    consignment: Consignment,
    reference: str,
    secret: bytes,
    eases: Eases = lambda indicator, target: None,
) -> Assessment:
    """Return every hit of every indicator in force on the consignment's day.

    ``secret`` is the day's; it decides the random selections only. ``eases`` is asked for
    indicators that fulfil their condition and name a scheme or trust.
    """
    today = book.on(consignment.day)
    regime = consignment.regime
    hits: list[Hit] = []
    spared: list[Spared] = []
    for target, level, arguments in _subjects(consignment):
        for indicator in today.matching(regime, level, tuple(arguments.values())):
            told: dict[str, Any] = {}
            if indicator.learnt is not None:
                scored = book.scored(indicator.learnt, tuple(arguments.values()))
                if scored is None:
                    continue
                told = scored
            named = indicator.scheme or indicator.trusted
            eased = eases(indicator, target) if named else None
            if indicator.drawn(secret, reference, target, eased.rate if eased else 1.0):
                values = {**book.explain(indicator, arguments), **told}
                hits.append(_hit(indicator, target, values, eased))
            elif eased and indicator.drawn(secret, reference, target):
                spared.append(_spared(indicator, target, eased))
    return Assessment(tuple(hits), tuple(spared))


def channels_of(controls: list[tuple[str, ControlKind]]) -> dict[str, Channel]:
    """Return each agency's channel, given its controls as (agency, kind)."""
    by_agency: dict[str, list[ControlKind]] = {}
    for agency, kind in controls:
        by_agency.setdefault(agency, []).append(kind)
    return {agency: highest(kinds) for agency, kinds in sorted(by_agency.items())}


def _subjects(consignment: Consignment) -> Iterator[tuple[str, Level, dict[str, Any]]]:
    yield "consignment", "consignment", {"consignment": consignment}
    for item in consignment.items:
        yield f"item/{item.number}", "item", {"item": item, "consignment": consignment}
    for traveller in consignment.travellers:
        arguments = {"traveller": traveller, "consignment": consignment}
        yield f"traveller/{traveller.number}", "traveller", arguments


def _spared(indicator: Indicator, target: str, eased: Eased) -> Spared:
    return Spared(
        indicator.id,
        indicator.version,
        indicator.agency,
        target,
        indicator.mode,
        indicator.control,
        indicator.legal_basis,
        eased,
    )


def _hit(indicator: Indicator, target: str, values: dict[str, Any], eased: Eased | None) -> Hit:
    return Hit(
        indicator.id,
        indicator.version,
        indicator.agency,
        target,
        indicator.mode,
        indicator.control,
        indicator.legal_basis,
        values,
        indicator.random is not None or (eased is not None and eased.rate < 1),
        eased,
    )
