"""The bad-input pack and mutants of real messages, on every way in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from gatepost.cli import main
from tests.faults import mutants
from tests.faults.ways_in import Ways

MUTANTS = 2_000
MEGABYTES = 200
WAYS = ("lodge", "ens", "notify", "act", "interchange", "jurisdiction", "interface", "upload")

TAKEN = {("interchange", "edifact/crlf_everywhere.edi")}
"""What is no attack on this way: line ends between segments."""


@pytest.fixture(scope="module")
def ways() -> Iterator[Ways]:
    made = Ways()
    yield made
    made.close()


@pytest.fixture(scope="module")
def pack(shared_data: Path) -> dict[str, bytes]:
    """Return the files of the bad-input pack by name."""
    folder = shared_data / "attacks"
    entries = json.loads((folder / "MANIFEST.json").read_text())["entries"]
    assert len(entries) >= 66
    return {one["file"]: (folder / one["file"]).read_bytes() for one in entries}


@pytest.mark.parametrize("way", WAYS)
def test_every_attack_is_refused_with_a_code(ways: Ways, pack: dict[str, bytes], way: str) -> None:
    outcomes = {name: ways.try_on(way, data) for name, data in pack.items()}
    taken = {(way, name) for name, outcome in outcomes.items() if outcome.taken}
    assert taken == {pair for pair in TAKEN if pair[0] == way}


def test_the_ways_are_all_ways(ways: Ways) -> None:
    assert set(WAYS) == set(ways.by_name)


@pytest.mark.parametrize("command", [["lodge"], ["ens", "validate"], ["notify"], ["act"]])
def test_commands_refuse_the_pack_and_store_nothing(
    pack: dict[str, bytes], tmp_path: Path, command: list[str]
) -> None:
    """Every file gets its answer, and no fault of the program is ever shown."""
    files = []
    for number, data in enumerate(pack.values()):
        files.append(str(tmp_path / f"{number}.bin"))
        Path(files[-1]).write_bytes(data)
    data_folder = ["--data", str(tmp_path / "data")]
    by = ["--by", "customs.north_gate.examiner"] if command == ["notify"] else []
    if command == ["act"]:
        runs = [CliRunner().invoke(main, ["act", one, *data_folder]) for one in files[::6]]
    else:
        runs = [CliRunner().invoke(main, [*command, *files, *by, "--json", *data_folder])]
        assert len(runs[0].stdout.splitlines()) == len(files)
    for done in runs:
        assert isinstance(done.exception, SystemExit) or done.exception is None
        assert done.exit_code in (0, 1)
        assert "Traceback" not in done.output
    stored = CliRunner().invoke(main, ["work", "customs", "--json", *data_folder])
    assert stored.stdout.strip() in ("", "[]")


def test_identifiers_of_the_pack_are_only_texts(shared_data: Path, tmp_path: Path) -> None:
    ids = json.loads((shared_data / "attacks" / "ids" / "fuzz_ids.json").read_text())
    for one in ids:
        words = ["show", one, "--json", "--data", str(tmp_path / "data")]
        done = CliRunner().invoke(main, words)
        assert done.exit_code in (1, 2), one
        assert isinstance(done.exception, SystemExit), one


def test_mutants_are_taken_or_refused_and_nothing_else(ways: Ways) -> None:
    found = mutants.seeds()
    mutants.run(200, 7, found, ways)
    before = mutants.resident()
    tally = mutants.run(MUTANTS, 8, found, ways)
    assert tally.refused.total() + tally.taken.total() == MUTANTS
    assert tally.refused.total() > MUTANTS / 2
    assert mutants.resident() - before < MEGABYTES
