"""``gatepost costs``: what it would cost to do without an arrangement."""

from __future__ import annotations

from fractions import Fraction

import click
import msgspec

from gatepost.bootstrap import load_costs
from gatepost.cli.context import Session, as_json, command, plain_text
from gatepost.cli.cost_lines import over_time, spread_lines
from gatepost.cli.output import columns, print_json, said, say
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Notice, Refused
from gatepost.review import rules
from gatepost.review.cost_rules import BAD_DRAWS
from gatepost.review.costs import Assumption, CostModel
from gatepost.review.figures import remarks
from gatepost.review.payback import by_kind, net, payback, payback_step, redeployed
from gatepost.review.payback import remarks as more_remarks
from gatepost.review.present_value import Costs, Figures, Number, figures_of, plain, reckon
from gatepost.review.uncertain import spread_of


class Assumed(msgspec.Struct, frozen=True):
    """One assumption as it was reckoned with; ``changed`` if it was set on the command line."""

    id: str
    title: str
    value: Number
    unit: str
    source: str
    date: str
    basis: str
    changed: bool


@click.command()
@click.argument("pack", metavar="PACK")
@click.option("--years", default=10, show_default=True, help="The horizon in years.")
@click.option("--rate", default="0.04", show_default=True, help="The yearly discount rate.")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", callback=plain_text,
    help="Assume this instead; may be given several times.",
)  # fmt: skip
@click.option("--draws", type=int, help="Draw the figures this often within their ranges.")
@click.option(
    "--seed", default="gatepost", show_default=True, help="The same seed, the same draws."
)
@as_json
@command
def costs(
    session: Session,
    pack: str,
    years: int,
    rate: str,
    settings: tuple[str, ...],
    draws: int | None,
    seed: str,
    as_json: bool,
) -> None:
    """Compare costs with and without cooperation.

    PACK is a jurisdiction or model with a costs.yaml, or such a file itself. One-off amounts
    fall due at once, yearly ones at the end of each year."""
    model = load_costs(pack)
    changes, discount = _asked(model, years, rate, settings, draws)
    figures = figures_of(model, changes)
    found = reckon(model, figures, years, discount)
    if step := payback_step(model, figures, years, discount):
        found = msgspec.structs.replace(found, steps=(*found.steps, step))
    told = said([*remarks(model, figures), *more_remarks(model, figures)])
    spread = spread_of(model, figures, years, discount, draws, seed) if draws else None
    assumed = tuple(_assumed(one, figures, changes) for one in model.assumptions)
    if as_json:
        title = in_language(model.title)
        print_json(
            {
                "id": model.id,
                "title": title,
                **msgspec.structs.asdict(found),
                "assumptions": assumed,
                "payback_years": payback(net(model, figures), years, discount),
                "by_kind": by_kind(model, figures),
                "redeployment": redeployed(model, figures),
                "ranges": spread,
                "remarks": told,
            }
        )
    else:
        _tell(model, found, assumed)
        for line in (*over_time(model, figures, years, discount), *spread_lines(model, spread)):
            say(line)
        say()
        for notice in told:
            say(f"{notice.code}  {notice.sentence}")


def _asked(
    model: CostModel, years: int, rate: str, settings: tuple[str, ...], draws: int | None
) -> tuple[dict[str, Fraction], Fraction]:
    """Return the changed assumptions and the rate; ``Refused`` with all that is wrong."""
    notices: list[Notice] = []
    discount = _number(rate)
    if discount is None or not -1 < discount <= 1:
        notices.append(rules.BAD_RATE.notice("--rate", rate=rate))
    if not 1 <= years <= 200:
        notices.append(rules.BAD_YEARS.notice("--years", years=years))
    if draws is not None and not 100 <= draws <= 100_000:
        notices.append(BAD_DRAWS.notice("--draws", draws=draws))
    known = {one.id for one in model.assumptions}
    changes: dict[str, Fraction] = {}
    for setting in settings:
        name, _, text = setting.partition("=")
        value = _number(text)
        if value is None:
            notices.append(rules.BAD_SETTING.notice("--set", setting=setting))
        elif name not in known:
            listed = ", ".join(sorted(known))
            notices.append(rules.UNKNOWN_FIGURE.notice("--set", figure=name, known=listed))
        elif value == 0 and name in divisors(model):
            notices.append(rules.NOT_POSITIVE.notice("--set", figure=name))
        else:
            changes[name] = value
    if notices or discount is None:
        raise Refused(notices)
    return changes, discount


def divisors(model: CostModel) -> set[str]:
    """Return the figures that others are divided by."""
    over = {name for one in (*model.quoted, *model.per) for name in one.over}
    over |= {name for flow in model.flows for name in flow.over}
    return over | {pair.second for same in model.same_ratio for pair in same.pairs}


def _number(text: str) -> Fraction | None:
    """Return the decimal number written; a fraction, an exponent or a word is none."""
    digits = text.strip().removeprefix("-")
    whole, _, rest = digits.partition(".")
    if not (whole.isascii() and whole.isdigit()) or len(digits) > 30:
        return None
    if "." in digits and not (rest.isascii() and rest.isdigit()):
        return None
    return Fraction(text.strip())


def _assumed(one: Assumption, figures: Figures, changes: dict[str, Fraction]) -> Assumed:
    changed = one.id in changes
    source, date = ("the command line", "now") if changed else (one.source, one.date)
    basis = "assumed" if changed else one.basis
    title, value = in_language(one.title), plain(figures[one.id])
    return Assumed(one.id, title, value, one.unit, source, date, basis, changed)


def _tell(model: CostModel, found: Costs, assumed: tuple[Assumed, ...]) -> None:
    say(in_language(model.title))
    say()
    rows = [(one.id, f"{one.value:,}", one.unit, one.date) for one in assumed]
    for line in columns([("assumption", "value", "unit", "as of"), *rows]):
        say(line)
    for source in dict.fromkeys(one.source for one in assumed):
        say(f"Source: {source}")
    say()
    results = [
        ("One-off", found.one_off),
        ("Every year, government", found.yearly_government),
        ("Every year, operators", found.yearly_operators),
        ("First year", found.first_year),
        ("Each later year", found.later_years),
        (f"{found.years} years, undiscounted", found.undiscounted),
        (f"{found.years} years at {found.rate:.1%}, present value", found.present_value),
        ("  of this, government alone", found.present_value_government),
        ("  of this, operators", found.present_value_operators),
    ]
    width = max(len(f"{value:,}") for _, value in results)
    for name, value in results:
        say(f"{name:<38} {value:>{width},} {found.currency}")
    say()
    for step in found.steps:
        say(f"  {step.step} = {step.arithmetic} = {step.value:,}")
