"""The work beside the requests: what is late is told, and what is there to do is done."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.store.models import Message, Webhook
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.api.delivery import deliver
from gatepost.api.mail import sort_mail
from gatepost.api.stuck import stuck
from gatepost.api.worker import Task, tasks_of, work, work_once
from gatepost.bootstrap import CODEC, DATABASE_FILE, memory_desk
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.desk import Desk
from gatepost.casework.stuck import PATIENCE
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.legal import LegalBasis
from gatepost.web.one_writer import OneWriter
from gatepost.web.site import Site
from tests.unit.api.conftest import Machine
from tests.unit.api.test_notify import Receiver
from tests.unit.web.conftest import MORNING, NO_CHANCE, lodged


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    """Return the data folder of the installation."""
    settings.DATA = tmp_path
    return tmp_path


def kinds(site: Site, data: Path, after: timedelta) -> set[str]:
    return {one.kind for one in stuck(site.desk, data, MORNING + after)}


@pytest.fixture
def later(here: Site) -> Site:
    """Return the same installation an hour later."""
    return Site(here.desk, lambda: MORNING + timedelta(hours=1))


@pytest.mark.django_db
def test_what_nobody_seals_or_sorts_is_stuck_until_the_worker_did(
    trader: Machine, here: Site, later: Site, data: Path
) -> None:
    trader.lodge()
    assert kinds(here, data, timedelta()) == set()
    assert {"unsealed", "mail"} <= kinds(here, data, 2 * PATIENCE)
    done = work_once(later)
    assert done["mail"] == done["sealer"] > 0
    assert not {"unsealed", "mail"} & kinds(here, data, 2 * PATIENCE)
    assert AuditLog(data).required().checkpoint.size == done["sealer"]


@pytest.mark.django_db
def test_a_webhook_that_takes_nothing_is_stuck(trader: Machine, here: Site, data: Path) -> None:
    reference = trader.lodge().json()["reference"]
    sort_mail(here)
    Webhook.objects.create(
        owner="XA1001", key="1", url="https://trader.example/", made_at=MORNING, next_at=MORNING
    )
    assert Message.objects.filter(reference=reference).exists()
    late = {one.kind: one for one in stuck(here.desk, data, MORNING + 2 * PATIENCE)}
    assert late["webhook"].says.endswith("nothing was sent yet")
    deliver(MORNING, Receiver(500))
    late = {one.kind: one for one in stuck(here.desk, data, MORNING + 2 * PATIENCE)}
    assert late["webhook"].says.endswith("1 attempts failed")
    deliver(MORNING + PATIENCE, Receiver())
    assert "webhook" not in kinds(here, data, 2 * PATIENCE)


@pytest.mark.django_db
def test_time_passes_without_a_command(aldermark: Jurisdiction, data: Path) -> None:
    """A hold ends at its end, whether or not somebody looks at the case."""
    now = [MORNING]
    desk = memory_desk(aldermark, NO_CHANCE)
    site = Site(desk, lambda: now[0])
    reference = lodged(site)
    held = Act(
        "h",
        "hold",
        reference,
        MORNING,
        by="plant_health.north_gate.inspector",
        reason="pests",
        expires=MORNING + timedelta(hours=1),
        legal_basis=(LegalBasis("Plant Act, s. 12"),),
    )
    assert perform(desk, held, MORNING).status == "done"
    now[0] += timedelta(hours=2)
    assert "overdue" in kinds(site, data, timedelta(hours=2))
    work_once(site)
    assert "overdue" not in kinds(site, data, timedelta(hours=2))
    told = [one.event.body.name() for one in desk.ledger.read(f"case/{reference}")]
    assert "release:hold:expired" in told


def test_a_demo_stands_still(here: Site, data: Path) -> None:
    """It is shown as it was played, however long it is served."""

    def names(site: Site) -> list[str]:
        return [task.name for task in tasks_of(site)]

    others = ["mail", "webhooks", "sealer"]
    assert names(Site(here.desk, here.now, demo=False)) == ["time", *others]
    assert names(Site(here.desk, here.now, demo=True)) == others


def test_sealing_goes_on_while_a_writer_is_at_work(aldermark: Jurisdiction, data: Path) -> None:
    """The sealer reads what is committed; it neither waits for the writer nor keeps it waiting."""
    ledger = SqliteLedger(data / DATABASE_FILE, CODEC, patience=5.0)
    desk = Desk(aldermark, ledger, NO_CHANCE)
    now: datetime = MORNING
    site = Site(desk, lambda: now, writer=OneWriter(desk, lambda: now))
    (sealer,) = (task for task in tasks_of(site) if task.name == "sealer")
    lodged(site)
    before = len(list(ledger.written()))
    with ledger.group():
        lodged(site, reference="ROSES-2")
        sealed: list[int] = []
        thread = threading.Thread(target=lambda: sealed.append(sealer.run()))
        thread.start()
        thread.join(30)
        assert sealed == [before]
    assert sealer.run() == len(list(ledger.written())) - before
    ledger.close()


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_one_task_is_told_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    stop, tried = threading.Event(), []

    def run() -> int:
        tried.append(1)
        if len(tried) == 2:
            stop.set()
            return 0
        raise OSError("the disk is full")

    work(Task("sealer", 0.0, run), stop)
    assert len(tried) == 2
    assert "task sealer failed" in caplog.text
