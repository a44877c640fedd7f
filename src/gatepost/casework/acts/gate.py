"""The one gate, as acts ask it."""

from __future__ import annotations

from gatepost.authority import rules
from gatepost.authority.bound import Bind, shut_notice
from gatepost.authority.decide import Allowed, Denied, Question, find_delegation, find_mandate, may
from gatepost.authority.instrument import abroad
from gatepost.authority.model import Power
from gatepost.authority.passage import may_enter
from gatepost.casework.acts.model import Act, ActName
from gatepost.casework.disclosure import has_part
from gatepost.casework.parties import stands_for
from gatepost.casework.settling import question
from gatepost.casework.work import Work
from gatepost.kernel.notice import Notice, Refused
from gatepost.lodgement import rules as lodgement_rules
from gatepost.lodgement.model import Lodged

ENTERING: frozenset[Power] = frozenset(("examine", "sample", "decide", "hold", "release"))
"""The powers of the state that is entered, which wait for the exit where that goes first."""

WITNESSED: frozenset[ActName] = frozenset(("arrive", "present", "remove", "exit", "readmit"))
"""The acts by which an officer at the post reports what is seen there."""
BEGINNING: dict[ActName, Power] = {"hold": "hold", "override": "override"}
"""The acts by which an agency takes a part in a case that did not concern it before."""
DELEGABLE: tuple[Power, ...] = ("examine", "sample", "decide", "release")
"""The powers that a clause can hand to officers of another agency."""


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
    waiting = shut_notices(work, act, asked, answer.mandate)
    if entering and power in ENTERING:
        waiting += entry_notices(work, case.known)
    if waiting:
        raise Refused(waiting)
    return answer


def shut_notices(work: Work, act: Act, asked: Question, mandate: str) -> list[Notice]:
    """Return why the law lets nobody do the act at this hour: the service is shut (OS-05).

    By the moment of the act and not that of its recording: a post may have had no line. An
    examination with its result is both, and is asked for both.
    """
    here = work.desk.jurisdiction
    both = (act.act, "find") if act.act == "examine" and act.result is not None else (act.act,)
    found = (
        shut_notice(here.register, here.hours, asked, Bind(name, mandate, work.at, here.zone))
        for name in both
    )
    return [one for one in found if one is not None]


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


def is_stranger(work: Work, act: Act) -> bool:
    """Tell whether nothing lets the actor know that there is such a case.

    No stranger is: to whom anything of the case is open for some purpose, an officer who may act
    for an agency of the case by a delegation, or one at the post who reports what is seen there.
    """
    if work.actor.kind in ("operator", "system"):
        return False
    case = work.case(act.reference)
    if has_part(work.desk, case, work.actor, work.now):
        return False
    return not (_sees(work, act) or _may_begin(work, act) or _may_stand_in(work, act))


def _sees(work: Work, act: Act) -> bool:
    """Tell whether the act is a report of what is seen, by an officer of that very post."""
    if act.act not in WITNESSED or work.actor.kind != "officer":
        return False
    register, post = work.desk.jurisdiction.register, work.case(act.reference).known.post
    officer = register.officer(work.actor.id, work.day)
    return officer is not None and post in register.posts_of(officer, work.day)


def _may_begin(work: Work, act: Act) -> bool:
    """Tell whether the officer's agency may take a part now, or rules on a conflict of others."""
    register, case = work.desk.jurisdiction.register, work.case(act.reference)
    agency = work.actor.agency or ""
    officer = register.officer(work.actor.id, work.day)
    if officer is None:
        return False
    if any(one.decider == officer.unit for one in case.release.conflicts.values()):
        return True
    power = BEGINNING.get(act.act)
    return power is not None and (
        find_mandate(register, question(work, case.known, agency, power)) is not None
    )


def _may_stand_in(work: Work, act: Act) -> bool:
    """Tell whether some delegation in force lets the officer act for an agency of the case."""
    register = work.desk.jurisdiction.register
    if register.officer(work.actor.id, work.day) is None:
        return False
    case = work.case(act.reference)
    owners = (*case.agencies, *((act.agency,) if abroad(act.agency or "") else ()))
    return any(
        find_delegation(register, question(work, case.known, owner, power)) is not None
        for owner in owners
        for power in DELEGABLE
    )


def still_open(work: Work, act: Act) -> None:
    """Refuse an act on a case that was withdrawn."""
    if work.case(act.reference).known.status == "withdrawn":
        raise Refused([lodgement_rules.WITHDRAWN.notice(reference=act.reference)])
