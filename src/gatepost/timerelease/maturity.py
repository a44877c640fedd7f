"""How far agencies have come in working together (TR-11): answers, bounded by evidence.

The grid is data: dimensions by levels from 0, isolated, to 5, integrated, each level with the
evidence it needs. Evidence is what the ledger and the description hold, never an answer. A level
is reached only if all below it are, and no level is granted above what is shown; what the system
holds no evidence of is not granted at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from gatepost.kernel.notice import Notice, Refused
from gatepost.timerelease import rules

LEVELS = ("isolated", "ad hoc", "agreed in writing", "coordinated", "managed", "integrated")


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact and how much of it a level needs; ``means`` says in words what it shows.

    Facts are ``event:NAME``, events of that name in the ledger; ``clause:KIND``, clauses in
    force; ``described:THING``, things of that kind in the description.
    """

    fact: str
    means: str
    least: int = 1


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A level of a dimension: what it means, and the evidence without which it is not reached."""

    level: int
    means: str
    evidence: tuple[Evidence, ...]


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One dimension of working together, with its levels from 1 on."""

    id: str
    name: str
    steps: tuple[Step, ...]


class Grid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All dimensions, and where they come from."""

    source: str
    dimensions: tuple[Dimension, ...]


class Answer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The level that people claim for a dimension: a role, and why."""

    dimension: str
    level: int
    by: str
    note: str = ""


class Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answers of one self-assessment, as a file holds them."""

    answers: tuple[Answer, ...]


class Reached(msgspec.Struct, frozen=True):
    """The level of a dimension: the lower of what is claimed and what is ``shown``.

    ``missing`` is what the next level needs; ``next`` what it means, empty at the top.
    """

    dimension: str
    name: str
    claimed: int
    shown: int
    level: int
    next: str
    missing: tuple[str, ...]


class Assessment(msgspec.Struct, frozen=True):
    """All dimensions; ``beyond`` are claims above what is shown, ``steps`` what to do next.

    ``steps`` begins with the dimensions that are lowest, for an early step costs least and others
    rest on it.
    """

    reached: tuple[Reached, ...]
    beyond: tuple[Notice, ...]
    steps: tuple[Reached, ...]


def assess(grid: Grid, answers: Sequence[Answer], facts: Mapping[str, int]) -> Assessment:
    """Return how far each dimension is; one without an answer is claimed at 0.

    ``Refused`` for an unknown dimension (TRS-029) or level (TRS-030), with all of them.
    """
    if wrong := list(_faults(grid, answers)):
        raise Refused(wrong)
    claimed = {one.dimension: one.level for one in answers}
    reached = tuple(_reached(one, claimed.get(one.id, 0), facts) for one in grid.dimensions)
    beyond = tuple(
        rules.BEYOND_EVIDENCE.notice(
            one.dimension,
            dimension=one.name,
            claimed=one.claimed,
            level=one.shown,
            missing="; ".join(one.missing) or "any evidence",
        )
        for one in reached
        if one.claimed > one.shown
    )
    steps = sorted((one for one in reached if one.next), key=lambda one: one.level)
    return Assessment(reached, beyond, tuple(steps))


def _faults(grid: Grid, answers: Sequence[Answer]) -> Iterator[Notice]:
    known = [one.id for one in grid.dimensions]
    for number, one in enumerate(answers):
        where = f"answers/{number}"
        if one.dimension not in known:
            yield rules.NO_DIMENSION.notice(where, dimension=one.dimension, known=", ".join(known))
        if not 0 <= one.level < len(LEVELS):
            yield rules.NO_LEVEL.notice(where, level=one.level)


def _reached(one: Dimension, claimed: int, facts: Mapping[str, int]) -> Reached:
    shown = 0
    steps = sorted(one.steps, key=lambda step: step.level)
    for step in steps:
        if step.level != shown + 1 or not step.evidence or missing_of(step, facts):
            break
        shown = step.level
    level = min(claimed, shown)
    # What is shown and not claimed needs a person who says so, and nothing else.
    following = next((step for step in steps if step.level == shown + 1), None)
    missing = tuple(missing_of(following, facts)) if following else ()
    return Reached(
        one.id, one.name, claimed, shown, level, following.means if following else "", missing
    )


def missing_of(step: Step, facts: Mapping[str, int]) -> list[str]:
    """Return what of the evidence of a level is not there, in words."""
    return [one.means for one in step.evidence if facts.get(one.fact, 0) < one.least]
