"""``gatepost lodge`` answers every file in order, with the exact object promised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from gatepost.bootstrap import open_ledger
from gatepost.casework.shorthand import expand
from gatepost.cli import lodge as lodge_module
from gatepost.cli import reading
from gatepost.cli.context import Session
from gatepost.cli.reading import read_declaration
from gatepost.kernel.notice import Notice, Refused
from tests.unit.cli.conftest import Run, Write, declaration, objects

AT = ("--at", "2026-07-02T08:14")
KEYS = ["file", "status", "reference", "agencies", "needs", "channel", "notices"]


def stored(data: Path) -> list[str]:
    """Return the streams in the ledger."""
    ledger = open_ledger(data)
    try:
        return [recorded.stream for _, recorded in ledger.read_all()]
    finally:
        ledger.close()


def test_an_accepted_file_is_answered_with_the_object_promised(run: Run, write: Write) -> None:
    file = write("roses.json")
    result = run("lodge", file, "--json", *AT)
    assert result.exit_code == 0
    (answer,) = objects(result)
    assert list(answer) == KEYS
    assert answer["file"] == file
    assert answer["status"] == "accepted"
    assert len(answer["reference"]) == 18
    assert answer["agencies"] == ["customs", "plant_health"]
    assert answer["needs"] == [
        {
            "agency": "customs",
            "document": None,
            "requirement": "CUSTOMS-REQ-001",
            "legal_basis": "Border Act, s. 1",
        },
        {
            "agency": "plant_health",
            "document": "N851",
            "requirement": "PLANT-REQ-001",
            "legal_basis": "Plant Act, s. 12; Plant Order, r. 3",
        },
    ]
    assert answer["channel"] == "red"
    assert answer["notices"] == []


def test_files_are_answered_in_order_and_one_refused_leaves_the_others(
    run: Run, write: Write, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_bytes(b'{"Declaration": ')
    files = [write("a.json", "A"), str(broken), str(tmp_path / "absent.json"), write("b.json", "B")]
    result = run("lodge", *files, "--json", *AT)
    assert result.exit_code == 1
    answers = objects(result)
    assert [one["file"] for one in answers] == files
    assert [one["status"] for one in answers] == ["accepted", "refused", "refused", "accepted"]
    for refused in answers[1:3]:
        assert refused["reference"] is None
        assert refused["channel"] is None
        assert refused["agencies"] == refused["needs"] == []
        assert list(refused["notices"][0]) == ["code", "sentence", "where"]
    assert "CLI-001" in result.stderr
    assert "absent.json cannot be read: No such file" in result.stderr


def test_what_is_refused_stores_nothing(run: Run, data: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_bytes(b"<a><b></a>")
    result = run("lodge", str(broken), *AT)
    assert result.exit_code == 1
    assert result.stderr.startswith("XML-001 ")
    assert stored(data) == []


def test_a_refusal_by_the_rules_inside_a_group_undoes_no_other(
    run: Run, write: Write, data: Path, tmp_path: Path
) -> None:
    late = tmp_path / "strange.json"
    late.write_bytes(
        Path(write("x.json", "X")).read_bytes().replace(b'"TypeCode":"IMA"', b'"TypeCode":"ZZZ"')
    )
    result = run("lodge", write("a.json", "A"), str(late), write("b.json", "B"), "--json", *AT)
    assert result.exit_code == 1
    answers = objects(result)
    assert answers[1]["notices"][0]["code"] == "LODGE-003"
    references = [answers[0]["reference"], answers[2]["reference"]]
    cases = {s.split("/")[1] for s in stored(data) if s.startswith("case/")}
    assert cases == set(references)


def test_the_same_file_again_gives_the_same_answer_and_other_content_a_conflict(
    run: Run, write: Write
) -> None:
    file = write("a.json")
    first = objects(run("lodge", file, file, "--json", *AT))
    assert first[0] == first[1]
    again = objects(run("lodge", file, "--json", "--at", "2026-07-02T09:00"))
    assert again[0] == first[0]
    other = run("lodge", write("a.json", net_mass=7), "--json", *AT)
    assert other.exit_code == 1
    (notice,) = objects(other)[0]["notices"]
    assert notice["code"] == "LODGE-004"
    assert notice["where"] == "Declaration/FunctionalReferenceID"


def test_people_get_one_line_a_file_and_notices_on_stderr(run: Run, write: Write) -> None:
    result = run("lodge", write("a.json", procedure="4000"), *AT)
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert line.startswith("accepted  26XA")
    assert line.endswith("a.json")
    assert "LODGE-102" in result.stderr
    assert "customs procedure 4000" in result.stderr


def test_every_line_printed_is_durable(
    run: Run, write: Write, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted within the third group, the lines of two groups stand printed and stored."""
    monkeypatch.setattr(reading, "GROUP", 2)
    files = [write(f"{n}.json", f"R-{n}") for n in range(6)]

    def read(file: str) -> reading.Arrived:
        if file == files[5]:
            raise KeyboardInterrupt
        return read_declaration(file)

    monkeypatch.setattr(reading, "read_declaration", read)
    result = run("lodge", *files, "--json", *AT)
    assert result.exit_code == 1
    references = {one["reference"] for one in objects(result)}
    assert len(references) == 4
    assert references == {s.split("/")[1] for s in stored(data) if s.startswith("case/")}


def test_if_the_store_fails_none_of_the_group_is_reported_accepted(
    country: Path, write: Write, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk at the end of a group undoes it; sent again, all of it is accepted."""
    group = [read_declaration(write(f"{n}.json", f"R-{n}")) for n in range(3)]
    with Session(data, None, str(country)) as session:
        ledger, now = session.desk.ledger, session.now()
        whole = ledger.group
        depth = 0

        @contextmanager
        def full() -> Iterator[None]:
            nonlocal depth
            depth += 1
            try:
                with whole():
                    yield
                    if depth == 1 and len(list(ledger.read_all())) > 1:
                        raise Refused([Notice("STORE-006", "disk")])
            finally:
                depth -= 1

        with monkeypatch.context() as patched:
            patched.setattr(ledger, "group", full)
            results = lodge_module.lodge_group(session.desk, group, now, None)
        assert [one[0].code for one in results if isinstance(one, tuple)] == ["STORE-006"] * 3
        assert {r.stream.split("/")[0] for _, r in ledger.read_all()} == {"random"}
        again = lodge_module.lodge_group(session.desk, group, now, None)
    assert not any(isinstance(one, tuple) for one in again)
    assert len([s for s in set(stored(data)) if s.startswith("case/")]) == 3


def test_names_may_come_from_a_list_and_a_declaration_from_stdin(
    run: Run, write: Write, tmp_path: Path
) -> None:
    files = [write("a.json", "A"), write("b.json", "B")]
    listed = tmp_path / "list"
    listed.write_text("\n".join([*files, ""]))
    answers = objects(run("lodge", "--list", str(listed), "--json", *AT))
    assert [one["file"] for one in answers] == files
    whole = Path(files[0]).read_bytes()
    (answer,) = objects(run("lodge", "-", "--json", *AT, stdin=whole))
    assert answer["reference"] == answers[0]["reference"]


def test_groups_end_by_number_and_by_size(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [write(f"{n}.json", f"R-{n}") for n in range(5)]
    monkeypatch.setattr(reading, "GROUP", 2)
    assert [len(one) for one in reading.groups(files)] == [2, 2, 1]
    monkeypatch.setattr(reading, "GROUP_BYTES", 1)
    assert [len(one) for one in reading.groups(files)] == [1] * 5


def test_a_file_that_is_too_large_is_not_read_whole(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST", 100)
    result = run("lodge", write("a.json"), *AT)
    assert result.exit_code == 1
    assert "CLI-002" in result.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("lodge",), 2),
        (("lodge", "a.json", "--at", "yesterday"), 2),
        (("lodge", "a.json", "--at", "0001-01-01T00:00"), 2),
        (("lodge", "a.json", "--by", "a\x07b"), 2),
        (("lodge", "folder/"), 1),
        (("lodge", "a\x00b"), 1),
    ],
)
def test_wrong_usage_is_told_from_a_refusal(run: Run, words: tuple[str, ...], code: int) -> None:
    assert run(*words).exit_code == code


def test_only_a_party_lodges(run: Run, write: Write) -> None:
    file = write("a.json")
    refused = run("lodge", file, "--by", "XA9999", *AT)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("AUTH-007 ")
    assert run("lodge", file, "--by", "operator", *AT).exit_code == 0


def test_text_of_others_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    tree = expand(declaration())
    tree["Declaration"]["TypeCode"] = "\x9b31m"
    file = tmp_path / "evil.json"
    file.write_bytes(msgspec.json.encode(tree))
    result = run("lodge", str(file), *AT)
    assert result.exit_code == 1
    assert "\x9b" not in result.stderr
