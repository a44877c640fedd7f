"""Controls that find next to nothing are told with what the ledger shows (RG-02)."""

from __future__ import annotations

from datetime import date
from typing import Any

from gatepost.requirement.model import ControlKind
from gatepost.review.overlap.model import Finding
from gatepost.review.overlap.value import ENOUGH, of_little_value, tallies
from gatepost.risk.effectiveness import Look, Observed, effectiveness
from gatepost.risk.model import Hit
from tests.unit.review.overlap.planted import check, described, indicator

DAY = date(2026, 7, 2)


def looked(rule: str, agency: str, times: int, wrong: int = 0) -> list[Observed]:
    """Return cases in which a rule made an agency look, ``wrong`` of them with a find."""
    return [
        Observed(DAY, (), (Look(agency, "weight", "item/1", rule, index < wrong),))
        for index in range(times)
    ]


def told(things: list[Any], seen: list[Observed]) -> list[Finding]:
    indicators = [one for one in things if hasattr(one, "intent")]
    numbered = [(str(index), one) for index, one in enumerate(seen)]
    effects = effectiveness(numbered, indicators, DAY)
    return list(of_little_value(described(*things), effects, tallies(seen)))


def test_a_control_that_never_found_anything_is_of_little_value() -> None:
    rule = check("vet")
    [one] = told([rule], looked(rule.id, "vet", ENOUGH))
    assert (one.kind, one.agencies, one.code, one.remedy) == (
        "of little value",
        ("vet",),
        "REV-020",
        "drop",
    )
    assert one.evidence == (f"{ENOUGH} looks on record, 0 finds",)


def test_too_few_looks_or_one_find_say_nothing() -> None:
    rule = check("vet")
    assert told([rule], looked(rule.id, "vet", ENOUGH - 1)) == []
    assert told([rule], looked(rule.id, "vet", 1000, wrong=1)) == []


def test_a_result_taken_over_was_no_look() -> None:
    rule = check("vet")
    taken = Look("vet", "weight", "item/1", rule.id, wrong=False, taken_over=True)
    assert told([rule], [Observed(DAY, (), (taken,))] * ENOUGH) == []


def hit(one: Any, kind: ControlKind = "examination") -> Hit:
    return Hit(
        one.id, 1, one.agency, "item/1", one.mode, one.control, one.legal_basis,
        random=one.random is not None,
    )  # fmt: skip


def test_an_indicator_worse_than_chance_is_of_little_value() -> None:
    rule = indicator("A", "vet", "true", check="weight")
    chance = indicator("R", "vet", "true", check="weight", random=0.1)
    by_rule = [
        Observed(DAY, (hit(rule),), (Look("vet", "weight", "item/1", "A", index < 1),))
        for index in range(200)
    ]
    by_chance = [
        Observed(DAY, (hit(chance),), (Look("vet", "weight", "item/1", "R", index < 40),))
        for index in range(100)
    ]
    [one] = told([rule, chance], [*by_rule, *by_chance])
    assert (one.code, one.remedy, one.rules) == ("REV-021", "move", ("A",))
    assert "1 of 200" in one.sentence
    assert "40 of 100" in one.sentence
