"""Histories as they are written, and everything that can be wrong with one."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import msgspec
import polars as pl
import pytest

from gatepost.adapters.files.history import PastFile, read_history
from gatepost.casework.shorthand import expand
from gatepost.kernel.notice import Refused
from gatepost.requirement.compiled import VOCABULARY
from tests.small_country import declaration

FLAT = {
    "reference": ["R-1", "R-2"],
    "regime": ["import", None],
    "consignment.day": [date(2026, 1, 2), None],
    "consignment.importer.id": ["T", None],
    "item.commodity": ["06031100", None],
    "item.value": [12.5, None],
    "item.uses": [["DEC", "PERSONAL"], None],
    "consignment.container": [True, None],
    "found.customs": [False, None],
}
CSV = """reference,regime,consignment.day,consignment.importer.id,item.commodity,item.value,\
item.uses,consignment.container,found.customs,Office ID
R-1,import,2026-01-02,T,06031100, 12.5,DEC; PERSONAL,true,conform,30
R-2,,,,,,,,,40
"""
NDJSON = """\
{"reference":"R-1","regime":"import","consignment":{"day":"2026-01-02","importer":{"id":"T"},\
"container":true},"item":{"commodity":"06031100","value":12.5,"uses":["DEC","PERSONAL"]},\
"found":{"customs":false},"Office ID":30}

{"reference":"R-2"}
"""


def read(path: Path) -> PastFile:
    return read_history(path, VOCABULARY)


def test_the_same_records_in_every_format(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    (tmp_path / "a.ndjson").write_text(NDJSON)
    parquet = {**FLAT, "consignment.day": [datetime(2026, 1, 2, 9), None], "Office ID": [30, 40]}
    pl.DataFrame(parquet).write_parquet(tmp_path / "a.parquet")
    wanted = pl.DataFrame(FLAT)
    for name in ("a.csv", "a.ndjson", "a.parquet"):
        found = read(tmp_path / name)
        assert found.frame is not None
        assert found.frame.select(sorted(wanted.columns)).equals(
            wanted.select(sorted(wanted.columns))
        ), name
        assert found.ignored == ("Office ID",)


def test_lodgements_are_read_alone_or_with_what_was_found(tmp_path: Path) -> None:
    lodged = msgspec.json.encode(expand(declaration())).decode()
    file = tmp_path / "a.jsonl"
    file.write_text(
        f'{lodged}\n{{"declaration":{lodged},"day":"2026-01-02","reference":"X",'
        '"found":{"customs":{"item/1":true},"plant":false}}\n'
    )
    alone, told = read(file).lodgements
    assert alone.dataset == told.dataset
    assert (alone.day, told.day, told.reference) == (None, date(2026, 1, 2), "X")
    assert told.found == {"customs": {"item/1": True}, "plant": False}


@pytest.mark.parametrize(
    ("name", "text", "codes", "where"),
    [
        ("a.txt", "", ["HIST-001"], ""),
        ("a.parquet", "no parquet", ["HIST-001"], ""),
        ("a.csv", "item.orgin\nXB\n", ["HIST-002"], "item.orgin"),
        ("a.csv", "consignment.importer\nT\n", ["HIST-002"], "consignment.importer"),
        ("a.csv", "item.value,item.origin\n1,XB\ndear,XB\n", ["HIST-003"], "row 2, item.value"),
        ("a.csv", "consignment.day\n2026-02-30\n", ["HIST-003"], "row 1, consignment.day"),
        ("a.csv", "found.customs,item.value\nmaybe,1\n", ["HIST-003"], "row 1, found.customs"),
        ("a.csv", "item.documents\nN851\n", ["HIST-003"], "item.documents"),
        ("a.csv", "Office ID\n30\n", ["HIST-004"], ""),
        ("a.csv", "regime,item.value\nimprt,1\n", ["HIST-009"], "regime"),
        ("a.ndjson", "{\n", ["HIST-005"], "line 1"),
        ("a.ndjson", "[]\n{}\n3\n", ["HIST-005", "HIST-005"], "line 1"),
        ("a.ndjson", '{"Declaration":{"Nonsense":"1"}}\n', ["FORMAT-020"], "line 1, Declaration"),
        ("a.csv", "item.orgin,item.value,item.valu\n1,x,2\n", ["HIST-002", "HIST-003"], ""),
    ],
)
def test_all_that_is_wrong_is_said(
    tmp_path: Path, name: str, text: str, codes: list[str], where: str
) -> None:
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(Refused) as refused:
        read(file)
    found = [notice.code for notice in refused.value.notices]
    assert set(codes) <= set(found) or codes == ["FORMAT-020"], refused.value.notices
    assert refused.value.notices[0].where.startswith(where)


def test_lodgements_and_flat_records_do_not_mix(tmp_path: Path) -> None:
    lodged = msgspec.json.encode(expand(declaration())).decode()
    file = tmp_path / "a.ndjson"
    file.write_text(f'{lodged}\n{{"item":{{"origin":"XB"}}}}\n')
    with pytest.raises(Refused) as refused:
        read(file)
    assert [notice.code for notice in refused.value.notices] == ["HIST-006"]
