"""Nothing of a case comes out that the view does not show, and what nobody assigned is closed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gatepost.authority.disclosure import OWNED
from gatepost.authority.element import BITS, ELEMENTS, bits_of, condensed, mask_of, names_of
from gatepost.casework.bodies import BODIES
from gatepost.casework.masking import OWNED_BY, masked_case, masked_events
from gatepost.casework.shown import View
from gatepost.consignment.masking import PATHS, element_at, masked
from gatepost.kernel.actor import Actor
from gatepost.kernel.event import Body, Event
from gatepost.ledger.model import Recorded, Withheld
from gatepost.lodgement.events import ConveyanceArrived
from tests.office import MIXED, Office

NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
NOTHING = View("vet", 0, {}, ())


class Unheard(Body, frozen=True, tag="somewhere:thing:happened"):
    """A kind of event that no line of the masking names."""

    secret: str


def recorded(body: Body, agency: str | None = None, actor: Actor | None = None) -> Recorded:
    event = Event(NOON, body, agency=agency, actor=actor or Actor("x.one", "officer", "x"))
    return Recorded("case/R", 1, NOON, "a", event)


@pytest.mark.parametrize(("reader", "shown"), [("vet", 1), ("customs", 0)])
def test_a_new_kind_of_event_is_for_its_agency_alone(reader: str, shown: int) -> None:
    view = View(reader, mask_of(ELEMENTS) & ~OWNED, {"vet": OWNED, "customs": OWNED}, ())
    found = list(masked_events(view, [recorded(Unheard("s"), "vet")]))
    assert len(found) == shown


def test_an_officer_of_another_agency_has_no_name_unless_it_is_shown() -> None:
    named = View("vet", 0, {"customs": mask_of(["case.holds", "case.officers"])}, ())
    nameless = View("vet", 0, {"customs": mask_of(["case.holds"])}, ())
    from gatepost.release.events import HoldLifted

    lifted = recorded(HoldLifted("h"), "customs", Actor("customs.one", "officer", "customs"))
    for view, name in ((named, "customs.one"), (nameless, "")):
        (found,) = masked_events(view, [lifted])
        assert found.event.actor.id == name
    assert list(masked_events(NOTHING, [lifted])) == []


def test_every_kind_of_event_in_a_case_is_somebodys() -> None:
    """A kind the masking does not name is one that no case holds, or it is closed on purpose."""
    rooms = ("lodgement", "requirement", "risk", "control", "release")
    of_cases = {body for body in BODIES if body.name().split(":")[0] in rooms}
    closed = {body.name() for body in of_cases if body not in OWNED_BY}
    assert "risk:secret:committed" in closed
    assert {name for name in closed if name.startswith("release:")} <= {
        "release:release:granted",
        "release:release:denied",
        "release:goods:removed",
        "release:clock:escalated",
    }


def test_nothing_is_left_of_a_case_that_is_closed() -> None:
    office = Office()
    reference = office.lodge(MIXED)
    bare = masked_case(NOTHING, office.case(reference))
    assert (bare.needs, bare.charges, bare.channels, bare.controls.by_id) == ((), (), {}, {})
    assert bare.known.declarant == bare.known.functional_reference == bare.known.digest == ""
    assert bare.known.parties == bare.known.commodities == ()
    assert bare.release.decisions == {}
    assert bare.agencies == ()


def test_each_leaf_belongs_to_one_element() -> None:
    tree: dict[str, Any] = {
        "Declaration": {
            "TypeCode": "IMA",
            "Secret": "s",
            "Declarant": {"ID": "1", "Name": "n",
                          "Address": {"CityName": "c", "CountryCode": "XA"}},
            "GoodsShipment": {
                "GovernmentAgencyGoodsItem": [
                    {"Origin": [{"CountryCode": "XB"}], "Commodity": {"Description": "a"}},
                    {"Commodity": {"Description": "b", "InvoiceLine": {"ItemChargeAmount": {
                        "#": "5", "@currencyID": "EUR"}}}},
                ]
            },
        }
    }  # fmt: skip

    def only(*names: str) -> Any:
        return masked(tree, lambda element: element in names)["Declaration"]

    items = only("item.value")["GoodsShipment"]["GovernmentAgencyGoodsItem"]
    assert items == [{}, {"Commodity": {"InvoiceLine": {"ItemChargeAmount": {
        "#": "5", "@currencyID": "EUR"}}}}]  # fmt: skip
    country = only("consignment.declarant.country")
    assert country == {"Declarant": {"Address": {"CountryCode": "XA"}}}
    assert only("consignment.declarant.name")["Declarant"] == {
        "Name": "n",
        "Address": {"CityName": "c"},
    }
    assert only() == {}
    assert masked(tree, lambda element: element == "case.dataset") == tree
    assert element_at("Declaration/Secret") == "case.dataset"
    assert {*PATHS.values()} <= {*ELEMENTS}


def test_a_mask_has_one_shortest_name() -> None:
    assert condensed(bits_of("item")) == ("item",)
    assert condensed(mask_of(["consignment.importer", "item.value"])) == (
        "consignment.importer",
        "item.value",
    )
    nouns = ("consignment", "conveyance", "item", "traveller", "case")
    assert condensed(mask_of(ELEMENTS)) == nouns
    for name, bit in BITS.items():
        assert names_of(bit) == (name,)
        assert mask_of(condensed(bit)) == bit
    assert bits_of("nonsense") == bits_of("item.colour") == 0


STATUS = View("vet", mask_of(["case.status"]), {}, ())


def test_an_arrival_tells_no_vehicle_to_whom_only_the_status_is_open() -> None:
    (found,) = masked_events(STATUS, [recorded(ConveyanceArrived("3:BR-1:J-1:gate", "gate"))])
    assert found.event.body == ConveyanceArrived("", None)
    assert list(masked_events(NOTHING, [recorded(ConveyanceArrived("3:BR-1:J-1:gate"))])) == []


@pytest.mark.parametrize(
    ("of", "agency", "shown"),
    [
        ("release:hold:placed", "customs", 0),
        ("release:hold:placed", "vet", 1),
        ("release:release:granted", None, 1),
        ("risk:assessment:made", None, 0),
        ("somewhere:thing:happened", "vet", 0),
    ],
)
def test_a_deleted_body_is_told_to_whom_the_event_was_open(
    of: str, agency: str | None, shown: int
) -> None:
    view = STATUS._replace(of_owner={"vet": mask_of(["case.holds"])})
    assert len(list(masked_events(view, [recorded(Withheld(of), agency)]))) == shown
