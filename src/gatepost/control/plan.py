"""Merging controls into the fewest stops (IC-01).

Agencies that may examine together pairwise share a stop. The smallest number of
such groups is found exactly: a border has few agencies, so every way to add the
next agency to a group or to open a new one is tried, never beyond the best so far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from gatepost.control.model import Control, ControlPlan, Stop
from gatepost.requirement.model import Place

ClauseBetween = Callable[[str, str], str | None]
PLACES: tuple[Place, ...] = ("before", "border", "inland", "premises")


def make_plan(controls: Iterable[Control], clause_between: ClauseBetween) -> ControlPlan:
    """Return the plan for every open control; ``clause_between`` names the clause or ``None``.

    The plan depends on the set of controls only, not on their order.
    """
    wanted = sorted((c for c in controls if c.open), key=lambda c: (c.case, c.id))
    stops: list[Stop] = []
    physical = [c for c in wanted if c.physical]
    for place, site in sorted({_halt(c) for c in physical}, key=_in_order):
        here = [c for c in physical if _halt(c) == (place, site)]
        for group in fewest_groups(sorted({c.agency for c in here}), clause_between):
            stops.append(_stop(len(stops) + 1, place, group, here, clause_between))
    return ControlPlan(
        tuple(stops),
        tuple(qualified(c) for c in wanted if not c.physical),
        len({(c.case, _halt(c), c.agency) for c in physical}),
    )


def _halt(control: Control) -> tuple[Place, str | None]:
    """Return where a control stops the conveyance: in the lane or off it is one post."""
    return ("border" if control.at_the_post else control.place), control.site


def _in_order(halt: tuple[Place, str | None]) -> tuple[int, str]:
    return PLACES.index(halt[0]), halt[1] or ""


def qualified(control: Control) -> str:
    """Return the name of a control across cases: ``reference/id``."""
    return f"{control.case}/{control.id}"


def case_of(name: str) -> str:
    """Return the reference of the case to which a qualified name of a control belongs."""
    return name.split("/", 1)[0]


def planned_controls(plan: ControlPlan) -> tuple[str, ...]:
    """Return the qualified names of all controls in a plan."""
    return tuple(name for stop in plan.stops for name in stop.controls) + plan.desk


def plan_of(plan: ControlPlan, case: str) -> ControlPlan:
    """Return the part of a plan that concerns one case; the counts stay those of the whole."""

    def own(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name.startswith(f"{case}/"))

    stops = tuple(
        msgspec.structs.replace(stop, controls=own(stop.controls), openings=own(stop.openings))
        for stop in plan.stops
        if own(stop.controls)
    )
    return msgspec.structs.replace(plan, stops=stops, desk=own(plan.desk))


def fewest_groups(
    agencies: Sequence[str], clause_between: ClauseBetween
) -> tuple[tuple[str, ...], ...]:
    """Return the agencies in the fewest groups whose members may all examine together."""
    best: list[list[str]] = [[agency] for agency in agencies]

    def place(position: int, groups: list[list[str]]) -> None:
        nonlocal best
        if len(groups) >= len(best):
            return
        if position == len(agencies):
            best = [list(group) for group in groups]
            return
        agency = agencies[position]
        for group in groups:
            if all(clause_between(other, agency) for other in group):
                group.append(agency)
                place(position + 1, groups)
                group.pop()
        groups.append([agency])
        place(position + 1, groups)
        groups.pop()

    place(0, [])
    return tuple(tuple(group) for group in best)


def _stop(
    number: int,
    place: Place,
    agencies: tuple[str, ...],
    controls: Sequence[Control],
    clause_between: ClauseBetween,
) -> Stop:
    mine = [c for c in controls if c.agency in agencies]
    clauses = {
        clause
        for n, one in enumerate(agencies)
        for other in agencies[n + 1 :]
        if (clause := clause_between(one, other))
    }
    # Whoever may share a stop goes along where one agency takes the conveyance off the lane.
    off_lane = any(c.place == "off_lane" for c in mine)
    return Stop(
        id=f"stop-{number}",
        place="off_lane" if off_lane else place,
        lead=_lead(mine),
        agencies=agencies,
        controls=tuple(qualified(c) for c in mine),
        openings=tuple(sorted({f"{c.case}/{c.target}" for c in mine})),
        clauses=tuple(sorted(clauses)),
        site=mine[0].site,
    )


def _lead(controls: Sequence[Control]) -> str:
    """Return the agency with the most controls in the stop; a tie goes by the agency's id."""
    counts: dict[str, int] = {}
    for control in controls:
        counts[control.agency] = counts.get(control.agency, 0) + 1
    return min(counts, key=lambda agency: (-counts[agency], agency))
