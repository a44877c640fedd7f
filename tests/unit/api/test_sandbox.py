"""The sandbox: each outcome once, by real acts, and nothing of it among real cases."""

from __future__ import annotations

from typing import Any

import pytest

from gatepost.api import sandbox
from gatepost.bootstrap import memory_desk
from gatepost.casework.shorthand import expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.simulation.trader import with_papers
from gatepost.web.site import Site
from tests.unit.api.conftest import Machine
from tests.unit.web.conftest import MORNING, NO_CHANCE, ROSES


@pytest.fixture
def tried(aldermark: Jurisdiction, here: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Let the sandbox work on a ledger of its own in memory."""
    site = Site(memory_desk(aldermark, NO_CHANCE), lambda: MORNING)
    monkeypatch.setattr(sandbox, "_open", [site])
    return site


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("accepted", "waiting"),
        ("released", "released"),
        ("held", "held"),
        ("refused", "denied"),
    ],
)
def test_the_caller_chooses_what_comes_of_it(
    outcome: str, status: str, trader: Machine, tried: Site, here: Site, aldermark: Jurisdiction
) -> None:
    body: dict[str, Any] = expand(with_papers(aldermark, ROSES, MORNING))
    path = f"/../sandbox/v1/declarations?outcome={outcome}"
    lodged = trader.post(path, body, key="a")
    assert lodged.status_code == 201, lodged.content
    reference = lodged.json()["reference"]
    case = trader.get(f"/../sandbox/v1/declarations/{reference}").json()
    assert case["status"] == status
    length = len(tried.desk.ledger.read(f"case/{reference}"))
    assert trader.post(path, body, key="a").json() == lodged.json()
    assert len(tried.desk.ledger.read(f"case/{reference}")) == length
    assert here.desk.ledger.rows("case") == []
    assert trader.get(f"/declarations/{reference}").status_code == 404


def test_the_sandbox_tells_what_it_can(trader: Machine, tried: Site) -> None:
    told = trader.get("/../sandbox/v1/openapi.json").json()
    assert told["servers"] == [{"url": "/api/sandbox/v1"}]
    names = {one["name"] for one in told["paths"]["/declarations"]["post"]["parameters"]}
    assert names == {"outcome", "Idempotency-Key"}
    assert "/mailbox" not in told["paths"]
    answer = trader.post("/../sandbox/v1/declarations?outcome=rich", expand(ROSES))
    assert answer.status_code == 400
