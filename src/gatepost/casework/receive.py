"""Taking in what an agency's own system reports: its decisions become acts here (SW-08)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

import msgspec

from gatepost.casework import rules
from gatepost.casework.act import ACTS, SKEW
from gatepost.casework.acts.model import Act, ActName
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.disclosure import has_part, sight_for
from gatepost.casework.events import AgencyReported
from gatepost.casework.projection import CASE, decode_case
from gatepost.casework.reports import Report, Standing, is_late, standing
from gatepost.casework.work import ATTEMPTS, Work
from gatepost.kernel.actor import OPERATOR, Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Notice, Refused
from gatepost.ledger.model import Repeated, Stale
from gatepost.lodgement import rules as lodgement_rules
from gatepost.release.model import Hold


class Received(msgspec.Struct, frozen=True):
    """What came of a report; ``notices`` tell what of it could not be done, and why."""

    status: Literal["done", "repeated"]
    late: bool
    happened: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


class Follow(msgspec.Struct, frozen=True):
    """What a case is to become: how it stands by the reports, and the law for a hold."""

    reference: str
    report: Report
    wanted: Standing
    legal_basis: tuple[LegalBasis, ...]
    hold_for: timedelta | None


def receive(
    desk: Desk,
    reference: str,
    report: Report,
    by: str,
    now: datetime,
    legal_basis: tuple[LegalBasis, ...] = (),
    hold_for: timedelta | None = None,
) -> Received:
    """Record ``report`` on a case and let the case follow it; the same report again does nothing.

    ``by`` is the officer who answers for the system; every act asks for a mandate as always. An
    act that is refused leaves its reasons with the report, and is tried again with the next one.
    ``Refused`` if the report itself cannot be taken in; then nothing is stored.
    """
    key, digest = f"report|{report.agency}|{report.id}", digest_of(report)
    for _ in range(ATTEMPTS):
        known = desk.ledger.act(key)
        if known is not None:
            if known.digest != digest:
                raise Refused([rules.REPORT_CONFLICT.notice(id=report.id)])
            return Received("repeated", late=False)
        taking = _Taking(desk, reference, report, by, now)
        work, notices = taking.done(legal_basis, hold_for)
        outcome = work.commit(key, digest)
        if not isinstance(outcome, Repeated | Stale):
            happened = tuple(event.body.name() for event in work.happened)
            return Received("done", taking.late, happened, notices)
    raise Refused([lodgement_rules.BUSY.notice()])


class CaseFinder:
    """Finds the case a report is about, among those that are open to whoever reports.

    What the cases are known by is read when first needed.
    """

    def __init__(self, desk: Desk, actor: Actor, now: datetime) -> None:
        self._desk = desk
        self._seen = sight_for(desk, actor, now)
        self._agency = actor.agency
        self._known: _Known | None = None

    def find(self, number: str | None, functional_reference: str | None) -> str:
        """Return the reference of the case with our ``number`` or the trader's reference.

        ``number`` may also be that of the agency's own system, if an earlier report of the agency
        told it. ``Refused`` if there is none, or if several traders used that reference.
        """
        if number and self._desk.ledger.row(CASE, number, self._seen) is not None:
            return number
        known = self._read()
        reported = known.by_number.get(number or "", set())
        if len(reported) == 1:
            return next(iter(reported))
        found = known.by_functional.get(functional_reference or "", [])
        if len(found) == 1:
            return found[0]
        values = {"functional_reference": functional_reference or "(none)"}
        if not found:
            raise Refused([rules.NO_CASE.notice(number=number or "(none)", **values)])
        references = ", ".join(sorted(found)[:5])
        notice = rules.SEVERAL_CASES.notice(found=len(found), references=references, **values)
        raise Refused([notice])

    def learn(self, reference: str, number: str | None) -> None:
        """Know from now on which case the agency's own system has under ``number``."""
        # What was not read yet will be read from the ledger, where the report is by now.
        if number and self._known is not None:
            self._known.by_number.setdefault(number, set()).add(reference)

    def _read(self) -> _Known:
        if self._known is None:
            self._known = known = _Known({}, {})
            for row in self._desk.ledger.rows(CASE, seen=self._seen):
                case = decode_case(row.value)
                name = case.known.functional_reference
                known.by_functional.setdefault(name, []).append(row.key)
                for one in case.reports:
                    if one.number and one.agency == self._agency:
                        known.by_number.setdefault(one.number, set()).add(row.key)
        return self._known


class _Known(NamedTuple):
    """What cases are known by: the trader's reference, and the number in the agency's system."""

    by_functional: dict[str, list[str]]
    by_number: dict[str, set[str]]


class _Taking:
    """One attempt to take in a report, on the case as it stands now."""

    def __init__(self, desk: Desk, reference: str, report: Report, by: str, now: datetime) -> None:
        self.desk, self.reference, self.report, self.now = desk, reference, report, now
        self.actor = desk.actor(by)
        if self.actor.kind != "officer" or self.actor.agency != report.agency:
            raise Refused([rules.NOT_AN_OFFICER.notice(actor=by)])
        if report.issued > now + SKEW:
            at, recorded = report.issued.isoformat(), now.isoformat()
            raise Refused([lodgement_rules.AHEAD_OF_TIME.notice("at", at=at, now=recorded)])
        case = Work(desk, now).case(reference)
        if not has_part(desk, case, self.actor, now):
            # The answer of a case that is not there: whom it does not concern learns nothing.
            raise Refused([lodgement_rules.UNKNOWN_REFERENCE.notice(reference=reference)])
        self.known = [one for one in case.reports if one.agency == report.agency]
        self.late = is_late(report, self.known)
        # What follows happens when the latest report was issued, not before the case was there.
        issued = max([report.issued, *(one.issued for one in self.known)])
        self.at = max(issued, case.known.accepted_at)

    def done(
        self, legal_basis: tuple[LegalBasis, ...], hold_for: timedelta | None
    ) -> tuple[Work, tuple[Notice, ...]]:
        """Return the work with every step that is not refused, and why others are."""
        wanted = standing([*self.known, self.report])
        follow = Follow(self.reference, self.report, wanted, legal_basis, hold_for)
        steps: list[Step] = []
        notices: list[Notice] = []
        for step in STEPS:
            try:
                self._work([*steps, step], follow, ())
            except Refused as refused:
                notices += refused.notices
            else:
                steps.append(step)
        kept = tuple({(one.code, one.where): one for one in notices}.values())
        return self._work(steps, follow, kept), kept

    def _work(self, steps: Sequence[Step], follow: Follow, notices: tuple[Notice, ...]) -> Work:
        work = Work(self.desk, self.now, self.at, "system", None, self.actor)
        work.case(self.reference)
        body = AgencyReported(self.report, self.late, notices)
        work.happen(self.reference, body, agency=self.report.agency)
        for step in steps:
            for act in step(work, follow):
                work.actor = OPERATOR if act.act == "withdraw" else self.actor
                ACTS[act.act](work, act)
        work.actor = self.actor
        return work


Step = Callable[[Work, Follow], Iterator[Act]]
"""Yields the acts that bring a case one step closer to how it stands; none if it is there."""


def _withdraw(work: Work, follow: Follow) -> Iterator[Act]:
    if follow.wanted.withdrawn and _is_open(work, follow):
        yield _act(work, follow, "withdraw", reason=follow.report.name)


def _refuse(work: Work, follow: Follow) -> Iterator[Act]:
    if follow.wanted.refused and _undecided(work, follow):
        yield _act(work, follow, "decide", decision="refuse", reason=follow.report.name)


def _lift(work: Work, follow: Follow) -> Iterator[Act]:
    """What the agency's system held it lets go; what an officer held is not its to end."""
    if follow.wanted.held:
        return
    for hold in _own_holds(work, follow, reported=True):
        yield _act(work, follow, "lift", hold=hold.id, reason=follow.report.name)


def _tell_what_stays(work: Work, follow: Follow) -> Iterator[Act]:
    kept = _own_holds(work, follow, reported=False)
    if kept and follow.report.effect in ("lift", "clear"):
        holds = ", ".join(hold.id for hold in kept)
        raise Refused([rules.HOLD_STAYS.notice(name=follow.report.name, holds=holds)])
    yield from ()


def _examine(work: Work, follow: Follow) -> Iterator[Act]:
    """A clearance says that the goods were there and the agency's own checks found nothing."""
    case = work.case(follow.reference)
    agency = follow.report.agency
    if not (follow.wanted.cleared and _undecided(work, follow)):
        return
    if not any(control.agency == agency for control in case.controls.open):
        return
    if not case.known.is_here:
        yield _act(work, follow, "present")
    yield _act(work, follow, "examine", result="conform")


def _clear(work: Work, follow: Follow) -> Iterator[Act]:
    if follow.wanted.cleared and _undecided(work, follow):
        yield _act(work, follow, "decide", decision="clear")


def _hold(work: Work, follow: Follow) -> Iterator[Act]:
    if not (follow.wanted.held and _is_open(work, follow)):
        return
    if _own_holds(work, follow, reported=True):
        return
    if follow.hold_for is None:
        raise Refused([rules.NO_LAW_FOR_HOLD.notice(name=follow.report.name)])
    yield _act(
        work,
        follow,
        "hold",
        reason=follow.report.name,
        expires=work.at + follow.hold_for,
        legal_basis=follow.legal_basis,
    )


def _remove(work: Work, follow: Follow) -> Iterator[Act]:
    if follow.wanted.removed and _is_open(work, follow):
        yield _act(work, follow, "remove")


STEPS: tuple[Step, ...] = (
    _withdraw,
    _refuse,
    _lift,
    _tell_what_stays,
    _examine,
    _clear,
    _hold,
    _remove,
)


def _act(work: Work, follow: Follow, name: ActName, **fields: object) -> Act:
    report = follow.report
    base = Act(f"{report.id}/{name}", name, follow.reference, work.at, report.agency)
    return msgspec.structs.replace(base, source="system", **fields)


def _case(work: Work, follow: Follow) -> Case:
    return work.case(follow.reference)


def _is_open(work: Work, follow: Follow) -> bool:
    return _case(work, follow).status not in ("withdrawn", "removed")


def _undecided(work: Work, follow: Follow) -> bool:
    """Whether the case is open and some part of it waits for this agency or was refused by it."""
    case = _case(work, follow)
    if not _is_open(work, follow) or case.release.released is not None:
        return False
    wanted = "clear" if follow.wanted.cleared else "refuse"
    return any(
        interest.agency == follow.report.agency
        and ((given := case.release.decisions.get(key)) is None or given.kind != wanted)
        for key, interest in work.interests(follow.reference).items()
    )


def _own_holds(work: Work, follow: Follow, *, reported: bool) -> list[Hold]:
    """Return the agency's open holds: those its system reported, or those its officers placed."""
    return [
        hold
        for hold in _case(work, follow).release.open_holds
        if hold.agency == follow.report.agency and not hold.automatic and hold.reported == reported
    ]
