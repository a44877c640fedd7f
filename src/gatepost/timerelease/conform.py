"""Conformance of what an agency did to its own procedure.

Cases that did the same are looked at once, so it does not matter how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from gatepost.kernel.notice import Refused
from gatepost.timerelease import rules
from gatepost.timerelease.columns import literal, quoted
from gatepost.timerelease.milestones import BY_NAME
from gatepost.timerelease.model import Procedure
from gatepost.timerelease.reading import Frame
from gatepost.timerelease.walk import ENDS


class Deviation(msgspec.Struct, frozen=True):
    """A way in which cases left the procedure, in how many, and some of them."""

    what: str
    cases: int
    examples: tuple[str, ...]


class Conformance(msgspec.Struct, frozen=True):
    """How many of an agency's cases followed its procedure, and how the others did not."""

    agency: str
    cases: int
    followed: int
    deviations: tuple[Deviation, ...]


def conformance_of(frame: Frame, procedure: Procedure) -> Conformance:
    """Return how an agency's cases followed its procedure.

    ``Refused`` for a step that is no milestone (TRS-007). Of a case still open, only what it
    did is judged, not what it has not done yet.
    """
    if wrong := [step for step in procedure.steps if step not in BY_NAME]:
        known = ", ".join(BY_NAME)
        raise Refused([rules.NO_MILESTONE.notice(name=one, known=known) for one in wrong])
    over = [f"{quoted(one)} is not null" for one in ENDS if one in frame.milestones] or ["false"]
    rows = frame.columns.rows(f"""
        with way as (
            select id, list(kind::varchar order by us, kind) as events from event
            where party::varchar = {literal(procedure.agency)} group by id
        )
        select way.events, {" or ".join(over)} as done, count(*),
            list("case" order by "case")[1:3]
        from way join wide using (id) join named using (id) group by 1, 2""")
    followed, cases = 0, 0
    found: dict[str, tuple[int, list[str]]] = {}
    for events, done, count, examples in rows:
        cases += count
        faults = list(deviations(procedure, events, done))
        followed += 0 if faults else count
        for fault in faults:
            before, named = found.get(fault, (0, []))
            found[fault] = (before + count, [*named, *examples])
    ordered = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
    told = tuple(Deviation(what, n, tuple(sorted(named)[:3])) for what, (n, named) in ordered)
    return Conformance(procedure.agency, cases, followed, told)


def deviations(procedure: Procedure, events: Sequence[str], done: bool) -> Iterator[str]:
    """Yield how what an agency did in one case, in its order, differs from its procedure."""
    steps = {step: place for place, step in enumerate(procedure.steps)}
    mine = [one for one in events if one in steps]
    furthest = max((steps[one] for one in mine), default=-1)
    for step, place in steps.items():
        due = done or place < furthest
        if step not in mine and step not in procedure.optional and due:
            yield f"{step} left out"
        if mine.count(step) > 1:
            yield f"{step} again"
    first = list(dict.fromkeys(mine))
    for earlier, later in pairwise(first):
        if steps[earlier] > steps[later]:
            yield f"{earlier} before {later}"
    for one in dict.fromkeys(events):
        if one not in steps:
            yield f"{one} is not in the procedure"
