"""The neighbour's exit, the reversed order, turning back and re-admission at a shared post (OS-03).

What the adjoining state does at the post is reported, and recorded only where a law or an
instrument in force lets it do that there.
"""

from __future__ import annotations

from gatepost.authority import rules
from gatepost.authority.hours import OpeningHours
from gatepost.authority.model import BorderPost
from gatepost.authority.office import OfficeAnswer, OfficeQuestion, may_perform
from gatepost.authority.passage import PassageStep, after
from gatepost.authority.register import Register
from gatepost.casework.acts.gate import allowed, witness
from gatepost.casework.acts.model import Act
from gatepost.casework.work import Work
from gatepost.kernel.notice import Refused
from gatepost.lodgement.events import (
    EntryTurnedBack,
    ExitCompleted,
    MovementReadmitted,
    OrderReversed,
)


def exit_completed(work: Work, act: Act) -> None:
    """The adjoining state completed its exit here: jurisdiction passes to the state entered."""
    witness(work, act)
    by = _adjoining(work, act)
    _next(work, act, "exit")
    body = ExitCompleted(by.performed_by or "", by.instrument or "")
    work.happen(act.reference, body, rule=by.instrument, legal_basis=by.legal_basis)


def reverse(work: Work, act: Act) -> None:
    """Both states let the entry go first for this movement; it needs a ``reason``."""
    mandate = allowed(work, act, "examine", entering=False)
    _adjoining(work, act)
    _next(work, act, "reverse")
    _with_reason(act)
    work.happen(
        act.reference,
        OrderReversed(act.reason),
        agency=act.agency or work.actor.agency,
        rule=mandate.mandate,
        legal_basis=mandate.legal_basis,
    )


def turn_back(work: Work, act: Act) -> None:
    """Entry is refused and the movement goes back to the state it left, for a ``reason``."""
    mandate = allowed(work, act, "decide")
    _adjoining(work, act)
    _next(work, act, "turn_back")
    _with_reason(act)
    work.happen(
        act.reference,
        EntryTurnedBack(act.reason),
        agency=act.agency or work.actor.agency,
        rule=mandate.mandate,
        legal_basis=mandate.legal_basis,
    )


def readmit(work: Work, act: Act) -> None:
    """The state that was left takes the movement back, as it must."""
    witness(work, act)
    by = _adjoining(work, act)
    _next(work, act, "readmit")
    body = MovementReadmitted(by.performed_by or "")
    work.happen(act.reference, body, rule=by.instrument, legal_basis=by.legal_basis)


def _adjoining(work: Work, act: Act) -> OfficeAnswer:
    """Return by what the adjoining state performs its exit here, or refuse."""
    known = work.case(act.reference).known
    register = work.desk.jurisdiction.register
    post = register.post(known.post, work.day) if known.post else None
    if post is None or post.shared_with is None or known.regime == "export":
        raise Refused([rules.NOT_SHARED.notice(reference=act.reference, post=known.post or "none")])
    asked = OfficeQuestion(
        post.id,
        f"{_neighbour(register, post)}:export",
        work.day,
        commodities=known.commodities,
        people=known.people,
    )
    hours: OpeningHours = work.desk.jurisdiction.hours
    answer = may_perform(register, hours, asked)
    if not answer.allowed:
        raise Refused(answer.notices)
    return answer


def _neighbour(register: Register, post: BorderPost) -> str:
    """Return the state across the line: the one of the two that is not this one."""
    host = register.state_at(post)
    if host is not None and host.id != register.own_state:
        return host.id
    return post.shared_with or ""


def _next(work: Work, act: Act, step: PassageStep) -> None:
    known = work.case(act.reference).known
    if not known.is_here or after(known.passage, step) is None:
        raise Refused(
            [rules.NOT_NOW.notice(reference=act.reference, step=step, passage=known.passage)]
        )


def _with_reason(act: Act) -> None:
    if not act.reason.strip():
        raise Refused([rules.REASON_WANTED.notice(act=act.act)])
