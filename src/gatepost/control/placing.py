"""Where a control is made (IC-06): by a dated rule of the agency whose control it is.

A law or an indicator that itself names another place than the border is left alone, and so is
what an officer ordered and what was begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from gatepost.consignment.model import Consignment
from gatepost.control.model import Control
from gatepost.kernel.in_force import InForce
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.regime import Regime
from gatepost.kernel.validity import Validity
from gatepost.requirement.compiled import Condition, Conditions
from gatepost.requirement.model import ControlKind


class Placing(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where an agency makes its controls that it could make at the border.

    ``checks``, ``kinds``, ``regimes`` and ``posts`` narrow it; an empty list means all of that
    kind. ``when`` is a condition on the consignment. ``site`` names the place behind the border.
    With ``under_seal`` the goods leave the post before the release, closed under a seal, and are
    released only once they were examined there; without it they are released first.
    """

    id: str
    title: Text
    agency: str
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    place: Literal["off_lane", "inland", "premises"]
    checks: tuple[str, ...] = ()
    kinds: tuple[ControlKind, ...] = ()
    regimes: tuple[Regime, ...] = ()
    posts: tuple[str, ...] = ()
    when: str | None = None
    site: str | None = None
    under_seal: bool = False


class DayPlacings:
    """The rules in force on one day; the first by its number that fits decides."""

    def __init__(self, rules: Iterable[tuple[Placing, Condition | None]]) -> None:
        self._rules = tuple(rules)

    def placed(
        self, controls: Iterable[Control], consignment: Consignment, post: str | None
    ) -> tuple[Control, ...]:
        """Return the controls, each where the rule of its agency wants it made."""
        here = [
            rule
            for rule, when in self._rules
            if (not rule.regimes or consignment.regime in rule.regimes)
            and (not rule.posts or post in rule.posts)
            and (when is None or when(consignment))
        ]
        return tuple(_placed(one, here) for one in controls)


class PlacingBook:
    """All rules of all days; ``on(day)`` gives those in force."""

    def __init__(self, rules: Sequence[Placing], conditions: Conditions) -> None:
        self._rules = sorted(rules, key=lambda rule: rule.id)
        self._conditions = conditions
        self._in_force = InForce((rule.valid for rule in self._rules), self._book)

    def on(self, day: date) -> DayPlacings:
        """Return the rules of ``day``; days between two changes share them."""
        return self._in_force.on(day)

    def _book(self, day: date) -> DayPlacings:
        conditions = self._conditions
        return DayPlacings(
            (one, conditions.condition(one.when, "consignment") if one.when else None)
            for one in self._rules
            if one.valid.on(day)
        )


def _placed(control: Control, rules: Sequence[Placing]) -> Control:
    movable = control.place == "border" and control.physical and control.source != "officer"
    if not movable or control.status != "open":
        return control
    for rule in rules:
        if (
            rule.agency == control.agency
            and (not rule.checks or control.check in rule.checks)
            and (not rule.kinds or control.kind in rule.kinds)
        ):
            return msgspec.structs.replace(
                control,
                place=rule.place,
                site=rule.site,
                under_seal=rule.under_seal,
                placed_by=rule.id,
            )
    return control
