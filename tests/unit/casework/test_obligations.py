"""What travels with data: no passing on without leave, an end of keeping, corrections; figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.authority.clause import Onward, Retention, Share
from gatepost.authority.element import DataClass
from gatepost.authority.instrument import Agreement
from gatepost.casework.disclosed import disclosures_of, received_by
from gatepost.casework.disclosure import cases_shown, open_case
from gatepost.casework.figures import figures
from gatepost.casework.obligations import (
    consent,
    obligations_of,
    pass_on,
    settle_obligations,
    to_correct,
    to_forget,
)
from gatepost.casework.provided import received
from gatepost.kernel.actor import OPERATOR, Actor
from gatepost.kernel.notice import Refused
from tests.office import Office
from tests.small_country import ALWAYS, LAW, concluded, declaration, goods, officers, parts

NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLASSES = [
    DataClass("goods", {"en": "g"}, ("item.commodity", "item.origin", "item.net_mass"), LAW),
    DataClass("lodgement", {"en": "l"}, ("consignment.regime", "case.status"), LAW),
    DataClass("prices", {"en": "p"}, ("item.value",), LAW, "commercial"),
]
VET = Actor("vet.one", "officer", "vet")
COUNT = Actor("counting.one", "officer", "counting")


def share(to: str, **changes: Any) -> Agreement:
    fields: dict[str, Any] = {
        "of": ("customs",),
        "to": (to,),
        "purposes": ("control",),
        "data": ("goods",),
        **changes,
    }
    clause = Share(f"{to}/1", {"en": "s"}, **fields)
    pair = ("customs", to)
    life = concluded(pair)
    return Agreement(to, {"en": "a"}, "agreement", pair, LAW, ALWAYS, (clause,), life)


def office(*agreements: Agreement) -> Office:
    counting = msgspec.structs.replace(officers("counting"), facilities=())
    return Office(
        data_class=CLASSES,
        agreement=list(agreements),
        resources=[*parts()["resources"], counting],
    )


STEEL = declaration(goods("72083900", net_mass="600", value="100"))


def test_nothing_is_passed_on_without_the_providers_consent() -> None:
    onward = Onward(("XB/vet", "XC/vet"), ("control",))
    here = office(share("vet", onward=onward))
    steel = here.lodge(STEEL)
    with pytest.raises(Refused, match="AUTH-046"):
        pass_on(here.desk, steel, VET, "XB/vet", "control", NOON)
    open_case(here.desk, steel, VET, NOON, "control")
    with pytest.raises(Refused, match="AUTH-046"):
        pass_on(here.desk, steel, VET, "XB/vet", "control", NOON)
    for nobody in (VET, Actor("plant.one", "officer", "plant"), Actor("XA0001", "party")):
        with pytest.raises(Refused, match="AUTH-045"):
            consent(here.desk, steel, nobody, "vet", "XB/vet", "control", NOON)
    customs = Actor("customs.one", "officer", "customs")
    consent(here.desk, steel, customs, "vet", "XB/vet", "control", NOON)
    passed = pass_on(here.desk, steel, VET, "XB/vet", "control", NOON + HOUR)
    assert passed == ("item.commodity", "item.origin", "item.net_mass")
    for to, purpose in (("XC/vet", "control"), ("XB/vet", "risk"), ("XD/vet", "control")):
        with pytest.raises(Refused, match="AUTH-046"):
            pass_on(here.desk, steel, VET, to, purpose, NOON)
    told = [(one.agency, one.channel, one.refused) for one in disclosures_of(here.desk, steel)]
    assert ("XB/vet", "onward", None) in told
    assert told.count(("XB/vet", "onward", "AUTH-046")) == 3


def test_an_instrument_may_give_leave_once_for_all() -> None:
    here = office(share("vet", onward=Onward(("XB/vet",), ("control",), consent=False)))
    steel = here.lodge(STEEL)
    open_case(here.desk, steel, VET, NOON, "control")
    assert pass_on(here.desk, steel, VET, "XB/vet", "control", NOON)


def test_what_was_received_is_to_be_forgotten_in_time() -> None:
    here = office(share("vet", retention=Retention("30d", "depersonalise")))
    steel = here.lodge(STEEL)
    open_case(here.desk, steel, VET, NOON, "control")
    last = date(2026, 8, 1)
    assert to_forget(here.desk, "vet", last) == []
    (due,) = to_forget(here.desk, "vet", last + DAY)
    assert (due.references, due.until, due.then, due.clause) == (
        (steel,),
        last,
        "depersonalise",
        "vet/1",
    )
    assert to_forget(here.desk, "customs", last + 99 * DAY) == []


def test_who_was_shown_what_changed_is_told() -> None:
    here = office(share("vet"))
    steel = here.lodge(STEEL)
    open_case(here.desk, steel, VET, NOON, "control")
    dearer = declaration(goods("72083900", net_mass="600", value="120"))
    here.amend(steel, dearer, at=NOON + HOUR)
    assert [one.agency for one in to_correct(here.desk, steel)] == []
    heavier = declaration(goods("72083900", net_mass="601", value="120"))
    here.amend(steel, heavier, at=NOON + 2 * HOUR)
    (told,) = to_correct(here.desk, steel)
    assert (told.agency, told.elements) == ("vet", ("item.net_mass",))


def test_what_is_owed_is_done_once_and_owed_again_for_a_new_reading() -> None:
    here = office(share("vet", retention=Retention("30d")))
    steel = here.lodge(STEEL)
    open_case(here.desk, steel, VET, NOON, "control")
    here.amend(steel, declaration(goods("72083900", net_mass="601", value="100")), at=NOON + HOUR)
    later = NOON + 31 * DAY
    owed = obligations_of(here.desk, VET, later)
    assert [one.references for one in owed.forget] == [(steel,)]
    assert [one.reference for one in owed.correct] == [steel]
    assert owed == obligations_of(here.desk, OPERATOR, later, "vet")
    with pytest.raises(Refused, match="AUTH-040"):
        obligations_of(here.desk, Actor("plant.one", "officer", "plant"), later, "vet")
    settle_obligations(here.desk, steel, VET, NOON + 2 * HOUR)
    assert obligations_of(here.desk, VET, NOON + 3 * HOUR).correct == ()
    assert [one.what for one in settle_obligations(here.desk, steel, VET, later)] == ["forget"]
    done = obligations_of(here.desk, VET, later)
    assert (done.forget, done.correct) == ((), ())
    with pytest.raises(Refused, match="AUTH-047"):
        settle_obligations(here.desk, steel, VET, later)
    open_case(here.desk, steel, VET, later + DAY, "control")
    assert obligations_of(here.desk, VET, later + 40 * DAY).forget


def test_the_month_of_an_agency_holds_readings_and_lists_and_refusals() -> None:
    here = office(share("vet"))
    steel = here.lodge(STEEL)
    open_case(here.desk, steel, VET, NOON, "control")
    cases_shown(here.desk, VET, NOON, "control")
    with pytest.raises(Refused):
        open_case(here.desk, steel, VET, NOON, "duty")
    open_case(here.desk, steel, VET, NOON + 40 * DAY, "control")
    july = received_by(here.desk, "vet", date(2026, 7, 15))
    assert sorted((one.channel, one.purpose, one.refused) for one in july if one.refused) == [
        ("read", "duty", "AUTH-040")
    ]
    assert [one.channel for one in july if not one.refused] == ["read", "list"]
    assert len(received_by(here.desk, "vet", date(2026, 8, 1))) == 1
    assert [one.channel for one in disclosures_of(here.desk, steel)].count("list") == 1


def test_a_provider_is_told_what_was_received_by_its_clause() -> None:
    here = office(share("vet"), share("counting", of=("plant",)))
    steel = here.lodge(STEEL)
    open_case(here.desk, steel, VET, NOON, "control")
    cases_shown(here.desk, VET, NOON, "control")
    july, customs = date(2026, 7, 1), Actor("customs.one", "officer", "customs")
    (given,) = received(here.desk, customs, NOON, "vet", july, "oversight")
    assert (given.actor, given.agency, given.references) == ("somebody", "vet", (steel,))
    assert [right.name for right in given.rights] == ["vet/1"]
    assert given.elements == ("item.commodity", "item.origin", "item.net_mass")
    (mine, *_) = received(here.desk, VET, NOON, "vet", july)
    assert mine.actor == "vet.one"
    assert set(mine.elements) >= set(given.elements)


@pytest.mark.parametrize(
    ("by", "agency"), [("plant", "vet"), ("vet", "customs"), ("counting", "plant")]
)
def test_who_gives_nothing_is_told_nothing(by: str, agency: str) -> None:
    here = office(share("vet"), share("counting", of=("plant",)))
    open_case(here.desk, here.lodge(STEEL), VET, NOON, "control")
    asks = Actor(f"{by}.one", "officer", by)
    with pytest.raises(Refused, match="AUTH-040"):
        received(here.desk, asks, NOON, agency, date(2026, 7, 1))


FEED: dict[str, Any] = {
    "of": (),
    "purposes": ("statistics",),
    "data": ("goods", "lodgement"),
    "channels": ("feed",),
    "smallest_cell": 3,
}


def test_figures_have_no_small_cells_and_only_what_is_granted() -> None:
    here = office(share("counting", **FEED))
    for number in range(4):
        here.lodge(STEEL, reference=f"S-{number}")
    for number in range(2):
        here.lodge(declaration(goods(net_mass="5")), reference=f"R-{number}")
    found = figures(here.desk, COUNT, date(2026, 7, 1), NOON + HOUR)
    (cell,) = found.cells
    assert (cell.regime, cell.heading, cell.origin) == ("import", "7208", "XB")
    assert (cell.cases, cell.net_mass, cell.value) == (4, 2400.0, 0.0)
    assert (found.suppressed, found.smallest_cell) == (1, 3)
    (told,) = received_by(here.desk, "counting", date(2026, 7, 1))
    assert (told.channel, told.count, told.right) == ("feed", 1, "counting/1")
    later = figures(here.desk, COUNT, date(2026, 8, 1), NOON + 40 * DAY)
    assert later.cells == ()


@pytest.mark.parametrize("actor", [VET, Actor("XA0001", "party"), Actor("operator", "operator")])
def test_nobody_else_receives_figures(actor: Actor) -> None:
    here = office(share("counting", **FEED))
    here.lodge(STEEL)
    with pytest.raises(Refused, match="AUTH-040"):
        figures(here.desk, actor, date(2026, 7, 1), NOON + HOUR)
