"""Acting under a neighbour's law, asked of the gate itself (OS-02, OS-07)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.authority.clause import Delegation
from gatepost.authority.decide import Allowed, Denied, Question, may
from gatepost.authority.instrument import Agreement, LifeStep
from gatepost.authority.model import Accreditation, Competence
from gatepost.authority.register import Register
from gatepost.authority.scope import Scope
from gatepost.kernel.actor import Actor
from gatepost.kernel.validity import Validity
from tests.small_country import ALWAYS, LAW, agency, mandate, officers

DAY = date(2026, 7, 2)
OFFICER = Actor("customs.one", "officer", "customs")
LEAVE = Accreditation("XB", "B-17", Validity(date(2026, 1, 1), date(2026, 12, 31)))
SKILL = Competence("brenland_law", Validity(date(2025, 1, 1), date(2027, 1, 1)))
STEPS = (
    LifeStep("proposed", date(2020, 1, 1), ("customs",)),
    LifeStep("signed", date(2020, 1, 1), ("customs", "XB/customs")),
    LifeStep("ratified", date(2020, 1, 1), ("XA", "XB")),
    LifeStep("in_force", date(2020, 1, 1)),
)


def register(
    accredited: tuple[Accreditation, ...] = (LEAVE,),
    competences: tuple[Competence, ...] = (SKILL,),
    **changes: Any,
) -> Register:
    fields: dict[str, Any] = {
        "of": "XB/customs",
        "by": "customs",
        "powers": ("examine", "decide"),
        "decision": "delegate",
        "competence": ("brenland_law",),
        **changes,
    }
    clause = Delegation("TRE-1/1", {"en": "for Brenland"}, **fields)
    treaty = Agreement(
        "TRE-1", {"en": "t"}, "treaty", ("customs", "XB/customs"), LAW, ALWAYS, (clause,), STEPS
    )
    staff = officers("customs")
    first = msgspec.structs.replace(
        staff.officers[0], accredited=accredited, competences=competences
    )
    staff = msgspec.structs.replace(staff, officers=(first, *staff.officers[1:]))
    return Register([agency("customs")], [mandate("customs")], [staff], agreements=[treaty])


def ask(of: Register, **changes: Any) -> Allowed | Denied:
    fields: dict[str, Any] = {
        "actor": OFFICER,
        "power": "examine",
        "agency": "XB/customs",
        "day": DAY,
        "regime": "export",
        **changes,
    }
    return may(of, Question(**fields))


def codes(answer: Allowed | Denied) -> list[str]:
    assert isinstance(answer, Denied)
    return [one.code for one in answer.notices]


@pytest.mark.parametrize("power", ["examine", "decide"])
def test_a_treaty_lets_an_officer_apply_the_neighbours_law(power: Any) -> None:
    answer = ask(register(), power=power)
    assert isinstance(answer, Allowed)
    assert (answer.clause, answer.on_behalf_of) == ("TRE-1/1", "XB/customs")


@pytest.mark.parametrize(
    ("of", "asked", "expected"),
    [
        (register(accredited=()), {}, ["AUTH-063"]),
        (register(), {"day": date(2027, 1, 1)}, ["AUTH-063"]),
        (register(), {"day": date(2027, 1, 2)}, ["AUTH-062", "AUTH-063"]),
        (register(competences=()), {}, ["AUTH-061"]),
        (register(), {"power": "hold"}, ["AUTH-064"]),
        (register(scope=Scope(regimes=("import",))), {}, ["AUTH-064"]),
        (register(), {"agency": "XC/customs"}, ["AUTH-064"]),
        (register(decision="owner"), {"power": "decide"}, ["AUTH-060"]),
        (register(), {"day": date(2019, 12, 31)}, ["AUTH-001"]),
        (register(), {"actor": Actor("XA0001", "party")}, ["AUTH-011"]),
    ],
)
def test_every_reason_for_a_no(of: Register, asked: dict[str, Any], expected: list[str]) -> None:
    assert codes(ask(of, **asked)) == expected


def test_a_delegation_does_not_reach_beyond_its_day() -> None:
    before = STEPS[0].on - timedelta(days=1)
    assert isinstance(ask(register(), day=before), Denied)
