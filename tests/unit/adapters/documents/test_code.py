"""A code proves one event to who has the key, and nothing once a bit of it is another."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gatepost.adapters.audit.keys import Signer
from gatepost.adapters.documents.code import (
    LARGEST,
    PREFIX,
    Sealed,
    base45,
    check_code,
    codes_in,
    unbase45,
)
from gatepost.adapters.documents.proofs import codes_of
from gatepost.casework.projection import CASE
from gatepost.ledger.checkpoint import Malformed, Verifier
from tests.unit.adapters.audit.conftest import Office

ACCEPTED = "lodgement:declaration:accepted"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    found = Office(tmp_path_factory.mktemp("office"))
    found.lodge(0, 5)
    found.sealer.seal()
    return found


@pytest.fixture
def reference(office: Office) -> str:
    return sorted(row.key for row in office.ledger.rows(CASE))[3]


@pytest.fixture
def code(office: Office, reference: str) -> str:
    ((_, code),) = codes_of(office.ledger, office.log, reference, {ACCEPTED})
    return code


def test_a_code_tells_what_happened_to_which_case(
    office: Office, reference: str, code: str
) -> None:
    proven = check_code(code, office.log.verifiers())
    assert proven.reference == reference
    assert proven.name == ACCEPTED
    assert proven.body["regime"] == "import"
    assert proven.log == "gatepost/xa"


def test_another_s_key_proves_nothing(code: str) -> None:
    other = Signer("gatepost/xa", b"o" * 32).verifier
    with pytest.raises(Malformed, match="no key"):
        check_code(code, [other])


def unfolded(code: str) -> Sealed:
    data = zlib.decompress(unbase45(code.removeprefix(PREFIX)))
    return msgspec.msgpack.decode(data, type=Sealed)


def folded(sealed: Sealed) -> str:
    return PREFIX + base45(zlib.compress(msgspec.msgpack.encode(sealed)))


def test_the_code_can_be_made_again_from_its_parts(office: Office, code: str) -> None:
    assert check_code(folded(unfolded(code)), office.log.verifiers())


@pytest.mark.parametrize(
    ("part", "change", "reason"),
    [
        ("body", lambda body: body.replace(b"import", b"export"), "says something else"),
        ("salt", lambda salt: bytes(len(salt)), "says something else"),
        ("entry", lambda entry: entry.replace(b"accepted", b"amended"), "not in the log"),
        ("index", lambda index: index + 1, "not in the log"),
        ("proof", lambda proof: proof[1:], "not in the log"),
        ("checkpoint", lambda note: note.replace("gatepost/xa", "gatepost/xb"), "no key"),
    ],
)
def test_whatever_is_altered_is_found(
    part: str, change: Callable[[Any], Any], reason: str, office: Office, code: str
) -> None:
    sealed = unfolded(code)
    altered = change(getattr(sealed, part))
    assert altered != getattr(sealed, part)
    forged = folded(msgspec.structs.replace(sealed, **{part: altered}))
    with pytest.raises(Malformed, match=reason):
        check_code(forged, office.log.verifiers())


@pytest.mark.parametrize(
    "text", ["", "GATEPOST1:", "GATEPOST1:A", "GATEPOST1:AAAAAA", "GATEPOST2:"]
)
def test_what_is_no_code_is_told(text: str, office: Office) -> None:
    with pytest.raises(Malformed):
        check_code(text, office.log.verifiers())


def test_a_code_that_unfolds_to_too_much_is_refused(office: Office) -> None:
    bomb = PREFIX + base45(zlib.compress(bytes(LARGEST * 4)))
    with pytest.raises(Malformed, match="longer than any code"):
        check_code(bomb, office.log.verifiers())


@pytest.fixture(scope="module")
def sealed_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Verifier]]:
    office = Office(tmp_path_factory.mktemp("once"))
    (reference,) = office.lodge(0, 1)
    office.sealer.seal()
    ((_, code),) = codes_of(office.ledger, office.log, reference, {ACCEPTED})
    return code, list(office.log.verifiers())


@given(st.integers(0, 10_000), st.sampled_from("0A $%*+-./:Z"))
def test_no_other_character_goes_unnoticed(
    sealed_once: tuple[str, list[Verifier]], place: int, other: str
) -> None:
    code, keys = sealed_once
    at = len(PREFIX) + place % (len(code) - len(PREFIX))
    assume(code[at] != other)
    with pytest.raises(Malformed):
        check_code(code[:at] + other + code[at + 1 :], keys)


@pytest.mark.parametrize(
    ("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581")]
)
def test_base_45_is_that_of_rfc_9285(data: bytes, text: str) -> None:
    assert base45(data) == text
    assert unbase45(text) == data


@given(st.binary(max_size=200))
def test_base_45_comes_back(data: bytes) -> None:
    assert unbase45(base45(data)) == data


def test_codes_are_found_in_files_and_scans(code: str) -> None:
    data = b"%PDF-1.7 <pdf:Keywords>" + code.encode() + b"</pdf:Keywords> (" + code.encode() + b")"
    assert codes_in(data) == (code,)
    assert codes_in(b"nothing here") == ()
