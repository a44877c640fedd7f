"""Bringing about a chosen outcome of a case by the acts of its agencies' officers.

A trader who tries an interface wants to see each outcome once. Nothing is pretended: the acts are
those of the register's officers, the gate is asked, and the events are what would really happen.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from gatepost.authority.model import Power
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act, ActName
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.work import Work
from gatepost.control.model import Result
from gatepost.release.model import DecisionKind
from gatepost.simulation.staff import Roster

Chosen = Literal["accepted", "released", "held", "refused", "examined"]
HOLD_ENDS = timedelta(hours=72)


class _Bringing:
    """One case on its way to an outcome."""

    def __init__(self, desk: Desk, reference: str, now: datetime) -> None:
        self._desk = desk
        self._reference = reference
        self._now = now
        self._number = 0
        case = self.case
        day = desk.jurisdiction.law_day(now)
        self._roster = Roster(desk.jurisdiction.register, case.known.post or "", day)

    @property
    def case(self) -> Case:
        return Work(self._desk, self._now).case(self._reference)

    def act(self, name: ActName, by: str, **fields: Any) -> None:
        self._number += 1
        identity = f"outcome|{self._reference}|{self._number}"
        told = {"id": identity, "act": name, "reference": self._reference, "at": self._now}
        act = msgspec.convert({**told, **fields}, Act)
        perform(self._desk, act, self._now, by)

    def officer(self, agency: str, power: Power) -> str | None:
        return self._roster.officer(agency, power)

    def arrive(self) -> None:
        if self.case.known.arrived_at is None:
            self.act("arrive", "operator")

    def examine(self, result: Result) -> None:
        for agency in self.case.agencies:
            mine = [c for c in self.case.controls.open if c.agency == agency]
            by = self.officer(agency, "examine")
            if not mine or by is None:
                continue
            if any(c.physical for c in mine):
                self.act("examine", by, agency=agency)
            self.act("find", by, agency=agency, controls=[c.id for c in mine], result=result)

    def decide(self, kind: DecisionKind, reason: str = "") -> None:
        for agency in self.case.agencies:
            by = self.officer(agency, "decide")
            if by is not None:
                self.act("decide", by, agency=agency, decision=kind, reason=reason)

    def hold(self) -> None:
        for agency in self.case.agencies:
            by = self.officer(agency, "hold")
            law = next((n.legal_basis for n in self.case.needs if n.agency == agency), ())
            if by is not None and law:
                ends = self._now + HOLD_ENDS
                reason = "chosen by whoever tries the sandbox"
                self.act("hold", by, agency=agency, reason=reason, legal_basis=law, expires=ends)
                return


def bring_about(desk: Desk, reference: str, chosen: Chosen, now: datetime) -> None:
    """Let the officers of the case's agencies act until the case stands as ``chosen``.

    What the law does not let happen does not: goods whose papers are missing are not released.
    """
    on_the_way = _Bringing(desk, reference, now)
    if chosen == "accepted":
        return
    if chosen == "held":
        on_the_way.hold()
        return
    on_the_way.arrive()
    if chosen == "refused":
        on_the_way.examine("nonconform")
        on_the_way.decide("refuse", "chosen by whoever tries the sandbox")
        return
    on_the_way.examine("conform")
    if chosen == "released":
        on_the_way.decide("clear")
