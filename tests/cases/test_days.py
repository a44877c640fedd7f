"""Written days of Aldermark's posts: what is due, and where and when it is planned.

Each standing order is missed by some day: without it the day comes out otherwise.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
import yaml

from gatepost.bootstrap import rehearsal_desk
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.lodge import lodge
from gatepost.casework.planning.suggesting import suggested
from gatepost.casework.planning.world import post_day
from gatepost.casework.shorthand import Declaration, expand
from gatepost.casework.work import Work
from gatepost.control.schedule.admit import clock_of
from gatepost.control.schedule.check import violations
from gatepost.control.schedule.compiled import compile_world
from gatepost.control.schedule.greedy import first_come
from gatepost.control.schedule.timetable import Halt, timetable
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.kernel.language import Text
from tests.cases.country import Country


class Coming(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One consignment of a day, and a control that two officers order for it besides."""

    lodge: Declaration
    order: dict[str, str] | None = None
    by: str | None = None
    second: str | None = None


class WrittenDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day: ``expect`` are its halts as text, ``unplanned`` who has no place and by which rule.

    ``suggested`` is for whom and from which longest wait on a joint action is suggested.
    """

    name: Text
    post: str
    date: date
    lodged: str
    consignments: dict[str, Coming]
    expect: tuple[str, ...]
    unplanned: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()

    def at(self, jurisdiction: Jurisdiction) -> datetime:
        """Return when the first consignment is lodged."""
        return datetime.fromisoformat(self.lodged).replace(tzinfo=jurisdiction.zone)


DAYS = sorted((Path(__file__).parent / "days").glob("*.yaml"))


def written(path: Path) -> WrittenDay:
    return msgspec.convert(yaml.safe_load(path.read_text()), WrittenDay, strict=False)


def played(jurisdiction: Jurisdiction, day: WrittenDay) -> dict[str, tuple[str, ...]]:
    """Return what a day comes to, in the words of the files."""
    desk = rehearsal_desk(jurisdiction)
    names: dict[str, str] = {}
    for number, (name, coming) in enumerate(day.consignments.items()):
        now = day.at(jurisdiction) + timedelta(minutes=number)
        journey = coming.lodge.journey or name
        own = msgspec.structs.replace(coming.lodge, reference=name, journey=journey, means=journey)
        dataset = expand(own)
        reference = lodge(desk, dataset, digest_of(dataset), now).reference or ""
        names[reference] = name
        if coming.order is not None:
            act = msgspec.convert(
                {
                    "id": name,
                    "act": "override",
                    "reference": reference,
                    "at": now,
                    "second": coming.second,
                    "reason": "OFFICER_JUDGEMENT",
                    "order": coming.order,
                },
                Act,
            )
            answer = perform(desk, act, now, coming.by)
            assert answer.status == "done", answer.notices
    found = post_day(Work(desk, day.at(jurisdiction)), day.post, day.date)
    problem = compile_world(found.world)
    plan = timetable(problem, first_come(problem)[1])
    assert violations(found.world, plan) == []
    return {
        "expect": tuple(line for halt in plan.halts for line in told(halt, names)),
        "unplanned": tuple(
            f"{names[name]} {', '.join(one.agencies)} {one.reason.code}"
            for one in (*plan.unplanned, *found.unplanned)
            for name in one.consignments
        ),
        "splits": tuple(
            f"{names[one.consignments[0]]} {_groups(one.groups)} {one.reason.code}"
            for one in plan.splits
        ),
        "suggested": tuple(
            "{order}: {count} wait up to {minutes} for {agency}".format(**notice.values)
            for notice in [suggested(found, plan)]
            if notice is not None
        ),
    }


def _groups(groups: tuple[tuple[str, ...], ...]) -> str:
    return " | ".join(", ".join(group) for group in groups)


def told(halt: Halt, names: dict[str, str]) -> list[str]:
    scan = f"scan {clock_of(halt.scan_start)} " if halt.scan_start is not None else ""
    work = ", ".join(f"{w.agency} {clock_of(w.start)}-{clock_of(w.end)}" for w in halt.work)
    place = halt.bay or halt.scanner
    return [
        f"{clock_of(halt.start)}-{clock_of(halt.end)} {names[name]} {place}: {scan}{work}"
        for name in halt.consignments
    ]


@pytest.mark.parametrize("path", DAYS, ids=lambda path: path.stem)
def test_the_day_is_planned_as_written(country: Country, path: Path) -> None:
    day = written(path)
    assert played(country.whole, day) == expected(day)


def expected(day: WrittenDay) -> dict[str, tuple[str, ...]]:
    return {
        "expect": day.expect,
        "unplanned": day.unplanned,
        "splits": day.splits,
        "suggested": day.suggested,
    }


ORDERS = sorted(
    (Path(__file__).parents[2] / "jurisdictions/aldermark/standing_orders").glob("*.yaml")
)


@pytest.mark.parametrize("name", [path.stem for path in ORDERS])
def test_every_standing_order_is_missed(country: Country, name: str) -> None:
    left = [one for one in country.parts["standing_order"] if one.id != name]
    variant = country.changed("standing_order", left)
    days = [written(path) for path in DAYS]
    assert any(played(variant, day) != expected(day) for day in days), (
        f"no day misses {name}: write the day it is for, or delete it"
    )
