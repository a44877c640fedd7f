"""A link across agencies on the record: half a pattern each (RM-07)."""

from __future__ import annotations

import pytest

from gatepost.authority.clause import Share
from gatepost.authority.element import DataClass
from gatepost.authority.instrument import Agreement
from gatepost.casework.disclosed import received_by
from gatepost.casework.index import MARK
from gatepost.casework.linking import ask_link
from gatepost.casework.rebuilding import rebuild
from gatepost.kernel.actor import Actor
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Refused
from gatepost.ledger.events import BodyDeleted, deletion_stream
from gatepost.ledger.model import Append, Commit
from gatepost.risk.links import Link
from tests.office import NOON, Office
from tests.small_country import ALWAYS, LAW, concluded, declaration, goods

VET = Actor("vet.one", "officer", "vet")


def opened(data: str, purposes: tuple[str, ...] = ("risk",)) -> Agreement:
    parties = ("customs", "vet")
    clause = Share(
        "A-9/1", {"en": "c"}, of=("customs",), to=("vet",), purposes=purposes, data=(data,)
    )
    return Agreement(
        "A-9", {"en": "a"}, "law", parties, LAW, ALWAYS, (clause,), life=concluded(parties)
    )


JOURNEY = DataClass("journey", {"en": "The journey"}, ("conveyance",), LAW)
GOODS = DataClass("goods", {"en": "The goods"}, ("item",), LAW)


def office(*agreements: Agreement) -> tuple[Office, dict[str, str]]:
    """Return an office with meat of the vet and steel of customs on the same lorry's plate."""
    made = Office(
        data_class=[JOURNEY, GOODS], **({"agreement": [*agreements]} if agreements else {})
    )
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
    found = ask_link(made.desk, VET, "plate", "XBAB123", NOON)
    assert found.answer == "hit"
    assert set(found.cases) == set(names.values())
    assert found.rights == ("A-9/1",)
    (entry,) = received_by(made.desk, "vet", NOON.date())
    assert (entry.purpose, entry.references) == ("risk", (names["customs"],))


def test_another_purpose_or_class_opens_nothing() -> None:
    made, names = office(opened("journey", purposes=("control",)))
    found = ask_link(made.desk, VET, "plate", "XBAB123", NOON)
    assert (found.cases, found.ask) == ((names["vet"],), ("counting", "customs"))
    made, names = office(opened("goods"))
    found = ask_link(made.desk, VET, "plate", "XBAB123", NOON)
    assert (found.cases, found.ask) == ((names["vet"],), ("counting", "customs"))


def test_the_index_catches_up_and_can_be_made_again() -> None:
    made, names = office()
    assert ask_link(made.desk, VET, "plate", "XBAB123", NOON).cases == (names["vet"],)
    more = made.lodge(declaration(goods("02023090"), reference="more", means="xb ab 123"))
    both = tuple(sorted((names["vet"], more)))
    assert ask_link(made.desk, VET, "plate", "XBAB123", NOON).cases == both
    rebuild(made.desk, lambda count: None)
    assert ask_link(made.desk, VET, "plate", "XBAB123", NOON).cases == both


def test_a_long_log_is_taken_over_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    made, names = office()
    for number in range(5):
        made.lodge(declaration(goods("02023090"), reference=f"more-{number}", means="xb ab 123"))
    monkeypatch.setattr("gatepost.casework.index.AT_ONCE", 3)
    assert len(ask_link(made.desk, VET, "plate", "XBAB123", NOON).cases) == 6
    assert names["vet"] in ask_link(made.desk, VET, "plate", "XBAB123", NOON).cases


def test_identifiers_stand_in_the_index_as_hashes_alone() -> None:
    made, _ = office()
    ask_link(made.desk, VET, "plate", "XBAB123", NOON)
    rows = made.desk.ledger.rows(MARK)
    assert len(rows) == 2
    assert not any("xbab123" in label.lower() for row in rows for label in row.labels)


def test_what_a_retention_rule_deletes_leaves_the_index() -> None:
    made, names = office()
    ask_link(made.desk, VET, "plate", "XBAB123", NOON)
    stream = f"case/{names['vet']}"
    body = BodyDeleted(stream, 1)
    append = Append(deletion_stream(stream, 1), 0, (Event(NOON, body),))
    made.desk.ledger.commit(Commit("delete", "", NOON, (append,)))
    assert made.desk.ledger.withhold(stream, 1)
    assert ask_link(made.desk, VET, "plate", "XBAB123", NOON).cases == ()
    rebuild(made.desk, lambda count: None)
    assert ask_link(made.desk, VET, "plate", "XBAB123", NOON).cases == ()


def test_only_officers_ask() -> None:
    made, _ = office()
    with pytest.raises(Refused) as refused:
        ask_link(made.desk, Actor("T1", "party"), "plate", "X", NOON)
    assert [notice.code for notice in refused.value.notices] == ["AUTH-001"]
