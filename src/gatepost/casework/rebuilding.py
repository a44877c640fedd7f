"""Making all rows again from the log: dropping them and reading it anew gives the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from gatepost.casework import case as cases
from gatepost.casework import indicators, instruments, projection
from gatepost.casework import movement as movements
from gatepost.casework.acting_jointly import action_row
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.disclosed import disclosed_row
from gatepost.casework.feeding import fed_row
from gatepost.casework.instructing import instruction_row
from gatepost.casework.movement import Movement
from gatepost.casework.planning.equipment import equipment_row
from gatepost.casework.planning.kept import day_row
from gatepost.casework.reviewing import decision_row
from gatepost.casework.sitting import minutes_row
from gatepost.kernel.event import Event
from gatepost.ledger.model import Recorded, Row
from gatepost.risk.events import SecretCommitted, SecretRevealed

KEPT: dict[str, Callable[[str, Iterable[Event]], Row]] = {
    projection.INSTRUCTION: instruction_row,
    projection.COMMITTEE: minutes_row,
    projection.FEED: lambda key, happened: fed_row(key, *happened),
    projection.DAY: day_row,
    projection.EQUIPMENT: equipment_row,
    projection.ACTION: action_row,
    projection.FINDING: decision_row,
}
"""What is kept beside cases, and how its row is made from its events."""


def rebuild(desk: Desk, progress: Callable[[int], Any]) -> int:
    """Drop every row, read the whole log and write the rows again; return how many events.

    All of it in one group: who reads meanwhile, and who reads after a crash, sees the rows
    as they were.
    """
    with desk.ledger.group():
        desk.ledger.drop_rows()
        return _Rebuilt(desk).read(progress)


class _Rebuilt:
    """What has been read of the log so far."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.cases: dict[str, Case] = {}
        self.journeys: dict[str, Movement] = {}
        self.days: dict[str, Row] = {}
        self.versions: dict[str, instruments.Versions] = {}
        self.kept: dict[str, indicators.Kept] = {}
        self.stamp: Row | None = None
        self.beside: dict[tuple[str, str], list[Event]] = {}

    def read(self, progress: Callable[[int], Any]) -> int:
        """Read every event and write the rows that come of them."""
        count = 0
        for count, (_, recorded) in enumerate(self.desk.ledger.read_all(), 1):
            self.take(recorded)
            if count % 1000 == 0:
                progress(count)
        self.desk.ledger.put_rows(self.rows())
        progress(count)
        return count

    def take(self, recorded: Recorded) -> None:
        """Take one event; what was shown to somebody becomes a row at once."""
        view, key = recorded.stream.split("/", 1)
        event = recorded.event
        if view == projection.CASE:
            self.cases[key] = cases.evolve(self.cases.get(key, Case()), event)
        elif view == projection.MOVEMENT:
            self.journeys[key] = movements.evolve(self.journeys.get(key, Movement()), event)
        elif view == projection.INSTRUMENT:
            day = self.desk.jurisdiction.law_day(event.at)
            known = self.versions.get(key, {})
            self.versions[key] = instruments.evolve(key, known, event.body, day)
            self.stamp = instruments.stamp_row(recorded.stream, recorded.version)
        elif view == projection.INDICATOR:
            before = self.kept.get(key, indicators.Kept(key))
            self.kept[key] = indicators.evolve(before, event)
            self.stamp = instruments.stamp_row(recorded.stream, recorded.version)
        elif view in KEPT:
            self.beside.setdefault((view, key), []).append(event)
        elif isinstance(event.body, SecretCommitted | SecretRevealed):
            self.days[key] = projection.secret_row(key, event.body, self.days.get(key))
        elif row := disclosed_row(f"{recorded.stream}|{recorded.version}", event):
            self.desk.ledger.put_rows((row,))

    def rows(self) -> Iterator[Row]:
        """Yield the rows of everything that has a state."""
        users = self.desk.jurisdiction.users_on
        for key, case in self.cases.items():
            if case.lodged is not None:
                yield from projection.case_rows(key, case, case.interests(users))
        for key, movement in self.journeys.items():
            yield projection.movement_row(key, movement)
        yield from self.days.values()
        for versions in self.versions.values():
            yield from (instruments.version_row(one) for one in versions.values())
        yield from map(indicators.kept_row, self.kept.values())
        if self.stamp is not None:
            yield self.stamp
        for (view, key), happened in self.beside.items():
            yield KEPT[view](key, happened)
