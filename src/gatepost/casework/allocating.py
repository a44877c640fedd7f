"""A day's arrivals held against the budgets that agencies share (RM-04)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from gatepost.casework import projection
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.work import Work
from gatepost.risk.budget import Allocation, Budget, Candidate, Wish, allocate


def allocations(desk: Desk, day: date, now: datetime) -> tuple[Allocation, ...]:
    """Return what each budget in force on ``day`` comes to for what arrives on it.

    A consignment arrives on the day it came to the post, else on that for which it is
    announced; one without either is of the day it was accepted. What is over is left out.
    """
    budgets = [one for one in desk.jurisdiction.budgets if one.valid.on(day)]
    if not budgets:
        return ()
    secret = desk.secret(day, now)
    arriving = list(_arriving(desk, day, now))
    return tuple(allocate(_candidates(one, arriving), one, secret) for one in budgets)


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
