"""Exchange rates are into the country's own currency, from others, and above nothing."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.codelists.currencies import is_currency
from gatepost.description import rules
from gatepost.description.described import Described
from gatepost.kernel.notice import Notice


def check_money(described: Described) -> Iterator[Notice]:
    """Yield the rates that no amount can be converted with."""
    own = described.country.currency if described.country else None
    for thing in described.of("rates"):
        for currency, rate in thing.value.rates.items():
            where = thing.where("rates", currency)
            if not is_currency(currency):
                yield rules.UNKNOWN_CURRENCY.notice(where, currency=currency)
            elif currency == own:
                yield rules.OWN_CURRENCY.notice(where, currency=currency)
            elif not rate > 0:
                yield rules.NO_RATE.notice(where, currency=currency, rate=rate)
