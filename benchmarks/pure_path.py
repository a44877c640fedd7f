"""One 5-item lodgement through the pure path: requirements, risk, plan, decision, all events.

The country has 10,000 requirements, 500 indicators and 1,000 agreements. Every item
meets at least eight requirements of at least three agencies, at least five
indicators fire and at least three controls merge. No I/O, one thread. What is
timed begins with the data set as decoded and ends with every event made.
"""

from __future__ import annotations

import gc
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import process_time_ns
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._probe import probe
from gatepost.authority.clause import JointControl
from gatepost.authority.instrument import Agreement
from gatepost.authority.scope import Scope
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge
from gatepost.casework.projection import CASE, MOVEMENT, decode_case, decode_movement
from gatepost.casework.shorthand import expand
from gatepost.codelists.hs import is_heading
from gatepost.kernel.digest import digest_of
from gatepost.ledger.model import Commit, Done, Outcome
from gatepost.requirement.model import AppliesTo, Asks, Requirement, Version
from tests.small_country import (
    ALWAYS,
    LAW,
    agency,
    concluded,
    declaration,
    goods,
    indicator,
    mandate,
    parts,
    small_desk,
)

AGENCIES = ("customs", "plant", "vet", "food", "environment")
NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
ITEMS = ("06031100", "02023090", "03021400", "44071110", "84224000")
ROUNDS = 2000


def requirements() -> list[Requirement]:
    """Return 10,000 requirements: nine for each item over its HS levels, the rest elsewhere."""
    found = []
    for number in range(10_000):
        by = AGENCIES[number // 5 % len(AGENCIES)]
        if number < 45:
            prefix = ITEMS[number % 5][: (2, 4, 6)[number // 5 % 3]]
        else:
            prefix = f"{number % 90 + 10:02d}{number % 97:02d}{number % 89:02d}"
        to = AppliesTo(("import",), commodity=(prefix,), when="item.net_mass > 5")
        asks = Asks("document", f"N{100 + number % 800}", ("C085",))
        if number % 3 == 0:
            asks = Asks("declaration")
        found.append(
            Requirement(
                f"REQ-{number:05d}", {"en": "r"}, by, LAW, to, asks, (Version(date(2020, 1, 1)),)
            )
        )
    return found


def indicators() -> list[Any]:
    """Return 500 indicators of which six fire on the benchmark's lodgement."""
    every = (f"{number:04d}" for number in range(2500, 9700))
    headings = [h for h in every if is_heading(h) and not any(i.startswith(h) for i in ITEMS)]
    found = []
    for number in range(500):
        by = AGENCIES[number % len(AGENCIES)]
        heading = headings[number % len(headings)]
        when = f'starts_with(item.commodity, "{heading}") && item.net_mass > {number}'
        if number < 6:
            when = f'starts_with(item.commodity, "{ITEMS[number % 5][:4]}") && item.origin == "XB"'
        found.append(indicator(f"RISK-{number:03d}", by, when))
    return found


def agreements() -> list[Agreement]:
    """Return 1,000 agreements between pairs of agencies; one lets all five examine together."""
    found = []
    for number in range(1000):
        parties = (AGENCIES[number % 5], AGENCIES[(number + 1 + number // 5 % 4) % 5])
        scope = Scope(commodity=(f"{number % 90 + 10}",))
        if number == 500:
            parties, scope = AGENCIES, Scope()
        clause = JointControl(f"A-{number}/1", {"en": "c"}, parties=parties, scope=scope)
        life = concluded(parties)
        found.append(
            Agreement(f"A-{number}", {"en": "a"}, "mou", parties, LAW, ALWAYS, (clause,), life)
        )
    return found


class Nowhere:
    """A ledger that keeps nothing but the last commit: the path without I/O."""

    def __init__(self, desk: Desk) -> None:
        self._real = desk.ledger
        self.last: Commit | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def act(self, key: str) -> None:
        return None

    def commit(self, commit: Commit) -> Outcome:
        self.last = commit
        return Done(1, 1)


def main() -> None:
    """Time the pure path and print its median beside the machine's moment."""
    desk = small_desk(
        agency=[agency(name) for name in AGENCIES],
        mandate=[mandate(name, automatic=("clear",)) for name in AGENCIES],
        requirement=requirements(),
        indicator=indicators(),
        agreement=agreements(),
        party=parts()["party"],
    )
    short = declaration(
        *(
            goods(
                code,
                net_mass="120.5",
                gross_mass="130",
                value="900.00",
                packages=4,
                documents=("N851 PC-1", "C085 C-9"),
            )
            for code in ITEMS
        )
    )
    dataset = expand(short)
    digest = digest_of(dataset)
    lodge(desk, dataset, digest, NOON)
    ledger = Nowhere(desk)
    desk.ledger = ledger  # type: ignore[assignment]
    times = []
    gc.collect()
    for _ in range(ROUNDS):
        start = process_time_ns()
        answer = lodge(desk, dataset, digest, NOON)
        times.append((process_time_ns() - start) / 1000)
    _check(ledger, answer)
    times.sort()
    print(probe())
    print(
        f"pure path, 5 items: median {median(times):.0f} us CPU, "
        f"p95 {times[int(len(times) * 0.95)]:.0f} us "
        f"({len(answer.needs)} needs, {_hits(ledger)} hits, {_events(ledger)} events); "
        f"{median(times) / 1000:.2f} of the 1.0 ms allowed"
    )


def _check(ledger: Nowhere, answer: Any) -> None:
    """Refuse to print a figure for less than the figure is about."""
    for number in range(1, 6):
        mine = [need for need in answer.needs if need.target == f"item/{number}"]
        assert len(mine) >= 8, (number, len(mine))
        assert len({need.agency for need in mine}) >= 3
    assert _hits(ledger) >= 5
    assert ledger.last is not None
    rows = {(r.view, r.key): r.value for r in ledger.last.changes if hasattr(r, "value")}
    (case,) = (decode_case(v) for (view, _), v in rows.items() if view == CASE)
    (moved,) = (decode_movement(v) for (view, _), v in rows.items() if view == MOVEMENT)
    assert len(case.controls.by_id) >= 3
    assert len(moved.plan.stops) == 1


def _all(ledger: Nowhere) -> list[Any]:
    assert ledger.last is not None
    return [event for append in ledger.last.appends for event in append.events]


def _events(ledger: Nowhere) -> int:
    return len(_all(ledger))


def _hits(ledger: Nowhere) -> int:
    return sum(len(getattr(event.body, "hits", ())) for event in _all(ledger))


if __name__ == "__main__":
    main()
