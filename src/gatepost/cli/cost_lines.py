"""The lines in which ``gatepost costs`` tells pay-back, kinds of cost, hours and ranges."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from gatepost.cli.output import columns
from gatepost.review.costs import CostModel
from gatepost.review.payback import by_kind, net, payback, redeployed
from gatepost.review.present_value import Figures
from gatepost.review.uncertain import Ranges, Spread


def over_time(model: CostModel, figures: Figures, years: int, rate: Fraction) -> Iterator[str]:
    """Yield when it is paid back, on what money is saved, and where saved hours go."""
    saved = net(model, figures)
    if any(once < 0 for once, _ in saved.values()):
        found = payback(saved, years, rate)
        yield ""
        spell = "1 year" if found == 1 else f"{found} years"
        yield f"Not paid back in {years} years" if found is None else f"Paid back after {spell}"
    rows = [
        (f"  {one.kind}", f"{one.once:,}", f"{one.yearly:,}") for one in by_kind(model, figures)
    ]
    if len(rows) > 1:
        yield ""
        yield from columns([("saved on", "once", "every year"), *rows])
    ledger = redeployed(model, figures)
    if ledger:
        yield ""
        yield f"Hours saved a year: {ledger.saved:,}"
        for title, hours in ledger.assigned.items():
            yield f"  {title}: {hours:,}"
        yield f"  not assigned: {ledger.left:,}"


def spread_lines(model: CostModel, found: Ranges | None) -> Iterator[str]:
    """Yield how the result spreads when figures are drawn within their ranges."""
    if found is None:
        return
    yield ""
    yield (
        f"{found.draws} draws of {', '.join(found.drawn) or 'nothing: no figure has a range'} "
        f"(seed {found.seed}):"
    )
    rows = [
        ("  present value", *_three(found.present_value), model.currency),
        ("  of this, government", *_three(found.present_value_government), model.currency),
        ("  of this, operators", *_three(found.present_value_operators), model.currency),
    ]
    if found.payback:
        rows.append(("  paid back after", *_three(found.payback), "years"))
    yield from columns([("", "1 in 20 below", "half below", "1 in 20 above", ""), *rows])
    yield f"  paid back within the horizon in {found.pays_back:.0%} of the draws"


def _three(one: Spread) -> tuple[str, str, str]:
    return f"{one.low:,}", f"{one.middle:,}", f"{one.high:,}"
