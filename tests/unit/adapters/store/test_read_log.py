"""A study of the ledger: the same on both durable stores, and right where clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gatepost.adapters.events.ledger import read_log
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.bootstrap import CODEC
from gatepost.casework.ports import Ledger
from gatepost.control.events import ControlsOrdered, ExaminationPerformed
from gatepost.control.model import Control
from gatepost.kernel.event import Body, Event
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Append, Commit
from gatepost.lodgement.events import (
    ConveyanceArrived,
    DeclarationAccepted,
    DeclarationRegistered,
)
from gatepost.release.events import DecisionGiven, GoodsReleased, GoodsRemoved, HoldPlaced
from gatepost.release.model import Hold
from gatepost.requirement.events import NeedsDetermined
from gatepost.requirement.model import Need
from gatepost.risk.events import AssessmentMade
from gatepost.timerelease.columns import Columns
from gatepost.timerelease.log import make_raw
from gatepost.timerelease.measure import Measured, measure
from gatepost.timerelease.model import EventMap
from tests.trs import interval

BERLIN, LISBON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Lisbon")
NIGHT = date(2026, 3, 29)
"""At one o'clock UTC every clock of Europe goes on by an hour."""

Happened = tuple[datetime, Body, str | None]


def local(zone: ZoneInfo, hour: int, minute: int = 0) -> datetime:
    """Return a moment of the night in which the clocks change, as a clock of the zone shows it."""
    return datetime(NIGHT.year, NIGHT.month, NIGHT.day, hour, minute, tzinfo=zone)


def need(agency: str, met: bool = True) -> Need:
    """Return what an agency asks for, present or not."""
    return Need("R", agency, "item/1", "document", (), "N851", met_by="N851" if met else None)


def lodged(at: datetime, post: str, people: bool = False) -> list[Happened]:
    """Return the events of a lodgement by road."""
    means = {"ModeCode": "3"}
    dataset = {"Declaration": {"BorderTransportMeans": means, "Secret": "trade"}}
    return [
        (at, DeclarationRegistered("R", "XA1", "F", "d", dataset), None),
        (
            at,
            DeclarationAccepted(
                "IMD", "import", NIGHT, "m", post=post, commodities=("0603",), people=people
            ),
            None,
        ),
    ]


def consignment() -> list[Happened]:
    """Return a case lodged in Lisbon's zone and examined by two agencies in Berlin's."""
    control = Control("C", "A", "plant", "examination", "pests", "item/1", "S", "border", ())
    start, end = local(BERLIN, 3, 30), local(BERLIN, 4, 30)
    waiting = NeedsDetermined((need("customs"), need("plant", met=False)))
    return [
        *lodged(local(LISBON, 0, 30), "north_gate"),
        (local(LISBON, 0, 30), waiting, None),
        (local(LISBON, 0, 30), AssessmentMade(channel="red"), None),
        (local(LISBON, 0, 30), DecisionGiven(("item/1",), "clear", "M"), "customs"),
        (local(BERLIN, 1, 45), ConveyanceArrived("m", "north_gate"), None),
        (local(BERLIN, 3, 15), NeedsDetermined((need("customs"), need("plant"))), None),
        (local(BERLIN, 3, 15), ControlsOrdered((control,)), None),
        (end, ExaminationPerformed(("C",), ("plant", "vet"), started=start), "plant"),
        (local(BERLIN, 4, 50), DecisionGiven(("item/1",), "clear", "M"), "plant"),
        (local(BERLIN, 4, 50), GoodsReleased("release", ("item/1",)), None),
        (local(BERLIN, 5, 0), GoodsRemoved(), None),
    ]


def held() -> list[Happened]:
    """Return a case that customs holds."""
    at = local(BERLIN, 3, 0)
    hold = Hold("H", "customs", "seal broken", at, at + timedelta(days=2), ())
    return [
        *lodged(local(BERLIN, 1, 30), "kelpie_port"),
        (local(BERLIN, 1, 30), NeedsDetermined((need("customs"), need("statistics"))), None),
        (local(BERLIN, 1, 50), ConveyanceArrived("m2", "kelpie_port"), None),
        (at, HoldPlaced(hold), "customs"),
    ]


def coach() -> list[Happened]:
    """Return a coach of which a traveller is looked at."""
    start, end = local(BERLIN, 4, 0), local(BERLIN, 4, 20)
    return [
        *lodged(local(BERLIN, 0, 30), "north_gate", people=True),
        (local(BERLIN, 3, 40), ConveyanceArrived("m3", "north_gate"), None),
        (end, ExaminationPerformed(("C",), ("immigration",), started=start), "immigration"),
        (end, GoodsReleased("release", ("traveller/1",)), None),
        (local(BERLIN, 4, 40), GoodsRemoved(), None),
    ]


def write(ledger: Ledger) -> None:
    """Write the three cases."""
    for name, told in (("A", consignment()), ("B", held()), ("C", coach())):
        events = tuple(
            Event(at.astimezone(UTC), body, zone=str(at.tzinfo), agency=agency)
            for at, body, agency in told
        )
        ledger.commit(Commit(name, "d", told[-1][0], (Append(f"case/{name}", 0, events),)))


def studied(file: Path, url: str | None = None, schema: str = "") -> Measured:
    """Return the study of a store."""
    columns = Columns({"log": read_log(file, url, schema or "gatepost")}, threads=1)
    make_raw(columns, {"statistics"})
    end = local(BERLIN, 5, 0)
    return measure(columns, EventMap(), end, "Europe/Berlin", ("office", "mode", "lane", "hour"))


@pytest.fixture
def of_sqlite(tmp_path: Path) -> Measured:
    """Return the study of a SQLite ledger that has been closed."""
    file = tmp_path / "gatepost.sqlite3"
    ledger = SqliteLedger(file, CODEC)
    write(ledger)
    ledger.close()
    return studied(file)


def test_two_zones_and_a_night_with_a_changing_clock(of_sqlite: Measured) -> None:
    """What the clocks on the walls show is not what passed (TR-01)."""
    headline = interval(of_sqlite, "arrival-release", office="north_gate")
    assert headline.mean == (2 * 60 + 5) * 60
    lodgement = interval(of_sqlite, "arrival-lodgement", office="north_gate")
    assert lodgement.mean == -15 * 60
    assert interval(of_sqlite, "examination_start-examination_end").mean == 3600
    papers = interval(of_sqlite, "documents_requested-documents_received")
    assert papers.mean == 45 * 60
    assert interval(of_sqlite, "arrival-release", hour="01").n == 2


def test_what_is_open_is_censored_and_belongs_to_who_holds_it(of_sqlite: Measured) -> None:
    open_case = interval(of_sqlite, "arrival-release", office="kelpie_port")
    assert (open_case.n, open_case.censored) == (1, 1)
    assert interval(of_sqlite, "notified-examination_start").n == 1
    steps = {(one.step, one.party): one for one in of_sqlite.bottlenecks["longest"]}
    assert steps["hold", "customs"].median == 2 * 3600
    assert steps["examination", "vet"].state == "working"
    assert sum(of_sqlite.shares.values()) == pytest.approx(1)


def test_travellers_have_milestones_of_their_own(of_sqlite: Measured) -> None:
    assert interval(of_sqlite, "traveller_queue-exit").mean == 3600
    assert interval(of_sqlite, "secondary_start-secondary_end").mean == 20 * 60
    assert interval(of_sqlite, "arrival-release").n == 2


def test_nothing_personal_or_commercial_leaves_the_store(tmp_path: Path) -> None:
    file = tmp_path / "gatepost.sqlite3"
    ledger = SqliteLedger(file, CODEC)
    write(ledger)
    ledger.close()
    assert "trade" not in str(read_log(file).to_pydict())


def test_both_stores_tell_the_same(
    of_sqlite: Measured, postgres_url: str, postgres_schema: str, tmp_path: Path
) -> None:
    from gatepost.adapters.store.postgres import PostgresLedger

    ledger = PostgresLedger(postgres_url, CODEC, postgres_schema)
    write(ledger)
    ledger.close()
    assert studied(tmp_path, postgres_url, postgres_schema) == of_sqlite


@pytest.mark.parametrize("url", [None, "postgresql://nobody@127.0.0.1:1/none"])
def test_a_store_that_is_not_there_is_refused(tmp_path: Path, url: str | None) -> None:
    with pytest.raises(Refused) as refused:
        read_log(tmp_path / "none.sqlite3", url)
    assert refused.value.notices[0].code == "STORE-005"


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "gatepost.sqlite3"
    file.write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(Refused) as refused:
        read_log(file)
    assert refused.value.notices[0].code in ("STORE-005", "STORE-006")


def test_who_reads_data_alone_is_not_waited_for(of_sqlite: Measured) -> None:
    assert "statistics" not in of_sqlite.shares
    assert all(one.segment.get("agency") != "statistics" for one in of_sqlite.intervals)
