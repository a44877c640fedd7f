"""Planning while the day goes on: what has begun stays, and every constraint is kept."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from gatepost.adapters.planning.clock import Clock
from gatepost.control.schedule.check import violations
from gatepost.control.schedule.compiled import compile_world
from gatepost.control.schedule.greedy import cost_of, first_come
from gatepost.control.schedule.rolling import begun, replan
from gatepost.control.schedule.timetable import timetable
from gatepost.control.schedule.world import World
from tests.worlds import worlds

CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@CALM
@given(worlds())
def test_what_has_begun_keeps_its_place(given_: World) -> None:
    problem = compile_world(given_)
    _, slots = first_come(problem)
    now = 10 * 60 // problem.unit
    known = range(len(problem.visits))
    found = replan(problem, slots, now, known, Clock(), 0.001, cost_of(problem, slots))
    for before, after in zip(slots, found, strict=True):
        if before is not None and begun(before, now):
            assert after == before
        elif after is not None:
            assert not begun(after, now)
    assert violations(given_, timetable(problem, found)) == []
