"""A case is handed from one unit of an agency to another, and its clock goes on (GV-07)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.authority.model import BorderPost, Officer, Resources, Unit
from gatepost.casework.projection import CASE, decode_case
from gatepost.casework.reading import read_case, status_of, work_list
from gatepost.casework.rebuilding import rebuild
from gatepost.cooperation.events import CaseHandedOver
from gatepost.kernel.actor import OPERATOR, Actor
from gatepost.release.events import ClockEscalated
from tests.office import BEEF, DEAR, HOUR, NOON, Office
from tests.small_country import ALWAYS, LAW, POWERS, agency, officers, parts

ROLE = {"en": "officer"}


def office(**changes: Any) -> Office:
    """Return an office whose veterinary service has two local units and a region above them."""
    units = (
        Unit("vet-local", {"en": "gate"}, "local", ALWAYS, "vet-regional", ("gate",)),
        Unit("vet-second", {"en": "team"}, "local", ALWAYS, "vet-regional", ("gate",)),
        Unit("vet-far", {"en": "port"}, "local", ALWAYS, "vet-regional", ("port",)),
        Unit("vet-regional", {"en": "region"}, "regional", ALWAYS, "vet-central", ("gate",)),
        Unit("vet-central", {"en": "centre"}, "central", ALWAYS),
    )
    more = Resources(
        "vet",
        (
            *officers("vet").officers,
            Officer("vet.second", ROLE, "vet-second", POWERS, ALWAYS),
            Officer("vet.far", ROLE, "vet-far", POWERS, ALWAYS),
            Officer("vet.clerk", ROLE, "vet-central", ("read",), ALWAYS),
        ),
    )
    agencies = [agency("customs"), agency("plant"), agency("vet", units=units)]
    counting = [one for one in parts()["agency"] if one.id == "counting"]
    resources = [officers("customs"), officers("plant"), more]
    return Office(agency=[*agencies, *counting], resources=resources, **changes)


def hand(where: Office, reference: str, unit: str, by: str = "vet.one", **fields: Any) -> None:
    where.done("hand_over", reference, by, unit=unit, **{"reason": "busy", **fields})


def told(at: Office, reference: str) -> list[tuple[str, str | None]]:
    return [(one.level, one.unit) for one in at.bodies(reference, ClockEscalated)]


def test_who_holds_it_is_on_the_work_list_and_in_the_status() -> None:
    at = office()
    reference = at.lodge(BEEF)
    assert work_list(at.desk, OPERATOR, NOON, "vet")[0].unit is None
    hand(at, reference, "vet-second")
    assert work_list(at.desk, OPERATOR, NOON, "vet")[0].unit == "vet-second"
    stored = at.desk.ledger.row(CASE, reference)
    assert stored is not None
    status = status_of(reference, decode_case(stored), at.desk.jurisdiction.users_on)
    assert [one.unit for one in status.waiting if one.agency == "vet"] == ["vet-second"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 300), max_size=5), st.integers(1, 400))
def test_however_often_it_is_handed_over_the_clock_strikes_at_the_same_moments(
    minutes: list[int], last: int
) -> None:
    """What is told, and when, does not depend on who holds the case; to whom it is told does."""
    plain, handed = office(), office()
    one, other = plain.lodge(BEEF), handed.lodge(BEEF)
    moments = sorted({*minutes, last})
    unit = "vet-local"
    for minute in moments:
        moment = NOON + timedelta(minutes=minute)
        unit = "vet-second" if unit == "vet-local" else "vet-local"
        hand(handed, other, unit, "vet.region", at=moment)
        for at, reference in ((plain, one), (handed, other)):
            at.act("tick", reference, at=moment)
    assert [level for level, _ in told(plain, one)] == [level for level, _ in told(handed, other)]


def test_it_is_told_upwards_from_who_holds_it() -> None:
    at = office()
    reference = at.lodge(BEEF)
    hand(at, reference, "vet-regional")
    at.act("tick", reference, at=NOON + 9 * HOUR)
    assert told(at, reference) == [
        ("local", "vet-regional"),
        ("regional", "vet-regional"),
        ("central", "vet-central"),
    ]


def test_whoever_gave_it_away_decides_no_more_and_who_has_it_does() -> None:
    at = office()
    reference = at.lodge(BEEF)
    hand(at, reference, "vet-second")
    assert at.refusal("decide", reference, "vet.one", decision="clear") == ("COOP-040",)
    assert at.refusal("hand_over", reference, "vet.one", unit="vet-local", reason="mine") == (
        "COOP-040",
    )
    at.done("decide", reference, "vet.second", decision="clear")


def test_a_unit_above_decides_and_takes_it_back() -> None:
    at = office()
    reference = at.lodge(BEEF)
    hand(at, reference, "vet-second")
    hand(at, reference, "vet-local", "vet.region")
    at.done("decide", reference, "vet.region", decision="clear")
    assert [one.before for one in at.bodies(reference, CaseHandedOver)] == [
        "vet-local",
        "vet-second",
    ]


@pytest.mark.parametrize(
    ("by", "fields", "codes"),
    [
        ("vet.one", {"unit": "vet-far"}, ("COOP-043",)),
        ("vet.one", {"unit": "vet-central"}, ("COOP-043",)),
        ("vet.one", {"unit": "vet-local"}, ("COOP-042",)),
        ("vet.one", {"unit": "customs-local"}, ("COOP-041",)),
        ("vet.one", {}, ("COOP-041",)),
        ("vet.one", {"unit": "vet-second", "reason": " "}, ("COOP-021",)),
        ("vet.second", {"unit": "vet-regional"}, ("COOP-040",)),
        ("vet.far", {"unit": "vet-second"}, ("AUTH-003",)),
        ("customs.one", {"unit": "vet-second", "agency": "vet"}, ("AUTH-006",)),
    ],
)  # fmt: skip
def test_what_may_not_be_handed_over(
    by: str, fields: dict[str, Any], codes: tuple[str, ...]
) -> None:
    at = office()
    reference = at.lodge(BEEF)
    what = {"reason": "busy", "agency": "vet", **fields}
    assert at.refusal("hand_over", reference, by, **what) == codes
    assert work_list(at.desk, OPERATOR, NOON, "vet")[0].unit is None


def test_while_controls_are_open_the_unit_must_be_able_to_examine() -> None:
    at = office()
    cannot = Officer("customs.desk", ROLE, "customs-central", ("read", "decide"), ALWAYS)
    customs = Resources("customs", (*officers("customs").officers, cannot))
    at = Office(resources=[customs, officers("plant"), officers("vet")])
    reference = at.lodge(DEAR)
    at.done("arrive", reference)
    what = {"unit": "customs-central", "reason": "value", "agency": "customs"}
    assert at.refusal("hand_over", reference, "customs.one", **what) == ("COOP-043",)
    at.done("examine", reference, "customs.one", agency="customs", result="nonconform", code="X")
    at.done("hand_over", reference, "customs.one", **what)


def test_what_is_done_with_is_not_handed_over() -> None:
    at = office()
    reference = at.lodge(BEEF)
    at.done("decide", reference, "vet.one", decision="clear")
    what = {"unit": "vet-second", "reason": "late", "agency": "vet"}
    assert at.refusal("hand_over", reference, "vet.one", **what) == ("COOP-044",)


def test_at_another_post_nobody_was_given_it() -> None:
    port = BorderPost("port", {"en": "Port"}, "sea", ("XA000102",), LAW, ALWAYS)
    at = office(post=[*parts()["post"], port])
    reference = at.lodge(BEEF)
    hand(at, reference, "vet-second")
    at.amend(reference, msgspec.structs.replace(BEEF, office="XA000102"))
    assert at.case(reference).known.post == "port"
    assert at.case(reference).held == {}


def test_who_took_the_work_of_the_other_unit_has_it_no_more() -> None:
    at = office()
    reference = at.lodge(BEEF)
    at.done("assign", reference, "vet.one", officer="vet.one", agency="vet")
    assert work_list(at.desk, OPERATOR, NOON, "vet")[0].officer == "vet.one"
    hand(at, reference, "vet-second")
    (item,) = work_list(at.desk, OPERATOR, NOON, "vet")
    assert (item.officer, item.unit) == (None, "vet-second")


def test_other_agencies_do_not_see_who_holds_it() -> None:
    at = office()
    reference = at.lodge(BEEF)
    hand(at, reference, "vet-second")
    own = read_case(at.desk, reference, Actor("vet.one", "officer", "vet"), NOON)
    assert own.case.held == {"vet": "vet-second"}
    other = read_case(at.desk, reference, Actor("customs.one", "officer", "customs"), NOON)
    assert other.case.held == {}
    assert not [one for one in other.events if isinstance(one.event.body, CaseHandedOver)]


def test_the_rows_come_again_from_the_log() -> None:
    at = office()
    reference = at.lodge(BEEF)
    hand(at, reference, "vet-second")
    before = at.desk.ledger.rows(CASE)
    rebuild(at.desk, lambda _: None)
    assert at.desk.ledger.rows(CASE) == before
