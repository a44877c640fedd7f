"""A link across agencies on the record: half a pattern each (RM-07)."""

from __future__ import annotations

import pytest

from gatepost.authority.clause import Share
from gatepost.authority.element import DataClass
from gatepost.authority.instrument import Agreement
from gatepost.casework.linking import ask_link
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.risk.links import Link
from tests.office import NOON, Office
from tests.small_country import ALWAYS, LAW, concluded, declaration, goods

CUSTOMS, VET = (Actor(f"{one}.one", "officer", one) for one in ("customs", "vet"))


def opened(data: str) -> Agreement:
    parties = ("customs", "vet")
    clause = Share(
        "A-9/1", {"en": "c"}, of=("vet",), to=("customs",), purposes=("control",), data=(data,)
    )
    return Agreement(
        "A-9", {"en": "a"}, "law", parties, LAW, ALWAYS, (clause,), life=concluded(parties)
    )


JOURNEY = DataClass("journey", {"en": "The journey"}, ("conveyance",), LAW)


def office(*agreements: Agreement) -> tuple[Office, dict[str, str]]:
    """Return an office with meat of the vet and steel of customs on the same lorry's plate."""
    made = Office(data_class=[JOURNEY], **({"agreement": [*agreements]} if agreements else {}))
    loads = {"vet": "02023090", "customs": "72083900"}
    names = {
        agency: made.lodge(declaration(goods(code), reference=agency, means=plate, mode="3"))
        for (agency, code), plate in zip(loads.items(), ("XB-AB 123", "xbab123"), strict=True)
    }
    return made, names


def test_without_an_agreement_an_agency_is_told_whom_to_ask() -> None:
    made, names = office()
    found = ask_link(made.desk, VET, "plate", "XB AB 123", NOON)
    concerned = made.case(names["customs"]).agencies
    if "vet" in concerned:
        pytest.fail("the small country gives steel to the vet")
    assert names["vet"] in found.cases
    assert set(found.ask) == set(concerned)
    assert ask_link(made.desk, VET, "plate", "XB ZZ 9", NOON) == Link("no hit")


def test_where_an_agreement_opens_it_the_case_is_told() -> None:
    made, names = office(opened("journey"))
    found = ask_link(made.desk, CUSTOMS, "plate", "XBAB123", NOON)
    assert found.answer == "hit"
    assert set(names.values()) <= set(found.cases) | set()


def test_only_officers_ask() -> None:
    made, _ = office()
    with pytest.raises(Refused) as refused:
        ask_link(made.desk, Actor("T1", "party"), "plate", "X", NOON)
    assert [notice.code for notice in refused.value.notices] == ["AUTH-001"]
