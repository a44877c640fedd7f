"""A jurisdiction put together: what every use case is given besides the case itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from gatepost.authority.disclosure import DisclosureBook, Read
from gatepost.authority.hours import OpeningHours
from gatepost.authority.instrument import Agreement
from gatepost.authority.model import State
from gatepost.authority.register import Register
from gatepost.authority.retention import RetentionRule
from gatepost.consignment.money import Exchange, ExchangeRates, exchange_on
from gatepost.control.placing import Placing, PlacingBook
from gatepost.control.schedule.standing import StandingOrder
from gatepost.cooperation.accountability import Process
from gatepost.cooperation.committee import Committee
from gatepost.cooperation.contacts import Directory
from gatepost.cooperation.feed import Feed
from gatepost.description.model import Country, Reason, ValueSet
from gatepost.description.pack import Pack
from gatepost.description.reads import reads
from gatepost.kernel.in_force import InForce
from gatepost.kernel.language import Text, in_language
from gatepost.kernel.regime import Regime
from gatepost.kernel.validity import Validity
from gatepost.lodgement.model import CodeTables, DeclarationType, Window
from gatepost.release.model import Precedence
from gatepost.requirement.compiled import (
    Conditions,
    RequirementBook,
    compile_fee,
    compile_requirement,
)
from gatepost.requirement.model import Fee, Requirement
from gatepost.risk.budget import Budget
from gatepost.risk.compiled import IndicatorBook
from gatepost.risk.learnt import Model
from gatepost.risk.model import Indicator
from gatepost.risk.scheme import Scheme
from gatepost.risk.trust import TrustedOperator

_TITLED = (
    *("requirement", "indicator", "mandate", "standard", "fee", "window", "rates"),
    *("right", "standing_order", "scheme", "trusted", "retention", "placing"),
)
"""Kinds whose title is the sentence of the rule that their id names."""


class Jurisdiction:
    """One country's description, compiled; it answers for a given day.

    ``parts`` holds the described things by the names of ``description.layout``;
    ``conditions`` what of their expressions is compiled already.
    """

    def __init__(
        self, parts: Mapping[str, Sequence[Any]], conditions: Conditions | None = None
    ) -> None:
        self.parts = parts
        self.conditions = conditions or Conditions(self.sets)
        self.country: Country = parts["country"][0]
        self.zone = ZoneInfo(self.country.zone)
        self.register = Register(
            parts.get("agency", ()),
            parts.get("mandate", ()),
            parts.get("resources", ()),
            parts.get("post", ()),
            parts.get("agreement", ()),
            parts.get("standard", ()),
            parts.get("party", ()),
            parts.get("state", ()),
            self._own_state(),
        )
        self.retention: tuple[RetentionRule, ...] = tuple(parts.get("retention", ()))
        self.windows: tuple[Window, ...] = tuple(parts.get("window", ()))
        self.budgets: tuple[Budget, ...] = tuple(parts.get("budget", ()))
        self.standing_orders: tuple[StandingOrder, ...] = tuple(parts.get("standing_order", ()))
        self.schemes: tuple[Scheme, ...] = tuple(parts.get("scheme", ()))
        self.trusted: tuple[TrustedOperator, ...] = tuple(parts.get("trusted", ()))
        self.committees: tuple[Committee, ...] = tuple(parts.get("committee", ()))
        self.processes: tuple[Process, ...] = tuple(parts.get("process", ()))
        self.feeds: tuple[Feed, ...] = tuple(parts.get("feed", ()))
        self.reasons: tuple[Reason, ...] = tuple(parts.get("reason", ()))
        self._types: tuple[DeclarationType, ...] = tuple(
            sorted(parts.get("declaration_type", ()), key=lambda t: -len(t.prefix))
        )
        self._users: dict[date, frozenset[str]] = {}
        self._precedences: tuple[Precedence, ...] = tuple(parts.get("precedence", ()))

    @property
    def pack(self) -> Pack | None:
        """The model pack that lies over this country, if one does."""
        found = self.parts.get("pack", ())
        return found[0] if found else None

    def _own_state(self) -> str:
        if self.pack is not None and self.pack.own_state is not None:
            return self.pack.own_state
        states: Sequence[State] = self.parts.get("state", ())
        return next((one.id for one in states if one.code == self.country.code), "")

    @cached_property
    def hours(self) -> OpeningHours:
        """When which office and service is open."""
        parts = self.parts
        return OpeningHours(
            parts.get("calendar", ()), parts.get("post", ()), parts.get("holidays", ()), self.zone
        )

    @cached_property
    def contacts(self) -> Directory:
        """Whom to ask on either side: the agencies' own lists and those of neighbours."""
        own, others = self.parts.get("contacts", ()), self.parts.get("neighbour_contacts", ())
        return Directory((*own, *others), self.parts.get("holidays", ()))

    @cached_property
    def sets(self) -> dict[str, frozenset[str]]:
        """The named value sets of conditions."""
        return sets_of(self.parts)

    @cached_property
    def requirements(self) -> RequirementBook:
        """Every dated wording of every requirement."""
        found: Sequence[Requirement] = self.parts.get("requirement", ())
        return RequirementBook(
            [w for one in found for w in compile_requirement(one, self.conditions)]
        )

    @cached_property
    def fees(self) -> RequirementBook:
        """Every fee."""
        found: Sequence[Fee] = self.parts.get("fee", ())
        return RequirementBook([compile_fee(one, self.conditions) for one in found])

    @cached_property
    def indicators(self) -> IndicatorBook:
        """Every agency's risk indicators."""
        models: Sequence[Model] = self.parts.get("model", ())
        return IndicatorBook(self.parts.get("indicator", ()), self.sets, models)

    @cached_property
    def placings(self) -> PlacingBook:
        """Where the agencies make the controls that could be made at the border."""
        rules: Sequence[Placing] = self.parts.get("placing", ())
        return PlacingBook(rules, self.conditions)

    def exchange(self, day: date) -> Exchange:
        """Return the exchange of ``day`` into the country's own currency."""
        return self._exchange.on(day)

    @cached_property
    def _exchange(self) -> InForce[Exchange]:
        tables: tuple[ExchangeRates, ...] = tuple(self.parts.get("rates", ()))
        own = self.country.currency
        return InForce((one.valid for one in tables), lambda day: exchange_on(day, own, tables))

    @cached_property
    def codes(self) -> CodeTables:
        """The codes known here."""
        return CodeTables(
            frozenset(one.code for one in self.parts.get("document", ())),
            frozenset(one.code for one in self.parts.get("customs_procedure", ())),
            frozenset(office for post in self.parts.get("post", ()) for office in post.offices),
        )

    @cached_property
    def disclosure(self) -> DisclosureBook:
        """The disclosure gate of every day."""
        return DisclosureBook(
            self.parts.get("data_class", ()),
            self.parts.get("mandate", ()),
            self.register.all_agreements,
            self._reads,
        )

    @cached_property
    def _reads(self) -> tuple[Read, ...]:
        return tuple(reads(self.parts.get("requirement", ()), self.parts.get("indicator", ())))

    def with_agreements(self, agreements: Sequence[Agreement]) -> Jurisdiction:
        """Return this jurisdiction with other instruments; all else that is compiled is shared."""
        other = copy(self)
        other.parts = {**self.parts, "agreement": agreements}
        other.register = self.register.with_agreements(agreements)
        other.__dict__["_reads"] = self._reads
        for name in ("disclosure", "_sentences"):
            other.__dict__.pop(name, None)
        return other

    def with_indicators(self, indicators: Sequence[Indicator]) -> Jurisdiction:
        """Return this jurisdiction with other indicators; all else that is compiled is shared."""
        other = copy(self)
        other.parts = {**self.parts, "indicator": indicators}
        for name in ("indicators", "_reads", "disclosure", "_sentences"):
            other.__dict__.pop(name, None)
        return other

    def law_day(self, moment: datetime) -> date:
        """Return the day whose law judges what happens at ``moment``: that of this zone."""
        return moment.astimezone(self.zone).date()

    def regime_of(self, declaration_type: str) -> Regime | None:
        """Return the regime a declaration type asks for; the longest prefix counts."""
        for one in self._types:
            if declaration_type.startswith(one.prefix):
                return one.regime
        return None

    @property
    def type_prefixes(self) -> tuple[str, ...]:
        """The prefixes of declaration types used here."""
        return tuple(sorted(one.prefix for one in self._types))

    def precedence(self, day: date) -> Precedence:
        """Return the table in force on ``day``; an empty one if there is none."""
        for one in self._precedences:
            if one.valid.on(day):
                return one
        return Precedence("none", (), Validity(day, day), ())

    def reason_codes(self, act: str) -> tuple[str, ...]:
        """Return the published reasons for an act."""
        return tuple(one.code for one in self.reasons if one.act == act)

    def users_on(self, day: date) -> frozenset[str]:
        """Return the agencies that on ``day`` read data and have no say in a release."""
        found = self._users.get(day)
        if found is None:
            found = self._users[day] = frozenset(
                one.id
                for one in self.register.all_agencies
                if one.tier == "user" and one.valid.on(day)
            )
        return found

    def sentence_of(self, rule: str, language: str = "en") -> str | None:
        """Return the sentence of a described thing by its id: requirement, indicator, clause, …"""
        return in_language(self.text_of(rule), language) or None

    def text_of(self, rule: str) -> Text:
        """Return the sentence of a described thing in every language it is written in."""
        return self._sentences.get(rule, {})

    @cached_property
    def _sentences(self) -> dict[str, Text]:
        found: dict[str, Text] = {}
        for name in _TITLED:
            for one in self.parts.get(name, ()):
                found[one.id] = one.title
        for agreement in self.parts.get("agreement", ()):
            for clause in agreement.clauses:
                found[clause.id] = clause.sentence
        for precedence in self._precedences:
            for row in precedence.rows:
                found[row.id] = row.sentence
        return found


def sets_of(parts: Mapping[str, Sequence[Any]]) -> dict[str, frozenset[str]]:
    """Return the named value sets among the described things."""
    found: Sequence[ValueSet] = parts.get("set", ())
    return {one.id: frozenset(one.members) for one in found}
