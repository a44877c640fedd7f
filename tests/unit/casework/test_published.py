"""Times anyone may know: by law, through the gate, on record, and never of a small group."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.authority.clause import Share
from gatepost.authority.element import DataClass
from gatepost.authority.instrument import Agreement
from gatepost.casework import published
from gatepost.casework.disclosed import received_by
from gatepost.casework.published import published_times
from tests.office import BEEF, STEEL, Office
from tests.small_country import ALWAYS, LAW, concluded, officers, parts

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MORNING = datetime(2026, 7, 2, 6, 0, tzinfo=UTC)
LATER = MORNING + DAY
JULY = date(2026, 7, 15)
CLASSES = [
    DataClass("progress", {"en": "p"}, ("case.status",), LAW),
    DataClass("lodgement", {"en": "l"}, ("consignment.regime", "consignment.office"), LAW),
]


def law(**changes: Any) -> Agreement:
    fields: dict[str, Any] = {
        "of": (),
        "to": ("counting",),
        "purposes": ("performance",),
        "data": ("progress", "lodgement"),
        "channels": ("feed",),
        "smallest_cell": 3,
        **changes,
    }
    clause = Share("LAW/10", {"en": "times"}, **fields)
    parties = ("counting",)
    life = concluded(parties)
    return Agreement("LAW", {"en": "law"}, "law", parties, LAW, ALWAYS, (clause,), life)


def office(*agreements: Agreement) -> Office:
    counting = msgspec.structs.replace(officers("counting"), facilities=())
    return Office(
        data_class=CLASSES,
        agreement=list(agreements),
        resources=[*parts()["resources"], counting],
    )


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "FEWEST", 4)


def test_times_of_a_group_that_is_large_enough() -> None:
    here = office(law())
    for number in range(4):
        case = here.lodge(STEEL, MORNING, reference=f"S-{number}")
        here.done("arrive", case, at=MORNING + HOUR)
    found = published_times(here.desk, JULY, LATER)
    assert found is not None
    (group,) = found.groups
    assert (group.post, group.regime, group.cases) == ("gate", "import", 4)
    assert (group.release_median, group.release_ninth) == (0, 0)
    assert (group.waiting_median, group.before_arrival) == (0, 1.0)
    assert (found.month, found.until, found.left_out) == ("2026-07", MORNING.date(), 0)
    assert (found.smallest_group, found.right) == (4, "LAW/10")


def test_waiting_runs_from_the_arrival() -> None:
    here = office(law())
    for number in range(4):
        case = here.lodge(BEEF, MORNING, reference=f"B-{number}")
        here.done("arrive", case, at=MORNING + HOUR)
        decided = MORNING + (2 + number) * HOUR
        here.done("decide", case, "vet.one", decided, agency="vet", decision="clear")
    found = published_times(here.desk, JULY, LATER)
    assert found is not None
    (group,) = found.groups
    assert (group.release_median, group.waiting_median) == (210, 150)
    assert (group.release_ninth, group.waiting_ninth) == (282, 222)
    assert group.before_arrival == 0.0


def test_a_small_group_is_left_out_and_only_counted() -> None:
    here = office(law())
    for number in range(3):
        here.lodge(STEEL, MORNING, reference=f"S-{number}")
    found = published_times(here.desk, JULY, LATER)
    assert found is not None
    assert (found.groups, found.left_out) == ((), 1)


def test_the_law_may_be_stricter_than_the_floor() -> None:
    here = office(law(smallest_cell=6))
    for number in range(5):
        here.lodge(STEEL, MORNING, reference=f"S-{number}")
    found = published_times(here.desk, JULY, LATER)
    assert found is not None
    assert (found.groups, found.smallest_group) == ((), 6)


def test_of_too_few_arrivals_no_waiting_is_told() -> None:
    here = office(law())
    for number in range(4):
        case = here.lodge(STEEL, MORNING, reference=f"S-{number}")
        if number:
            here.done("arrive", case, at=MORNING + HOUR)
    found = published_times(here.desk, JULY, LATER)
    assert found is not None
    (group,) = found.groups
    assert (group.waiting_median, group.waiting_ninth, group.before_arrival) == (None, None, None)


def test_today_is_not_told_yet() -> None:
    here = office(law())
    for number in range(4):
        here.lodge(STEEL, MORNING, reference=f"S-{number}")
    found = published_times(here.desk, JULY, MORNING + HOUR)
    assert found is not None
    assert (found.groups, found.left_out) == ((), 0)


def test_that_it_was_read_is_on_record_with_its_right() -> None:
    here = office(law())
    for number in range(4):
        here.lodge(STEEL, MORNING, reference=f"S-{number}")
    published_times(here.desk, JULY, LATER)
    (told,) = received_by(here.desk, "counting", JULY)
    assert (told.channel, told.purpose, told.right, told.count) == (
        "feed",
        "performance",
        "LAW/10",
        1,
    )
    assert told.references == ()


@pytest.mark.parametrize(
    "changes",
    [{"channels": ("read",)}, {"purposes": ("statistics",)}, {"smallest_cell": None}],
)
def test_without_a_law_that_says_so_nothing_is_published(changes: dict[str, Any]) -> None:
    here = office(law(**changes))
    here.lodge(STEEL, MORNING)
    assert published_times(here.desk, JULY, LATER) is None


def test_what_the_law_does_not_open_is_not_in_the_groups() -> None:
    here = office(law(data=("progress",)))
    for number in range(4):
        here.lodge(STEEL, MORNING, reference=f"S-{number}")
    found = published_times(here.desk, JULY, LATER)
    assert found is not None
    (group,) = found.groups
    assert (group.post, group.regime) == ("", "")
