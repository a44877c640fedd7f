"""Deciding, holding, meeting conditions, resolving conflicts, releasing (RL-01 to RL-04)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatepost.authority import rules as authority_rules
from gatepost.authority.decide import Allowed
from gatepost.casework.acts.gate import agency_of, allowed, is_stranger, still_open
from gatepost.casework.acts.handing import held_elsewhere
from gatepost.casework.acts.model import Act
from gatepost.casework.acts.summoning import escalate
from gatepost.casework.settling import pass_time, settle_case
from gatepost.casework.work import Work
from gatepost.kernel.notice import Notice, Refused
from gatepost.release import rules
from gatepost.release.events import (
    ConditionMet,
    ConflictResolved,
    DecisionGiven,
    HoldLifted,
    HoldPlaced,
)
from gatepost.release.model import Condition, Conflict, Hold, Interest


def decide(work: Work, act: Act) -> None:
    """Give the agency's ``decision`` on its own ``targets``, or on all of them.

    Nothing is cleared past an open need or control; whatever is not a plain
    clearance needs a reason, a conditional one its ``condition`` and ``due``.
    """
    allowed(work, act, "decide")
    agency = agency_of(work, act)
    own = {
        interest.target: interest
        for interest in work.interests(act.reference).values()
        if interest.agency == agency
    }
    notices = held_elsewhere(work, act.reference, agency)
    notices += _decision_notices(act, agency, own)
    if notices:
        raise Refused(notices)
    for mandate, targets in _by_mandate(work, act, act.targets or tuple(own)):
        work.happen(
            act.reference,
            _decision(work, act, agency, mandate, targets),
            agency=agency,
            rule=mandate.mandate,
            legal_basis=mandate.legal_basis,
        )
    settle_case(work, act.reference)


def _by_mandate(
    work: Work, act: Act, targets: tuple[str, ...]
) -> list[tuple[Allowed, tuple[str, ...]]]:
    """Return the targets by the mandate that covers each; refuse if one is not covered."""
    found: dict[Allowed, list[str]] = {}
    for target in targets:
        found.setdefault(allowed(work, act, "decide", target=target), []).append(target)
    return [(mandate, tuple(mine)) for mandate, mine in found.items()]


def _decision(
    work: Work, act: Act, agency: str, mandate: Allowed, targets: tuple[str, ...]
) -> DecisionGiven:
    assert act.decision is not None
    conditions: tuple[Condition, ...] = ()
    if act.decision == "clear_conditional" and act.condition and act.due:
        name = _next_condition(work.case(act.reference).release.conditions)
        law = mandate.legal_basis
        conditions = (Condition(name, agency, act.condition, act.due, targets, legal_basis=law),)
    return DecisionGiven(targets, act.decision, mandate.mandate, act.reason, conditions)


def _next_condition(known: Iterable[str]) -> str:
    """Return a name that no condition has, though earlier ones may be gone."""
    last = max((int(name.rpartition("-")[2]) for name in known), default=0)
    return f"condition-{last + 1}"


def _decision_notices(act: Act, agency: str, own: dict[str, Interest]) -> Iterator[Notice]:
    kind = act.decision
    if kind is None:
        yield rules.DECISION_MISSING.notice()
        return
    if not own:
        yield rules.NO_INTEREST.notice(agency=agency, target=act.reference)
        return
    for target in act.targets:
        if target not in own:
            yield rules.NO_INTEREST.notice(agency=agency, target=target)
    for target in act.targets or tuple(own):
        interest = own.get(target)
        if interest is None or interest.allows(kind):
            continue
        if interest.needs and (kind == "clear" or interest.prohibited):
            needs = ", ".join(interest.needs)
            yield rules.NEEDS_OPEN.notice(agency=agency, target=target, needs=needs)
        waiting = interest.controls + (interest.inland if kind == "clear" else ())
        if waiting:
            controls = ", ".join(waiting)
            yield rules.CONTROLS_OPEN.notice(agency=agency, target=target, controls=controls)
    if kind != "clear" and not act.reason.strip():
        yield rules.REASON_MISSING.notice(kind=kind)
    if kind == "clear_conditional" and not (act.condition and act.due and act.due > act.at):
        yield rules.CONDITION_MISSING.notice()


def hold(work: Work, act: Act) -> None:
    """Place a hold: it needs ``legal_basis``, ``reason`` and an end, ``expires`` (RL-02)."""
    notices = []
    if not act.legal_basis:
        notices.append(rules.HOLD_WITHOUT_LAW.notice())
    if not act.reason.strip() or act.expires is None or act.expires <= act.at:
        notices.append(rules.HOLD_WITHOUT_END.notice())
    mandate = allowed(work, act, "hold", concerned=False)
    if notices:
        raise Refused(notices)
    case = work.case(act.reference)
    if case.release.removed_at is not None:
        at = case.release.removed_at.isoformat()
        raise Refused([rules.ALREADY_REMOVED.notice(reference=act.reference, at=at)])
    assert act.expires is not None
    placed = Hold(
        f"hold-{len(case.release.holds) + 1}",
        agency_of(work, act),
        act.reason,
        work.at,
        act.expires,
        act.legal_basis,
        reported=act.source == "system",
    )
    work.happen(
        act.reference,
        HoldPlaced(placed),
        agency=placed.agency,
        rule=mandate.mandate,
        legal_basis=act.legal_basis,
    )


def lift(work: Work, act: Act) -> None:
    """Lift the agency's own ``hold``, or all its holds."""
    mandate = allowed(work, act, "hold")
    agency = agency_of(work, act)
    own = [h for h in work.case(act.reference).release.open_holds if h.agency == agency]
    meant = [h for h in own if act.hold in (None, h.id) and not h.automatic]
    if not meant:
        notice = rules.NO_SUCH_HOLD.notice(
            agency=agency, hold=act.hold or "at all", reference=act.reference
        )
        raise Refused([notice])
    for one in meant:
        work.happen(
            act.reference,
            HoldLifted(one.id, act.reason),
            agency=agency,
            rule=mandate.mandate,
            legal_basis=mandate.legal_basis,
        )
    settle_case(work, act.reference)


def meet(work: Work, act: Act) -> None:
    """Record that a ``condition`` of the agency is met (RL-03)."""
    mandate = allowed(work, act, "decide")
    agency = agency_of(work, act)
    found = [
        one
        for one in work.case(act.reference).release.open_conditions
        if one.agency == agency and act.condition in (None, one.id)
    ]
    if not found:
        notice = rules.NO_CONDITION.notice(
            agency=agency, condition=act.condition or "at all", reference=act.reference
        )
        raise Refused([notice])
    for one in found:
        work.happen(
            act.reference,
            ConditionMet(one.id),
            agency=agency,
            rule=mandate.mandate,
            legal_basis=mandate.legal_basis,
        )
    settle_case(work, act.reference)


def resolve(work: Work, act: Act) -> None:
    """The named decider rules on a conflict that was referred to it: ``decision`` on a target."""
    still_open(work, act)
    pass_time(work, act.reference)
    register = work.desk.jurisdiction.register
    officer = register.officer(work.actor.id, work.day)
    unit = officer.unit if officer else ""
    if officer is None:
        raise Refused([authority_rules.MUST_BE_OFFICER.notice(actor=work.actor.id, power="decide")])
    if "decide" not in officer.powers:
        notice = authority_rules.OFFICER_LACKS_POWER.notice(
            officer=officer.id, power="decide", post="any post"
        )
        raise Refused([notice])
    conflicts = work.case(act.reference).release.conflicts
    targets = act.targets or tuple(conflicts)
    referred = [
        conflicts[t]
        for t in targets
        if t in conflicts and conflicts[t].referred and conflicts[t].decider == unit
    ]
    if not referred:
        named = ", ".join(targets) or act.reference
        raise Refused([rules.NO_CONFLICT.notice(target=named, unit=unit)])
    notices = list(_ruling_notices(act, referred))
    if notices:
        raise Refused(notices)
    for conflict in referred:
        work.happen(
            act.reference,
            ConflictResolved(conflict.target, act.decision, act.reason),
            agency=work.actor.agency,
            rule=conflict.row,
            legal_basis=conflict.legal_basis,
        )
    settle_case(work, act.reference)


def _ruling_notices(act: Act, conflicts: Iterable[Conflict]) -> Iterator[Notice]:
    for conflict in conflicts:
        if act.decision not in conflict.kinds:
            kinds = ", ".join(conflict.kinds)
            yield rules.NOT_IN_CONFLICT.notice(target=conflict.target, kinds=kinds)
    if not act.reason.strip():
        yield rules.REASON_MISSING.notice(kind="ruling")


def release(work: Work, act: Act) -> None:
    """Ask for the release: it is granted if nothing is open, and says what is open if not."""
    still_open(work, act)
    allowed(work, act, "release")
    released = work.case(act.reference).release.released
    if released is not None:
        at = released.at.isoformat()
        raise Refused([rules.ALREADY_RELEASED.notice(reference=act.reference, at=at)])
    pass_time(work, act.reference)
    case = work.case(act.reference)
    if case.release.released is None:
        waiting = sorted(
            {
                interest.agency
                for key, interest in work.interests(act.reference).items()
                if key not in case.release.decisions or not interest.ready
            }
            | {one.agency for one in case.release.open_holds}
        )
        named = ", ".join(waiting) or "a decision that releases"
        raise Refused([rules.NOT_READY.notice(reference=act.reference, waiting=named)])


def tick(work: Work, act: Act) -> None:
    """Let time pass for a case: what is due at the moment of the act happens.

    A stranger is refused, who could learn from it that there is such a case and what is due in it.
    """
    if is_stranger(work, act):
        raise Refused([authority_rules.NOT_A_PARTY.notice(actor=work.actor.id)])
    pass_time(work, act.reference)
    escalate(work, act.reference)
