"""A day's arrivals held against the budgets that agencies share (RM-04)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from gatepost.casework import projection
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.work import ATTEMPTS, Work
from gatepost.kernel.actor import Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Append, Commit, Stale
from gatepost.lodgement import rules as lodgement_rules
from gatepost.risk import rules
from gatepost.risk.budget import Allocation, Budget, Candidate, Wish, allocate
from gatepost.risk.events import BudgetAllocated

BUDGET = "budget"


def allocations(
    desk: Desk, day: date, now: datetime, by: Actor | None = None
) -> tuple[Allocation, ...]:
    """Return what each budget in force on ``day`` comes to for what arrives on it.

    A consignment arrives on the day it came to the post, else on that for which it is
    announced; one without either is of the day it was accepted. What is over is left out.
    With ``by`` the choice is put on record with all it was made from, once for the same content;
    ``Refused`` with RISK-018 if it is nobody whose agency shares the budget.
    """
    budgets = [one for one in desk.jurisdiction.budgets if one.valid.on(day)]
    if not budgets:
        return ()
    if by is not None:
        _may_record(desk, by, budgets, now)
    secret = desk.secret(day, now)
    arriving = list(_arriving(desk, day, now))
    found = []
    for budget in budgets:
        candidates = tuple(_candidates(budget, arriving))
        allocation = allocate(candidates, budget, secret)
        found.append(allocation)
        if by is not None:
            body = BudgetAllocated(day, digest_of(budget), candidates, allocation)
            _record(desk, body, budget, by, now)
    return tuple(found)


def again(desk: Desk, body: BudgetAllocated, secret: bytes) -> bool:
    """Tell whether a recorded choice is the one its candidates and the day's secret give."""
    for budget in desk.jurisdiction.budgets:
        if budget.id == body.allocation.budget and digest_of(budget) == body.wording:
            return allocate(body.candidates, budget, secret) == body.allocation
    return False


def _may_record(desk: Desk, by: Actor, budgets: Sequence[Budget], now: datetime) -> None:
    if by.kind == "operator":
        return
    officer = desk.jurisdiction.register.officer(by.id, desk.jurisdiction.law_day(now))
    refused = [
        rules.NOT_THEIR_BUDGET.notice(officer=by.id, budget=one.id)
        for one in budgets
        if officer is None or "target" not in officer.powers or by.agency not in one.agencies
    ]
    if refused:
        raise Refused(refused)


def _record(desk: Desk, body: BudgetAllocated, budget: Budget, by: Actor, now: datetime) -> None:
    """Append the choice of a budget on a day; a later choice of the day stands beside it."""
    stream = projection.stream_of(BUDGET, f"{budget.id}|{body.day.isoformat()}")
    zone = desk.jurisdiction.country.zone
    event = Event(now, body, zone, "manual", by, by.agency, budget.id, budget.legal_basis)
    digest = digest_of(body)
    for _ in range(ATTEMPTS):
        append = Append(stream, len(desk.ledger.read(stream)), (event,))
        commit = Commit(f"allocate|{stream}|{digest}", digest, now, (append,))
        if not isinstance(desk.ledger.commit(commit), Stale):
            return
    raise Refused([lodgement_rules.BUSY.notice()])


def _arriving(desk: Desk, day: date, now: datetime) -> Iterator[tuple[str, Case]]:
    work = Work(desk, now)
    for row in desk.ledger.rows(projection.CASE):
        case = projection.decode_case(row.value)
        if case.status in ("withdrawn", "removed", "released", "denied"):
            continue
        expected = work.consignment(row.key).conveyance.expected or case.known.accepted_at
        if desk.jurisdiction.law_day(expected) == day:
            yield row.key, case


def _candidates(budget: Budget, arriving: list[tuple[str, Case]]) -> list[Candidate]:
    found = []
    for reference, case in arriving:
        lodged = case.known
        if budget.posts and lodged.post not in budget.posts:
            continue
        if budget.regimes and lodged.regime not in budget.regimes:
            continue
        wanted = [
            control
            for control in case.controls.open
            if control.physical and control.agency in budget.agencies
        ]
        prescribed = dict.fromkeys(one.source for one in wanted if one.prescribed)
        wishes = dict.fromkeys(Wish(c.agency, c.source) for c in wanted if not c.prescribed)
        found.append(Candidate(reference, tuple(prescribed), tuple(wishes)))
    return found
