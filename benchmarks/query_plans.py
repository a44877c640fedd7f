"""The plan and the time of every list's question, asked of a store with a million cases.

Fills a SQLite file, and a PostgreSQL database if GATEPOST_TEST_POSTGRES names a server, with the
rows of a million cases (rows, not lodgements: some minutes), and prints for each question how long
the store took, the median of five, and by which plan. A number of cases may follow as argument.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._plans import QUESTIONS, asked_of_postgres, asked_of_sqlite
from benchmarks._probe import probe
from benchmarks.http_lodging import migrated
from gatepost.adapters.store.postgres import PostgresLedger
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.adapters.store.sqlite_file import open_writer
from gatepost.bootstrap import CODEC

CASES = 1_000_000
VALUE = '{"of":"' + "x" * 300 + '"}'

VIEWS = {
    "case": ("{key}", "null", "{at}", "{labels}"),
    "movement": ("{key}", "null", "{at}", "{none}"),
    "party": ("'p' || ({n} % 500) || '|' || {key}", "'p' || ({n} % 500)", "{at}", "{none}"),
    "work": ("'a' || ({n} % 9) || '|' || {key}", "'a' || ({n} % 9)", "{at}", "{none}"),
}
"""Key, agency, moment and labels of a row; one case in ten is on a work list."""


def statement(view: str, words: dict[str, str], numbers: str) -> str:
    """Return what inserts the rows of a view, all at once."""
    key, agency, at, labels = (part.format(**words) for part in VIEWS[view])
    some = " where n % 10 = 0" if view == "work" else ""
    return (
        f"insert into row (view, key, agency, post, at, value, labels)"
        f" select '{view}', {key}, {agency}, 'post' || (n % 4), {at}, '{VALUE}', {labels}"
        f" from {numbers}{some}"
    )


def fill_sqlite(path: Path, cases: int) -> SqliteLedger:
    """Return a ledger in a new file with the rows of so many cases."""
    words = {
        "n": "n",
        "key": "printf('%07d', n)",
        "at": f"strftime('%Y-%m-%dT%H:%M:%f', '2026-07-01', (n * 86400.0 * 365 / {cases}) || ' s')",
        "labels": "' agency:a' || (n % 9) || ' party:p' || (n % 500) || ' '",
        "none": "' party:p' || (n % 500) || ' '",
    }
    words["at"] = words["at"].replace("|| ' s'", "|| ' seconds'")
    numbers = f"(with recursive up (n) as (select 1 union all select n + 1 from up limit {cases})"
    numbers += " select n from up)"
    writer = open_writer(path, 20.0)
    for view in VIEWS:
        writer.execute(statement(view, words, numbers))
    writer.close()
    return SqliteLedger(path, CODEC)


def fill_postgres(server: str, cases: int) -> PostgresLedger:
    """Return a ledger in a new database with the rows of so many cases."""
    import psycopg

    url = migrated(server)
    PostgresLedger(url, CODEC).close()
    words = {
        "n": "n",
        "key": "lpad(n::text, 7, '0')",
        "at": f"to_char(timestamp '2026-07-01' + n * interval '365 days' / {cases},"
        " 'YYYY-MM-DD\"T\"HH24:MI:SS.MS')",
        "labels": "array['agency:a' || (n % 9), 'party:p' || (n % 500)]",
        "none": "array['party:p' || (n % 500)]",
    }
    with psycopg.connect(url, options="-c search_path=gatepost", autocommit=True) as connection:
        connection.execute("select set_config('gatepost.viewer', '*', false)")
        for view in VIEWS:
            sql = statement(view, words, f"generate_series(1, {cases}) as n")
            connection.execute(sql.encode())
        connection.execute("vacuum analyze row")
    return PostgresLedger(url, CODEC)


def tell(name: str, ledger: Any, explained: Any) -> None:
    """Print time and plan of each question."""
    print(name)
    for title, question in QUESTIONS.items():
        plans = explained(ledger, question.ask).plans
        times = []
        for _ in range(5):
            start = time.perf_counter()
            found = question.ask(ledger)
            times.append(1000 * (time.perf_counter() - start))
        size = found if isinstance(found, int) else len(found or ())
        scans = "READS ALL" if any(plan.scans_all for plan in plans) else ""
        print(f"  {median(times):9.2f} ms  {title} ({size}) {scans}")
        for plan in plans:
            print(f"               {plan.text[:300]}")


def main() -> None:
    """Print the figures."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    print(probe())
    with tempfile.TemporaryDirectory() as folder:
        of_sqlite = fill_sqlite(Path(folder) / "ledger.sqlite3", cases)
        tell(f"SQLite, {cases:,} cases", of_sqlite, asked_of_sqlite)
        of_sqlite.close()
    server = os.environ.get("GATEPOST_TEST_POSTGRES")
    if server:
        of_postgres = fill_postgres(server, cases)
        tell(f"PostgreSQL, {cases:,} cases", of_postgres, asked_of_postgres)
        of_postgres.close()


if __name__ == "__main__":
    main()
