"""Rows read from the log: states, work lists, and what changes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.casework import case as cases
from gatepost.casework import movement as movements
from gatepost.casework.bodies import BODIES
from gatepost.casework.case import Case
from gatepost.casework.movement import Movement
from gatepost.casework.projection import difference, instant
from gatepost.casework.reading import status_of
from gatepost.casework.rebuilding import rebuild
from gatepost.kernel.event import Body, Event
from gatepost.ledger.model import Gone, Row, Withheld
from gatepost.requirement.model import Asks
from tests.office import BEEF, HOUR, LAW_OF_HOLDS, MIXED, NOON, ROSES, STEEL, Office
from tests.small_country import declaration, goods, requirement

VIEWS = ("case", "movement", "work", "party", "random")


class Unheard(Body, frozen=True, tag="nobody:thing:happened"):
    """An event that no room knows."""


@pytest.mark.parametrize("body", [Unheard(), Withheld("release:hold:placed")])
def test_an_event_that_no_room_knows_counts_and_changes_nothing(body: Body) -> None:
    office = Office()
    reference = office.lodge(MIXED)
    before, event = office.case(reference), Event(NOON, body)
    after = cases.evolve(before, event)
    assert after.version == before.version + 1
    fields = [name for name in Case.__struct_fields__ if name != "version"]
    assert all(getattr(after, name) == getattr(before, name) for name in fields)
    assert cases.evolve(Case(), event) == Case(version=1)
    assert movements.evolve(Movement(), event) == Movement(version=1)


def test_every_event_has_a_name_of_three_parts_of_its_own() -> None:
    names = [body.name() for body in BODIES]
    assert len(set(names)) == len(names) > 25
    assert all(len(name.split(":")) == 3 for name in names)


rows = st.builds(
    Row,
    st.sampled_from(("case", "work")),
    st.sampled_from(("a", "b", "c")),
    st.sampled_from((b"1", b"2")),
)
sets = st.lists(rows, unique_by=lambda row: (row.view, row.key), max_size=6)


@given(sets, sets)
def test_a_difference_leads_from_one_set_of_rows_to_the_other(
    before: list[Row], after: list[Row]
) -> None:
    table = {(row.view, row.key): row for row in before}
    for change in difference(before, after):
        if isinstance(change, Gone):
            del table[change.view, change.key]
        else:
            assert table.get((change.view, change.key)) != change, "nothing is written for nothing"
            table[change.view, change.key] = change
    assert table == {(row.view, row.key): row for row in after}


@given(
    st.lists(
        st.builds(
            lambda at, hours: at.replace(tzinfo=timezone(timedelta(hours=hours))),
            st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),
            st.integers(-12, 14),
        ),
        max_size=6,
    )
)
def test_instants_sort_as_time_does(moments: list[datetime]) -> None:
    assert sorted(moments) == sorted(moments, key=instant)


def worked(office: Office) -> dict[str, list[tuple[str, str]]]:
    found = {}
    for agency in ("customs", "plant", "vet", "counting"):
        items = office.work(agency)
        if items:
            found[agency] = [(item.action, ",".join(item.targets)) for item in items]
    return found


def test_each_agency_sees_what_it_can_do_now() -> None:
    office = Office()
    reference = office.lodge(MIXED)
    assert worked(office) == {
        "customs": [("control", "item/1")],
        "plant": [("control", "item/1")],
        "vet": [("decide", "item/2")],
    }
    office.done("arrive", reference)
    office.done("examine", reference, "plant.one", result="nonconform")
    assert worked(office)["plant"] == [("decide", "item/1")]
    office.done("decide", reference, "vet.one", decision="clear")
    assert "vet" not in worked(office)
    office.done("examine", reference, "customs.one", result="conform")
    assert worked(office) == {"plant": [("decide", "item/1")]}
    office.done("decide", reference, "plant.one", decision="clear")
    assert worked(office) == {}


def test_a_control_does_not_wait_for_the_traders_paper() -> None:
    office = Office()
    office.lodge(declaration(goods()))
    assert worked(office) == {"plant": [("control", "item/1")]}


def test_what_waits_for_the_trader_is_on_no_list() -> None:
    office = Office()
    reference = office.lodge(declaration(goods("02023090")))
    assert worked(office) == {}
    status = status_of(reference, office.case(reference), office.desk.jurisdiction.users_on)
    assert [(w.agency, w.action, w.what) for w in status.waiting] == [
        ("vet", "trader to provide", ("VET-REQ-1",))
    ]


def test_goods_that_are_forbidden_wait_for_a_decision_and_not_for_the_trader() -> None:
    office = Office(requirement=[requirement("VET-REQ-9", "vet", Asks("prohibition"), "02")])
    reference = office.lodge(BEEF)
    assert worked(office) == {"vet": [("decide", "item/1")]}
    status = status_of(reference, office.case(reference), office.desk.jurisdiction.users_on)
    assert [(w.agency, w.action) for w in status.waiting] == [("vet", "decide")]
    office.done("decide", reference, "vet.one", decision="refuse", reason="forbidden")
    assert worked(office) == {}


def test_the_list_is_oldest_first_and_by_post() -> None:
    office = Office()
    late = office.lodge(BEEF, NOON + HOUR, reference="R-1")
    early = office.lodge(BEEF, NOON, reference="R-2")
    nowhere = office.lodge(BEEF, NOON + 2 * HOUR, reference="R-3", office="GB000060")
    every = [item.reference for item in office.work("vet")]
    assert every == [early, late, nowhere]
    here = [item.reference for item in office.work("vet", "gate")]
    assert here == [early, late]


def whole_day(office: Office) -> None:
    """Let a bit of everything happen."""
    for number, short in enumerate((ROSES, BEEF, STEEL, MIXED)):
        reference = office.lodge(short, reference=f"R-{number}", means="BR-1", journey="J")
        office.act("arrive", reference)
        office.act("examine", reference, "plant.one", result="conform", **{"with": ["customs"]})
        held: dict[str, Any] = {"reason": "x", "expires": NOON + HOUR}
        office.act("hold", reference, "customs.one", legal_basis=LAW_OF_HOLDS, **held)
        office.act("decide", reference, "vet.one", decision="refuse", reason="x")
        office.act("tick", reference, at=NOON + 2 * HOUR)
        office.act("remove", reference, at=NOON + 2 * HOUR)


def test_dropping_the_rows_and_reading_the_log_again_gives_the_same_rows() -> None:
    office = Office()
    whole_day(office)
    before = [office.desk.ledger.rows(view) for view in VIEWS]
    assert all(before[n] for n in (0, 1, 3))
    counted: list[int] = []
    number = rebuild(office.desk, counted.append)
    assert [office.desk.ledger.rows(view) for view in VIEWS] == before
    assert counted[-1] == number == len(list(office.desk.ledger.read_all()))


@pytest.mark.parametrize(
    ("acts", "status"),
    [
        ([], "waiting"),
        ([("withdraw", "operator", {"reason": "x"})], "withdrawn"),
        ([("decide", "vet.one", {"decision": "refuse", "reason": "x"})], "denied"),
        ([("decide", "vet.one", {"decision": "clear"})], "released"),
        ([("decide", "vet.one", {"decision": "clear"}), ("arrive", "operator", {}),
          ("remove", "operator", {})], "removed"),
        ([("hold", "vet.one", {"reason": "x", "expires": NOON + HOUR,
                               "legal_basis": LAW_OF_HOLDS})], "held"),
        ([("decide", "vet.one", {"decision": "clear"}),
          ("hold", "vet.one", {"reason": "x", "expires": NOON + HOUR,
                               "legal_basis": LAW_OF_HOLDS})], "held"),
    ],
)  # fmt: skip
def test_the_one_status(acts: list[Any], status: str) -> None:
    office = Office()
    reference = office.lodge(BEEF)
    for name, by, fields in acts:
        office.done(name, reference, by, **fields)
    assert office.case(reference).status == status
    told = status_of(reference, office.case(reference), office.desk.jurisdiction.users_on)
    assert told.status == status
    assert bool(told.waiting) is (status in ("waiting", "held"))


def test_rows_are_stamped_in_utc() -> None:
    assert instant(datetime(2026, 7, 2, 14, 0, tzinfo=timezone(timedelta(hours=2)))) == instant(
        NOON
    )
    assert instant(NOON.astimezone(UTC)).startswith("2026-07-02T12:00:00.000000")
