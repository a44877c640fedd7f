"""The register of one jurisdiction: look-ups over dated agencies, officers, posts and clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from itertools import combinations

from gatepost.authority.clause import Between, ControlZone, Delegation, JointControl, Recognition
from gatepost.authority.instrument import Agreement
from gatepost.authority.lifecycle import periods
from gatepost.authority.model import (
    Agency,
    BorderPost,
    Brokerage,
    Level,
    Mandate,
    Officer,
    Resources,
    ServiceStandard,
    State,
    Unit,
)
from gatepost.authority.scope import Scope
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.regime import REGIMES, Regime
from gatepost.kernel.validity import Validity

_ClauseKey = tuple[str, ...]


def _clause_keys(clause: Between) -> Iterator[_ClauseKey]:
    """Yield under what a clause between two agencies is found: kind, pair, regime, HS chapter."""
    match clause:
        case Recognition():
            pairs = [(clause.of, clause.by)]
        case JointControl():
            pairs = list(combinations(sorted(clause.parties), 2))
    chapters = sorted({prefix[:2] for prefix in clause.scope.commodity}) or [""]
    for pair in pairs:
        for regime in clause.scope.regimes or REGIMES:
            for chapter in chapters:
                yield (clause.kind, *pair, regime, chapter)


def _special(scope: Scope) -> bool:
    return bool(scope.commodity) or not scope.goods


class Register:
    """What authority knows of a jurisdiction; it answers for a given day only."""

    def __init__(
        self,
        agencies: Sequence[Agency] = (),
        mandates: Sequence[Mandate] = (),
        resources: Sequence[Resources] = (),
        posts: Sequence[BorderPost] = (),
        agreements: Sequence[Agreement] = (),
        standards: Sequence[ServiceStandard] = (),
        brokerages: Sequence[Brokerage] = (),
        states: Sequence[State] = (),
        own_state: str = "",
    ) -> None:
        self.all_agencies = tuple(agencies)
        self.all_mandates = tuple(mandates)
        self.all_resources = tuple(resources)
        self.all_posts = tuple(posts)
        self.all_agreements = tuple(agreements)
        self.all_standards = tuple(standards)
        self.all_brokerages = tuple(brokerages)
        self.all_states = tuple(states)
        self.own_state = own_state

    def with_agreements(self, agreements: Sequence[Agreement]) -> Register:
        """Return this register with other instruments."""
        other = copy(self)
        other.all_agreements = tuple(agreements)
        for name in ("_clauses", "_clause_laws"):
            other.__dict__.pop(name, None)
        return other

    @cached_property
    def _officers(self) -> dict[str, list[tuple[str, Officer]]]:
        found: dict[str, list[tuple[str, Officer]]] = {}
        for resources in self.all_resources:
            for officer in resources.officers:
                found.setdefault(officer.id, []).append((resources.agency, officer))
        return found

    @cached_property
    def _mandates(self) -> dict[str, list[Mandate]]:
        found: dict[str, list[Mandate]] = {}
        # What names its goods or speaks of people only goes before what covers everything.
        for mandate in sorted(self.all_mandates, key=lambda m: (not _special(m.scope), m.id)):
            found.setdefault(mandate.agency, []).append(mandate)
        return found

    @cached_property
    def _posts_by_office(self) -> dict[str, list[BorderPost]]:
        found: dict[str, list[BorderPost]] = {}
        for post in self.all_posts:
            for office in post.offices:
                found.setdefault(office, []).append(post)
        return found

    @cached_property
    def _brokerages(self) -> dict[tuple[str, str], list[Brokerage]]:
        found: dict[tuple[str, str], list[Brokerage]] = {}
        for brokerage in self.all_brokerages:
            found.setdefault((brokerage.principal, brokerage.agent), []).append(brokerage)
        return found

    def agency(self, agency: str, day: date) -> Agency | None:
        """Return the agency as it is organised on ``day``."""
        for one in self.all_agencies:
            if one.id == agency and one.valid.on(day):
                return one
        return None

    def mandates(self, agency: str, day: date) -> Iterator[Mandate]:
        """Yield the agency's mandates in force on ``day``, by id; none while the agency is not."""
        if self.agency(agency, day) is None:
            return iter(())
        return (m for m in self._mandates.get(agency, ()) if m.valid.on(day))

    def officer(self, officer: str, day: date) -> Officer | None:
        """Return the officer role in post on ``day``."""
        for _, one in self._officers.get(officer, ()):
            if one.valid.on(day):
                return one
        return None

    def agency_of(self, officer: str) -> str:
        """Return the agency an officer role belongs to, or an empty text."""
        found = self._officers.get(officer)
        return found[0][0] if found else ""

    def posts_of(self, officer: Officer, day: date) -> tuple[str, ...]:
        """Return the posts an officer serves; empty means every post."""
        if officer.posts:
            return officer.posts
        unit = self.unit(officer.unit, day)
        return unit.posts if unit else ()

    def unit(self, unit: str, day: date) -> Unit | None:
        """Return the unit as it stands on ``day``."""
        for agency in self.all_agencies:
            for one in agency.units:
                if one.id == unit and one.valid.on(day) and agency.valid.on(day):
                    return one
        return None

    def unit_at(self, agency: str, level: Level, post: str | None, day: date) -> str | None:
        """Return the agency's unit of ``level`` that answers for ``post``.

        A unit that names no posts answers for all that no other unit of its level names.
        """
        found = self.agency(agency, day)
        units = [u for u in found.units if u.level == level and u.valid.on(day)] if found else []
        here = [u for u in units if post in u.posts] or [u for u in units if not u.posts]
        return here[0].id if here else None

    def post_of(self, offices: Iterable[str], day: date) -> BorderPost | None:
        """Return the first post that one of the office codes names."""
        for office in offices:
            for post in self._posts_by_office.get(office, ()):
                if post.valid.on(day):
                    return post
        return None

    def post(self, post: str, day: date) -> BorderPost | None:
        """Return the post by its id as it stands on ``day``."""
        for one in self.all_posts:
            if one.id == post and one.valid.on(day):
                return one
        return None

    @cached_property
    def _clauses(self) -> dict[_ClauseKey, list[tuple[tuple[Validity, ...], Between]]]:
        found: dict[_ClauseKey, list[tuple[tuple[Validity, ...], Between]]] = {}
        for agreement in self.all_agreements:
            days = periods(agreement)
            for clause in agreement.clauses if days else ():
                if isinstance(clause, JointControl | Recognition):
                    for key in _clause_keys(clause):
                        found.setdefault(key, []).append((days, clause))
        for listed in found.values():
            listed.sort(key=lambda pair: pair[1].id)
        return found

    def clauses(
        self,
        kind: str,
        between: tuple[str, str],
        regime: Regime,
        commodities: Sequence[str],
        day: date,
    ) -> Iterator[Between]:
        """Yield the clauses of a kind between two agencies that may bear on these goods on ``day``.

        For ``recognition`` the pair is whose result and who accepts it; for
        ``joint_control`` its order does not matter. The caller asks ``covers``.
        """
        pair = between if kind == "recognition" else tuple(sorted(between))
        for chapter in ("", *dict.fromkeys(code[:2] for code in commodities)):
            for days, clause in self._clauses.get((kind, *pair, regime, chapter), ()):
                if any(period.on(day) for period in days):
                    yield clause

    @cached_property
    def _delegations(
        self,
    ) -> list[tuple[tuple[Validity, ...], Agreement, Delegation | ControlZone]]:
        return [
            (days, agreement, clause)
            for agreement in sorted(self.all_agreements, key=lambda one: one.id)
            if (days := periods(agreement))
            for clause in agreement.clauses
            if isinstance(clause, Delegation | ControlZone)
        ]

    def delegations(self, day: date) -> Iterator[tuple[Agreement, Delegation | ControlZone]]:
        """Yield every delegation and control zone in force on ``day`` with its instrument."""
        for days, agreement, clause in self._delegations:
            if any(period.on(day) for period in days):
                yield agreement, clause

    def state_at(self, post: BorderPost) -> State | None:
        """Return the state in which a post stands."""
        name = post.state or self.own_state
        return next((one for one in self.all_states if one.id == name), None)

    def clause_law(self, clause: str) -> tuple[LegalBasis, ...]:
        """Return the law of the agreement that a clause stands in."""
        return self._clause_laws.get(clause, ())

    @cached_property
    def _clause_laws(self) -> dict[str, tuple[LegalBasis, ...]]:
        return {c.id: a.legal_basis for a in self.all_agreements for c in a.clauses}

    def brokerage(self, principal: str, agent: str, regime: Regime, day: date) -> Brokerage | None:
        """Return the mandate by which ``agent`` lodges for ``principal`` on ``day``."""
        for one in self._brokerages.get((principal, agent), ()):
            if one.valid.on(day) and regime in one.regimes:
                return one
        return None

    def brokerages_of(self, agent: str, day: date) -> Iterator[Brokerage]:
        """Yield the mandates that ``agent`` holds on ``day``, of whatever principal."""
        return (one for one in self.all_brokerages if one.agent == agent and one.valid.on(day))

    def standard(
        self, agency: str, regime: Regime, control: str | None, day: date
    ) -> ServiceStandard | None:
        """Return the agency's service standard for a regime and kind of control.

        One that names the control goes before one that names none.
        """
        fitting = [
            one
            for one in self.all_standards
            if one.agency == agency
            and one.valid.on(day)
            and (not one.regimes or regime in one.regimes)
            and (not one.controls or control in one.controls)
        ]
        return max(fitting, key=lambda one: (bool(one.controls), bool(one.regimes)), default=None)
