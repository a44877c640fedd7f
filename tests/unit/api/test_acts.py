"""Acts by program, and an offline post that sends what it did (SW-08)."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from gatepost.adapters.store.models import Credential
from gatepost.casework.projection import CASE, decode_case
from gatepost.web.site import Site
from tests.unit.api.conftest import Calling, Machine
from tests.unit.web.conftest import MORNING

INSPECTOR = "plant_health.north_gate.inspector"


def test_an_agency_names_its_officer_and_the_gate_decides(
    trader: Machine, calling: Calling, here: Site
) -> None:
    reference = trader.lodge().json()["reference"]
    agency = calling("plant_health")
    path = f"/declarations/{reference}/acts"
    decision = {"act": "decide", "decision": "refuse", "reason": "pests", "by": INSPECTOR}
    done = agency.post(path, decision)
    assert done.status_code == 200
    assert done.json()["status"] == "done"
    foreign = {**decision, "by": "customs.north_gate.examiner"}
    assert agency.post(path, foreign).status_code == 403
    assert agency.post(path, {**decision, "by": None}).status_code == 422
    assert trader.post(path, {"act": "withdraw", "by": "XA1002"}).status_code == 403
    refused = agency.post(path, {"act": "release", "by": INSPECTOR})
    assert refused.json()["status"] == "refused"
    assert refused.json()["notices"][0]["sentence"]


def test_the_same_key_acts_once(trader: Machine, here: Site) -> None:
    reference = trader.lodge().json()["reference"]
    path = f"/declarations/{reference}/acts"
    act = {"act": "arrive", "at": "2026-07-03T06:00:00Z"}
    first = trader.post(path, act, key="a")
    length = len(here.desk.ledger.read(f"case/{reference}"))
    assert trader.post(path, act, key="a").content == first.content
    assert len(here.desk.ledger.read(f"case/{reference}")) == length


@pytest.mark.parametrize(
    "act",
    [
        {"act": "fly"},
        {"act": "arrive", "at": "2026-07-03T06:00:00"},
        {"act": "arrive", "at": "0001-01-01T00:00:00Z"},
        {"act": "arrive", "zone": "Europe/Nowhere"},
        {"act": "arrive", "hope": "yes"},
        {"act": "amend", "declaration": {"Declaration": {"FunctionCode": 9}}},
        [],
    ],
)
def test_an_act_that_is_none_is_told(act: Any, trader: Machine) -> None:
    reference = trader.lodge().json()["reference"]
    answer = trader.post(f"/declarations/{reference}/acts", act)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


def test_eight_hours_without_a_line_lose_and_double_nothing(
    trader: Machine, calling: Calling, here: Site
) -> None:
    """The line breaks before or after the answer of any packet; the post sends until answered."""
    agency = calling("plant_health")
    references = [
        trader.lodge(reference=f"R-{n}", means=f"BR-{n}", journey=f"J-{n}").json()["reference"]
        for n in range(12)
    ]
    acts = [one for n, name in enumerate(references) for one in _worked_offline(n, name)]
    chance = random.Random(8)
    waiting, sent = list(acts), 0
    while waiting:
        packet = waiting[: chance.randint(1, 5)]
        sent += 1
        if chance.random() < 0.3:
            continue  # It never arrived.
        answer = agency.post("/sync", {"acts": packet}, key=f"packet-{sent}")
        assert answer.status_code == 200
        if chance.random() < 0.4:
            continue  # The answer was lost: the whole packet is sent again.
        results = answer.json()["acts"]
        assert [one["id"] for one in results] == [one["id"] for one in packet]
        assert {one["status"] for one in results} == {"done"}
        del waiting[: len(packet)]
    for n, reference in enumerate(references):
        events = [one.event for one in here.desk.ledger.read(f"case/{reference}")]
        happened = [
            e
            for e in events
            if e.body.name() == "release:decision:given" and e.agency == "plant_health"
        ]
        (decision,) = happened
        assert decision.at == MORNING - timedelta(hours=8) + timedelta(minutes=20 * n + 5)
        assert decision.source == "manual"
        value = here.desk.ledger.row(CASE, reference)
        assert value is not None
        assert any(d.kind == "refuse" for d in decode_case(value).release.decisions.values())


def _worked_offline(number: int, reference: str) -> list[dict[str, Any]]:
    begin = MORNING - timedelta(hours=8) + timedelta(minutes=20 * number)
    told = {"reference": reference, "by": INSPECTOR, "source": "manual"}
    return [
        {**told, "id": f"o{number}-1", "act": "arrive", "at": begin.isoformat()},
        {
            **told,
            "id": f"o{number}-2",
            "act": "decide",
            "decision": "refuse",
            "reason": "pests",
            "at": (begin + timedelta(minutes=5)).isoformat(),
        },
    ]


def test_one_act_of_a_sync_that_is_refused_leaves_the_others(
    trader: Machine, calling: Calling
) -> None:
    reference = trader.lodge().json()["reference"]
    told = {"reference": reference, "by": INSPECTOR, "at": "2026-07-03T06:00:00Z"}
    answer = calling("plant_health").post(
        "/sync",
        {
            "acts": [
                {**told, "id": "1", "act": "release"},
                {**told, "id": "2", "act": "arrive"},
                {**told, "id": "3", "act": "arrive", "reference": "26XA0000000000000X"},
            ]
        },
    )
    assert [one["status"] for one in answer.json()["acts"]] == ["refused", "done", "refused"]


def test_a_work_list_is_the_agencys_own_and_comes_page_by_page(
    trader: Machine, calling: Calling
) -> None:
    sent = [trader.lodge(reference=f"R-{n}").json()["reference"] for n in range(5)]
    agency = calling("plant_health")
    seen: list[str] = []
    cursor = ""
    while True:
        page = agency.get(f"/work?post=north_gate&limit=2{cursor}").json()
        seen += [one["reference"] for one in page["work"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert sorted(seen) == sorted(sent)
    assert calling("veterinary").get("/work").json()["work"] == []
    assert trader.get("/work").status_code == 403


@pytest.mark.parametrize("act", ["tick", "decide", "withdraw", "remove"])
def test_a_sync_tells_a_stranger_nothing_of_a_case(
    act: str, trader: Machine, calling: Calling, here: Site
) -> None:
    """A second act under the same id says no more than the first."""
    reference = trader.lodge().json()["reference"]
    stranger, told = calling("XA1002"), []
    for name in (reference, "26XA00000000000000"):
        one = {"id": "1", "act": act, "reference": name, "at": MORNING.isoformat()}
        answers = [
            stranger.post("/sync", {"acts": [{**one, "reason": reason}]}).json()
            for reason in ("a", "b")
        ]
        assert [a["acts"][0]["notices"][0]["code"] for a in answers] == ["LODGE-301"] * 2
        told.append(str(answers).replace(name, ""))
    assert told[0] == told[1]
    entries = here.desk.ledger.read(f"read/{reference}")
    assert [one.event.actor.id for one in entries] == ["XA1002", "XA1002"]


def test_a_token_in_anothers_name_is_for_nothing(trader: Machine, calling: Calling) -> None:
    """Whoever made a party's token in the name of a role or the operator gave it no power."""
    reference = trader.lodge().json()["reference"]
    act = {"id": "1", "act": "withdraw", "reference": reference, "at": MORNING.isoformat()}
    for name in ("operator", INSPECTOR):
        party = calling(name)
        Credential.objects.filter(owner=name).update(kind="party")
        (done,) = party.post("/sync", {"acts": [act]}).json()["acts"]
        assert done["status"] == "refused"
        assert "acts as itself" in done["notices"][0]["sentence"]


def test_an_agencys_machine_reads_for_a_purpose_its_token_names(
    trader: Machine, calling: Calling, here: Site
) -> None:
    reference = trader.lodge().json()["reference"]
    path = f"/declarations/{reference}"
    agency = calling("plant_health", "read", "for:release")
    assert agency.get(path).status_code == 422
    wrong = agency.get(f"{path}?purpose=risk")
    assert (wrong.status_code, wrong.json()["type"]) == (403, "urn:gatepost:problem:purpose")
    assert agency.get("/declarations").status_code == 422
    told = agency.get(f"{path}?purpose=release")
    assert (told.status_code, told.json()["reference"]) == (200, reference)
    data = agency.get(f"{path}/data?purpose=release").json()
    assert "CustomsValueAmount" not in str(data), "the price is none of its matters"
    assert "06031100" in str(data)
    assert agency.get(f"{path}/reasons?purpose=release").status_code == 200
    (line,) = agency.get("/declarations?purpose=release").json()["cases"]
    assert (line["reference"], line["declarant"]) == (reference, None)
    assert calling("veterinary", "read", "for:release").get(path).status_code == 422
    closed = calling("veterinary", "read", "for:release").get(f"{path}?purpose=release")
    assert closed.status_code == 404
    entries = here.desk.ledger.read(f"read/{reference}")
    shown = [one.event for one in entries if one.event.agency == "plant_health"]
    assert {one.actor.kind for one in shown} == {"machine"}
    assert [one.body.channel for one in shown] == ["read", "export", "read"]  # type: ignore[attr-defined]


def test_a_machine_acts_never_without_an_officer(
    trader: Machine, calling: Calling, here: Site
) -> None:
    reference = trader.lodge().json()["reference"]
    agency = calling("plant_health")
    act = {"act": "decide", "decision": "refuse", "reason": "x", "by": "plant_health (machine)"}
    assert agency.post(f"/declarations/{reference}/acts", act).status_code == 403
