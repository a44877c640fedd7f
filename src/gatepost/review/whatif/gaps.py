"""What the law lacks for a change, and what a change of a rule touches (RG-06; paper §15, §26)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from gatepost.authority.clause import Clause, Delegation
from gatepost.authority.instrument import Agreement, abroad
from gatepost.authority.ladder import RUNG, lacking_acts, needed
from gatepost.authority.lifecycle import life_on
from gatepost.description.checks.agreements import bound
from gatepost.description.described import Described, Located
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Notice
from gatepost.requirement.model import Requirement
from gatepost.review.whatif import rules
from gatepost.review.whatif.changes import RULES, clause_of, instrument
from gatepost.review.whatif.model import Change, Drop, Threshold


class Touched(msgspec.Struct, frozen=True):
    """What hangs on a rule: agency and law, what it asks, the written cases that name it."""

    rule: str
    agency: str
    where: str
    law: tuple[str, ...]
    documents: tuple[str, ...]
    data: tuple[str, ...]
    notices: tuple[str, ...]
    cases: tuple[str, ...]


def lacking(described: Described, changes: Sequence[Change], day: date) -> Iterator[Notice]:
    """Yield what must be agreed, amended or enacted before the changes can be made."""
    for number, change in enumerate(changes, 1):
        if isinstance(change, Drop | Threshold):
            for item in _rule(described, change.rule):
                law = "; ".join(one.cite for one in item.value.legal_basis)
                values = {"rule": change.rule, "agency": item.value.agency, "law": law}
                yield rules.LAW_TO_AMEND.notice(item.where("legal_basis"), **values)
        else:
            yield from _for_clause(described, clause_of(change, number), day)


def touched(
    described: Described, changes: Sequence[Change], cases: Mapping[str, str]
) -> list[Touched]:
    """Return what each changed rule touches; ``cases`` are the texts of written cases by path."""
    return [
        _touched(item, cases)
        for change in changes
        if isinstance(change, Drop | Threshold)
        for item in _rule(described, change.rule)
    ]


def _touched(item: Located, cases: Mapping[str, str]) -> Touched:
    one = item.value
    asks = [one.asks, *(v.asks for v in one.valid if v.asks)] if _asks(one) else []
    return Touched(
        one.id,
        one.agency,
        item.where(),
        tuple(law.cite for law in one.legal_basis),
        tuple(code for each in asks for code in (each.document, *each.alternatives) if code),
        tuple(each.data for each in asks if each.data),
        tuple(each.lead for each in asks if each.lead),
        tuple(path for path, text in cases.items() if one.id in text),
    )


def _asks(one: object) -> bool:
    return isinstance(one, Requirement)


def _rule(described: Described, rule: str) -> list[Located]:
    return [item for kind in RULES for item in described.of(kind) if item.value.id == rule]


def _for_clause(described: Described, clause: Clause, day: date) -> Iterator[Notice]:
    parties = [party for _, party in bound(clause)]
    names = " and ".join(parties)
    country = described.country.code if described.country else ""
    wished = instrument([clause], day, country)
    need = needed(clause, wished, country, described.protected)
    fit = [
        one
        for item in described.of("agreement")
        if (one := item.value).valid.on(day)
        and life_on(one, day).state == "in_force"
        and set(parties) <= set(one.parties)
        and (one.kind == need.kind or RUNG[need.kind] <= RUNG[one.kind] <= RUNG["agreement"])
    ]
    fit.sort(key=lambda one: (RUNG[one.kind], len(one.parties), one.id))
    if fit:
        yield rules.CLAUSE_TO_ADD.notice(parties=names, instrument=_titled(fit[0]))
    else:
        kind = need.kind.replace("_", " ")
        yield rules.INSTRUMENT_LACKING.notice(parties=names, kind=kind)
    held = fit[0] if fit else msgspec.structs.replace(wished, kind=need.kind, supporting_acts=())
    for party in lacking_acts(held, need):
        yield rules.ACT_LACKING.notice(party=party)
    if isinstance(clause, Delegation) and not abroad(clause.of):
        powers = {power for one in described.mandates.get(clause.of, []) for power in one.powers}
        for power in clause.powers:
            if power not in powers:
                yield rules.POWER_LACKING.notice(agency=clause.of, power=power)


def _titled(one: Agreement) -> str:
    return f"{in_language(one.title)} ({one.id})"
