"""Agreements bind their parties only, and a window is open for some time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from gatepost.authority.model import Agreement, Clause
from gatepost.codelists.countries import is_country
from gatepost.description import rules
from gatepost.description.described import Described, Keys, Located, listed
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.notice import Notice
from gatepost.lodgement.model import Window


def check_agreements(described: Described) -> Iterator[Notice]:
    """Yield what does not hold in agreements and lodgement windows."""
    for thing in described.of("agreement"):
        yield from _agreement(described, thing, thing.value)
    for thing in described.of("window"):
        yield from _window(thing, thing.value)


def _agreement(described: Described, thing: Located, agreement: Agreement) -> Iterator[Notice]:
    agencies = described.agencies
    for index, party in enumerate(agreement.parties):
        if described.missing("agency", party, agencies) and not is_country(party):
            yield rules.UNKNOWN_AGENCY.notice(
                thing.where("parties", index), agency=party, known=listed(agencies)
            )
    for number, clause in enumerate(agreement.clauses):
        own = ("clauses", number)
        for key, party in _bound(clause):
            if party not in agreement.parties:
                yield rules.NOT_A_PARTY.notice(
                    thing.where(*own, *key), party=party, agreement=agreement.id
                )
        for missing in _incomplete(clause):
            yield rules.CLAUSE_INCOMPLETE.notice(thing.where(*own), kind=clause.kind, key=missing)


def _bound(clause: Clause) -> Iterator[tuple[Keys, str]]:
    for index, party in enumerate(clause.parties):
        yield ("parties", index), party
    for key, one in (("of", clause.of), ("by", clause.by)):
        if one is not None:
            yield (key,), one


def _incomplete(clause: Clause) -> Iterator[str]:
    if clause.kind == "joint_control":
        if len(set(clause.parties)) < 2:
            yield "parties"
    else:
        yield from (key for key in ("of", "by", "checks") if not getattr(clause, key))


def _window(thing: Located, window: Window) -> Iterator[Notice]:
    opens, closes = _length(window.opens), _length(window.closes)
    if opens is not None and closes is not None and opens < closes:
        yield rules.CLOSES_BEFORE_IT_OPENS.notice(
            thing.where("opens"), opens=window.opens, closes=window.closes
        )


def _length(text: str) -> timedelta | None:
    try:
        return parse_duration(text)
    except ValueError:
        return None
