"""100 lodgements and 500 reads a second for ten minutes: no error, and memory that stays flat.

Serves Aldermark in processes of its own and asks at fixed moments, whether or not the answer
before has come: a server that falls behind shows as requests that begin late. `--minutes` tells
how long, `--database` which PostgreSQL, else SQLite. Memory is that of all processes of the
server; it is flat if the median of the last quarter is at most 10 % above that of the second.
Ends with 1 otherwise.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._figures import keep
from benchmarks._probe import probe
from benchmarks.http_lodging import (
    HOST,
    PROCESSES,
    PYTHON,
    Line,
    body,
    free_port,
    key_of,
    migrated,
    reading,
    request,
    token_of,
)

LODGEMENTS, READS = 100, 500
WRITERS, READERS = 16, 16
RISE = 1.10
PATHS = ("/api/v1/work?post=north_gate", "/api/v1/status")


class Side:
    """The requests of one kind: sent at ``rate`` a second over some connections."""

    def __init__(self, rate: int, connections: int, message: Callable[[int], bytes]) -> None:
        self.rate, self.connections, self.message = rate, connections, message
        self.times: list[float] = []
        self.late: list[float] = []
        self.statuses: dict[int | str, int] = {}
        self._numbers = count()
        self._lock = threading.Lock()

    def run(self, port: int, begin: float, until: float) -> None:
        """Take the next moment that nobody has taken, wait for it and ask."""
        line = Line(port)
        while True:
            with self._lock:
                number = next(self._numbers)
            due = begin + number / self.rate
            if due >= until:
                return
            time.sleep(max(0.0, due - time.perf_counter()))
            start = time.perf_counter()
            try:
                status: int | str = line.ask(self.message(number))
            except OSError as fault:
                status, line = type(fault).__name__, Line(port)
            end = time.perf_counter()
            with self._lock:
                self.times.append(end - start)
                self.late.append(start - due)
                self.statuses[status] = self.statuses.get(status, 0) + 1

    def told(self, seconds: float) -> str:
        """Return rate, percentiles, lateness and statuses as a line."""
        times, late = sorted(self.times), 1000 * median(self.late)
        p50, p95, p99 = (1000 * times[int(len(times) * part)] for part in (0.5, 0.95, 0.99))
        return (
            f"{len(times) / seconds:.0f} a second of {self.rate}, p50 {p50:.0f} ms,"
            f" p95 {p95:.0f} ms, p99 {p99:.0f} ms, begun late by {late:.0f} ms"
            f" (median); answers {self.statuses}"
        )

    def errors(self, wanted: int) -> int:
        """Return how many answers were not as wanted."""
        return sum(self.statuses.values()) - self.statuses.get(wanted, 0)


def memory_of(process: int) -> int:
    """Return the memory of a process and all it started, in KiB that no other shares."""
    total, todo = 0, [process]
    while todo:
        one = todo.pop()
        try:
            told = Path(f"/proc/{one}/smaps_rollup").read_text()
            children = Path(f"/proc/{one}/task/{one}/children").read_text()
        except OSError:
            continue
        total += sum(map(int, re.findall(r"^Private_\w+:\s+(\d+)", told, re.MULTILINE)))
        todo += map(int, children.split())
    return total


def watch(process: int, stop: threading.Event, seen: list[int]) -> None:
    """Note the memory every second."""
    while not stop.wait(1.0):
        seen.append(memory_of(process))


def run(minutes: float, database: str | None) -> bool:
    """Load a server so long and tell what came of it; return whether all promises were kept."""
    seconds = 60 * minutes
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        if database:
            database = migrated(database)
        token = token_of(data, database, "XA1001", "party", "lodge")
        reader = token_of(data, database, "customs", "agency", "work")
        port = free_port()
        command = [PYTHON, "-m", "gatepost", "serve", "--data", str(data), "--port", str(port)]
        if database:
            command += ["--database", database, "--processes", str(PROCESSES)]

        def lodging(number: int) -> bytes:
            key = key_of(number, "LOAD")
            return request("/api/v1/declarations", token, body(number, "LOAD"), key)

        def asking(number: int) -> bytes:
            return reading(PATHS[number % len(PATHS)], reader)

        writes, reads = Side(LODGEMENTS, WRITERS, lodging), Side(READS, READERS, asking)
        server = subprocess.Popen(command, env={**os.environ, "GATEPOST_HOSTS": HOST})
        stop, memory = threading.Event(), list[int]()
        try:
            _answers(port)
            begin = time.perf_counter() + 1
            threads = [
                threading.Thread(target=side.run, args=(port, begin, begin + seconds))
                for side in (writes, reads)
                for _ in range(side.connections)
            ]
            watcher = threading.Thread(target=watch, args=(server.pid, stop, memory))
            for one in (*threads, watcher):
                one.start()
            for one in threads:
                one.join()
            took = time.perf_counter() - begin
            stop.set()
            watcher.join()
        finally:
            server.terminate()
            server.wait(60)
    quarter = max(1, len(memory) // 4)
    early, late = median(memory[quarter : 2 * quarter]), median(memory[-quarter:])
    errors = writes.errors(201) + reads.errors(200)
    machine = probe()
    print(machine)
    print(f"{'PostgreSQL' if database else 'SQLite'}, {minutes:g} minutes")
    print(f"  lodgements: {writes.told(took)}")
    print(f"  reads:      {reads.told(took)}")
    print(
        f"  errors {errors} (0 wanted); memory {early / 1024:.0f} MB in the second quarter,", end=""
    )
    print(f" {late / 1024:.0f} MB in the last: {late / early:.2f} ({RISE} allowed)")
    store = "postgresql" if database else "sqlite"
    said = (
        f"{minutes:g} min: {len(writes.times) / took:.0f} lodgements and"
        f" {len(reads.times) / took:.0f} reads a second, {errors} errors,"
        f" memory {late / early:.2f} of before"
    )
    keep(machine, **{f"load_{store}": said})
    return errors == 0 and late <= RISE * early


def _answers(port: int) -> None:
    for _ in range(300):
        try:
            Line(port)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def main() -> int:
    """Load one store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--database", help="A PostgreSQL server, instead of SQLite.")
    parser.add_argument("--keep", action="store_true", help="Keep the figures for the promises.")
    asked = parser.parse_args()
    return 0 if run(asked.minutes, asked.database) else 1


if __name__ == "__main__":
    sys.exit(main())
