"""Reading a file of events, CSV or Parquet, into an Arrow table; values stay as written."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from gatepost.adapters.events import rules
from gatepost.kernel.notice import Refused

SEPARATORS = (",", ";", "\t")


def read_events(file: str) -> pa.Table:
    """Return the table in ``file``.

    ``Refused`` if it cannot be read (EVENTS-001), is no table (EVENTS-002) or has two columns of
    one name (EVENTS-003). A CSV file may separate by comma, semicolon or tab.
    """
    path = Path(file)
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
        if start == b"PAR1":
            return _parquet(path)
        with path.open("rb") as stream:
            head = stream.readline(1 << 20)
        return _csv(path, head)
    except (OSError, ValueError) as fault:
        if isinstance(fault, pa.ArrowInvalid | UnicodeDecodeError):
            reason = str(fault).rstrip(".").replace("\n", " ")
            raise Refused([rules.NOT_A_TABLE.notice(file=file, reason=reason)]) from fault
        reason = getattr(fault, "strerror", None) or str(fault)
        raise Refused([rules.UNREADABLE.notice(file=file, reason=reason)]) from fault


def _parquet(path: Path) -> pa.Table:
    schema = parquet.read_schema(path)
    _check(schema.names)
    words = [f.name for f in schema if f.type == pa.string() and f.name not in ("case", "time")]
    return parquet.read_table(path, read_dictionary=words)


def _csv(path: Path, head: bytes) -> pa.Table:
    line = head.decode("utf-8-sig")
    separator = max(SEPARATORS, key=line.count)
    names = next(csv.reader(io.StringIO(line), delimiter=separator), [])
    _check(names)
    return arrow_csv.read_csv(
        path,
        parse_options=arrow_csv.ParseOptions(delimiter=separator, newlines_in_values=False),
        convert_options=arrow_csv.ConvertOptions(
            column_types={name: pa.string() for name in names},
            strings_can_be_null=True,
            null_values=[""],
            quoted_strings_can_be_null=True,
        ),
    ).rename_columns([name.strip() for name in names])


def _check(names: list[str]) -> None:
    plain = [name.strip() for name in names]
    twice = sorted({name for name in plain if plain.count(name) > 1})
    if twice:
        raise Refused([rules.TWICE.notice(column=one) for one in twice])
