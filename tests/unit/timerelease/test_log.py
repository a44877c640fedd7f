"""A study of the ledger's own events: whose time counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pyarrow as pa
import pytest

from gatepost.kernel.event import Body
from gatepost.lodgement.events import ConveyanceArrived, DeclarationAccepted
from gatepost.release.events import DecisionGiven
from gatepost.requirement.events import NeedsDetermined
from gatepost.requirement.model import Need
from gatepost.timerelease.columns import Columns
from gatepost.timerelease.log import make_raw
from gatepost.timerelease.measure import Measured, measure
from gatepost.timerelease.model import EventMap

START = datetime(2026, 3, 2, 6, tzinfo=UTC)


def row(minute: int, body: Body, agency: str | None = None) -> dict[str, str | None]:
    """Return an event as the log is read."""
    at = (START + timedelta(minutes=minute)).isoformat()
    told = msgspec.json.encode(body).decode()
    return {"ref": "A", "name": body.name(), "happened": at, "agency": agency,
            "source": "system", "body": told}  # fmt: skip


def studied(*users: str) -> Measured:
    """Return the study of one case that customs decided and statistics reads."""
    needs = tuple(
        Need("R", agency, "item/1", "document", (), "N851", met_by="N851")
        for agency in ("customs", "statistics")
    )
    accepted = DeclarationAccepted("IMD", "import", START.date(), "m", post="north_gate")
    rows = [
        row(0, accepted),
        row(0, NeedsDetermined(needs)),
        row(10, ConveyanceArrived("m", "north_gate")),
        row(30, DecisionGiven(("item/1",), "clear", "M"), "customs"),
    ]
    columns = Columns({"log": pa.Table.from_pylist(rows)}, threads=1)
    make_raw(columns, users)
    return measure(columns, EventMap(), START + timedelta(hours=2), by=("agency",))


def test_who_reads_data_alone_is_not_waited_for() -> None:
    found = studied("statistics")
    assert found.shares["customs"] == pytest.approx(20 / 110)
    assert "statistics" not in found.shares
    assert {one.segment.get("agency") for one in found.intervals} == {None, "customs"}


def test_whoever_has_a_say_is_waited_for() -> None:
    assert studied().shares["statistics"] > 0.5
