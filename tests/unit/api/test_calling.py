"""Tokens, scopes, keys, and what every operation answers to a bad request."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from gatepost.adapters.store.models import Credential
from gatepost.api.callers import KNOWN
from gatepost.api.openapi import document
from gatepost.api.table import OPERATIONS
from gatepost.casework.shorthand import expand
from gatepost.web.site import Site
from tests.unit.api.conftest import Calling, Machine
from tests.unit.web.conftest import MORNING, ROSES


def test_every_closed_operation_asks_who_calls(stranger: Machine) -> None:
    for one in OPERATIONS:
        path = one.path.replace("{reference}", "26XA0000000000000X").replace("{id}", "1")
        call = stranger.get if one.method == "GET" else stranger.delete
        answer = stranger.post(path, {}) if one.method == "POST" else call(path)
        wanted = 401 if one.scope else 200
        if one.scope is None and "requirements" in path:
            wanted = 400
        assert answer.status_code == wanted, (one.name, answer.content)
        if one.scope:
            assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "fields",
    [
        {"revoked_at": MORNING},
        {"expires_at": MORNING},
        {"expires_at": MORNING - timedelta(days=1)},
    ],
)
def test_a_token_that_ended_is_none(fields: dict[str, Any], calling: Calling) -> None:
    assert calling("XA1001", **fields).get("/declarations").status_code == 401


def test_a_token_that_is_revoked_ends_when_it_is_looked_up_again(calling: Calling) -> None:
    machine = calling("XA1001")
    assert machine.get("/declarations").status_code == 200
    Credential.objects.update(revoked_at=MORNING)
    KNOWN.forget()
    assert machine.get("/declarations").status_code == 401


def test_a_token_is_for_its_scopes_only(calling: Calling) -> None:
    reader = calling("XA1001", "read")
    assert reader.get("/declarations").status_code == 200
    answer = reader.lodge()
    assert answer.status_code == 403
    assert "lodge" in answer.json()["title"]


def test_a_post_needs_a_key(trader: Machine, here: Site) -> None:
    for key in ("ä", "a b", "x" * 201):
        answer = trader.post("/declarations", expand(ROSES), key=key)
        assert answer.status_code == 400
        assert answer.json()["type"].endswith("idempotency-key")
    assert here.desk.ledger.rows("case") == []


def test_a_key_used_for_something_else_is_refused(trader: Machine, calling: Calling) -> None:
    first = trader.post("/declarations", expand(ROSES), key="one")
    assert first.status_code == 201
    again = trader.post("/declarations", expand(ROSES), key="one")
    assert (again.status_code, again.content) == (201, first.content)
    other = expand(msgspec.structs.replace(ROSES, reference="OTHER"))
    assert trader.post("/declarations", other, key="one").status_code == 422
    assert trader.post("/sync", {"acts": []}, key="one").status_code == 422
    broker = calling("XA9001")
    assert broker.post("/sync", {"acts": []}, key="one").status_code == 200


def test_what_is_no_operation_is_a_problem(trader: Machine) -> None:
    assert trader.get("/nothing/here").status_code == 404
    answer = trader.delete("/declarations")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, POST"
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        "?cursor=x",
        "?cursor=W10",
        "?limit=0",
        "?limit=1&limit=2",
        "?what=1",
        "?cursor=%00",
        "?%00=1",
    ],
)
def test_parameters_that_do_not_fit_are_told(query: str, trader: Machine) -> None:
    answer = trader.get(f"/declarations{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_the_guide_and_the_status_are_for_everybody(stranger: Machine) -> None:
    guide = stranger.get("/requirements?regime=import&commodity=06031100&origin=XB")
    assert guide.status_code == 200
    assert any(one["agency"] == "plant_health" for one in guide.json()["requirements"])
    assert stranger.get("/status").json()["status"] == "ok"


def test_the_document_tells_every_operation(stranger: Machine) -> None:
    told = stranger.get("/openapi.json").json()
    assert told == msgspec.json.decode(msgspec.json.encode(document()))
    assert told["openapi"].startswith("3.1")
    listed = {(method.upper(), path) for path, ways in told["paths"].items() for method in ways}
    assert listed == {(one.method, one.path) for one in OPERATIONS}
    for ways in told["paths"].values():
        for one in ways.values():
            assert one["summary"]
            assert "500" not in one["responses"]
