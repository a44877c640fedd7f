"""What of a study may be published: no figure that tells of one trader or of a few (CT-04).

Deny first: only breakdowns and parties that are named as public leave, small groups are kept
back, and where a group kept back could be reckoned from a total, the next smallest group is kept
back with it (complementary suppression).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from gatepost.kernel.notice import Refused
from gatepost.timerelease import rules
from gatepost.timerelease.measure import Measured
from gatepost.timerelease.milestones import MILESTONES
from gatepost.timerelease.model import PERCENTS, Publication, Remark, Statistic, StepTime
from gatepost.timerelease.reading import DERIVED, KNOWN_SEGMENTS
from gatepost.timerelease.statistics import AGENCY

OTHERS = "others"
"""Parties that are told together: too few cases, or a name that was not named as public."""

ROLES = frozenset(one.party for one in MILESTONES) - {AGENCY}
SEGMENTS = (*KNOWN_SEGMENTS, *DERIVED, AGENCY)


class Published(msgspec.Struct, frozen=True):
    """The part of a study that may leave the house. ``held_back`` rows rest on too few cases.

    ``together`` parties are told as :data:`OTHERS`; ``kept_in`` breakdowns are not public.
    """

    found: Measured
    rule: Publication
    held_back: int
    together: int
    kept_in: tuple[str, ...]


def publish(found: Measured, rule: Publication, parties: Collection[str]) -> Published:
    """Return what may be published of ``found``; ``parties`` are the names that are public.

    ``Refused`` with TRS-019 where all cases together are too few.
    """
    if found.cases < rule.smallest_group:
        notice = rules.NOT_PUBLISHED.notice(cases=found.cases, fewest=rule.smallest_group)
        raise Refused([notice])
    public = {*SEGMENTS, *rule.segments}
    kept_in = tuple(one for one in found.by if one not in public)
    named = public_parties(found, rule, parties)
    open_rows = [
        one
        for one in found.intervals
        if set(one.segment) <= public and one.segment.get(AGENCY, OTHERS) in {*named, OTHERS}
    ]
    intervals = [safe(one, rule) for one in unsuppressed(open_rows, rule.smallest_group)]
    shares, states = _together(found.shares, found.states, named)
    told = {one.interval for one in intervals}
    return Published(
        msgspec.structs.replace(
            found,
            intervals=intervals,
            shares=shares,
            states=states,
            bottlenecks={
                rank: [one for one in steps if _may(one, named, rule)]
                for rank, steps in found.bottlenecks.items()
            },
            arcs=[one for one in found.arcs if one.n >= rule.smallest_group],
            verification=[_unnamed(one) for one in found.verification],
            definitions={k: v for k, v in found.definitions.items() if k in told},
            by=tuple(one for one in found.by if one in public),
        ),
        rule,
        len(found.intervals) - len(intervals),
        sum(party not in named for party in found.shares),
        kept_in,
    )


def unsuppressed(rows: Sequence[Statistic], fewest: int) -> list[Statistic]:
    """Return the rows that may be shown, in their order.

    The groups of one breakdown of one interval add up to a total that is shown: so the groups
    kept back are never one alone, nor together fewer than ``fewest`` cases.
    """
    kept: set[int] = {id(one) for one in rows if not one.segment and one.n >= fewest}
    whole = {one.interval: one.n for one in rows if id(one) in kept}
    groups: dict[tuple[str, tuple[str, ...]], list[Statistic]] = {}
    for one in rows:
        if one.segment and one.interval in whole:
            groups.setdefault((one.interval, tuple(one.segment)), []).append(one)
    for group in groups.values():
        kept |= {id(one) for one in _shown(group, fewest)}
    return [one for one in rows if id(one) in kept]


def _shown(group: Iterable[Statistic], fewest: int) -> list[Statistic]:
    ordered = sorted(group, key=lambda one: (one.n, str(one.segment)))
    held = [one for one in ordered if one.n < fewest]
    rest = ordered[len(held) :]
    while held and rest and (len(held) < 2 or sum(one.n for one in held) < fewest):
        held.append(rest.pop(0))
    return rest


def safe(one: Statistic, rule: Publication) -> Statistic:
    """Return a row without the single cases in it: no extremes, no thin tails, no few open cases.

    Where fewer cases than a group are open, how many is not told, only the estimates made with
    them.
    """
    gone: dict[str, None] = {"min": None, "max": None, "mode": None}
    for percent in PERCENTS:
        if one.n * min(percent, 100 - percent) / 100 < rule.beyond:
            gone[f"p{percent}"] = None
    if one.n * 0.05 < rule.beyond:
        gone["buffer_index"] = None
    return msgspec.structs.replace(one, **gone)


def open_told(one: Statistic, rule: Publication) -> str:
    """Return how many cases were open, as it may be told: ``<10`` where they are few."""
    if not one.censored:
        return "0"
    return str(one.censored) if one.censored >= rule.smallest_group else f"<{rule.smallest_group}"


def public_parties(found: Measured, rule: Publication, parties: Collection[str]) -> frozenset[str]:
    """Return the parties that are told by name: public ones with enough cases."""
    cases: dict[str, int] = {}
    for step in found.bottlenecks["longest"]:
        cases[step.party] = max(cases.get(step.party, 0), step.cases)
    return frozenset(
        party
        for party in found.shares
        if party in {*ROLES, *parties} and cases.get(party, 0) >= rule.smallest_group
    )


def _together(
    shares: Mapping[str, float], states: Mapping[str, Mapping[str, float]], named: Collection[str]
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Return shares with the parties that are not told by name added up; they still sum to one."""
    parts: dict[str, float] = {}
    split: dict[str, dict[str, float]] = {}
    for party, share in shares.items():
        name = party if party in named else OTHERS
        parts[name] = parts.get(name, 0.0) + share
        for state, part in states[party].items():
            told = split.setdefault(name, {})
            told[state] = told.get(state, 0.0) + part
    others = parts.pop(OTHERS, None)
    if others is not None:
        parts[OTHERS] = others
    return parts, {party: split[party] for party in parts}


def _may(one: StepTime, named: Collection[str], rule: Publication) -> bool:
    return one.party in named and one.cases >= rule.smallest_group


def _unnamed(one: Remark) -> Remark:
    return Remark(one.kind, one.count, one.what)
