"""``gatepost may``: may this officer or this office do this here, now? By which instrument?"""

from __future__ import annotations

from datetime import date, datetime
from typing import get_args

import click
import msgspec

from gatepost.authority import rules
from gatepost.authority.bound import Bind, shut_notice
from gatepost.authority.decide import Allowed, Denied, Question
from gatepost.authority.decide import may as ask_gate
from gatepost.authority.hours import Nearest
from gatepost.authority.model import Power
from gatepost.authority.office import OfficeAnswer, OfficeQuestion, may_perform
from gatepost.cli.context import Session, as_day, as_json, as_moment, command, plain_text, scenario
from gatepost.cli.output import BOOK, Said, cited, print_json, said, say
from gatepost.cli.requirements import as_commodity
from gatepost.cooperation.contacts import OnDuty, Wanted
from gatepost.kernel.actor import Actor
from gatepost.kernel.language import in_language
from gatepost.kernel.regime import REGIMES, Regime

POWERS: tuple[str, ...] = get_args(Power)


class Answer(msgspec.Struct, frozen=True):
    """The gate's answer: yes by a mandate or an instrument and its law, or no with every reason.

    ``reason`` is one sentence; ``on_behalf_of`` is set where another's power is used. ``ask`` is
    whom to ask of the agency after a no: who is on duty there at the moment, or next.
    """

    allowed: bool
    instrument: str | None
    reason: str
    mandate: str | None
    sentence: str | None
    legal_basis: str | None
    on_behalf_of: str | None
    notices: tuple[Said, ...]
    ask: OnDuty | None = None


class OfficeAnswered(msgspec.Struct, frozen=True):
    """The answer for an office and a formality."""

    allowed: bool
    instrument: str | None
    reason: str
    office: str
    formality: str
    performed_by: str | None
    on_behalf_of: str | None
    legal_basis: str | None
    inferred: bool
    nearest: Nearest | None
    notices: tuple[Said, ...]


@click.command()
@click.option("--by", metavar="OFFICER", callback=plain_text, help="Which officer.")
@click.option("--power", type=click.Choice(POWERS), help="Which power.  [an office: release]")
@click.option("--office", metavar="POST", callback=plain_text, help="Which office, as a whole.")
@click.option(
    "--formality", metavar="STATE:DIRECTION", callback=plain_text, help="Such as norway:export."
)
@click.option("--agency", callback=plain_text, help="For which agency.  [default: the officer's]")
@click.option("--regime", type=click.Choice(REGIMES), default="import", show_default=True)
@click.option("--commodity", "commodity", callback=as_commodity, help="The goods.")
@click.option("--people", is_flag=True, help="Travellers are concerned.")
@click.option("--post", callback=plain_text, help="At which post.")
@click.option("--second", metavar="OFFICER", callback=plain_text, help="Who confirms it.")
@click.option("--on", callback=as_day, help="On which day.  [default: today]")
@click.option(
    "--at", callback=as_moment, metavar="TIME", help="At which moment; the hours count too."
)
@click.option(
    "--kilometres", type=click.FloatRange(min=0), help="How far from the border it is done."
)
@scenario
@as_json
@command
def may(
    session: Session,
    by: str | None,
    power: Power | None,
    office: str | None,
    formality: str | None,
    agency: str | None,
    regime: Regime,
    commodity: str | None,
    people: bool,
    post: str | None,
    second: str | None,
    on: date | None,
    at: datetime | None,
    kilometres: float | None,
    scenario: str | None,
    as_json: bool,
) -> None:
    """Ask whether an officer or an office may do this.

    The one gate answers; a no is an answer too and ends with 0. An officer is asked about
    with --by and --power, an office with --office and --formality: without --at whether it is
    competent, with it whether it is open too, and whether a law ties the officer to its hours."""
    session.scenario = scenario
    goods = (commodity,) if commodity else ()
    moment = session.now(at) if at else None
    day = on or session.jurisdiction.law_day(session.now(moment))
    shown: Answer | OfficeAnswered
    if office is not None and formality is not None and by is None:
        asked = OfficeQuestion(
            office, formality, day, power or "release", moment, agency, goods, people, kilometres
        )
        jurisdiction = session.jurisdiction
        found = may_perform(jurisdiction.register, jurisdiction.hours, asked)
        shown = _of_office(asked, found)
    elif by is not None and power is not None and formality is None:
        asked_by = _question(session, by, power, agency, day, regime)
        wanted = msgspec.structs.replace(
            asked_by, post=post or office, commodities=goods, people=people, second=second
        )
        shown = _of_officer(session, wanted, moment)
        if not shown.allowed and (moment or not on):
            ask = _whom_to_ask(session, wanted, moment or session.now())
            shown = msgspec.structs.replace(shown, ask=ask)
    else:
        raise click.UsageError(
            "Ask about an officer with --by and --power, or about an office with --office and"
            " --formality."
        )
    if as_json:
        print_json(shown)
    else:
        _tell(shown)


def _question(
    session: Session, by: str, power: Power, agency: str | None, day: date, regime: Regime
) -> Question:
    serves = session.jurisdiction.register.agency_of(by)
    actor = Actor(by, "officer", serves) if serves else Actor(by, "party")
    return Question(actor, power, agency or serves, day, regime)


def _of_officer(session: Session, asked: Question, moment: datetime | None) -> Answer:
    here = session.jurisdiction
    register = here.register
    answer: Allowed | Denied
    if asked.agency:
        answer = ask_gate(register, asked)
        if isinstance(answer, Allowed) and moment is not None:
            bind = Bind(asked.power, answer.mandate, moment, here.zone)
            shut = shut_notice(register, here.hours, asked, bind)
            answer = answer if shut is None else Denied((shut,))
    else:
        answer = Denied((rules.MUST_BE_OFFICER.notice(actor=asked.actor.id, power=asked.power),))
    if isinstance(answer, Denied):
        told = said(answer.notices)
        reason = " ".join(one.sentence for one in told)
        return Answer(False, None, reason, None, None, None, None, told)
    sentence = here.sentence_of(answer.mandate)
    law = cited(answer.legal_basis)
    reason = f"{sentence} ({law})"
    if answer.clause is not None:
        words = here.sentence_of(answer.clause)
        reason = f"On behalf of {answer.on_behalf_of}: {words} ({law})"
    instrument = answer.clause or answer.mandate
    return Answer(
        True,
        instrument,
        reason,
        answer.mandate,
        sentence,
        law,
        answer.on_behalf_of,
        (),
    )


def _whom_to_ask(session: Session, asked: Question, moment: datetime) -> OnDuty | None:
    """Return who of the agency asked about is on duty at the post, else who is next."""
    if not asked.agency:
        return None
    wanted = Wanted(post=asked.post, agency=asked.agency)
    found = session.jurisdiction.contacts.duty(wanted, moment)
    return next(iter((*found.now, *found.next)), None)


def _of_office(asked: OfficeQuestion, found: OfficeAnswer) -> OfficeAnswered:
    told = said(found.notices)
    return OfficeAnswered(
        found.allowed,
        found.instrument,
        " ".join(BOOK.sentence(one) for one in found.notices),
        asked.office,
        asked.formality,
        found.performed_by,
        found.on_behalf_of,
        cited(found.legal_basis) if found.allowed else None,
        found.inferred,
        found.nearest,
        told,
    )


def _tell(shown: Answer | OfficeAnswered) -> None:
    if isinstance(shown, OfficeAnswered) and shown.allowed:
        say(f"yes  {shown.instrument}  {shown.legal_basis}")
        say(f"     {shown.reason}")
        if shown.inferred:
            say("     The source does not say so in so many words; it is inferred.")
    elif isinstance(shown, Answer) and shown.allowed:
        say(f"yes  {shown.instrument}  {shown.legal_basis}")
        say(f"     {shown.reason if shown.on_behalf_of else shown.sentence}")
    else:
        for one in shown.notices:
            say(f"no   {one.code}  {one.sentence}")
        if isinstance(shown, Answer) and shown.ask is not None:
            ways = "; ".join(f"{way} {where}" for way, where in shown.ask.reach.items())
            role, when = in_language(shown.ask.role), f"{shown.ask.start:%a %d %b %H:%M}"
            say(f"     Ask {shown.ask.agency}: {role}, on duty from {when}, {ways}.")
