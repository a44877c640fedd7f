"""Calls to specialists who are not at the post: who is called, and how fast somebody comes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.authority.resources import Shift
from gatepost.casework.planning.responses import Response, responses
from gatepost.casework.rebuilding import rebuild
from gatepost.casework.work import Work
from tests.office import NOON, Office
from tests.small_country import ALWAYS
from tests.unit.casework.test_post_day import TODAY, dear_roses, office, staffed, with_bay

MINUTE = timedelta(minutes=1)


def on_call(*shifts: Shift) -> Office:
    """Return an office whose plant service has these shifts, with roses that it examines."""
    plant = staffed("plant")
    first = msgspec.structs.replace(plant.officers[0], shifts=shifts)
    plant = msgspec.structs.replace(plant, officers=(first, *plant.officers[1:]))
    return office(resources=[with_bay(staffed("customs")), plant])


CALLED = Shift(ALWAYS, {"daily": ("06:00-22:00",)}, on_call="30min")


def told(at: Office, minutes: int, day: date = TODAY) -> tuple[Response, ...]:
    return responses(Work(at.desk, NOON + minutes * MINUTE), "gate", day, day)


def test_response_times_are_told_by_post_and_agency() -> None:
    at = on_call(CALLED)
    answers = {"A": 20, "B": 40, "C": None}
    for number, (name, took) in enumerate(answers.items()):
        reference = at.lodge(dear_roses(name, reference=name))
        when = NOON + number * MINUTE
        at.done("summon", reference, "customs.one", when, agency="plant")
        if took is not None:
            at.done("attend", reference, "plant.one", when + took * MINUTE)
    assert told(at, 10) == (Response("gate", "plant", 3, 2, 1, 30.0, 40),)
    assert told(at, 60) == (Response("gate", "plant", 3, 2, 2, 30.0, 40),)
    assert told(at, 60, TODAY + timedelta(days=1)) == ()
    before = at.desk.ledger.rows("call")
    rebuild(at.desk, lambda count: None)
    assert at.desk.ledger.rows("call") == before


def test_nobody_called_has_no_times() -> None:
    at = on_call(CALLED)
    at.done("summon", at.lodge(dear_roses()), "customs.one", agency="plant")
    assert told(at, 5) == (Response("gate", "plant", 1, 0, 0, None, None),)


@pytest.mark.parametrize(
    ("shifts", "fields", "code"),
    [
        ((CALLED,), {"agency": "vet"}, "AUTH-010"),
        ((CALLED,), {}, "AUTH-010"),
        ((CALLED, Shift(ALWAYS, {"daily": ("12:00-20:00",)})), {"agency": "plant"}, "CONTROL-019"),
        (
            (Shift(ALWAYS, {"daily": ("06:00-13:00",)}, on_call="30min"),),
            {"agency": "plant"},
            "CONTROL-018",
        ),
        ((), {"agency": "plant"}, "CONTROL-018"),
    ],
    ids=["not_concerned", "nobody_named", "at_the_post", "off_call", "no_roster"],
)
def test_who_cannot_be_called(shifts: tuple[Shift, ...], fields: Any, code: str) -> None:
    at = on_call(*shifts)
    reference = at.lodge(dear_roses())
    assert at.refusal("summon", reference, "customs.one", **fields) == (code,)


def test_only_officers_at_the_post_call_and_come() -> None:
    at = on_call(CALLED)
    reference = at.lodge(dear_roses())
    assert at.refusal("summon", reference, "operator", agency="plant") == ("AUTH-001",)
    assert at.refusal("attend", reference, "plant.one") == ("CONTROL-021",)
