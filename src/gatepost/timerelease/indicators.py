"""Agencies' own indicators side by side (TR-10): what each counts, and where they differ.

Facilitation and security always stand together; neither is judged without the other. Where two
agencies give one name to two measures, each is shown under both, so that they can be compared
before they agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal

import msgspec

from gatepost.kernel.notice import Notice, Refused
from gatepost.timerelease import rules
from gatepost.timerelease.columns import literal
from gatepost.timerelease.milestones import BY_NAME, INTERVALS
from gatepost.timerelease.model import Target
from gatepost.timerelease.reading import Frame
from gatepost.timerelease.statistics import AGENCY, plain_name, statistics_of

Side = Literal["facilitation", "security"]
SIDES: tuple[Side, ...] = ("facilitation", "security")


class Count(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How often something happened, or in how many cases; ``of_all`` gives it as a share of all."""

    event: str
    per: Literal["event", "case"] = "event"
    of_all: bool = False

    @property
    def said(self) -> str:
        """Return in words what is counted."""
        what = "cases with" if self.per == "case" else "each"
        share = ", as a share of all cases" if self.of_all else ""
        return f"{what} {self.event.replace('_', ' ')}{share}"


class Indicator(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One indicator of one agency, by the name the agency gives it."""

    agency: str
    name: str
    side: Side
    definition: str
    count: Count | None = None
    interval: str = ""
    figure: Literal["median", "p90", "mean", "share_within_target"] = "median"
    target: str = ""

    @property
    def measure(self) -> str:
        """Return in words what is measured."""
        if self.count is not None:
            return self.count.said
        goal = f" {self.target}" if self.target else ""
        return f"{self.figure.replace('_', ' ')}{goal} of {plain_name(self.interval)}"


class Indicators(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The indicators of all agencies, as a file holds them."""

    indicators: tuple[Indicator, ...]


class Reading(msgspec.Struct, frozen=True):
    """What an indicator shows. Times are seconds; ``None`` where nothing is there to measure."""

    indicator: Indicator
    measure: str
    value: float | None


class Conflict(msgspec.Struct, frozen=True):
    """One name for several measures, and each agency under each of them."""

    name: str
    readings: tuple[Reading, ...]
    notice: Notice


class Scorecard(msgspec.Struct, frozen=True):
    """All indicators by side, and what they do not agree on."""

    facilitation: tuple[Reading, ...]
    security: tuple[Reading, ...]
    conflicts: tuple[Conflict, ...]


def scorecard(frame: Frame, indicators: Sequence[Indicator]) -> Scorecard:
    """Return what all indicators show on the events of ``frame``.

    ``Refused`` with all at once: one side alone (TRS-026), an indicator that measures nothing or
    two things (TRS-028), an event or interval that is none (TRS-007, TRS-010).
    """
    if wrong := list(_faults(indicators)):
        raise Refused(wrong)
    readings = [_read(frame, one) for one in indicators]
    return Scorecard(
        tuple(one for one in readings if one.indicator.side == "facilitation"),
        tuple(one for one in readings if one.indicator.side == "security"),
        tuple(_conflicts(frame, indicators)),
    )


def _faults(indicators: Sequence[Indicator]) -> Iterator[Notice]:
    sides = {one.side for one in indicators}
    for side, other in (SIDES, SIDES[::-1]):
        if sides == {side}:
            yield rules.ONE_SIDE.notice(side=side, missing=other)
    names = {one.name for one in INTERVALS}
    for number, one in enumerate(indicators):
        where = f"indicators/{number}"
        if (one.count is None) == (not one.interval):
            yield rules.NO_MEASURE.notice(where, name=one.name, agency=one.agency)
        elif one.count is not None and one.count.event not in BY_NAME:
            known = ", ".join(BY_NAME)
            yield rules.NO_MILESTONE.notice(where, name=one.count.event, known=known)
        elif one.interval and plain_name(one.interval) not in names:
            yield rules.NO_INTERVAL.notice(where, interval=one.interval)


def _read(frame: Frame, one: Indicator, agency: str | None = None) -> Reading:
    """Return what an indicator shows, for its own agency or as another would be by it."""
    of = agency or one.agency
    told = one if agency is None else msgspec.structs.replace(one, agency=of)
    value = _counted(frame, one.count, of) if one.count else _timed(frame, one, of)
    return Reading(told, one.measure, value)


def _counted(frame: Frame, count: Count, agency: str) -> float:
    what = "count(distinct id)" if count.per == "case" else "count(*)"
    (found,) = frame.columns.one(
        f"select {what} from event where kind::varchar = {literal(count.event)}"
        f" and party::varchar = {literal(agency)}"
    )
    return found / frame.cases if count.of_all else float(found)


def _timed(frame: Frame, one: Indicator, agency: str) -> float | None:
    """Return a figure of an interval: the agency's own where it has one, else that of all cases."""
    name = plain_name(one.interval)
    targets = [Target(name, one.target)] if one.target else []
    found = [s for s in statistics_of(frame, (AGENCY,), targets) if s.interval == name]
    own = [s for s in found if s.segment == {AGENCY: agency}]
    whole = [s for s in found if not s.segment]
    told = next(iter(own or whole), None)
    value: float | None = getattr(told, one.figure) if told else None
    return value


def _conflicts(frame: Frame, indicators: Sequence[Indicator]) -> Iterator[Conflict]:
    names = dict.fromkeys(one.name for one in indicators)
    for name in names:
        same = [one for one in indicators if one.name == name]
        unlike = next(((a, b) for a, b in combinations(same, 2) if a.measure != b.measure), None)
        if unlike is None:
            continue
        first, second = unlike
        agencies = dict.fromkeys(one.agency for one in same)
        measures = {one.measure: one for one in same}
        yield Conflict(
            name,
            tuple(_read(frame, one, of) for of in agencies for one in measures.values()),
            rules.COUNTED_UNLIKE.notice(
                name,
                name=name,
                first=first.agency,
                second=second.agency,
                one=first.measure,
                two=second.measure,
            ),
        )
