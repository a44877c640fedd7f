"""Amounts in the one currency in which the law of a jurisdiction states its thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity


class ExchangeRates(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What one unit of each currency is worth in the jurisdiction's own, while in force."""

    id: str
    title: Text
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    rates: dict[str, float]


class Exchange(msgspec.Struct, frozen=True):
    """The rates of one day into the currency ``own``."""

    own: str
    rates: Mapping[str, float] = {}

    def knows(self, currency: str) -> bool:
        """Tell whether amounts in ``currency`` can be compared here."""
        return currency == self.own or currency in self.rates

    def worth(self, amount: float | None, currency: str | None) -> float | None:
        """Return ``amount`` in the own currency, to the cent; ``None`` without a rate in force.

        An amount whose currency is not told is in the own one.
        """
        if amount is None or currency is None or currency == self.own:
            return amount
        rate = self.rates.get(currency)
        return None if rate is None else round(amount * rate, 2)


def exchange_on(day: date, own: str, tables: tuple[ExchangeRates, ...]) -> Exchange:
    """Return the exchange of ``day``; without a table in force nothing but ``own`` is known."""
    return Exchange(own, next((one.rates for one in tables if one.valid.on(day)), {}))
