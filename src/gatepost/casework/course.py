"""The course of a case: every step in the order of time, how long each took, and why it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from gatepost.casework.case import Case, UsersOn
from gatepost.casework.story import Why, open_agencies, reasons, step_of
from gatepost.kernel.actor import Actor
from gatepost.ledger.model import Recorded, Withheld


class Step(msgspec.Struct, frozen=True):
    """One thing that happened: ``after`` is how long after the one before, if that was earlier.

    ``event`` is its three-part name, ``step`` the part of the way through; ``whys`` are the
    reasons behind it, of which ``says`` is the first one's word.
    """

    at: datetime
    event: str
    step: str
    agency: str | None
    actor: Actor
    after: timedelta | None
    says: str
    whys: tuple[Why, ...]


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of time of one agency's part: the trader's papers, or the agency's own work.

    ``end`` is ``None`` while it lasts.
    """

    agency: str
    whose: Literal["trader", "agency"]
    start: datetime
    end: datetime | None


def course(events: Iterable[Recorded]) -> tuple[Step, ...]:
    """Return the steps of a case as its reader may see them; ``events`` are in order of time."""
    return tuple(_steps(events))


def _steps(events: Iterable[Recorded]) -> Iterator[Step]:
    before: datetime | None = None
    for recorded in events:
        event = recorded.event
        if isinstance(event.body, Withheld):
            continue
        whys = tuple(reasons([recorded]))
        yield Step(
            event.at,
            event.body.name(),
            step_of(event),
            event.agency or event.actor.agency,
            event.actor,
            event.at - before if before and event.at > before else None,
            whys[0].says if len(whys) == 1 else "",
            whys,
        )
        before = event.at


def stretches(case: Case, users_on: UsersOn) -> tuple[Stretch, ...]:
    """Return, for each agency with a say, how long it lacked papers and how long it worked.

    An agency's work begins when it has all it asked for and ends with its last decision.
    """
    users = users_on(case.known.day)
    undecided = open_agencies(case, users_on)
    return tuple(
        one
        for agency in case.agencies
        if agency not in users
        for one in _stretches_of(case, agency, agency in undecided)
    )


def _stretches_of(case: Case, agency: str, undecided: bool) -> Iterator[Stretch]:
    accepted = case.known.accepted_at
    if any(need.agency == agency and need.open for need in case.needs):
        yield Stretch(agency, "trader", accepted, None)
        return
    ready = max(case.needs_met_at.get(agency, accepted), accepted)
    if ready > accepted:
        yield Stretch(agency, "trader", accepted, ready)
    given = [one.at for one in case.release.decisions.values() if one.agency == agency]
    done = given and not undecided
    yield Stretch(agency, "agency", ready, max(max(given), ready) if done else None)
