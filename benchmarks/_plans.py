"""The questions that lists ask of a store, and by which plan a store answers them.

For `query_plans.py`, which asks them of a million cases, and for the test that asks them of a few.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from gatepost.adapters.store.postgres import PostgresLedger
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.casework.ports import Ledger
from gatepost.ledger.model import Sight, Way

AGENCY = Sight("a1", (Way((("agency:a1",),)),), ("agency:a1",))
PARTY = Sight("", (Way((("party:p3",),)),), ("party:p3",))
MONTH: dict[str, Any] = {"since": "2026-07-01", "before": "2026-08-01"}
DAY: dict[str, Any] = {"since": "2026-07-10", "before": "2026-07-11"}
AFTER = ("2026-07-15", "1")


class Question(NamedTuple):
    """One question; ``in_order`` if the index must give the order too, so that a page is enough."""

    ask: Callable[[Ledger], Any]
    in_order: bool = False


QUESTIONS = {
    "work list of an agency, a page": Question(
        lambda ledger: ledger.page("work", "a1", seen=AGENCY), True
    ),
    "work list at a post, a page further on": Question(
        lambda ledger: ledger.page("work", "a1", "post1", seen=AGENCY, after=AFTER), True
    ),
    "work list, counted": Question(lambda ledger: ledger.count("work", "a1", seen=AGENCY)),
    "cases of a party, newest first": Question(
        lambda ledger: ledger.page("party", "p3", seen=PARTY, newest_first=True), True
    ),
    "cases of a party, a page further on": Question(
        lambda ledger: ledger.page("party", "p3", seen=PARTY, after=AFTER, newest_first=True), True
    ),
    "cases an agency sees, newest first": Question(
        lambda ledger: ledger.page("case", None, seen=AGENCY, newest_first=True), True
    ),
    "cases an agency sees, a page further on": Question(
        lambda ledger: ledger.page("case", None, seen=AGENCY, after=AFTER, newest_first=True), True
    ),
    "cases at a post, a page": Question(
        lambda ledger: ledger.page("case", None, "post1", seen=None), True
    ),
    "cases an agency sees, the first hundred": Question(
        lambda ledger: ledger.rows("case", seen=AGENCY, limit=100), True
    ),
    "cases of a day, for figures": Question(lambda ledger: ledger.rows("case", seen=AGENCY, **DAY)),
    "cases of a month, counted": Question(
        lambda ledger: ledger.count("case", seen=AGENCY, **MONTH)
    ),
    "movements at a post on a day": Question(
        lambda ledger: ledger.rows("movement", post="post1", **DAY)
    ),
    "what was listed of a case": Question(lambda ledger: ledger.rows("listed", label="case:007")),
    "one case": Question(lambda ledger: ledger.row("case", "007", AGENCY)),
    "some movements": Question(lambda ledger: ledger.values("movement", ["007", "008"])),
    "events of a case": Question(lambda ledger: ledger.read("case/007", 0, AGENCY)),
}


class Plan(NamedTuple):
    """One statement's plan as the store tells it."""

    text: str
    scans_all: bool
    sorts: bool


class Asked(NamedTuple):
    """What a question gave, and the plan of each statement it needed."""

    answer: Any
    plans: tuple[Plan, ...]


def asked_of_sqlite(ledger: SqliteLedger, ask: Callable[[Ledger], Any]) -> Asked:
    """Ask, and let SQLite explain each statement that reads rows or events."""
    statements: list[str] = []
    with ledger._readers.lend() as connection:
        connection.set_trace_callback(statements.append)
    try:
        answer = ask(ledger)
    finally:
        with ledger._readers.lend() as connection:
            connection.set_trace_callback(None)
    with ledger._readers.lend() as connection:
        plans = [
            "; ".join(row[3] for row in connection.execute(f"explain query plan {sql}"))
            for sql in statements
        ]
    return Asked(answer, tuple(Plan(one, "SCAN" in one, "B-TREE" in one) for one in plans))


def asked_of_postgres(ledger: PostgresLedger, ask: Callable[[Ledger], Any]) -> Asked:
    """Ask, and let PostgreSQL explain each statement, row security included."""
    plans: list[str] = []
    plain = ledger._ask

    def explained(query: str, values: Any = (), seen: Sight | None = None) -> Any:
        lines = plain("explain (costs off) " + query, values, seen)
        plans.append("; ".join(line.strip() for (line,) in lines))
        return plain(query, values, seen)

    ledger._ask = explained  # type: ignore[method-assign, assignment]
    try:
        answer = ask(ledger)
    finally:
        ledger._ask = plain  # type: ignore[method-assign]
    return Asked(answer, tuple(Plan(one, "Seq Scan" in one, "Sort" in one) for one in plans))
