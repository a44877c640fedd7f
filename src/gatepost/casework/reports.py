"""What an agency's own system behind Gatepost reports of a case, and how the case stands by it.

Reports come late, twice and in any order. So how a case stands is read from all of them in the
order in which they were issued, never from the one that came last (SW-08).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

Effect = Literal["none", "hold", "lift", "clear", "refuse", "withdraw", "remove"]
"""What a report asks of the case; ``none`` is told and changes nothing."""


class Report(msgspec.Struct, frozen=True, omit_defaults=True):
    """One report: ``id`` is its sender's, ``function`` the code of what it says.

    ``rank`` tells the order of reports issued in the same second, the lower first. ``number`` and
    ``version`` are the case's in the system that sent it.
    """

    id: str
    agency: str
    function: str
    name: str
    effect: Effect
    rank: int
    issued: datetime
    number: str | None = None
    version: str | None = None

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Return what reports of one case are ordered by."""
        return self.issued, self.rank, self.id


class Standing(msgspec.Struct, frozen=True):
    """How a case stands by the reports of one agency."""

    held: bool = False
    cleared: bool = False
    refused: bool = False
    withdrawn: bool = False
    removed: bool = False


def standing(reports: Iterable[Report]) -> Standing:
    """Return how a case stands by these reports, whatever order they are given in.

    A clearance ends a hold and an earlier refusal; a hold after a clearance is one again. What is
    withdrawn or removed stays so.
    """
    found = Standing()
    for report in sorted(reports, key=lambda one: one.order):
        match report.effect:
            case "hold":
                found = msgspec.structs.replace(found, held=True)
            case "lift":
                found = msgspec.structs.replace(found, held=False)
            case "clear":
                found = msgspec.structs.replace(found, held=False, cleared=True, refused=False)
            case "refuse":
                found = msgspec.structs.replace(found, refused=not found.cleared)
            case "withdraw":
                found = msgspec.structs.replace(found, withdrawn=True)
            case "remove":
                found = msgspec.structs.replace(found, removed=True)
            case "none":
                pass
    return found


def is_late(report: Report, known: Iterable[Report]) -> bool:
    """Tell whether a report of the same agency that was issued after this one is known already."""
    return any(one.agency == report.agency and one.order > report.order for one in known)
