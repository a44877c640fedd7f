"""Batch lodging of JSON files of five items into SQLite, every line durable before it is printed.

Runs `gatepost lodge` in a process of its own on files in a temporary folder, its start
included, then inserts the very rows it wrote into an empty database with bare SQL in
groups of the same size. Does both in turn so that a moment in which the machine is busy
does not fall on one alone, and prints lodgements a second, the ratio, and the peak memory.
With `--memory` it lodges 100,000 files and looks at the memory alone.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import msgspec
from pysqlite3 import dbapi2 as sqlite

from benchmarks._probe import probe
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.adapters.store.sqlite_file import open_writer
from gatepost.bootstrap import CODEC, DATABASE_FILE
from gatepost.casework.shorthand import Declaration, Goods, expand

RATE_FILES, MEMORY_FILES = 10_000, 100_000
ROUNDS = 3
GROUP = 128
COMMODITIES = ("06031100", "03021400", "44071110", "84224000", "61091000")


def write_files(folder: Path, count: int) -> None:
    """Write ``count`` declarations of five items, a thousand to a folder."""
    for number in range(count):
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
                documents=("N851 PC-1", "N380 INV-77"),
            )
            for code in COMMODITIES
        )
        short = Declaration(
            type="IMA",
            office="XA000101",
            mode="3",
            declarant=f"XA{number % 500:04d}",
            reference=f"BATCH-{number:06d}",
            items=items,
        )
        place = folder / f"{number // 1000:03d}"
        place.mkdir(exist_ok=True)
        (place / f"{number:06d}.json").write_bytes(msgspec.json.encode(expand(short)))


def lodge(files: Path, data: Path) -> tuple[float, int, int]:
    """Lodge every file in a process of its own; return seconds, lines accepted and peak MB."""
    names = data.with_name("names")
    names.write_text("".join(f"{file}\n" for file in sorted(files.rglob("*.json"))))
    command = [sys.executable, "-m", "gatepost", "lodge", "--json", "--list", str(names)]
    command += ["--data", str(data), "--at", "2026-07-02T08:00"]
    begin = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    seconds = time.perf_counter() - begin
    accepted = done.stdout.count(b'"status":"accepted"')
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return seconds, accepted, peak


def bare(data: Path, folder: Path) -> float:
    """Insert the rows that lodging wrote with bare SQL, one lodgement after another.

    The database is set as the store sets it: same tables, WAL, FULL, foreign keys.
    """
    lodgements = list(_lodgements(data / DATABASE_FILE))
    SqliteLedger(folder / DATABASE_FILE, CODEC).close()
    target = open_writer(folder / DATABASE_FILE, 20.0)
    begin = time.perf_counter()
    for start in range(0, len(lodgements), GROUP):
        target.execute("begin immediate")
        for tables in lodgements[start : start + GROUP]:
            for table, rows in tables.items():
                marks = ", ".join("?" * len(rows[0]))
                target.executemany(f"insert into {table} values ({marks})", rows)
        target.execute("commit")
    seconds = time.perf_counter() - begin
    target.close()
    return seconds


def _lodgements(file: Path) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    """Yield the rows of each act by table, in the order in which they were written."""
    source = sqlite.connect(str(file))
    acts = {row[0]: row for row in source.execute("select * from act")}
    events: dict[str, list[tuple[Any, ...]]] = {}
    columns = [one[1] for one in source.execute("pragma table_info(event)")]
    for row in source.execute("select * from event order by position"):
        events.setdefault(row[columns.index("act")], []).append(row)
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for row in source.execute("select * from row"):
        rows.setdefault(row[1].split("|")[-1], []).append(row)
    for key, mine in events.items():
        tables = {"act": [acts[key]], "event": mine}
        reference = mine[0][columns.index("stream")].split("/", 1)[1]
        if reference in rows:
            tables["row"] = rows[reference]
        yield tables
    source.close()


def main() -> None:
    """Print the figures."""
    memory_only = "--memory" in sys.argv
    files, rounds = (MEMORY_FILES, 1) if memory_only else (RATE_FILES, ROUNDS)
    lodged = plain = 0.0
    peak = 0
    print(probe())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "files").mkdir()
        write_files(folder / "files", files)
        for number in range(rounds):
            data = folder / f"data-{number}"
            seconds, accepted, seen = lodge(folder / "files", data)
            if accepted != files:
                raise SystemExit(f"only {accepted} of {files} were accepted")
            lodged += seconds
            # Later children begin as copies of this process, which holds rows by then.
            peak = peak or seen
            if not memory_only:
                plain += bare(data, folder / f"bare-{number}")
    count = files * rounds
    rate = count / lodged
    print(f"batch lodging: {count} files in {lodged:.1f} s, {rate:.0f} a second (500 wanted)")
    print(f"peak memory: {peak} MB (below 500 wanted)")
    if not memory_only:
        ratio = plain / lodged
        print(f"bare SQL, same rows: {count / plain:.0f} a second; ratio {ratio:.2f} (0.25 wanted)")


if __name__ == "__main__":
    main()
