"""The charts of a report, made of figures that may be published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gatepost.timerelease.milestones import HEADLINE
from gatepost.timerelease.model import DASH, PERCENTS, Publication, Statistic, StepTime
from gatepost.timerelease.report.model import Bars, Curve, Heights, Piece, Reach, Reaches
from gatepost.timerelease.words import (
    by_arrival,
    group_words,
    length,
    party_words,
    percent,
    plain,
)

HOUR = 3600.0
MOST = 12
"""Rows of a chart at most; the table has them all."""

HANDLING = f"notified{DASH}decision"


def curve_of(one: Statistic) -> Curve | None:
    """Return the share that had ended by each hour; ``None`` where fewer than three are known."""
    known = ((getattr(one, f"p{percent}"), percent) for percent in PERCENTS)
    points = tuple((value / HOUR, float(percent)) for value, percent in known if value is not None)
    if len(points) < 3 or points[0][0] == points[-1][0]:
        return None
    early = one.interval == HEADLINE.name
    return Curve(
        "How soon goods were released" if early else "How long it took",
        points,
        "arrival" if early else "",
        "Hours after arrival; left of the line, goods were released before they came."
        if early
        else "Hours.",
    )


def reaches_of(rows: list[Statistic], title: str, names: Mapping[str, str]) -> Reaches | None:
    """Return groups of cases side by side, those with most cases first; ``None`` for one alone."""
    told = [_reach(one, names) for one in sorted(rows, key=lambda one: -one.n)]
    found = tuple(one for one in told if one is not None)[:MOST]
    if len(found) < 2:
        return None
    return Reaches(title, found, "Bar: from a quarter of the cases to three quarters. Dot: median.")


def _reach(one: Statistic, names: Mapping[str, str]) -> Reach | None:
    if one.p25 is None or one.median is None or one.p75 is None:
        return None
    (told,) = one.segment.items()
    return Reach(
        f"{group_words(*told, names)} ({one.n})",
        one.p25 / HOUR,
        one.median / HOUR,
        one.p75 / HOUR,
        by_arrival(one.median, one.interval),
    )


def shares_bars(states: Mapping[str, Mapping[str, float]], names: Mapping[str, str]) -> Bars:
    """Return whose the time was, waiting apart from working."""
    rows = []
    for party, told in states.items():
        work, wait = told.get("working", 0.0), told.get("waiting", 0.0)
        pieces = (Piece("wait", 100 * wait), Piece("work", 100 * work))
        rows.append((party_words(party, names), pieces, percent(work + wait)))
    return Bars(
        "Whose time it was",
        tuple(rows),
        (("wait", "waited for"), ("work", "at work on the case")),
        "All of it together is 100\N{NO-BREAK SPACE}%.",
    )


def gain_bars(steps: list[StepTime], names: Mapping[str, str]) -> Bars | None:
    """Return what release would gain from each step that holds it up; ``None`` where none does."""
    found = [one for one in steps if one.gain > 0][:8]
    if not found:
        return None
    return Bars(
        "How much earlier a case would be released if this step took no time",
        tuple(
            (
                f"{party_words(one.party, names)}: {plain(one.step)}",
                (Piece("work" if one.state == "working" else "wait", one.gain / 60),),
                length(one.gain),
            )
            for one in found
        ),
        (("wait", "waiting"), ("work", "work")),
        "On average over all cases, everything else unchanged.",
    )


def heights_of(rows: list[Statistic], rule: Publication) -> Heights | None:
    """Return how many cases arrived in each hour of the day; ``None`` without any."""
    told = {one.segment["hour"]: one.n for one in rows if "hour" in one.segment}
    if len(told) < 2:
        return None
    columns = tuple((f"{hour:02}", told.get(f"{hour:02}")) for hour in range(24))
    few = f"An hour without a column had fewer than {rule.smallest_group} cases, or is kept back."
    return Heights("Cases by the hour of arrival", columns, few)


def of_headline(intervals: list[Statistic], segment: str) -> Iterator[Statistic]:
    """Yield the headline's rows of one breakdown."""
    return (o for o in intervals if o.interval == HEADLINE.name and segment in o.segment)
