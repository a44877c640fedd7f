"""The one gate, as acts ask it."""

from __future__ import annotations

from gatepost.authority import rules
from gatepost.authority.decide import Allowed, Denied, may
from gatepost.authority.model import Power
from gatepost.authority.passage import may_enter
from gatepost.casework.acts.model import Act
from gatepost.casework.parties import stands_for
from gatepost.casework.settling import question
from gatepost.casework.work import Work
from gatepost.kernel.notice import Notice, Refused
from gatepost.lodgement import rules as lodgement_rules
from gatepost.lodgement.model import Lodged

ENTERING: frozenset[Power] = frozenset(("examine", "sample", "decide", "hold", "release"))
"""The powers of the state that is entered, which wait for the exit where that goes first."""


def allowed(
    work: Work,
    act: Act,
    power: Power,
    concerned: bool = True,
    target: str = "consignment",
    entering: bool = True,
) -> Allowed:
    """Return the mandate by which the actor uses ``power`` for the act's agency, or refuse.

    With ``concerned`` the agency must have a part in the case. ``target`` is what the
    power is used on: an item, a traveller or the whole. With ``entering`` the neighbour's
    exit must be completed first at a post where it goes first.
    """
    case = work.case(act.reference)
    still_open(work, act)
    agency = act.agency or work.actor.agency or ""
    if concerned and agency not in case.agencies:
        raise Refused([rules.NOT_CONCERNED.notice(agency=agency or work.actor.id)])
    asked = question(work, case.known, agency, power, act.second, target)
    answer = may(work.desk.jurisdiction.register, asked)
    if isinstance(answer, Denied):
        raise Refused(answer.notices)
    if entering and power in ENTERING:
        waiting = entry_notices(work, case.known)
        if waiting:
            raise Refused(waiting)
    return answer


def entry_notices(work: Work, known: Lodged) -> list[Notice]:
    """Return why the state entered may not act yet: at this post the exit goes first."""
    register = work.desk.jurisdiction.register
    post = register.post(known.post, work.day) if known.post else None
    inward = known.regime != "export" and known.is_here
    if post is None or not post.exit_first or not inward or may_enter(known.passage):
        return []
    state = post.shared_with or ""
    if known.passage == "turned_back":
        return [rules.TURNED_BACK.notice(reference=known.reference, state=state)]
    return [rules.EXIT_FIRST.notice(reference=known.reference, state=state, post=post.id)]


def agency_of(work: Work, act: Act) -> str:
    """Return the agency an act is for: the one it names, else the officer's own."""
    return act.agency or work.actor.agency or ""


def party_of_case(work: Work, act: Act) -> Lodged:
    """Return the lodgement if the actor is one of its parties or the operator, else refuse."""
    known = work.case(act.reference).known
    still_open(work, act)
    register, country = work.desk.jurisdiction.register, work.desk.jurisdiction.country.code
    if work.actor.kind != "operator" and not stands_for(
        register, known, country, work.actor.id, work.day
    ):
        raise Refused([rules.NOT_A_PARTY.notice(actor=work.actor.id)])
    return known


def declarant_of_case(work: Work, act: Act) -> Lodged:
    """Return the lodgement if the actor declared it, as declarant or agent, or is the operator."""
    known = party_of_case(work, act)
    if work.actor.kind != "operator" and work.actor.id not in (known.declarant, known.agent):
        notice = rules.NOT_THE_DECLARANT.notice(actor=work.actor.id, reference=act.reference)
        raise Refused([notice])
    return known


def witness(work: Work, act: Act) -> None:
    """Refuse who may not report what is seen at the post: officers there, parties, the operator."""
    if work.actor.kind == "officer":
        at_post(work, act)
    else:
        party_of_case(work, act)


def at_post(work: Work, act: Act) -> None:
    """Refuse an officer who is not in post on the day or serves elsewhere than the case is."""
    still_open(work, act)
    register, post = work.desk.jurisdiction.register, work.case(act.reference).known.post
    officer = register.officer(work.actor.id, work.day)
    if officer is None:
        day = work.day.isoformat()
        raise Refused([rules.UNKNOWN_OFFICER.notice(officer=work.actor.id, day=day)])
    posts = register.posts_of(officer, work.day)
    if post is not None and posts and post not in posts:
        notice = rules.OFFICER_LACKS_POWER.notice(
            officer=officer.id, power=f"record the act {act.act}", post=post
        )
        raise Refused([notice])


def still_open(work: Work, act: Act) -> None:
    """Refuse an act on a case that was withdrawn."""
    if work.case(act.reference).known.status == "withdrawn":
        raise Refused([lodgement_rules.WITHDRAWN.notice(reference=act.reference)])
