"""The gate decides as plain reading of the law does, and as another engine does (IX-02)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import cedarpy
import pytest

from gatepost.authority.clause import CHANNELS, Clause, Retention, Share, Withhold
from gatepost.authority.disclosure import OWNED, Asked, DisclosureBook, Read
from gatepost.authority.element import BITS, ELEMENTS, DataClass, mask_of
from gatepost.authority.instrument import Agreement, LifeStep
from gatepost.authority.model import Mandate
from gatepost.authority.scope import Scope
from gatepost.codelists.purposes import PURPOSES
from gatepost.kernel.regime import REGIMES
from gatepost.kernel.validity import Validity
from tests.small_country import LAW, concluded

DAY = date(2026, 7, 2)
AGENCIES = (
    *("customs", "plant", "vet", "food", "environment", "police"),
    *("immigration", "transport", "statistics", "health", "coast", "revenue"),
    *("XB/customs", "XC/border"),
)
POSTS = ("gate", "port", "airport")
GOODS = ("06031100", "02023090", "03021400", "72083900", "93033000")
CLASSES = (
    DataClass("progress", {"en": "p"}, ("case.status",), LAW),
    DataClass("goods", {"en": "g"}, ("item.commodity", "item.origin"), LAW),
    DataClass("prices", {"en": "v"}, ("item.value", "consignment.value"), LAW, "commercial"),
    DataClass("farm", {"en": "f"}, ("consignment.consignor",), LAW, "personal"),
    DataClass("names", {"en": "n"}, ("consignment.importer", "traveller"), LAW, "personal"),
    DataClass("risk", {"en": "r"}, ("case.hits", "case.channel"), LAW, "risk"),
    DataClass("findings", {"en": "x"}, ("case.findings",), LAW, "commercial"),
)
NAMES = tuple(one.id for one in CLASSES)


class Dice:
    """Draws parts of a random country."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def some(self, of: tuple[str, ...], most: int) -> tuple[str, ...]:
        return tuple(self.random.sample(of, self.random.randint(0, most)))

    def one_or_more(self, of: tuple[str, ...], most: int) -> tuple[str, ...]:
        return tuple(self.random.sample(of, self.random.randint(1, most)))

    def scope(self) -> Scope:
        prefixes = tuple(code[: self.random.choice((2, 4, 6, 8))] for code in self.some(GOODS, 2))
        regimes: Any = self.some(REGIMES, 2)
        people, goods = self.random.random() < 0.4, self.random.random() < 0.8
        return Scope(prefixes, regimes, self.some(POSTS, 2), people, goods)

    def valid(self) -> Validity:
        start = DAY + timedelta(days=self.random.randint(-400, 40))
        ends = self.random.random() < 0.3
        return Validity(start, start + timedelta(days=300) if ends else None)

    def life(self, parties: tuple[str, ...], start: date) -> tuple[LifeStep, ...]:
        life = concluded(parties, start)
        lot = self.random.random()
        if lot < 0.1:
            return life[:2]
        if lot < 0.2:
            return (*life, LifeStep("suspended", DAY - timedelta(days=1), parties[:1]))
        if lot < 0.25:
            return (*life, LifeStep("ended", DAY, parties[:1]))
        if lot < 0.3:
            return (life[0], LifeStep("signed", start, parties[1:]), life[2])
        return life

    def agreement(self, number: int) -> Agreement:
        parties = tuple(self.random.sample(AGENCIES, self.random.randint(2, 4)))
        clauses: list[Clause] = []
        for clause in range(self.random.randint(1, 3)):
            name = f"A-{number}/{clause}"
            if self.random.random() < 0.12:
                clauses.append(
                    Withhold(
                        name,
                        {"en": "w"},
                        to=self.one_or_more(AGENCIES, 3),
                        data=self.one_or_more(NAMES, 2),
                        purposes=self.some(tuple(PURPOSES), 3),
                    )
                )
                continue
            channels: Any = self.one_or_more(CHANNELS, 4)
            clauses.append(
                Share(
                    name,
                    {"en": "s"},
                    self.scope(),
                    of=self.some(parties, len(parties)),
                    to=self.one_or_more(parties, 2),
                    purposes=self.one_or_more(("release", "risk", "control", "statistics"), 3),
                    data=self.one_or_more(NAMES, 4),
                    channels=channels,
                    units=self.some(("north", "south"), 1),
                    if_concerned=self.random.random() < 0.3,
                    retention=Retention("30d"),
                )
            )
        valid = self.valid()
        life = self.life(parties, valid.start)
        return Agreement(
            f"A-{number}", {"en": "a"}, "agreement", parties, LAW, valid, tuple(clauses), life
        )

    def mandate(self, agency: str) -> Mandate:
        purposes = self.one_or_more(("release", "risk", "control"), 3)
        return Mandate(
            f"{agency}-M",
            {"en": "m"},
            agency,
            ("read",),
            LAW,
            self.valid(),
            self.scope(),
            sees=self.some(NAMES, 5),
            purposes=purposes,
        )

    def asked(self) -> Asked:
        draw = self.random
        commodities = tuple(draw.sample(GOODS, draw.randint(0, 3)))
        return Asked(
            draw.choice(AGENCIES),
            draw.choice(AGENCIES),
            draw.choice(("release", "risk", "control", "statistics", "duty")),
            draw.choice(CHANNELS),
            draw.choice(REGIMES),
            draw.choice((*POSTS, None)),
            commodities,
            draw.random() < 0.3,
            draw.random() < 0.5,
            draw.choice(("north", "south", None)),
        )


class Country:
    """A random country, with what its law says written down plainly."""

    def __init__(self, seed: int, agreements: int) -> None:
        dice = Dice(seed)
        self.agreements = [dice.agreement(number) for number in range(agreements)]
        self.mandates = [dice.mandate(agency) for agency in AGENCIES[:12]]
        self.reads = [
            Read(agency, dice.valid(), mask_of([dice.random.choice(("item.value", "traveller"))]))
            for agency in AGENCIES[:6]
        ]
        self.book = DisclosureBook(CLASSES, self.mandates, self.agreements, self.reads)
        self.dice = dice


def lies_in(scope: Scope, asked: Asked) -> bool:
    """Say in plain words whether a case lies in a scope."""
    right_regime = not scope.regimes or asked.regime in scope.regimes
    right_place = not scope.posts or asked.post in scope.posts
    about_people = asked.people and scope.people
    has_goods = bool(asked.commodities) or not asked.people
    right_goods = not scope.commodity or any(
        code[: len(prefix)] == prefix for code in asked.commodities for prefix in scope.commodity
    )
    return (
        right_regime
        and right_place
        and (about_people or (scope.goods and has_goods and right_goods))
    )


def is_in_force(agreement: Agreement) -> bool:
    """Say in plain words whether an agreement that is no treaty is in force on the day."""
    taken = [step for step in agreement.life if step.on <= DAY]
    signed = {party for step in taken if step.step == "signed" for party in step.by}
    names = [step.step for step in taken]
    return (
        agreement.valid.on(DAY)
        and signed == set(agreement.parties)
        and "in_force" in names
        and "suspended" not in names
        and "ended" not in names
    )


def elements_of(names: tuple[str, ...]) -> set[str]:
    """Return the elements of some classes of data."""
    prefixes = [name for one in CLASSES if one.id in names for name in one.elements]
    return {
        element
        for element in ELEMENTS
        for prefix in prefixes
        if element == prefix or element.startswith(f"{prefix}.")
    }


OWN_RECORDS = {name for name, bit in BITS.items() if bit & OWNED}


def permits(country: Country, asked: Asked) -> Iterator[set[str]]:
    """Yield what each mandate and clause grants, as one would read it aloud."""
    for mandate in country.mandates:
        if (
            mandate.agency != asked.recipient
            or not mandate.valid.on(DAY)
            or not asked.concerned
            or asked.purpose not in mandate.purposes
            or asked.channel == "feed"
            or not lies_in(mandate.scope, asked)
        ):
            continue
        seen = elements_of(mandate.sees)
        yield seen & OWN_RECORDS
        if asked.owner == asked.recipient:
            yield OWN_RECORDS | (seen - OWN_RECORDS)
            for read in country.reads:
                if read.agency == mandate.agency and read.valid.on(DAY):
                    yield {name for name, bit in BITS.items() if bit & read.mask}
    for agreement in country.agreements:
        if is_in_force(agreement):
            for clause in agreement.clauses:
                if isinstance(clause, Share) and applies(clause, asked):
                    yield elements_of(clause.data)


def applies(clause: Share, asked: Asked) -> bool:
    """Say in plain words whether a clause speaks of what is asked."""
    return (
        asked.recipient in clause.to
        and (not clause.of or (asked.owner in clause.of and asked.owner != asked.recipient))
        and asked.purpose in clause.purposes
        and asked.channel in clause.channels
        and (not clause.units or asked.unit in clause.units)
        and (asked.concerned or not clause.if_concerned)
        and lies_in(clause.scope, asked)
    )


def oracle(country: Country, asked: Asked) -> set[str]:
    """Return what may be disclosed: the union of what is granted, less what is withheld."""
    granted = {element for some in permits(country, asked) for element in some}
    for agreement in country.agreements:
        if is_in_force(agreement):
            for clause in agreement.clauses:
                if not isinstance(clause, Withhold) or asked.recipient not in clause.to:
                    continue
                if not clause.purposes or asked.purpose in clause.purposes:
                    granted -= elements_of(clause.data)
    return granted


def decided(country: Country, asked: Asked) -> set[str]:
    mask, rights = country.book.on(DAY).decide(asked)
    assert bool(mask) is bool(rights), "nothing is shown without a right, and no right for nothing"
    return {name for name, bit in BITS.items() if mask & bit}


@pytest.mark.parametrize("seed", range(20))
def test_a_thousand_decisions_are_those_of_plain_reading(seed: int) -> None:
    country = Country(seed, 60)
    answers = set()
    for _ in range(1000):
        asked = country.dice.asked()
        found = decided(country, asked)
        assert found == oracle(country, asked), asked
        answers.add(bool(found))
    assert answers == {True, False}


def policies(country: Country) -> str:
    """Return the same law as Cedar policies, one for each class of data that a clause names."""
    written: list[str] = []
    for mandate in country.mandates:
        if mandate.valid.on(DAY):
            written += of_mandate(country, mandate)
    for agreement in country.agreements:
        if not is_in_force(agreement):
            continue
        for clause in agreement.clauses:
            if isinstance(clause, Share):
                tests = [one_of("context.recipient", clause.to), elements(elements_of(clause.data))]
                if clause.of:
                    tests.append(one_of("context.owner", clause.of))
                    tests.append("context.owner != context.recipient")
                tests.append(one_of("context.purpose", clause.purposes))
                tests.append(one_of("context.channel", clause.channels))
                if clause.units:
                    tests.append(one_of("context.unit", clause.units))
                if clause.if_concerned:
                    tests.append("context.concerned")
                tests += in_scope(clause.scope)
                written.append(rule("permit", tests))
            elif isinstance(clause, Withhold):
                tests = [one_of("context.recipient", clause.to), elements(elements_of(clause.data))]
                if clause.purposes:
                    tests.append(one_of("context.purpose", clause.purposes))
                written.append(rule("forbid", tests))
    return "\n".join(written)


def of_mandate(country: Country, mandate: Mandate) -> list[str]:
    seen = elements_of(mandate.sees)
    own = OWN_RECORDS | (seen - OWN_RECORDS)
    for read in country.reads:
        if read.agency == mandate.agency and read.valid.on(DAY):
            own |= {name for name, bit in BITS.items() if bit & read.mask}
    tests = [
        one_of("context.recipient", (mandate.agency,)),
        "context.concerned",
        one_of("context.purpose", mandate.purposes),
        'context.channel != "feed"',
        *in_scope(mandate.scope),
    ]
    mine = rule("permit", [*tests, "context.owner == context.recipient", elements(own)])
    return [mine, rule("permit", [*tests, elements(seen & OWN_RECORDS)])]


def rule(effect: str, tests: list[str]) -> str:
    return f"{effect}(principal, action, resource) when {{ {' && '.join(tests)} }};"


def one_of(attribute: str, values: Any) -> str:
    return f"{json.dumps(list(values))}.contains({attribute})"


def elements(names: set[str]) -> str:
    return one_of("context.element", sorted(names))


def in_scope(scope: Scope) -> list[str]:
    tests = []
    if scope.regimes:
        tests.append(one_of("context.regime", scope.regimes))
    if scope.posts:
        tests.append(one_of("context.post", scope.posts))
    goods = "context.has_goods"
    if scope.commodity:
        goods += f" && context.prefixes.containsAny({json.dumps(list(scope.commodity))})"
    ways = ["context.people"] if scope.people else []
    ways += [f"({goods})"] if scope.goods else []
    tests.append(f"({' || '.join(ways) or 'false'})")
    return tests


def request(asked: Asked, element: str) -> dict[str, Any]:
    prefixes = {code[:n] for code in asked.commodities for n in range(1, len(code) + 1)}
    return {
        "principal": 'Agency::"a"',
        "action": 'Action::"show"',
        "resource": 'Case::"c"',
        "context": {
            "recipient": asked.recipient,
            "owner": asked.owner,
            "purpose": asked.purpose,
            "channel": asked.channel,
            "regime": asked.regime,
            "post": asked.post or "",
            "unit": asked.unit or "",
            "people": asked.people,
            "has_goods": bool(asked.commodities) or not asked.people,
            "concerned": asked.concerned,
            "prefixes": sorted(prefixes),
            "element": element,
        },
    }


def test_twenty_thousand_decisions_are_those_of_cedar() -> None:
    """One decision is one element of one question; as many allowed as refused ones are asked."""
    allowed = refused = 0
    for seed in range(100, 120):
        country = Country(seed, 12)
        asked_for: list[tuple[Asked, str, bool]] = []
        wanted = True
        while len(asked_for) < 1000:
            asked = country.dice.asked()
            mask, _ = country.book.on(DAY).decide(asked)
            names = [name for name, bit in BITS.items() if bool(mask & bit) is wanted]
            if names:
                wanted = not wanted
                asked_for.append((asked, country.dice.random.choice(names), not wanted))
        answers = cedarpy.is_authorized_batch(
            [request(asked, element) for asked, element, _ in asked_for], policies(country), []
        )
        for answer, (asked, element, wanted) in zip(answers, asked_for, strict=True):
            assert not answer.diagnostics.errors
            assert answer.allowed is wanted, (asked, element)
            allowed += answer.allowed
            refused += not answer.allowed
    assert allowed + refused == 20_000
    assert min(allowed, refused) > 5_000
