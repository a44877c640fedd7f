"""The log holds what happened and nothing personal: no name, no plate, no id of a party."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator

import msgspec
import pytest
from django.test import Client

from gatepost.casework.shorthand import expand
from gatepost.web.accounts.making import make_account
from gatepost.web.logs import FIELDS, Json, Line
from gatepost.web.site import Site
from tests.unit.api.conftest import Calling, calling, trader
from tests.unit.web.conftest import ROSES

__all__ = ["calling", "trader"]

PLATE, NAME, PARTY, PERSON = "XA-7788-Q", "Importer of Peonies", "XA1001", "a.stranger"
PERSONAL = (PLATE, NAME, PARTY, PERSON)

Lines = Callable[[], list[str]]


@pytest.fixture(params=["line", "json"])
def lines(request: pytest.FixtureRequest) -> Iterator[Lines]:
    """Return a function that gives everything logged, by anybody and however detailed."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formats = {"line": Line("%(asctime)s %(levelname)s %(name)s %(message)s"), "json": Json()}
    handler.setFormatter(formats[request.param])
    found = [logging.getLogger(name) for name in (None, "gatepost", "gatepost.request", "django")]
    before = [one.level for one in found]
    for one in found:
        one.setLevel(logging.DEBUG)
    found[0].addHandler(handler)
    yield lambda: stream.getvalue().splitlines()
    found[0].removeHandler(handler)
    for one, level in zip(found, before, strict=True):
        one.setLevel(level)


def lodgement() -> bytes:
    """Return a declaration with a plate and a name of its own."""
    data = expand(msgspec.structs.replace(ROSES, means=PLATE, journey=f"{PLATE}-1"))
    text = msgspec.json.encode(data).decode()
    return text.replace('"Importer":{', f'"Importer":{{"Name":"{NAME}",', 1).encode()


def test_a_lodgement_from_end_to_end_leaves_nothing_personal_in_the_log(
    calling: Calling, here: Site, lines: Lines
) -> None:
    """By program and by page, accepted, refused, sent again, looked for; and by who logs in."""
    assert NAME.encode() in lodgement()
    machine = calling(PARTY)
    accepted = machine.post("/declarations", lodgement())
    assert accepted.status_code == 201, accepted.content
    reference = accepted.json()["reference"]
    assert machine.post("/declarations", lodgement()).status_code in (200, 201)
    assert machine.post("/declarations", lodgement().replace(b"cut roses", b"")).status_code >= 400
    assert machine.get(f"/declarations/{reference}").status_code == 200
    make_account(PERSON, "roses arrive at dawn", PARTY, ["trader"])
    client = Client()
    for password in ("wrong", "roses arrive at dawn"):
        client.post("/account/log-in", {"name": PERSON, "password": password})
    assert client.get(f"/trader/case/{reference}").status_code == 200
    client.post("/account/log-out")
    told = lines()
    assert any("request" in one and "declarations" in one for one in told)
    assert any("logged in" in one for one in told)
    assert [one for one in told for word in PERSONAL if word in one] == []


def test_a_fault_is_told_by_kind_and_place_not_by_what_it_says(
    calling: Calling, here: Site, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*told: object) -> None:
        raise ZeroDivisionError(f"no room for {PLATE} of {NAME}")

    machine = calling(PARTY)
    monkeypatch.setattr(here.desk.ledger, "commit", broken)
    machine._client.raise_request_exception = False
    assert machine.post("/declarations", lodgement()).status_code == 500
    text = "\n".join(lines())
    assert "ZeroDivisionError" in text
    assert "in broken" in text
    assert not any(word in text for word in PERSONAL)


def test_a_line_of_json_is_one_object_with_its_fields() -> None:
    record = logging.LogRecord("gatepost", logging.INFO, "", 0, "a\nb %s", ("c",), None)
    setattr(record, FIELDS, {"status": 201})
    line = Json().format(record)
    assert "\n" not in line
    told = msgspec.json.decode(line)
    assert told.pop("at").endswith("+00:00")
    assert told == {"level": "INFO", "logger": "gatepost", "event": "a\nb c", "status": 201}
