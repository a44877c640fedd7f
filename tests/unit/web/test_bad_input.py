"""Bad input on the pages: refused with a sentence, never a fault of the server, nothing stored."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gatepost.casework.reading import cases_of
from gatepost.casework.shorthand import expand
from gatepost.web.site import Site
from tests.faults.mutants import AWKWARD, mutate
from tests.unit.web.conftest import ROSES, lodged
from tests.unit.web.test_way_through import FORM

COUNTED = ("goods-TOTAL_FORMS", "add")

AsRole = Callable[[str], Client]
TEXTS = sorted({one.decode("utf-8", "replace") for one in AWKWARD})


def upload(client: Client, data: bytes) -> int:
    file = SimpleUploadedFile("declaration.json", data, "application/json")
    return client.post("/trader/lodge/file", {"file": file}).status_code


def test_every_attack_in_a_file_is_refused(as_role: AsRole, here: Site, shared_data: Path) -> None:
    client = as_role("trader")
    folder = shared_data / "attacks"
    entries = json.loads((folder / "MANIFEST.json").read_text())["entries"]
    answers = {one["file"]: upload(client, (folder / one["file"]).read_bytes()) for one in entries}
    assert {name: code for name, code in answers.items() if code != 422} == {}
    assert cases_of(here.desk, "XA1001", here.now()) == []


def test_mutants_of_a_file_are_taken_or_refused(as_role: AsRole, here: Site) -> None:
    client, chance = as_role("trader"), random.Random(5)
    data = msgspec.json.encode(expand(ROSES))
    codes = {upload(client, mutate(data, data, chance)) for _ in range(150)}
    assert codes <= {302, 422}
    assert 422 in codes


@pytest.mark.parametrize("name", [*FORM, "add"])
def test_no_field_of_the_form_is_trusted(as_role: AsRole, here: Site, name: str) -> None:
    """Every field is given every awkward value; the answer is a page that says what is wrong."""
    client = as_role("trader")
    for text in TEXTS[::4] if name not in COUNTED else TEXTS[::2]:
        fields: dict[str, Any] = {**FORM, name: text}
        if name == "add":
            fields["goods-TOTAL_FORMS"] = text
        assert client.post("/trader/lodge", fields).status_code < 500, (name, text)


def test_no_reference_is_trusted(as_role: AsRole, here: Site, shared_data: Path) -> None:
    known = lodged(here)
    ids = json.loads((shared_data / "attacks" / "ids" / "fuzz_ids.json").read_text())
    for role, page in (("trader", "/trader/case/"), ("customs", "/officer/case/")):
        client = as_role(role)
        for one in [*ids, f"{known}\x00", known.lower()]:
            path = page + quote(str(one).encode("utf-8", "surrogatepass"), safe="")
            assert client.get(path).status_code in (301, 400, 403, 404, 422), one
