"""What is stuck: nothing may stay for a minute in a state that nobody can see or is at (RL-04).

A case is overdue where something was due and has not happened, waits for nobody where no agency
and no party can do the next step, and is at its limit where a conflict waits for a ruling longer
than the law says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from gatepost.casework import projection
from gatepost.casework.acts.model import Act
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.reading import status_of
from gatepost.casework.settling import due_on
from gatepost.casework.work import Work
from gatepost.kernel.actor import OPERATOR
from gatepost.ledger.model import Row

PATIENCE = timedelta(seconds=60)
"""How long something may be due, or wait for nobody, before it is told."""

STRETCH = timedelta(days=1)
"""Cases are read by the time of their acceptance, so many at once."""

OPEN = frozenset({"waiting", "held"})

RUNS = "See that 'gatepost serve' runs, or with PostgreSQL 'gatepost worker'."
"""What to do where work beside the requests is not done."""

Kind = Literal["overdue", "nobody", "conflict", "unsealed", "webhook", "mail"]


class Stuck(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that does not go on: which, since when, why, and what to do now.

    ``what`` is the reference of a case, or names a part of the installation.
    """

    kind: Kind
    what: str
    since: datetime
    says: str
    do: str
    agency: str | None = None


def stuck_cases(desk: Desk, now: datetime) -> Iterator[Stuck]:
    """Yield the cases that are stuck at ``now``, by the time of their acceptance.

    Every case that is not removed or withdrawn is looked at, a day of acceptances at a time.
    """
    for row in _rows(desk, now):
        case = projection.decode_case(row.value)
        if not _is_over(case):
            yield from _stuck(desk, row.key, case, now)


class Watch:
    """Finds the cases on which something is due, again and again.

    Closed cases are looked at once an hour only: else it begins with the oldest that is open.
    """

    WHOLE = timedelta(hours=1)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._begin: datetime | None = None
        self._whole_after: datetime | None = None

    def due(self, now: datetime) -> list[str]:
        """Return the references of the cases on which something is due at ``now``."""
        if self._whole_after is None or now >= self._whole_after:
            self._begin, self._whole_after = None, now + self.WHOLE
        found: list[str] = []
        oldest: datetime | None = None
        for row in _rows(self._desk, now, self._begin):
            case = projection.decode_case(row.value)
            if _is_over(case):
                continue
            oldest = oldest or case.known.accepted_at
            if any(due_on(Work(self._desk, now), row.key)):
                found.append(row.key)
        self._begin = oldest or now - STRETCH
        return found


def passing(reference: str, now: datetime) -> Act:
    """Return the act by which the installation lets time pass on a case; once for each second."""
    key = f"time|{reference}|{int(now.timestamp())}"
    return Act(key, "tick", reference, now, by=OPERATOR.id, source="system")


def _rows(desk: Desk, now: datetime, begin: datetime | None = None) -> Iterator[Row]:
    if begin is None:
        oldest = desk.ledger.rows(projection.CASE, limit=1)
        if not oldest or oldest[0].at is None:
            return
        begin = datetime.fromisoformat(oldest[0].at)
    while begin <= now:
        end = begin + STRETCH
        yield from desk.ledger.rows(
            projection.CASE, since=projection.instant(begin), before=projection.instant(end)
        )
        begin = end


def _is_over(case: Case) -> bool:
    """Tell whether nothing can become due on a case: it has left, and nothing is open."""
    release = case.release
    left = case.status in ("withdrawn", "removed")
    return left and not (release.open_conditions or release.open_holds or release.conflicts)


def _stuck(desk: Desk, reference: str, case: Case, now: datetime) -> Iterator[Stuck]:
    work = Work(desk, now)
    for since, consequence in due_on(work, reference):
        if now - since > PATIENCE:
            said = f"{consequence.body.name()} was due and has not happened"
            yield Stuck("overdue", reference, since, said, RUNS, consequence.agency)
    for conflict in case.release.conflicts.values():
        if conflict.referred and now - conflict.limit > PATIENCE:
            said = f"agencies differ on {conflict.target} ({', '.join(conflict.kinds)})"
            do = f"{conflict.decider} rules on it with the act 'resolve'."
            yield Stuck("conflict", reference, conflict.limit, said, do, conflict.decider)
    lodged = case.known
    if case.status in OPEN and now - lodged.accepted_at > PATIENCE:
        status = status_of(reference, case, desk.jurisdiction.users_on)
        if not status.waiting:
            said = f"it is {case.status} and neither an agency nor a party has the next step"
            do = "Look at it with 'gatepost why', and report it as a fault of the description."
            yield Stuck("nobody", reference, lodged.accepted_at, said, do)
