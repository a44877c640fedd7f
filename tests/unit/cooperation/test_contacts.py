"""Who is on duty now and next: hours, holidays, the change of clocks, both sides (TN-02)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.authority.calendar import Exceptional, Holiday, Holidays
from gatepost.bootstrap import load_checked
from gatepost.cooperation.contacts import Contact, Contacts, Directory, Wanted
from gatepost.kernel.validity import Validity
from tests.small_country import ALWAYS, LAW

BERLIN, HELSINKI = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Helsinki")
MONDAY = datetime(2026, 7, 6, tzinfo=BERLIN)
FIRST_OF_MAY = Holidays("XA", LAW, ALWAYS, (Holiday({"en": "May Day"}, every="05-01"),))


def contact(name: str, hours: Any, **changes: Any) -> Contact:
    fields = {"languages": ("en",), "valid": ALWAYS, "reach": {"telephone": "1"}, **changes}
    return Contact(name, "veterinary", {"en": name}, "local", hours=hours, **fields)


def directory(*contacts: Contact, side: str = "XA", zone: str = "Europe/Berlin") -> Directory:
    return Directory([Contacts("vet", side, zone, LAW, contacts)], [FIRST_OF_MAY])


def names(found: Directory, moment: datetime, **wanted: Any) -> tuple[list[str], list[str]]:
    duty = found.duty(Wanted(**wanted), moment)
    return [one.contact for one in duty.now], [one.contact for one in duty.next]


@pytest.mark.parametrize(
    ("hour", "now"), [(5, []), (6, ["day"]), (11, ["day"]), (12, []), (22, ["night"])]
)
def test_on_duty_from_the_first_minute_to_before_the_last(hour: int, now: list[str]) -> None:
    found = directory(
        contact("day", {"daily": ("06:00-12:00",)}), contact("night", {"daily": ("22:00-02:00",)})
    )
    assert names(found, MONDAY + timedelta(hours=hour))[0] == now


def test_a_night_duty_lasts_into_the_next_day_and_month() -> None:
    found = directory(contact("night", {"fri": ("22:00-06:00",)}))
    saturday = datetime(2026, 8, 1, 5, tzinfo=BERLIN)
    (duty,) = found.duty(Wanted(), saturday).now
    assert (duty.start.isoformat(), duty.end.isoformat()) == (
        "2026-07-31T22:00:00+02:00",
        "2026-08-01T06:00:00+02:00",
    )


def test_holidays_and_exceptions_of_its_own_side() -> None:
    away = Exceptional(Validity(date(2026, 5, 4), date(2026, 5, 4)), (), {"en": "training"})
    one = contact("desk", {"daily": ("08:00-16:00",)}, on_holidays=(), exceptions=(away,))
    holiday = datetime(2026, 5, 1, 9, tzinfo=BERLIN)
    assert names(directory(one), holiday) == ([], ["desk"])
    assert names(directory(one, side="XB"), holiday)[0] == ["desk"]
    assert names(directory(one), datetime(2026, 5, 4, 9, tzinfo=BERLIN))[0] == []


def test_the_clock_of_the_place_counts() -> None:
    there = directory(contact("there", {"daily": ("08:00-16:00",)}), zone="Europe/Helsinki")
    assert names(there, datetime(2026, 7, 6, 7, tzinfo=BERLIN))[0] == ["there"]
    assert names(there, datetime(2026, 7, 6, 15, tzinfo=BERLIN))[0] == []


def test_what_is_wanted_narrows_and_orders() -> None:
    day = {"daily": ("00:00-24:00",)}
    found = directory(
        contact("second", day, languages=("fi", "en")),
        contact("region", day, posts=("bridge",)),
        contact("first", day, posts=("gate",)),
        contact("no_english", day, languages=("fi",)),
    )
    assert names(found, MONDAY, post="gate", language="en")[0] == ["first", "second"]
    assert names(found, MONDAY, language="fi")[0] == ["no_english", "second"]
    assert names(found, MONDAY, side="XB") == ([], [])
    assert names(found, MONDAY, function="police") == ([], [])
    assert names(found, MONDAY, level="central") == ([], [])


def test_who_left_the_list_is_not_named() -> None:
    left = Validity(date(2020, 1, 1), date(2026, 7, 5))
    found = directory(contact("left", {"daily": ("00:00-24:00",)}, valid=left))
    assert names(found, MONDAY) == ([], [])
    assert names(found, MONDAY - timedelta(hours=1))[0] == ["left"]


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)), st.sampled_from([0, 1]))
def test_next_begins_later_and_now_holds_the_moment(wall: datetime, fold: int) -> None:
    moment = wall.replace(tzinfo=BERLIN, fold=fold)
    found = directory(
        contact("day", {"mon-fri": ("08:00-16:00",)}, on_holidays=()),
        contact("night", {"daily": ("20:00-04:00",)}),
        contact("there", {"sat-sun": ("09:00-11:00",)}, zone="Europe/Helsinki"),
    ).duty(Wanted(), moment)
    assert all(one.start <= moment < one.end for one in found.now)
    assert all(one.start > moment for one in found.next)
    assert {one.contact for one in found.next} == {"day", "night", "there"}
    assert [one.start for one in found.next] == sorted(one.start for one in found.next)


@pytest.mark.parametrize(
    ("here", "there", "agency"),
    [("aldermark", "brenland", "border_agency"), ("brenland", "aldermark", "customs")],
)
def test_a_neighbours_list_says_what_the_neighbour_says(here: str, there: str, agency: str) -> None:
    """The copy is what was sent: the roles at the shared post, without the units behind them."""
    own = {
        one.id: msgspec.structs.replace(one, unit=None)
        for listed in load_checked(there).parts["contacts"]
        if listed.agency == agency
        for one in listed.contacts
    }
    (sent,) = (
        listed
        for listed in load_checked(here).parts["neighbour_contacts"]
        if listed.agency.endswith(f"/{agency}")
    )
    assert sent.contacts
    assert all(own[one.id] == one for one in sent.contacts)
