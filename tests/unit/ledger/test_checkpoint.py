"""Signed notes and checkpoints, as C2SP writes them down."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatepost.adapters.audit.keys import Signer, signers_of
from gatepost.ledger.checkpoint import (
    Checkpoint,
    Malformed,
    read_checkpoint,
    read_note,
    read_verifier,
    write_note,
)

VECTORS = Path(__file__).parents[4] / "shared" / "data" / "merkle"
ROOT = bytes(range(32))
SIGNER, OTHER = Signer("gatepost/xa", b"1" * 32), Signer("neighbour/xb", b"2" * 32)
NOW = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)


def signed() -> str:
    text = Checkpoint("gatepost/xa", 7, ROOT, 3).text()
    return write_note(text, [SIGNER.sign(text), OTHER.cosign(text, NOW)])


def test_a_checkpoint_is_read_as_it_was_written() -> None:
    note = read_note(signed())
    assert read_checkpoint(note.text) == Checkpoint("gatepost/xa", 7, ROOT, 3)
    assert signers_of(note, [SIGNER.verifier, OTHER.witness]) == [SIGNER.verifier, OTHER.witness]


def test_a_key_is_read_as_it_was_handed_over() -> None:
    assert read_verifier(SIGNER.verifier.text()) == SIGNER.verifier
    assert read_verifier(OTHER.witness.text() + "\n") == OTHER.witness


def test_keys_that_are_not_believed_have_signed_nothing() -> None:
    note = read_note(signed())
    assert signers_of(note, [OTHER.verifier]) == []
    assert signers_of(note, [Signer("gatepost/xa", b"3" * 32).verifier]) == []


def is_believed(data: str) -> bool:
    try:
        return len(signers_of(read_note(data), [SIGNER.verifier, OTHER.witness])) == 2
    except Malformed:
        return False


def test_any_changed_letter_of_what_is_signed_is_found() -> None:
    whole = signed()
    assert is_believed(whole)
    for at in range(whole.index("\n\n")):
        letter = "9" if whole[at] != "9" else "8"
        assert not is_believed(whole[:at] + letter + whole[at + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n7\n",
        "origin\n07\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "origin\n-7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "origin\n7\nAAEC\n",
        "origin\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n",
        "origin\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\ngatepost-after x\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        read_checkpoint(text)


@pytest.mark.parametrize(
    "line", ["", "name", "name+00000000+AQ==", "a b+00+AQ==", SIGNER.verifier.text()[:-4] + "AAA="]
)
def test_what_is_no_key_is_refused(line: str) -> None:
    with pytest.raises(Malformed):
        read_verifier(line)


def test_a_public_note_is_verified() -> None:
    path = VECTORS / "c2sp_signed_note_example.json"
    if not path.exists():
        pytest.skip("../shared/data/merkle is not there")
    example = json.loads(path.read_text())
    verifier = read_verifier(example["verifier_key"])
    assert signers_of(read_note(example["note"]), [verifier]) == [verifier]


def test_a_public_log_is_verified_with_all_its_checkpoints() -> None:
    folder = VECTORS / "tessera-log"
    if not folder.exists():
        pytest.skip("../shared/data/merkle is not there")
    about = json.loads((folder / "README.json").read_text())
    verifier = read_verifier(about["verifier_key"])
    from gatepost.adapters.audit.tiles import TileReader

    for size in range(16):
        note = read_note((folder / f"checkpoint.{size}").read_text())
        assert signers_of(note, [verifier]) == [verifier]
        checkpoint = read_checkpoint(note.text)
        reader = TileReader(folder, size)
        assert (checkpoint.size, checkpoint.root) == (size, reader.root())
        assert [one.decode() for one in reader.entries()] == about["leaves"][:size]
