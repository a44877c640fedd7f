"""Durable lodgements a second over HTTP, whole path, against a view that only inserts the rows.

Serves Aldermark in processes of its own (`gatepost serve`, production settings), lodges five-item
declarations over sixteen connections that stay open, and prints lodgements a second with the
percentiles of their times. The load generator, and PostgreSQL, share the machine. Then the same
for a bare view (`_bare.py`) that decodes and inserts the same rows, in the same run, and the ratio.
PostgreSQL is measured if GATEPOST_TEST_POSTGRES names a server. `--reads` reads work lists beside,
as an agency does.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import msgspec

from benchmarks._probe import probe
from gatepost.casework.shorthand import Declaration, Goods, expand

CONNECTIONS = 16
PROCESSES = 2
THREADS = 8
READERS, READS, BESIDE = 4, 200, 120
WARM, SECONDS = 2.0, 8.0
COMMODITIES = ("72083900", "84224000", "87089900", "61091000", "94036010")
READER = "customs"
HOST = "bench.invalid"
PYTHON = sys.executable


def key_of(number: int, run: str) -> str:
    """Return what is different in each declaration: reference, journey and idempotency key."""
    return f"{run}{number:013d}"


def body(number: int, run: str) -> bytes:
    """Return one declaration of five items."""
    items = tuple(
        Goods(
            commodity=code,
            origin="XB",
            description="goods of a benchmark",
            gross_mass="130.5",
            net_mass="120.0",
            packages=4,
            package_type="PX",
            value="900.00",
            procedure="4000",
            documents=("N380 INV-77", "N730 CMR-1"),
        )
        for code in COMMODITIES
    )
    short = Declaration(
        type="IMD",
        office="XA000101",
        mode="3",
        declarant="XA1001",
        importer="XA1001",
        reference=key_of(number, run),
        means="BR-1",
        journey=key_of(number, run),
        export_country="XB",
        destination="XA",
        items=items,
    )
    return msgspec.json.encode(expand(short))


def request(path: str, token: str, data: bytes, key: str) -> bytes:
    """Return the bytes of one POST."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
        f"Authorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data


def reading(path: str, token: str) -> bytes:
    """Return the bytes of one GET."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
        f"Authorization: Bearer {token}\r\n\r\n"
    ).encode()


class Line:
    """One connection that stays open."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), 30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._port = port

    def ask(self, message: bytes) -> int:
        """Send a request, read the whole answer and return its status."""
        self._socket.sendall(message)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, rest = data.partition(b"\r\n\r\n")
        found = re.search(rb"(?i)content-length: (\d+)", head)
        missing = int(found[1]) - len(rest) if found else 0
        while missing > 0:
            missing -= len(self._more())
        if b"connection: close" in head.lower():
            self._socket.close()
            self.__init__(self._port)  # type: ignore[misc]
        return int(head[9:12])

    def _more(self) -> bytes:
        found = self._socket.recv(65536)
        if not found:
            raise ConnectionError("the server closed the connection")
        return found


class Load:
    """What a number of connections did between two moments."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.asked = 0
        self.statuses: dict[int, int] = {}
        self._lock = threading.Lock()

    def run(self, port: int, messages: Iterator[bytes], until: float, begin: float) -> None:
        """Ask one after another on one connection, counting what ends after ``begin``."""
        line, mine, asked = Line(port), list[float](), 0
        statuses: dict[int, int] = {}
        for message in messages:
            start = time.perf_counter()
            if start >= until:
                break
            status = line.ask(message)
            end = time.perf_counter()
            asked += 1
            if start >= begin:
                mine.append(end - start)
                statuses[status] = statuses.get(status, 0) + 1
        with self._lock:
            self.times += mine
            self.asked += asked
            for status, count in statuses.items():
                self.statuses[status] = self.statuses.get(status, 0) + count

    def told(self) -> str:
        """Return rate and percentiles as a line."""
        times = sorted(self.times)
        p50, p95, p99 = (1000 * times[int(len(times) * part)] for part in (0.5, 0.95, 0.99))
        rate = len(times) / SECONDS
        return f"{rate:5.0f} a second, p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms"

    @property
    def rate(self) -> float:
        """Return answers a second."""
        return len(self.times) / SECONDS


def measure(
    port: int, path: str, token: str, run: str, reader: str | None = None
) -> tuple[Load, Load]:
    """Load the server and return what the writing and the reading connections did.

    With the token of a ``reader`` its work list is read beside, 200 times a second at most, and
    120 declarations a second are lodged at most: neither may starve the other.
    """
    writes, seen = Load(), Load()
    begin = time.perf_counter() + WARM
    until = begin + SECONDS

    def posts(worker: int) -> Iterator[bytes]:
        number = worker * 10_000_000
        due = time.perf_counter()
        while True:
            number += 1
            if reader:
                due += CONNECTIONS / BESIDE
                time.sleep(max(0.0, due - time.perf_counter()))
            yield request(path, token, body(number, run), key_of(number, run))

    def gets() -> Iterator[bytes]:
        message = reading("/api/v1/work?post=north_gate", reader or "")
        due = time.perf_counter()
        while True:
            due += READERS / READS
            time.sleep(max(0.0, due - time.perf_counter()))
            yield message

    threads = [
        threading.Thread(target=writes.run, args=(port, posts(n), until, begin))
        for n in range(CONNECTIONS)
    ]
    if reader:
        threads += [
            threading.Thread(target=seen.run, args=(port, gets(), until, begin))
            for _ in range(READERS)
        ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return writes, seen


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def spent(port: int) -> float:
    """Return the seconds of CPU that the processes serving at a port used so far."""
    total = 0
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if str(port).encode() in words and b"serve" in words:
                times = (folder / "stat").read_text().rpartition(")")[2].split()
                total += int(times[11]) + int(times[12])
        except OSError:
            continue
    return total / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(command: list[str], port: int, **environment: str) -> Iterator[None]:
    """Run a server until it is no longer needed."""
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def token_of(data: Path, database: str | None, owner: str, kind: str, scope: str) -> str:
    """Make a credential and return its token."""
    command = [PYTHON, "-m", "gatepost", "credential", "add", owner, "--data", str(data)]
    command += ["--kind", kind, "--scope", scope]
    command += ["--json", *(["--database", database] if database else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return str(msgspec.json.decode(done.stdout)["token"])


def migrated(database: str) -> str:
    """Return the address of an empty database of our own on the server."""
    import psycopg

    name = "gatepost_bench"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
        connection.execute(f"create database {name}")
    return re.sub(r"/[^/]*$", f"/{name}", database)


def rows_of_one(data: Path, database: str | None, run: str) -> dict[str, Any]:
    """Return the rows that one lodgement wrote, table by table, to be written again."""
    connection: Any
    if database:
        import psycopg

        connection = psycopg.connect(database, options="-c search_path=gatepost")
    else:
        from pysqlite3 import dbapi2 as sqlite

        from gatepost.bootstrap import DATABASE_FILE

        connection = sqlite.connect(str(data / DATABASE_FILE))
    mark = "%s" if database else "?"
    key = f"lodge|XA1001|{run}%"
    asked = connection.cursor()
    asked.execute(f"select act, stream from event where act like {mark} limit 1", (key,))
    (act,) = {row[0] for row in asked.fetchall()}
    functional = act.rsplit("|", 1)[1]
    asked.execute(f"select stream from event where act = {mark}", (act,))
    streams = {row[0] for row in asked.fetchall()}
    (reference,) = (one.split("/")[1] for one in streams if one.startswith("case/"))
    conditions = {
        "act": (f"key like {mark}", f"%{functional}"),
        "event": (f"act = {mark}", act),
        "row": (f"key like {mark} or key like {mark}", f"%{reference}%", f"%{functional}%"),
    }
    tables, columns = {}, {}
    for table, (where, *values) in conditions.items():
        asked.execute(f"select * from {table} where {where}", values)
        names = [column[0] for column in asked.description]
        kept = [n for n, name in enumerate(names) if name not in ("position", "xid")]
        columns[table] = [names[n] for n in kept]
        tables[table] = [[_plain(row[n]) for n in kept] for row in asked.fetchall()]
    connection.close()
    return {
        "reference": reference,
        "functional_reference": functional,
        "tables": tables,
        "columns": columns,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"hex": bytes(value).hex()}
    return value if isinstance(value, str | int | list | None) else str(value)


def compare(name: str, database: str | None, reads: bool) -> None:
    """Measure one store, and the bare view on one of the same kind."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        if database:
            database = migrated(database)
        token = token_of(data, database, "XA1001", "party", "lodge")
        reader = token_of(data, database, READER, "agency", "work") if reads else None
        port = free_port()
        command = [PYTHON, "-m", "gatepost", "serve", "--data", str(data), "--port", str(port)]
        if database:
            command += ["--database", database, "--processes", str(PROCESSES)]
        path = "/api/v1/declarations"
        with serving(command, port, GATEPOST_HOSTS=HOST):
            before = spent(port)
            whole, _ = measure(port, path, token, "RUN1")
            each = 1000 * (spent(port) - before) / whole.asked
            print(f"{name}: {whole.told()} (400 at p95 < 100 ms wanted)")
            print(f"  CPU of the serving processes: {each:.2f} ms a request")
            _only(whole, 201)
            if reads:
                writes, seen = measure(port, path, token, "RUN2", reader)
                print(f"  with reads beside: {writes.told()} (100 wanted)")
                print(f"  work lists read:   {seen.told()} (200 wanted)")
                _only(writes, 201)
                _only(seen, 200)
        template = Path(folder) / "rows.json"
        template.write_bytes(msgspec.json.encode(rows_of_one(data, database, "RUN1")))
        bare = _bare(folder, template, database, path)
        ratio = whole.rate / bare.rate
        print(f"  bare view, same rows: {bare.told()}; ratio {ratio:.2f} (0.35 wanted)")


def _bare(folder: str, template: Path, database: str | None, path: str) -> Load:
    from gatepost.bootstrap import CODEC, DATABASE_FILE, open_ledger

    assert CODEC
    place = Path(folder) / "bare"
    place.mkdir()
    environment = {"BARE_ROWS": str(template), "PYTHONPATH": str(Path(__file__).parents[1])}
    if database:
        open_ledger(place, database, "bare").close()
        environment["BARE_DATABASE"] = f"{database}?options=-c%20search_path%3Dbare"
    else:
        open_ledger(place).close()
        environment["BARE_FILE"] = str(place / DATABASE_FILE)
    port = free_port()
    command = [PYTHON, "-m", "gunicorn", "benchmarks._bare:application"]
    command += ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    command += ["--threads", str(THREADS), "--workers", str(PROCESSES if database else 1)]
    command += ["--log-level", "warning"]
    with serving(command, port, **environment):
        bare, _ = measure(port, path, "", "BARE")
    _only(bare, 201)
    return bare


def _only(load: Load, status: int) -> None:
    if set(load.statuses) != {status}:
        raise SystemExit(f"not all were answered with {status}: {load.statuses}")


def main() -> None:
    """Print the figures."""
    reads = "--reads" in sys.argv
    print(probe())
    compare("SQLite", None, reads)
    server = os.environ.get("GATEPOST_TEST_POSTGRES")
    if server:
        compare("PostgreSQL", server, reads)
    else:
        print("PostgreSQL: not measured; GATEPOST_TEST_POSTGRES names no server")


if __name__ == "__main__":
    main()
