"""``gatepost may``: may this officer do this here, on this day? By which law?"""

from __future__ import annotations

from datetime import date
from typing import get_args

import click
import msgspec

from gatepost.authority import rules
from gatepost.authority.decide import Allowed, Denied, Question
from gatepost.authority.decide import may as ask_gate
from gatepost.authority.model import Power
from gatepost.cli.context import Session, as_day, as_json, command, plain_text
from gatepost.cli.output import Said, cited, print_json, said, say
from gatepost.cli.requirements import as_commodity
from gatepost.kernel.actor import Actor
from gatepost.kernel.regime import REGIMES, Regime

POWERS: tuple[str, ...] = get_args(Power)


class Answer(msgspec.Struct, frozen=True):
    """The gate's answer: yes by a mandate and its law, or no with every reason."""

    allowed: bool
    mandate: str | None
    sentence: str | None
    legal_basis: str | None
    notices: tuple[Said, ...]


@click.command()
@click.option("--by", required=True, metavar="OFFICER", callback=plain_text)
@click.option("--power", type=click.Choice(POWERS), required=True)
@click.option("--agency", callback=plain_text, help="For which agency.  [default: the officer's]")
@click.option("--regime", type=click.Choice(REGIMES), default="import", show_default=True)
@click.option("--commodity", "commodity", callback=as_commodity, help="The goods.")
@click.option("--people", is_flag=True, help="Travellers are concerned.")
@click.option("--post", callback=plain_text, help="At which post.")
@click.option("--second", metavar="OFFICER", callback=plain_text, help="Who confirms it.")
@click.option("--on", callback=as_day, help="On which day.  [default: today]")
@as_json
@command
def may(
    session: Session,
    by: str,
    power: Power,
    agency: str | None,
    regime: Regime,
    commodity: str | None,
    people: bool,
    post: str | None,
    second: str | None,
    on: date | None,
    as_json: bool,
) -> None:
    """Ask whether an officer may do this.

    The one gate answers; a no is an answer too and ends with 0."""
    register = session.jurisdiction.register
    serves = register.agency_of(by)
    actor = Actor(by, "officer", serves) if serves else Actor(by, "party")
    day = on or session.today()
    wanted = agency or serves
    goods = (commodity,) if commodity else ()
    answer: Allowed | Denied = Denied((rules.MUST_BE_OFFICER.notice(actor=by, power=power),))
    if wanted:
        asked = Question(actor, power, wanted, day, regime, post, goods, people, second)
        answer = ask_gate(register, asked)
    if isinstance(answer, Denied):
        shown = Answer(False, None, None, None, said(answer.notices))
    else:
        sentence = session.jurisdiction.sentence_of(answer.mandate)
        shown = Answer(True, answer.mandate, sentence, cited(answer.legal_basis), ())
    if as_json:
        print_json(shown)
    elif shown.allowed:
        say(f"yes  {shown.mandate}  {shown.legal_basis}")
        say(f"     {shown.sentence}")
    else:
        for one in shown.notices:
            say(f"no   {one.code}  {one.sentence}")
