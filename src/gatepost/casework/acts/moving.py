"""Arrival, presentation and removal."""

from __future__ import annotations

from gatepost.casework.acts.gate import entry_notices, witness
from gatepost.casework.acts.model import Act
from gatepost.casework.determining import ARRIVAL, determine_case
from gatepost.casework.settling import pass_time
from gatepost.casework.work import Work
from gatepost.control.sending import presenting_notices
from gatepost.kernel.notice import Notice, Refused
from gatepost.lodgement import rules as lodgement_rules
from gatepost.lodgement.events import ConveyanceArrived, GoodsPresented
from gatepost.release import rules
from gatepost.release.events import GoodsRemoved


def arrive(work: Work, act: Act) -> None:
    """The conveyance came: every case of its movement is looked at again (AI-01)."""
    witness(work, act)
    known = work.case(act.reference).known
    if known.arrived_at is not None:
        raise Refused([lodgement_rules.ALREADY_ARRIVED.notice(reference=act.reference)])
    key, post = known.movement, act.place or known.post
    work.move(key, ConveyanceArrived(key, post))
    for reference in work.movement(key).cases:
        case = work.case(reference)
        if case.status in ("withdrawn", "removed") or case.known.arrived_at is not None:
            continue
        here = case.known.post or post
        work.happen(reference, ConveyanceArrived(key, here))
        work.look_as(reference, None)
        determine_case(work, reference, ARRIVAL)


def present(work: Work, act: Act) -> None:
    """The goods stand at the disposal of the agencies; the case is looked at again.

    Goods that were sent on are presented where they were sent to, under the ``seal`` they left
    with; with ``intact: false`` it is recorded that it was changed or broken.
    """
    witness(work, act)
    known = work.case(act.reference).known
    journey = known.journey
    before = journey.arrived if journey is not None else known.presented_at
    if before is not None:
        raise Refused([lodgement_rules.ALREADY_PRESENTED.notice(reference=act.reference)])
    if notices := list(presenting_notices(known, act.place, act.seal, act.intact)):
        raise Refused(notices)
    place = act.place or (journey.site if journey else None)
    work.happen(act.reference, GoodsPresented(place, act.seal, act.intact))
    work.look_as(act.reference, None)
    determine_case(work, act.reference, ARRIVAL)


def remove(work: Work, act: Act) -> None:
    """The goods leave: released, arrived unless exported, and with no hold open (RL-01)."""
    witness(work, act)
    pass_time(work, act.reference)
    notices = list(_removal_notices(work, act.reference))
    notices += entry_notices(work, work.case(act.reference).known)
    if notices:
        raise Refused(notices)
    work.happen(act.reference, GoodsRemoved(act.place))


def _removal_notices(work: Work, reference: str) -> list[Notice]:
    case = work.case(reference)
    release, known = case.release, case.known
    if release.removed_at is not None:
        at = release.removed_at.isoformat()
        return [rules.ALREADY_REMOVED.notice(reference=reference, at=at)]
    notices = [
        rules.HELD.notice(reference=reference, agency=hold.agency, reason=hold.reason)
        for hold in release.open_holds
    ]
    if release.released is None:
        notices.append(rules.NOT_RELEASED.notice(reference=reference))
    if known.regime != "export" and not known.is_here:
        notices.append(rules.NOT_ARRIVED.notice(reference=reference))
    return notices
