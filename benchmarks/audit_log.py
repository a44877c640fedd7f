"""The audit log: sealing and verifying a real ledger, and what lodging feels of a sealer at work.

Lodges declarations into SQLite, seals them and verifies the log alone and against the ledger;
then lodges again beside a sealer in a process of its own and compares the waiting of a lodgement.
Promised are 10,000 events a second sealed, 50,000 verified, and a 99th percentile of lodging that
a sealer changes by no more than a tenth. The bare ratio is to hashing the same entries alone.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from hashlib import sha256
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parents[1]))

from datetime import UTC, datetime

from benchmarks._figures import keep
from benchmarks._probe import probe
from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.audit.tiles import TileReader
from gatepost.adapters.audit.verifying import Verification
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.bootstrap import CODEC, DATABASE_FILE, load_checked, open_desk, open_sealer
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge
from gatepost.casework.shorthand import Declaration, Goods, expand
from gatepost.kernel.digest import digest_of

NOW = datetime(2026, 7, 2, 8, 0, tzinfo=UTC)
LODGEMENTS = 6_000
PAUSE = 0.2
ROUNDS, EACH = 6, 400


def fill(desk: Desk, first: int, count: int) -> list[float]:
    """Lodge ``count`` declarations one by one; return the seconds each one waited."""
    waits = []
    for number in range(first, first + count):
        short = Declaration(
            type="IMA",
            office="XA000101",
            mode="3",
            declarant=f"XA{number % 500:04d}",
            reference=f"AUDIT-{number:06d}",
            items=(Goods(commodity="06031100", origin="XB", description="cut roses"),),
        )
        dataset = expand(short)
        begin = time.perf_counter()
        lodge(desk, dataset, digest_of(dataset), NOW)
        waits.append(time.perf_counter() - begin)
    return waits


def keep_sealing(data: Path, stop: Event) -> None:
    """Seal whatever was written, several times a second, until told to stop."""
    ledger = SqliteLedger(data / DATABASE_FILE, CODEC)
    sealer = open_sealer(ledger, data, "XA")
    while not stop.is_set():
        sealer.seal()
        time.sleep(PAUSE)
    ledger.close()


def beside_a_sealer(desk: Desk, data: Path, first: int) -> tuple[list[float], list[float]]:
    """Lodge in turns with and without a sealer in another process; return both waits."""
    alone: list[float] = []
    beside: list[float] = []
    spawn = multiprocessing.get_context("spawn")
    for number in range(ROUNDS):
        alone += fill(desk, first + 2 * number * EACH, EACH)
        stop = spawn.Event()
        sealer = spawn.Process(target=keep_sealing, args=(data, stop))
        sealer.start()
        time.sleep(1.5)
        beside += fill(desk, first + (2 * number + 1) * EACH, EACH)
        stop.set()
        sealer.join()
    return alone, beside


def hashing_alone(data: Path, size: int) -> float:
    """Return the seconds that reading the entries and hashing each once takes."""
    begin = time.perf_counter()
    for entry in TileReader(AuditLog(data).folder, size).entries():
        sha256(b"\x00" + entry).digest()
    return time.perf_counter() - begin


def main() -> None:
    """Print the figures."""
    machine = probe()
    print(machine)
    jurisdiction = load_checked("aldermark")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        desk = open_desk(jurisdiction, data)
        with desk.ledger.group():
            fill(desk, 0, LODGEMENTS)
        sealer = open_sealer(desk.ledger, data, "XA")
        begin = time.perf_counter()
        events = sealer.seal()
        sealing = time.perf_counter() - begin
        log = AuditLog(data)
        seconds: dict[str, float] = {}
        for what in ("log alone", "log and ledger"):
            written = desk.ledger.written() if what == "log and ledger" else None
            begin = time.perf_counter()
            verdict = Verification(log, log.verifiers(), (), written).run()
            seconds[what] = time.perf_counter() - begin
            assert verdict.ok
        bare = hashing_alone(data, events)
        print(f"seal    {events} events: {events / sealing:9,.0f} a second")
        for what, taken in seconds.items():
            print(
                f"verify  {what:15}: {events / taken:9,.0f} a second,"
                f" {bare / taken:.2f} of only hashing the entries"
            )
        alone, beside = beside_a_sealer(desk, data, LODGEMENTS)
        for name, waits in (("without a sealer", alone), ("beside a sealer", beside)):
            p99 = quantiles(waits, n=100)[98]
            print(f"lodge   {name:16}: median {median(waits) * 1e3:.2f} ms, p99 {p99 * 1e3:.2f} ms")
        ratio = quantiles(beside, n=100)[98] / quantiles(alone, n=100)[98]
        print(f"lodge   p99 with / without a sealer: {ratio:.2f}")
        keep(
            machine,
            seal=f"{events / sealing:,.0f} events sealed a second (10,000 wanted)",
            seal_beside=f"lodging beside a sealer: {ratio:.2f} of the p99 without (1.10 allowed)",
            verify=f"{events / seconds['log and ledger']:,.0f} events verified a second with the"
            " ledger (50,000 wanted)",
        )
        desk.ledger.close()


if __name__ == "__main__":
    main()
