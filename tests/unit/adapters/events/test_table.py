"""Files of events are read as text, whatever separates their fields; bad ones are refused."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from gatepost.adapters.events.table import read_events
from gatepost.kernel.notice import Refused

GOOD = "case{0}event{0}time\n007{0}arrival{0}2026-07-02T08:00Z\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_values_stay_as_written(tmp_path: Path, separator: str, start: str) -> None:
    file = tmp_path / "events.csv"
    file.write_text(start + GOOD.format(separator), encoding="utf-8")
    table = read_events(str(file))
    assert table.to_pylist() == [{"case": "007", "event": "arrival", "time": "2026-07-02T08:00Z"}]


def test_parquet_is_known_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "events.bin"
    parquet.write_table(pa.table({"case": ["A"], "event": ["arrival"], "time": ["x"]}), file)
    assert read_events(str(file)).column_names == ["case", "event", "time"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"case,event,time\nA,arrival\n", "EVENTS-002"),
        (b"", "EVENTS-002"),
        (b"case,event,time\n\xff\xfe,b,c\n", "EVENTS-002"),
        (b"\xff\xfec\n", "EVENTS-002"),
        (b"case,event,event\nA,b,c\n", "EVENTS-003"),
        (b"PAR1 and nothing more", "EVENTS-002"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "bad"
    file.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_events(str(file))
    assert [one.code for one in refused.value.notices] == [code]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_events(str(tmp_path / "none.csv"))
    assert refused.value.notices[0].code == "EVENTS-001"
