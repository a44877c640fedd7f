"""``gatepost watch``: what is dropped is taken once, answered beside, and put away."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import Result

from gatepost.adapters.files import dropped
from gatepost.adapters.store.rules import BUSY
from gatepost.bootstrap import open_ledger
from gatepost.casework.shorthand import expand
from gatepost.cli import watch as watching
from gatepost.kernel.notice import Refused
from tests.unit.cli.conftest import Run, declaration

OWNER = "XA1001"
QUICK = ("--once", "--pause", "0.01")


def roses(number: int = 1, **changes: Any) -> bytes:
    """Return a declaration of the owner of the folder."""
    short = msgspec.structs.replace(declaration(f"R-{number}"), **{"declarant": OWNER, **changes})
    return msgspec.json.encode(expand(short))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder that is watched."""
    found = tmp_path / "drop"
    found.mkdir()
    return found


def take(run: Run, folder: Path, *more: str, owner: str = OWNER) -> Result:
    """Take what is in the folder now."""
    return run("watch", str(folder), "--owner", owner, *QUICK, *more)


def files(folder: Path) -> dict[str, list[str]]:
    """Return the names in the folder and below, without what is hidden."""
    return {
        place: sorted(
            one.name
            for one in (folder / place).iterdir()
            if one.is_file() and not one.name.startswith(".")
        )
        for place in (".", "answers", "done", "refused")
    }


def answer(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of an answer."""
    text = (folder / "answers" / f"{name}.csv").read_text()
    return list(csv.DictReader(io.StringIO(text)))


def cases(data: Path) -> list[str]:
    """Return the references of all cases on record."""
    ledger = open_ledger(data)
    try:
        return [row.key for row in ledger.rows("case")]
    finally:
        ledger.close()


def test_a_declaration_is_taken_and_answered(run: Run, folder: Path, data: Path) -> None:
    (folder / "roses.json").write_bytes(roses())
    result = take(run, folder)
    assert result.exit_code == 0
    assert files(folder) == {
        ".": [],
        "answers": ["roses.json.csv"],
        "done": ["roses.json"],
        "refused": [],
    }
    rows = answer(folder, "roses.json")
    assert {row["status"] for row in rows} == {"accepted"}
    assert {row["reference"] for row in rows} == set(cases(data))
    assert "N851" in rows[0]["asked for"]


def test_what_is_refused_is_set_aside_with_every_reason(run: Run, folder: Path, data: Path) -> None:
    (folder / "bad.json").write_bytes(b'{"Declaration": {"TypeCode": "ZZZ"}}')
    (folder / "picture.json").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(10))
    (folder / "others.json").write_bytes(roses(declarant="XA2002"))
    result = take(run, folder)
    assert result.exit_code == 1
    assert files(folder)["refused"] == ["bad.json", "others.json", "picture.json"]
    assert all(row["notice"] and row["code"] for row in answer(folder, "bad.json"))
    assert [row["code"] for row in answer(folder, "picture.json")] == ["UPLOAD-002"]
    assert answer(folder, "others.json")[0]["status"] == "refused"
    assert cases(data) == []


def test_an_archive_is_answered_for_each_file_in_it(run: Run, folder: Path, data: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.json", roses(number))
        archive.writestr("=cmd.json", b"{}")
    (folder / "day.zip").write_bytes(packed.getvalue())
    assert take(run, folder).exit_code == 1
    rows = answer(folder, "day.zip")
    assert [row["status"] for row in rows if row["reference"]].count("accepted") >= 3
    assert len(cases(data)) == 3
    assert files(folder)["refused"] == ["day.zip"]


def test_acts_of_an_agency_are_done_by_its_officers_only(run: Run, folder: Path) -> None:
    (folder / "roses.json").write_bytes(roses(documents=()))
    take(run, folder)
    reference = answer(folder, "roses.json")[0]["reference"]
    act = {"act": "hold", "reference": reference, "agency": "plant_health", "reason": "pests"}
    at = {"at": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())}
    law = {"legal_basis": [{"cite": "Plant Act, s. 12"}]}
    told = [
        {"id": "1", **act, **at, **law, "by": "plant_health.inspector"},
        {"id": "2", **act, **at, **law, "by": "customs.inspector"},
        {"id": "3", **act, **at, **law},
        {"id": "4", **act, **at, **law, "by": "operator"},
    ]
    (folder / "acts.jsonl").write_bytes(b"\n".join(map(msgspec.json.encode, told)))
    take(run, folder, owner="plant_health")
    codes = {row["file"]: row["code"] for row in answer(folder, "acts.jsonl")}
    assert codes["acts.jsonl line 1"] != "CLI-020"
    assert [codes[f"acts.jsonl line {n}"] for n in (2, 3, 4)] == ["CLI-020"] * 3


def test_unfinished_hidden_and_linked_files_are_left(
    run: Run, folder: Path, data: Path, tmp_path: Path
) -> None:
    (folder / "a.json.part").write_bytes(roses())
    (folder / ".hidden.json").write_bytes(roses())
    (tmp_path / "elsewhere.json").write_bytes(roses())
    (folder / "link.json").symlink_to(tmp_path / "elsewhere.json")
    assert take(run, folder).exit_code == 0
    assert cases(data) == []
    assert files(folder)["."] == ["a.json.part", "link.json"]


def test_a_file_that_is_still_written_waits_for_the_next_look(folder: Path) -> None:
    with dropped.Dropped(folder).watched() as looks:
        file = folder / "growing.json"
        file.write_bytes(b"{")
        assert looks.settled() == []
        file.write_bytes(b"{}")
        assert looks.settled() == []
        assert looks.settled() == [file]


def test_a_name_used_before_overwrites_nothing(run: Run, folder: Path, data: Path) -> None:
    for number in range(2):
        (folder / "roses.json").write_bytes(roses(number))
        take(run, folder)
    found = files(folder)
    assert found["done"] == ["roses-1.json", "roses.json"]
    assert found["answers"] == ["roses-1.json.csv", "roses.json.csv"]
    assert len(cases(data)) == 2


def test_a_crash_before_the_file_is_put_away_costs_nothing(
    run: Run, folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "roses.json").write_bytes(roses())
    with monkeypatch.context() as broken:
        broken.setattr(dropped.Dropped, "put_away", _crash)
        assert take(run, folder).exit_code == 1
    (first,) = cases(data)
    assert files(folder)["."] == ["roses.json"]
    assert take(run, folder).exit_code == 0
    assert cases(data) == [first]
    assert answer(folder, "roses.json")[0]["reference"] == first


def _crash(*told: object) -> None:
    raise KeyboardInterrupt


def test_what_the_store_cannot_take_now_stays(
    run: Run, folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "roses.json").write_bytes(roses())
    busy = BUSY.notice(store="it", seconds=1)
    with monkeypatch.context() as broken:
        broken.setattr(watching, "lodge_group", lambda desk, group, *rest: [(busy,)] * len(group))
        result = take(run, folder)
    assert result.exit_code == 1
    assert "STORE-001" in result.stderr
    assert files(folder)["."] == ["roses.json"]
    assert take(run, folder).exit_code == 0
    assert len(cases(data)) == 1


def test_one_watcher_at_a_time(run: Run, folder: Path) -> None:
    with dropped.Dropped(folder).watched():
        result = take(run, folder)
    assert result.exit_code == 1
    assert "WATCH-002" in result.stderr


def test_a_folder_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("no folder")
    with pytest.raises(Refused) as refused, dropped.Dropped(tmp_path).watched():
        pass
    assert [one.code for one in refused.value.notices] == ["WATCH-001"]


@pytest.mark.parametrize("name", ["operator", "customs.inspector"])
def test_a_folder_belongs_to_a_party_or_an_agency(run: Run, folder: Path, name: str) -> None:
    assert take(run, folder, owner=name).exit_code == 2


def test_json_answers_on_request(run: Run, folder: Path, data: Path) -> None:
    (folder / "roses.json").write_bytes(roses())
    take(run, folder, "--json")
    (line,) = (folder / "answers" / "roses.json.jsonl").read_bytes().splitlines()
    assert [msgspec.json.decode(line)["reference"]] == cases(data)


def test_killed_in_the_middle_it_goes_on_and_nothing_is_taken_twice(
    folder: Path, country: Path, data: Path
) -> None:
    for number in range(40):
        (folder / f"{number:02}.json").write_bytes(roses(number))
    words = ["watch", str(folder), "--owner", OWNER, "--pause", "0.05"]
    words += ["--data", str(data), "--jurisdiction", str(country)]
    command = [sys.executable, "-m", "gatepost", *words]
    watcher = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert watcher.stdout is not None
    assert watcher.stdout.readline().startswith("done")
    os.kill(watcher.pid, signal.SIGKILL)
    watcher.communicate()
    subprocess.run([*command, "--once"], check=True, stdout=subprocess.DEVNULL)
    found = files(folder)
    assert found["."] == []
    assert len(found["done"]) == 40
    told = [answer(folder, name)[0]["reference"] for name in found["done"]]
    assert sorted(told) == sorted(cases(data))
    assert len(set(told)) == 40
