"""``gatepost requirements``: what do I need, from whom, and by which law?"""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import Any

import click
import msgspec

from gatepost.casework.guide import Guidance, Inquiry, guide
from gatepost.cli.context import Session, as_day, as_json, command, plain_text
from gatepost.cli.output import cited, columns, complain, print_json, say
from gatepost.codelists.countries import is_country
from gatepost.codelists.hs import is_heading
from gatepost.kernel.notice import Notice
from gatepost.kernel.regime import REGIMES, Regime
from gatepost.lodgement import rules as lodgement_rules


class Answer(msgspec.Struct, frozen=True):
    """One requirement as a program reads it."""

    requirement: str
    agency: str
    document: str | None
    alternatives: tuple[str, ...]
    legal_basis: str
    sentence: str


def as_commodity(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return a commodity code without dots: six to ten digits."""
    if value is None:
        return None
    digits = value.replace(".", "").replace(" ", "")
    if digits.isascii() and digits.isdigit() and 6 <= len(digits) <= 10:
        return digits
    problem = "is no commodity code of six to ten digits, such as 0603.11"
    raise click.BadParameter(f"{value!r} {problem}.", ctx, param)


def as_country(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return a country code of two letters in capitals."""
    if value is None:
        return None
    if len(value) == 2 and value.isascii() and value.isalpha():
        return value.upper()
    problem = "is no country code of two letters, such as XB"
    raise click.BadParameter(f"{value!r} {problem}.", ctx, param)


class Amount(click.FloatRange):
    """A number from 0 that can be written down: neither ``nan`` nor ``inf``."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number that ``value`` tells."""
        found: float = super().convert(value, param, ctx)
        if not isfinite(found):
            self.fail(f"{value!r} is no amount.", param, ctx)
        return found


AMOUNT = Amount(min=0)


@click.command()
@click.option("--regime", type=click.Choice(REGIMES), required=True)
@click.option("--commodity", callback=as_commodity, required=True, help="Six to ten digits.")
@click.option("--origin", callback=as_country, help="Country of origin.")
@click.option("--on", callback=as_day, help="The day whose law is asked for.  [default: today]")
@click.option(
    "--mode", callback=plain_text, help="Mode of transport (UNECE Rec. 19): 1 sea, 3 road."
)
@click.option("--destination", callback=as_country, help="Country of destination.")
@click.option("--export-country", callback=as_country, help="Country the goods are sent from.")
@click.option("--office", callback=plain_text, help="Office of entry or exit.")
@click.option("--procedure", callback=plain_text, help="Customs procedure, four digits.")
@click.option("--use", "uses", multiple=True, callback=plain_text, help="Code of an intended use.")
@click.option("--net-mass", type=AMOUNT, metavar="KG", help="Net mass.")
@click.option("--quantity", type=AMOUNT, help="Quantity in the tariff's unit.")
@click.option("--value", type=AMOUNT, help="Value in the country's currency.")
@as_json
@command
def requirements(
    session: Session,
    regime: Regime,
    commodity: str,
    origin: str | None,
    on: date | None,
    mode: str | None,
    destination: str | None,
    export_country: str | None,
    office: str | None,
    procedure: str | None,
    uses: tuple[str, ...],
    net_mass: float | None,
    quantity: float | None,
    value: float | None,
    as_json: bool,
) -> None:
    """List what every agency asks of goods, by which law.

    What is not told is not known: a requirement from 100 kg on is listed once --net-mass says so.
    """
    inquiry = Inquiry(
        regime=regime,
        commodity=commodity,
        day=on or session.today(),
        origin=origin,
        destination=destination,
        export_country=export_country,
        mode=mode,
        office=office,
        procedure=procedure,
        uses=uses,
        net_mass=net_mass,
        quantity=quantity,
        value=value,
    )
    complain(_doubts(inquiry))
    found = guide(session.jurisdiction, inquiry)
    if as_json:
        print_json([_answer(one) for one in found])
        return
    rows = [
        (one.requirement, one.agency, " or ".join(filter(None, (one.document, *one.alternatives))))
        for one in found
    ]
    for line, one in zip(columns(rows), found, strict=True):
        say(line)
        say(f"  {one.sentence}  ({cited(one.legal_basis)})")


def _answer(one: Guidance) -> Answer:
    return Answer(
        one.requirement,
        one.agency,
        one.document,
        one.alternatives,
        cited(one.legal_basis),
        one.sentence,
    )


def _doubts(inquiry: Inquiry) -> list[Notice]:
    """Return the codes that no list knows; the question is answered all the same."""
    found = []
    if not is_heading(inquiry.commodity):
        found.append(
            lodgement_rules.UNKNOWN_COMMODITY.notice("--commodity", code=inquiry.commodity)
        )
    countries = {
        "--origin": inquiry.origin,
        "--destination": inquiry.destination,
        "--export-country": inquiry.export_country,
    }
    found += [
        lodgement_rules.UNKNOWN_COUNTRY.notice(option, code=code)
        for option, code in countries.items()
        if code and not is_country(code)
    ]
    return found
