"""Lodging by program, and following what was lodged (SW-01, SW-06, SW-08)."""

from __future__ import annotations

import msgspec
import pytest

from gatepost.adapters import formats
from gatepost.adapters.formats import wco
from gatepost.casework.shorthand import expand
from gatepost.web.site import Site
from tests.unit.api.conftest import Calling, Machine
from tests.unit.web.conftest import ROSES


def test_json_and_xml_of_one_declaration_are_one_case(trader: Machine, here: Site) -> None:
    first = trader.lodge()
    assert first.status_code == 201
    assert first.json()["status"] == "accepted"
    assert {one["document"] for one in first.json()["wanted"]}
    dataset = formats.read_lodgement(msgspec.json.encode(expand(ROSES)))
    again = trader.post("/declarations", wco.write(dataset), media="application/xml")
    assert again.status_code == 201
    assert again.json() == first.json()
    assert len(here.desk.ledger.rows("case")) == 1


def test_what_was_lodged_comes_back_in_both_forms(trader: Machine) -> None:
    reference = trader.lodge().json()["reference"]
    as_json = trader.get(f"/declarations/{reference}/data")
    as_xml = trader.get(f"/declarations/{reference}/data", Accept="application/xml")
    assert formats.read_lodgement(as_json.content) == formats.read_lodgement(as_xml.content)
    assert as_xml["Content-Type"] == "application/xml"
    assert trader.get(f"/declarations/{reference}/data", Accept="image/png").status_code == 406


def test_a_case_tells_status_story_and_reasons(trader: Machine) -> None:
    reference = trader.lodge().json()["reference"]
    case = trader.get(f"/declarations/{reference}").json()
    assert case["status"] == "waiting"
    assert case["waiting"][0]["agency"]
    assert case["story"][0]["name"] == "Lodged"
    whys = trader.get(f"/declarations/{reference}/reasons?step=needs").json()["reasons"]
    assert whys
    assert all(one["legal_basis"] for one in whys)


def test_a_list_of_cases_comes_page_by_page_newest_first(trader: Machine) -> None:
    sent = [trader.lodge(reference=f"R-{n}").json()["reference"] for n in range(5)]
    seen: list[str] = []
    cursor = ""
    for _ in range(3):
        page = trader.get(f"/declarations?limit=2{cursor}").json()
        seen += [one["reference"] for one in page["cases"]]
        cursor = f"&cursor={page['next']}"
    assert sorted(seen) == sorted(sent)
    assert page["next"] is None


def test_everything_wrong_is_a_problem_with_every_notice(trader: Machine, here: Site) -> None:
    answer = trader.lodge(type="ZZZ")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 422
    assert [one["code"] for one in problem["notices"]] == ["LODGE-003"]
    assert here.desk.ledger.rows("case") == []


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"{", "application/json", 422),
        (b"<a/>", "application/xml", 422),
        (b"{}", "text/plain", 415),
        (b"x" * 6_100_000, "application/json", 413),
    ],
)
def test_what_cannot_be_read_is_a_problem(
    body: bytes, media: str, status: int, trader: Machine
) -> None:
    answer = trader.post("/declarations", body, media=media)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_only_who_declares_lodges(calling: Calling) -> None:
    assert calling("XA1002").lodge().status_code == 403


def test_not_there_and_not_yours_are_one_answer(trader: Machine, calling: Calling) -> None:
    reference = trader.lodge().json()["reference"]
    other = calling("XA1002")
    for tail in ("", "/data", "/reasons"):
        answers = [
            other.get(f"/declarations/{name}{tail}")
            for name in (reference, "26XA0000000000000X", "none", "../status")
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
    act = {"act": "withdraw", "reason": "mine"}
    answers = [
        other.post(f"/declarations/{name}/acts", act) for name in (reference, "26XA0000000000000X")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
