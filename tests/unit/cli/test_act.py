"""``gatepost act`` answers every line, whatever stands on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.unit.cli.conftest import Run, Write, objects

AT = ("--at", "2026-07-02T08:14")
BY = ("--by", "plant_health.inspector")


@pytest.fixture
def roses(run: Run, write: Write) -> str:
    """Return the reference of roses that wait for their examination."""
    file = write("roses.json", documents=("N851 PC-1",))
    (answer,) = objects(run("lodge", file, "--json", *AT))
    return str(answer["reference"])


def lines(*acts: dict[str, Any] | bytes) -> bytes:
    """Return acts as the lines of a file."""
    return b"\n".join(one if isinstance(one, bytes) else msgspec.json.encode(one) for one in acts)


def arrive(reference: str, **more: Any) -> dict[str, Any]:
    """Return the act by which a conveyance arrives."""
    at = "2026-07-02T10:25"
    return {
        "id": "1", "act": "arrive", "reference": reference, "at": at, "by": "operator", **more
    }  # fmt: skip


def test_each_act_is_answered_with_the_object_promised(run: Run, roses: str) -> None:
    examine = {
        "id": "2",
        "act": "examine",
        "reference": roses,
        "at": "2026-07-02T11:00:00+02:00",
        "result": "conform",
    }
    result = run("act", "-", "--json", *BY, stdin=lines(arrive(roses), b"", examine))
    assert result.exit_code == 0
    first, second = objects(result)
    keys = ["id", "status", "reference", "happened", "notices", "case"]
    assert list(first) == list(second) == keys
    assert first["status"] == "done"
    assert "lodgement:conveyance:arrived" in first["happened"]
    assert second["id"] == "2"
    assert "control:examination:performed" in second["happened"]
    assert second["case"] in ("waiting", "released")


def test_an_id_repeated_answers_the_same_and_other_content_is_a_conflict(
    run: Run, roses: str
) -> None:
    once = objects(run("act", "-", "--json", *BY, stdin=lines(arrive(roses))))
    again = objects(run("act", "-", "--json", *BY, stdin=lines(arrive(roses))))
    assert once == again
    other = run("act", "-", "--json", *BY, stdin=lines(arrive(roses, place="elsewhere")))
    assert other.exit_code == 1
    assert objects(other)[0]["notices"][0]["code"] == "LODGE-304"


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense",
        b"[]",
        b'"text"',
        b"{}",
        b"\xff\xfe",
        b'{"id":"1"}',
        b"[" * 100_000,
        b'{"id":"9","declaration":' + b"[" * 100_000,
        b'{"id":"9","act":"dance","reference":"R","at":"2026-07-02T10:25:00Z"}',
        b'{"id":"9","act":"arrive","reference":"R","at":"today"}',
        b'{"id":"9","act":"arrive","reference":"R","at":1e400}',
        b'{"id":"9","act":"arrive","reference":"R","at":"0001-01-01T00:00:00+14:00"}',
        b'{"id":"9","act":"arrive","reference":"R","at":"2026-07-02T10:25","due":[]}',
        b'{"id":"9","act":"arrive","reference":"R","at":"2026-07-02T10:25","colour":"red"}',
        b'{"id":"9","id":"8","act":"arrive","reference":"R","at":"2026-07-02T10:25"}',
        b'{"id":"9","act":"arrive","reference":"R","at":"2026-07-02T10:25","zone":"Mars/X"}',
        b'{"id":" ","act":"arrive","reference":"R","at":"2026-07-02T10:25"}',
        b'{"id":"9\\u0000","act":"arrive","reference":"R","at":"2026-07-02T10:25"}',
        b'{"id":"9","act":"hold","reference":"R","at":"2026-07-02T10:25","controls":["\\u0000"]}',
        b'{"id":"9","act":"arrive","reference":"\\ud800","at":"2026-07-02T10:25"}',
    ],
)
def test_a_line_that_is_no_act_is_refused_and_the_rest_goes_on(
    run: Run, roses: str, line: bytes
) -> None:
    result = run("act", "-", "--json", *BY, stdin=lines(line, arrive(roses)))
    assert result.exit_code == 1
    refused, done = objects(result)
    assert refused["status"] == "refused"
    assert refused["happened"] == []
    assert refused["notices"][0]["code"] in ("CLI-003", "CLI-004")
    assert refused["notices"][0]["where"].startswith("line 1")
    assert "line 1" in result.stderr
    assert done["status"] == "done"


def test_an_act_that_is_none_is_answered_with_those_there_are(run: Run, roses: str) -> None:
    line = b'{"id":"9","act":"exame","reference":"R","at":"2026-07-02T10:25"}'
    said = run("act", "-", *BY, stdin=lines(line, arrive(roses))).stderr
    assert "there is no act 'exame', but arrive, present, " in said


def test_a_case_that_is_not_there_is_said(run: Run) -> None:
    result = run("act", "-", "--json", stdin=lines(arrive("26XAREKPHJGSRJTRRJ")))
    assert result.exit_code == 1
    (answer,) = objects(result)
    assert answer["case"] is None
    assert answer["notices"][0]["code"] == "LODGE-301"


def test_the_declaration_of_an_amendment_is_read_like_a_lodgement(
    run: Run, roses: str, tmp_path: Path
) -> None:
    tree = msgspec.json.decode((tmp_path / "roses.json").read_bytes())
    item = tree["Declaration"]["GoodsShipment"]["GovernmentAgencyGoodsItem"][0]
    item["Commodity"]["Description"] = "cut tulips"
    amend = {
        "id": "7",
        "act": "amend",
        "reference": roses,
        "at": "2026-07-02T09:00",
        "by": "XA0001",
        "declaration": {"Declaration": {"Nonsense": 1}},
    }
    bad = run("act", "-", "--json", stdin=lines(amend))
    assert bad.exit_code == 1
    codes = {one["code"] for one in objects(bad)[0]["notices"]}
    assert "DATA-001" in codes
    good = run("act", "-", "--json", stdin=lines({**amend, "id": "8", "declaration": tree}))
    assert good.exit_code == 0
    assert "cut tulips" in run("show", roses).stdout


def test_a_name_given_twice_in_a_declaration_is_seen(run: Run, roses: str) -> None:
    line = msgspec.json.encode(arrive(roses, act="amend"))[:-1]
    line += b',"declaration":{"Declaration":{"TypeCode":"IMA","TypeCode":"IMB"}}}'
    answer = objects(run("act", "-", "--json", stdin=line))[0]
    assert "JSON-004" in {one["code"] for one in answer["notices"]}


def test_people_get_one_line_an_act(run: Run, roses: str, tmp_path: Path) -> None:
    file = tmp_path / "acts.jsonl"
    file.write_bytes(lines(arrive(roses), b"nonsense"))
    result = run("act", str(file), *BY)
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first.split() == ["done", "1", roses, "waiting"]
    assert second.split() == ["refused"]
    assert f"CLI-003 {file} line 2: This line is no act" in result.stderr


def test_a_file_that_cannot_be_read_is_refused(run: Run, tmp_path: Path) -> None:
    for name in ("absent", ".", "a\x00b"):
        result = run("act", str(tmp_path / name))
        assert result.exit_code == 1
        assert result.stderr.startswith("CLI-001: ")
