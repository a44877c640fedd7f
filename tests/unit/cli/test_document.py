"""``gatepost document verify``: a text, a file, several codes, the wrong key, no code at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from gatepost.adapters.audit.keys import Signer
from gatepost.adapters.audit.log import LOG, VERIFIERS
from gatepost.adapters.documents.proofs import codes_of
from gatepost.casework.projection import CASE
from gatepost.cli import main
from tests.unit.adapters.audit.conftest import Office

ACCEPTED = "lodgement:declaration:accepted"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    found = Office(tmp_path_factory.mktemp("office"))
    found.lodge(0, 2)
    found.sealer.seal()
    return found


@pytest.fixture(scope="module")
def codes(office: Office) -> list[str]:
    references = [row.key for row in office.ledger.rows(CASE)]
    return [
        c for one in references for _, c in codes_of(office.ledger, office.log, one, [ACCEPTED])
    ]


def run(office: Office, *words: str, key: Path | None = None) -> tuple[int, str]:
    known = key or office.data / LOG / VERIFIERS
    answer = CliRunner().invoke(main, ["document", "verify", *words, "--key", str(known)])
    return answer.exit_code, answer.output


def test_the_text_of_a_code(office: Office, codes: list[str]) -> None:
    status, said = run(office, codes[0])
    assert status == 0
    assert ACCEPTED in said
    assert "regime" in said


def test_a_file_with_every_code_in_it(office: Office, codes: list[str], tmp_path: Path) -> None:
    file = tmp_path / "notice.pdf"
    file.write_bytes(b"%PDF-1.7\n(" + codes[0].encode() + b") (" + codes[1].encode() + b")")
    status, said = run(office, str(file), "--json")
    assert status == 0
    assert said.count('"reference"') == 2


def test_one_wrong_code_and_nothing_is_believed(
    office: Office, codes: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "notice.txt"
    file.write_bytes(f"{codes[0]}\x00{codes[1][:-6]}\x00".encode())
    status, said = run(office, str(file))
    assert status == 1
    assert "DOC-001" in said
    assert "code 2" in said


def test_the_wrong_key(office: Office, codes: list[str], tmp_path: Path) -> None:
    key = tmp_path / "other"
    key.write_text(Signer("gatepost/xa", b"o" * 32).verifier.text() + "\n")
    status, said = run(office, codes[0], key=key)
    assert status == 1
    assert "DOC-001" in said


def test_no_code_at_all(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Sir")
    assert run(office, str(file)) == (1, run(office, str(file))[1])
    assert "DOC-002" in run(office, str(file))[1]
