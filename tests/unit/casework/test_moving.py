"""Arrival, presentation and removal: what they start, and who may report them."""

from __future__ import annotations

from datetime import date

import pytest

from gatepost.authority.model import BorderPost, Officer, Resources
from gatepost.kernel.validity import Validity
from gatepost.lodgement.events import ConveyanceArrived
from tests.office import BEEF, HOUR, LAW_OF_HOLDS, MIXED, NOON, ROSES, STEEL, Office
from tests.small_country import ALWAYS, LAW, POWERS, declaration, goods, parts

LORRY = {"means": "BR-1", "journey": "J-1"}


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_case_that_joins_a_movement_which_came_has_arrived(office: Office) -> None:
    first = office.lodge(ROSES, reference="R-1", **LORRY)
    office.done("arrive", first, at=NOON + HOUR)
    late = office.lodge(ROSES, NOON + 2 * HOUR, reference="R-2", **LORRY)
    assert office.case(late).known.arrived_at == NOON + HOUR
    office.done("examine", late, "plant.one", NOON + 2 * HOUR, result="conform")
    office.done("remove", late, at=NOON + 3 * HOUR)


def test_tomorrows_flight_has_not_arrived_with_todays(office: Office) -> None:
    today = office.lodge(ROSES, reference="R-1", **LORRY)
    office.done("arrive", today)
    tomorrow = office.lodge(ROSES, reference="R-2", arrival="2026-07-03T15:00", **LORRY)
    tonight = office.lodge(ROSES, reference="R-3", arrival="2026-07-02T23:00", **LORRY)
    assert office.case(tomorrow).known.arrived_at is None
    assert office.case(tonight).known.arrived_at == NOON
    office.done("arrive", tomorrow, at=NOON + 25 * HOUR)
    assert office.case(tomorrow).known.arrived_at == NOON + 25 * HOUR
    assert office.case(today).known.arrived_at == NOON


def test_an_arrival_reaches_every_case_of_the_movement_once(office: Office) -> None:
    one = office.lodge(ROSES, reference="R-1", **LORRY)
    two = office.lodge(BEEF, reference="R-2", **LORRY)
    other = office.lodge(STEEL, reference="R-3", means="BR-2", journey="J-1")
    office.done("arrive", two)
    assert office.case(one).known.arrived_at == office.case(two).known.arrived_at == NOON
    assert office.case(other).known.arrived_at is None
    assert office.refusal("arrive", one) == ("LODGE-206",)


def test_a_ship_that_calls_at_two_posts_arrives_at_each() -> None:
    port = BorderPost("port", {"en": "Port"}, "sea", ("XA000202",), LAW, ALWAYS)
    office = Office(post=[*parts()["post"], port])
    here = office.lodge(STEEL, reference="R-1", **LORRY)
    there = office.lodge(STEEL, reference="R-2", office="XA000202", **LORRY)
    office.done("arrive", here)
    assert office.case(there).known.arrived_at is None
    office.done("arrive", there, at=NOON + HOUR)
    assert office.case(there).known.post == "port"


def test_withdrawn_and_removed_cases_do_not_arrive(office: Office) -> None:
    withdrawn = office.lodge(ROSES, reference="R-1", **LORRY)
    leaving = office.lodge(declaration(goods("72083900"), type="EXA", reference="R-2", **LORRY))
    staying = office.lodge(ROSES, reference="R-3", **LORRY)
    office.done("withdraw", withdrawn, reason="sold elsewhere")
    office.done("remove", leaving)
    office.done("arrive", staying, at=NOON + HOUR)
    assert not office.bodies(withdrawn, ConveyanceArrived)
    assert not office.bodies(leaving, ConveyanceArrived)
    assert office.case(staying).known.arrived_at == NOON + HOUR


def officers_elsewhere() -> Office:
    role = {"en": "officer"}
    past = Validity(date(2020, 1, 1), date(2026, 7, 1))
    more = Resources(
        "customs",
        (
            Officer("customs.port", role, "customs-local", POWERS, ALWAYS, ("port",)),
            Officer("customs.former", role, "customs-local", POWERS, past),
        ),
    )
    return Office(resources=[*parts()["resources"], more])


@pytest.mark.parametrize(
    ("by", "codes"),
    [
        ("operator", None),
        ("XA0001", None),
        ("customs.one", None),
        ("plant.one", None),
        ("XA7777", ("LODGE-301",)),
        ("system", ("LODGE-301",)),
        ("customs.port", ("AUTH-003",)),
        ("customs.former", ("LODGE-301",)),
    ],
)
def test_officers_at_the_post_parties_and_the_operator_report_an_arrival(
    by: str, codes: tuple[str, ...] | None
) -> None:
    office = officers_elsewhere()
    reference = office.lodge(ROSES)
    if codes is None:
        office.done("arrive", reference, by)
    else:
        assert office.refusal("arrive", reference, by) == codes


@pytest.mark.parametrize("name", ["present", "remove"])
def test_an_officer_at_the_post_reports_what_leaves_or_stands_there(
    office: Office, name: str
) -> None:
    reference = office.lodge(STEEL)
    office.done("arrive", reference)
    assert office.turned_away(name, reference, "nobody.here") == ("AUTH-007",)
    office.done(name, reference, "plant.one")


@pytest.mark.parametrize("name", ["present", "remove"])
@pytest.mark.parametrize("by", ["XA7777", "system"])
def test_a_stranger_neither_presents_nor_removes(office: Office, name: str, by: str) -> None:
    reference = office.lodge(STEEL)
    office.done("arrive", reference)
    assert office.turned_away(name, reference, by) == ("AUTH-007",)
    office.done(name, reference, "XA0001")


def test_goods_are_presented_once_and_leave_once(office: Office) -> None:
    reference = office.lodge(STEEL)
    office.done("present", reference)
    assert office.refusal("present", reference) == ("LODGE-207",)
    office.done("remove", reference)
    assert office.case(reference).status == "removed"
    assert office.refusal("remove", reference) == ("RELEASE-013",)


def test_nothing_leaves_unreleased_or_before_it_came(office: Office) -> None:
    assert office.refusal("remove", office.lodge(ROSES)) == ("RELEASE-011", "RELEASE-016")
    assert office.refusal("remove", office.lodge(STEEL, reference="R-2")) == ("RELEASE-016",)


def test_an_export_leaves_without_an_arrival(office: Office) -> None:
    office.done("remove", office.lodge(declaration(goods("72083900"), type="EXA")))


def test_a_part_that_is_withheld_does_not_stop_the_part_released(office: Office) -> None:
    reference = office.lodge(MIXED)
    office.done("arrive", reference)
    for officer in ("customs.one", "plant.one"):
        office.done("examine", reference, officer, result="conform")
    office.done("decide", reference, "vet.one", decision="refuse", reason="no signature")
    released = office.case(reference).release.released
    assert released is not None
    assert (released.targets, released.withheld) == (("item/1",), ("item/2",))
    office.done("remove", reference)


def test_a_hold_after_the_release_stops_the_removal_until_it_ends(office: Office) -> None:
    reference = office.lodge(STEEL)
    office.done("arrive", reference)
    held = {"reason": "tip", "expires": NOON + HOUR, "legal_basis": LAW_OF_HOLDS}
    office.done("hold", reference, "customs.one", **held)
    assert office.refusal("remove", reference, at=NOON + HOUR / 2) == ("RELEASE-012",)
    office.done("remove", reference, at=NOON + HOUR)
    assert office.case(reference).release.removed_at == NOON + HOUR
