"""A day on the simulated clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gatepost.bootstrap import load_checked, rehearsal_desk
from gatepost.casework.shorthand import Declaration, Goods
from gatepost.casework.work import Work
from gatepost.simulation.chance import Chance
from gatepost.simulation.day import Day
from gatepost.simulation.traffic import Crossing

MORNING = datetime(2026, 4, 14, 6, 0, tzinfo=UTC)


def test_a_sample_is_taken_at_the_stop_and_answered_by_the_laboratory() -> None:
    desk = rehearsal_desk(load_checked("aldermark"))
    potatoes = Goods("07011000", origin="XB", net_mass=8000, documents=("N851 P-1", "XP20 V-1"))
    declaration = Declaration(
        type="IMA", office="XA000101", mode="3", reference="POTATOES", items=(potatoes,)
    )
    day = Day(desk, Chance("samples"), MORNING.date())
    day.run(
        [Crossing("potatoes", declaration, MORNING, MORNING + timedelta(hours=2))], lambda _: None
    )
    reference = day.references["POTATOES"]
    case = Work(desk, MORNING).case(reference)
    (sample,) = [c for c in case.controls.by_id.values() if c.kind == "sample"]
    assert sample.status == "done"
    assert all(answer.status == "done" for answer in day.answers)
    found = case.controls.findings[-1]
    assert sample.id in found.controls
    assert found.at > MORNING + timedelta(hours=24)
    assert case.status == "removed"
