"""The course of a case in order of time, and what an officer may do on it."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from gatepost.casework.ability import abilities
from gatepost.casework.course import course, stretches
from gatepost.casework.reading import read_case
from gatepost.kernel.actor import Actor
from tests.office import BEEF, HOUR, MIXED, NOON, ROSES, Office

VET = Actor("vet.one", "officer", "vet")


def test_every_step_has_its_time_and_its_reasons() -> None:
    office = Office()
    reference = office.lodge(ROSES)
    office.done("arrive", reference, at=NOON + HOUR)
    steps = course(read_case(office.desk, reference, None, NOON + HOUR).events)
    assert [one.at for one in steps] == sorted(one.at for one in steps)
    arrived = next(one for one in steps if one.event == "lodgement:conveyance:arrived")
    assert arrived.after == HOUR
    assert steps[0].after is None
    needs = next(one for one in steps if one.event == "requirement:needs:determined")
    assert needs.whys
    assert all(why.rule and why.legal_basis for why in needs.whys)


def test_time_is_the_traders_until_the_papers_are_there() -> None:
    office = Office()
    reference = office.lodge(msgspec.structs.replace(BEEF, items=(_bare(),)))
    case = office.case(reference)
    users = office.desk.jurisdiction.users_on
    (before,) = [one for one in stretches(case, users) if one.agency == "vet"]
    assert (before.whose, before.start, before.end) == ("trader", NOON, None)
    assert office.amend(reference, BEEF, NOON + HOUR).status == "done"
    parts = [one for one in stretches(office.case(reference), users) if one.agency == "vet"]
    assert [(one.whose, one.start, one.end) for one in parts] == [
        ("trader", NOON, NOON + HOUR),
        ("agency", NOON + HOUR, None),
    ]
    office.done("decide", reference, "vet.one", NOON + 2 * HOUR, decision="clear")
    last = [one for one in stretches(office.case(reference), users) if one.agency == "vet"][-1]
    assert (last.end or NOON) - last.start == timedelta(hours=1)


def test_what_an_officer_may_do_is_what_the_gate_says() -> None:
    office = Office()
    reference = office.lodge(MIXED)
    own = {one.power for one in abilities(office.desk, reference, VET, NOON) if one.agency == "vet"}
    assert "decide" in own
    assert abilities(office.desk, reference, Actor("XA0001", "party"), NOON) == ()
    assert abilities(office.desk, reference, Actor("nobody", "officer", "vet"), NOON) == ()
    assert abilities(office.desk, "26XA0", VET, NOON) == ()


def _bare() -> object:
    return msgspec.structs.replace(BEEF.items[0], documents=())
