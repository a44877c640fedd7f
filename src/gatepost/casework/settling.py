"""Letting happen what follows by itself, and the agreements that bear on a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

import msgspec

from gatepost.authority.clause import Between, Recognition
from gatepost.authority.decide import Question, find_mandate
from gatepost.authority.delegation import Asked, delegation_for
from gatepost.authority.model import Power, ServiceStandard
from gatepost.authority.register import Register
from gatepost.authority.scope import covers
from gatepost.casework.case import Case
from gatepost.casework.desk import observed
from gatepost.casework.work import Work
from gatepost.control.decide import recognised
from gatepost.control.model import Control, Finding
from gatepost.cooperation.handover import line_of
from gatepost.kernel.actor import SYSTEM
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.legal import LegalBasis
from gatepost.lodgement.model import Lodged
from gatepost.release.clocks import Running, due_since, tick
from gatepost.release.model import Interest
from gatepost.release.model import covers as whole_covers
from gatepost.release.settle import Automatic, Consequence, Facts, settle
from gatepost.requirement.model import ControlKind

ROUNDS = 100
"""No case needs more than a handful; a fault in a table must not hang a border."""


class Agreements:
    """The clauses in force on a day that cover one case."""

    def __init__(self, register: Register, lodged: Lodged, day: date) -> None:
        self._register = register
        self._lodged = lodged
        self._day = day

    def _clauses(
        self, kind: str, one: str, other: str, target: str = "consignment"
    ) -> Iterator[Between]:
        lodged = self._lodged
        goods, people = lodged.goods_of(target)
        for clause in self._register.clauses(kind, (one, other), lodged.regime, goods, self._day):
            if covers(clause.scope, lodged.regime, lodged.post, goods, people):
                yield clause

    def joint(self, one: str, other: str) -> str | None:
        """Return the clause by which two agencies share a stop: together, or one for the other."""
        together = self.together(one, other)
        return together or self._delegated(one, other) or self._delegated(other, one)

    def together(self, one: str, other: str) -> str | None:
        """Return the clause by which officers of both agencies examine in one stop."""
        return next((clause.id for clause in self._clauses("joint_control", one, other)), None)

    def _delegated(self, of: str, by: str) -> str | None:
        """Return the clause by which officers of ``by`` examine for ``of``, so at the same stop."""
        lodged = self._lodged
        asked = Asked(
            of, by, "examine", lodged.regime, lodged.post, lodged.commodities, lodged.people
        )
        found = delegation_for(self._register, asked, self._day)
        return found.clause.id if found else None

    def recognition(self, finding: Finding, control: Control) -> str | None:
        """Return the clause by which the agency of ``control`` accepts ``finding`` for it.

        The clause covers the goods of the control, and the finding is on the same; one on the
        whole is for its items only where the clause says so.
        """
        same = finding.target == control.target
        if not same and not whole_covers(finding.target, control.target):
            return None
        for clause in self._clauses("recognition", finding.agency, control.agency, control.target):
            if (
                isinstance(clause, Recognition)
                and finding.check in clause.checks
                and (same or clause.for_items)
            ):
                return clause.id
        return None


def agreements_of(work: Work, lodged: Lodged) -> Agreements:
    """Return the agreements that bear on a case on the day of the act."""
    return Agreements(work.desk.jurisdiction.register, lodged, work.day)


def recognise(work: Work, reference: str, finding: Finding, controls: Iterable[Control]) -> None:
    """Let ``finding`` satisfy those of ``controls`` whose agency recognises it."""
    known = work.case(reference).known
    recognition = agreements_of(work, known).recognition
    for satisfied in recognised(finding, controls, recognition):
        by = work.case(reference).controls.by_id[satisfied.control].agency
        law = work.desk.jurisdiction.register.clause_law(satisfied.clause)
        work.happen(reference, satisfied, agency=by, rule=satisfied.clause, legal_basis=law)


@observed("settle")
def settle_case(work: Work, reference: str) -> None:
    """Let everything happen that law and table make follow, until nothing more does.

    What follows are decisions, holds and the release; needs and controls stay as they are.
    """
    case = work.case(reference)
    if case.known.status == "withdrawn" or case.release.removed_at is not None:
        return
    facts = facts_of(work, reference)
    for _ in range(ROUNDS):
        found = settle(facts)
        if not found:
            return
        _let_happen(work, reference, found)
        facts = msgspec.structs.replace(facts, state=work.case(reference).release)
    raise RuntimeError(f"{reference} does not settle: {[type(one.body) for one in found]}")


def facts_of(work: Work, reference: str) -> Facts:
    """Return what settling looks at."""
    jurisdiction = work.desk.jurisdiction
    case, interests = work.case(reference), work.interests(reference)
    return Facts(
        interests,
        case.release,
        jurisdiction.precedence(case.known.day),
        case.known.regime,
        automatic_mandates(work, case.known, interests),
        work.at,
        _laws(case),
    )


def _laws(case: Case) -> dict[str, tuple[LegalBasis, ...]]:
    laws: dict[str, tuple[LegalBasis, ...]] = {}
    for need in case.needs:
        laws.setdefault(need.agency, need.legal_basis)
    for control in case.controls.by_id.values():
        if control.open or control.agency not in laws:
            laws[control.agency] = control.legal_basis
    return laws


def automatic_mandates(
    work: Work, lodged: Lodged, interests: Mapping[str, Interest]
) -> dict[str, Automatic]:
    """Return by interest the mandate that lets the agency's own rules clear it.

    A mandate is found for each target: one on firearms says nothing of the car beside them.
    """
    known: dict[Question, Automatic | None] = {}
    found = {}
    for key, interest in interests.items():
        asked = question(work, lodged, interest.agency, "decide", target=interest.target)
        if asked not in known:
            known[asked] = _automatic_mandate(work, asked)
        mandate = known[asked]
        if mandate is not None:
            found[key] = mandate
    return found


def _automatic_mandate(work: Work, asked: Question) -> Automatic | None:
    mandate = find_mandate(work.desk.jurisdiction.register, asked)
    if mandate is None or "clear" not in mandate.automatic:
        return None
    return Automatic(mandate.id, mandate.legal_basis)


def question(
    work: Work,
    lodged: Lodged,
    agency: str,
    power: Power,
    second: str | None = None,
    target: str = "consignment",
) -> Question:
    """Return the question whether the actor may use a power of an agency on a target."""
    goods, people = lodged.goods_of(target)
    return Question(
        work.actor,
        power,
        agency,
        work.day,
        lodged.regime,
        lodged.post,
        goods,
        people,
        second,
    )


def pass_time(work: Work, reference: str) -> None:
    """Let happen what is due at the moment of the act: ends, referrals, escalations.

    A condition is due after the removal too: what the goods left under did not happen.
    """
    if work.case(reference).status == "withdrawn":
        return
    _let_happen(work, reference, tuple(one for _, one in due_on(work, reference)))
    settle_case(work, reference)


def due_on(work: Work, reference: str) -> Iterator[tuple[datetime, Consequence]]:
    """Yield what is due on a case at the moment of the work, each with since when it is."""
    case = work.case(reference)
    if case.status == "withdrawn":
        return
    running = _running(work, reference)
    for one in tick(case.release, running, work.at):
        yield due_since(one.body, case.release, running), one


def _running(work: Work, reference: str) -> dict[str, Running]:
    """Return the clocks that run: an agency that has all it asked for and has not decided."""
    jurisdiction, case = work.desk.jurisdiction, work.case(reference)
    lodged = case.known
    if case.release.released is not None or case.release.denied is not None:
        return {}
    by_agency: dict[str, list[Interest]] = {}
    for key, interest in work.interests(reference).items():
        if key not in case.release.decisions:
            by_agency.setdefault(interest.agency, []).append(interest)
    found = {}
    for agency, interests in by_agency.items():
        kinds = [case.controls.by_id[c].kind for one in interests for c in one.controls]
        standard = _standard(work, agency, lodged, kinds)
        since = _ready_since(case, agency)
        if any(kind != "documentary" for kind in kinds):
            there = lodged.presented_at or lodged.arrived_at
            since = max(since, there) if since and there else None
        if standard is None or since is None:
            continue
        held = case.held.get(agency)
        units = line_of(jurisdiction.register, agency, held, lodged.post, work.day)
        ready = tuple(one.target for one in interests if one.ready and not one.adverse)
        found[agency] = Running(agency, standard, since, ready, units)
    return found


def _standard(
    work: Work, agency: str, lodged: Lodged, kinds: list[ControlKind]
) -> ServiceStandard | None:
    """Return the longest standard among those of the open controls: a laboratory takes its time."""
    register = work.desk.jurisdiction.register
    wanted: list[ControlKind | None] = [*kinds] or [None]
    found = [
        standard
        for kind in wanted
        if (standard := register.standard(agency, lodged.regime, kind, lodged.day))
    ]
    return max(found, key=lambda one: parse_duration(one.within), default=None)


def _ready_since(case: Case, agency: str) -> datetime | None:
    """Return since when an agency has all it asked for; one that asks for nothing always had."""
    if any(need.agency == agency for need in case.needs):
        return case.needs_met_at.get(agency)
    return case.known.accepted_at


def _let_happen(work: Work, reference: str, found: tuple[Consequence, ...]) -> None:
    for one in found:
        work.happen(
            reference,
            one.body,
            agency=one.agency,
            rule=one.rule,
            legal_basis=one.legal_basis,
            actor=SYSTEM,
        )
