"""Changes to a description: each on a copy of what was read, none on the files (RG-05)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from gatepost.authority.clause import Clause, Delegation, JointControl, Recognition
from gatepost.authority.instrument import Agreement, LifeStep, SupportingAct, abroad
from gatepost.description.checks.agreements import bound
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Notice, Refused
from gatepost.kernel.validity import Validity
from gatepost.requirement.model import Requirement
from gatepost.review.whatif import rules
from gatepost.review.whatif.model import Change, Delegate, Drop, Join, Merge, Threshold
from gatepost.risk.model import Indicator

RULES = ("requirement", "indicator", "fee")
"""The kinds of rules that can be dropped or given another condition."""

WISHED = "what-if"
"""The number of the instrument by which wished clauses stand."""

Things = Mapping[str, Sequence[Any]]


class Wished(msgspec.Struct, frozen=True):
    """A described thing that stands in no file."""

    value: Any
    path: str = WISHED
    folder_agency: str | None = None

    def where(self, *keys: str | int) -> str:
        """Return that it is only wished for."""
        return WISHED


def changed(things: Things, changes: Sequence[Change], day: date) -> dict[str, list[Any]]:
    """Return what is described with all ``changes`` made, as if in force since before ``day``.

    ``things`` are described things by kind, each with its ``value``. ``Refused`` with every
    change that names a rule nobody has, or one that has no condition to change.
    """
    found = {kind: list(items) for kind, items in things.items()}
    faults: list[Notice] = []
    clauses: list[Clause] = []
    for number, change in enumerate(changes, 1):
        match change:
            case Drop(rule=rule):
                faults += _drop(found, rule)
            case Threshold(rule=rule, when=when):
                faults += _threshold(found, rule, when)
            case Merge() | Delegate() | Join():
                clauses.append(clause_of(change, number))
    if faults:
        raise Refused(faults)
    if clauses:
        country = found["country"][0].value.code
        found.setdefault("agreement", []).append(Wished(instrument(clauses, day, country)))
    return found


def _drop(found: dict[str, list[Any]], rule: str) -> list[Notice]:
    for kind in RULES:
        kept = [item for item in found.get(kind, []) if item.value.id != rule]
        if len(kept) < len(found.get(kind, [])):
            found[kind] = kept
            return []
    return [rules.UNKNOWN_RULE.notice(rule=rule)]


def _threshold(found: dict[str, list[Any]], rule: str, when: str) -> list[Notice]:
    for kind in RULES[:2]:
        for index, item in enumerate(found.get(kind, [])):
            if item.value.id == rule:
                value = _with_condition(item.value, when)
                found[kind][index] = msgspec.structs.replace(item, value=value)
                return []
    return [rules.UNKNOWN_RULE.notice(rule=rule)]


T = TypeVar("T", Requirement, Indicator)


def _with_condition(one: T, when: str) -> T:
    """Return a rule with another condition in each of its wordings."""
    if isinstance(one, Indicator):
        return msgspec.structs.replace(one, when=when)
    wordings = tuple(
        msgspec.structs.replace(
            each, applies_to=msgspec.structs.replace(each.applies_to, when=when)
        )
        if each.applies_to
        else each
        for each in one.valid
    )
    applies = msgspec.structs.replace(one.applies_to, when=when)
    return msgspec.structs.replace(one, applies_to=applies, valid=wordings)


def clause_of(change: Merge | Delegate | Join, number: int) -> Clause:
    """Return the clause by which a wish would stand; ``number`` is its number in the instrument."""
    own = f"{WISHED}/{number}"
    sentence = {"en": "As wished."}
    match change:
        case Merge(of=of, by=by, checks=checks):
            return Recognition(own, sentence, of=of, by=by, checks=checks)
        case Delegate(of=of, by=by, powers=powers):
            return Delegation(own, sentence, of=of, by=by, powers=powers)
        case Join(parties=parties):
            return JointControl(own, sentence, parties=parties)


def instrument(clauses: Sequence[Clause], day: date, country: str) -> Agreement:
    """Return an instrument that can grant the clauses: a wish is not stopped by what it lacks.

    That is a law, and with a party abroad a treaty that both states ratified, with their Acts.
    """
    first = Validity(day.replace(year=day.year - 1))
    parties = tuple(dict.fromkeys(party for clause in clauses for _, party in bound(clause)))
    states = tuple(sorted({code for party in parties if (code := abroad(party))} | {country}))
    law, title = (LegalBasis("A law that is wished for"),), {"en": "What is wished for"}
    if len(states) == 1:
        enacted = (LifeStep("in_force", first.start),)
        return Agreement(WISHED, title, "law", parties, law, first, tuple(clauses), enacted)
    life = (
        LifeStep("proposed", first.start, parties[:1]),
        LifeStep("signed", first.start, parties),
        LifeStep("ratified", first.start, states),
        LifeStep("in_force", first.start),
    )
    acts = tuple(SupportingAct("An Act that is wished for", of=one) for one in (*states, *parties))
    return Agreement(
        WISHED, title, "treaty", parties, law, first, tuple(clauses), life, supporting_acts=acts
    )
