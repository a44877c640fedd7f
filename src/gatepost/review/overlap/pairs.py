"""Every pair of agencies held against each other: what both do or ask of the same goods (RG-02)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import combinations, product

import msgspec

from gatepost.authority.clause import Delegation, JointControl, Recognition
from gatepost.authority.instrument import Agreement
from gatepost.authority.lifecycle import life_on
from gatepost.description.described import Described
from gatepost.expression.syntax import Node
from gatepost.expression.unparse import unparse
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Rule
from gatepost.kernel.regime import Regime
from gatepost.review.overlap import rules
from gatepost.review.overlap.activity import activities, by_matter, reach_of_scope
from gatepost.review.overlap.meeting import inside, meeting, shared
from gatepost.review.overlap.model import KINDS, Activity, Finding, FindingKind, Reach, Remedy
from gatepost.review.overlap.words import about, listed, span

SamePaper = Callable[[str, str], bool]
"""Tells whether two names are names of the same paper."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_QUOTED = re.compile(r'"[^"]*"')


class Met(msgspec.Struct, frozen=True):
    """Two agencies' activities and what both are about."""

    one: Activity
    other: Activity
    reach: Reach


class _Settled(msgspec.Struct, frozen=True):
    """A clause by which two agencies have settled who checks what, and for what."""

    id: str
    agencies: frozenset[str]
    checks: tuple[str, ...]
    reaches: tuple[Reach, ...]


def compare(
    described: Described, day: date, same_paper: SamePaper, adopted: bool = True
) -> list[Finding]:
    """Return what the agencies do, ask and decide twice on a day, what hurts most first.

    With ``adopted`` what begins later is compared too.
    """
    compared = _Comparison(described, day, adopted)
    found = [
        *compared.controls(),
        *compared.papers(same_paper),
        *compared.data(),
        *compared.notices(),
        *compared.forbidden(),
        *compared.releases(),
    ]
    return sorted(found, key=lambda one: (KINDS.index(one.kind), one.agencies, one.matter))


class _Comparison:
    def __init__(self, described: Described, day: date, adopted: bool) -> None:
        self.described = described
        self.groups = by_matter(activities(described, day, adopted))
        self.clauses = list(_clauses(described, day))
        self.names = {
            item.value.code: in_language(item.value.name) for item in described.of("document")
        }

    def of(self, kind: str) -> Iterator[tuple[str, list[Activity]]]:
        """Yield the names of a kind of matter with the activities about each."""
        return ((name, found) for (own, name), found in self.groups.items() if own == kind)

    def agency(self, id: str) -> str:
        """Return the name of an agency as people know it."""
        agency = self.described.agencies.get(id)
        return in_language(agency.name) if agency else id

    def controls(self) -> Iterator[Finding]:
        """Yield what two agencies both check, settled by a clause or not."""
        for check, found in self.of("control"):
            for pair in _pairs(_met(found)):
                open_, settled = self._split(check, pair)
                if open_:
                    if told := self._control(check, open_, pair):
                        yield told
                elif settled:
                    values = {"check": _plain(check), "clauses": listed(sorted(settled))}
                    evidence = (*_evidence(pair), *(f"settled by {id}" for id in sorted(settled)))
                    rule = rules.CONTROL_RECOGNISED
                    yield self._finding("compatible", "keep", rule, check, pair, values, evidence)

    def _split(self, check: str, pair: Sequence[Met]) -> tuple[list[Met], set[str]]:
        """Return what no clause settles, and the clauses that settle the rest."""
        open_: list[Met] = []
        settled: set[str] = set()
        for met in pair:
            agencies = frozenset((met.one.agency, met.other.agency))
            mine = [
                one
                for one in self.clauses
                if one.agencies >= agencies and (not one.checks or check in one.checks)
            ]
            left = []
            for cell in _cells(met.reach):
                by = [one.id for one in mine if any(inside(cell, wide) for wide in one.reaches)]
                settled.update(by)
                if not by:
                    left.append(cell)
            if left:
                open_.append(Met(met.one, met.other, _joined(left)))
        return open_, settled

    def _control(self, check: str, open_: list[Met], pair: Sequence[Met]) -> Finding | None:
        partly = [
            f"{one.id} settles a part of it"
            for one in self.clauses
            if one.agencies >= {pair[0].one.agency, pair[0].other.agency}
            and (not one.checks or check in one.checks)
            and any(meets(met.reach, wide) for met in pair for wide in one.reaches)
        ]
        same = [met for met in open_ if met.one.matter.by == met.other.matter.by]
        here = [met for met in same if met.one.place == met.other.place]
        evidence = (*_evidence(here or same or open_), *partly)
        values = {"check": _plain(check)}
        if here:
            values["control"] = here[0].one.matter.by
            rule = rules.CONTROL_TWICE
            return self._finding("redundant", "merge", rule, check, here, values, evidence)
        if same:
            one, other = same[0].one.place, same[0].other.place
            values |= {"here": _where(one), "there": _where(other)}
            rule = rules.CONTROL_ELSEWHERE
            return self._finding("competing", "move", rule, check, same, values, evidence)
        # What is done to a person and what to a person's goods are different things.
        if open_[0].reach.people:
            return None
        means = sorted({act.matter.by for met in open_ for act in (met.one, met.other)})
        values["means"] = listed(means)
        rule = rules.CONTROL_BY_OTHER_MEANS
        return self._finding("overlapping", "merge", rule, check, open_, values, evidence)

    def papers(self, same_paper: SamePaper) -> Iterator[Finding]:
        """Yield papers that two agencies ask for, by one code or by two."""
        groups = dict(self.of("document"))
        for code, found in groups.items():
            for pair in _pairs(_met(found)):
                yield self._shared_paper(code, pair)
        for one, other in combinations(groups, 2):
            if not same_paper(self.names.get(one, one), self.names.get(other, other)):
                continue
            across = list(_met_across(groups[one], groups[other]))
            for pair in _pairs(across):
                codes = [one, other] if pair[0].one.matter.name == one else [other, one]
                values = {"document": self._paper(codes[0]), "same": self._paper(codes[1])}
                matter, rule = f"{one} and {other}", rules.PAPER_TWICE
                evidence = _evidence(pair)
                yield self._finding("overlapping", "merge", rule, matter, pair, values, evidence)

    def _shared_paper(self, code: str, pair: list[Met]) -> Finding:
        values = {"document": self._paper(code)}
        for met in pair:
            for here, there in product(met.one.exempt, met.other.exempt):
                if limits_differ(here, there):
                    values |= {"here": unparse(here), "there": unparse(there)}
                    rule, evidence = rules.PAPER_LIMITS, _evidence([met])
                    return self._finding(
                        "contradictory", "merge", rule, code, [met], values, evidence
                    )
        rule = rules.PAPER_SHARED
        return self._finding("compatible", "keep", rule, code, pair, values, _evidence(pair))

    def _paper(self, code: str) -> str:
        name = self.names.get(code)
        return f"{name} ({code})" if name else code

    def data(self) -> Iterator[Finding]:
        """Yield elements of the data set that two agencies need."""
        for element, found in self.of("data"):
            for pair in _pairs(_met(found)):
                values, rule = {"element": element}, rules.DATA_SHARED
                evidence = _evidence(pair)
                yield self._finding("compatible", "keep", rule, element, pair, values, evidence)

    def notices(self) -> Iterator[Finding]:
        """Yield notices before arrival that two agencies want of the same goods."""
        for matter, found in self.of("notice"):
            for pair in _pairs(_met(found)):
                apart = [met for met in pair if met.one.lead != met.other.lead]
                met = apart or pair
                values = {
                    "here": span(met[0].one.lead),
                    "there": span(met[0].other.lead),
                    "lead": span(met[0].one.lead),
                }
                evidence = _evidence(met)
                if apart:
                    rule = rules.NOTICES_DIFFER
                    yield self._finding(
                        "contradictory", "sequence", rule, matter, apart, values, evidence
                    )
                else:
                    rule = rules.NOTICE_TWICE
                    yield self._finding("overlapping", "merge", rule, matter, met, values, evidence)

    def forbidden(self) -> Iterator[Finding]:
        """Yield papers asked for with goods that another agency never lets in."""
        bans = [one for _, found in self.of("prohibition") for one in found if not one.exempt]
        asked = [(name, one) for name, found in self.of("document") for one in found]
        seen: dict[tuple[str, str], tuple[str, list[Met]]] = {}
        for ban, (code, one) in product(bans, asked):
            if ban.agency == one.agency or not (ban.when is None or ban.when == one.when):
                continue
            reach = meeting(ban, one)
            if reach is not None and _as_wide(one.reach, reach):
                key = (ban.rule, one.rule)
                seen.setdefault(key, (code, []))[1].append(Met(ban, one, reach))
        for code, pair in seen.values():
            values = {"document": self._paper(code)}
            rule, evidence = rules.PAPER_FOR_WHAT_IS_FORBIDDEN, _evidence(pair)
            yield self._finding("contradictory", "drop", rule, code, pair, values, evidence)

    def releases(self) -> Iterator[Finding]:
        """Yield goods that two agencies of one state both release; each state releases its own."""
        for power, found in self.of("power"):
            met = [one for one in _met(found) if self._one_state(one)]
            for pair in _pairs(met):
                rule, evidence = rules.RELEASE_TWICE, _evidence(pair)
                yield self._finding("competing", "delegate", rule, power, pair, {}, evidence)

    def _one_state(self, met: Met) -> bool:
        one, other = (self.described.agencies.get(act.agency) for act in (met.one, met.other))
        if one is None or other is None:
            return False
        return one.state == other.state or (self.described.own(one) and self.described.own(other))

    def _finding(
        self,
        kind: FindingKind,
        remedy: Remedy,
        rule: Rule,
        matter: str,
        pair: Sequence[Met],
        values: dict[str, str],
        evidence: tuple[str, ...],
    ) -> Finding:
        first = pair[0]
        told = about(_joined([met.reach for met in pair]))
        names = {"one": self.agency(first.one.agency), "other": self.agency(first.other.agency)}
        return Finding(
            kind,
            (first.one.agency, first.other.agency),
            matter,
            (first.one.where, first.other.where),
            tuple(dict.fromkeys(act.rule for met in pair for act in (met.one, met.other))),
            rule.number,
            rule.render({**names, "reach": told, **values}),
            remedy,
            evidence,
        )


def limits_differ(one: Node, other: Node) -> bool:
    """Tell whether two conditions are the same but for a number."""
    here, there = unparse(one), unparse(other)
    return here != there and _shape(here) == _shape(there)


def meets(one: Reach, other: Reach) -> bool:
    """Tell whether two reaches share anything."""
    return shared(one, other) is not None


def _shape(text: str) -> str:
    kept = [_NUMBER.sub("#", part) for part in _QUOTED.split(text)]
    return '"'.join(kept) + "".join(_QUOTED.findall(text))


def _met(found: Sequence[Activity]) -> list[Met]:
    return list(_met_across(found, found))


def _met_across(ones: Sequence[Activity], others: Sequence[Activity]) -> Iterator[Met]:
    """Yield what activities of two agencies are both about; each pair of agencies in one order."""
    seen: set[frozenset[str]] = set()
    for one, other in product(ones, others):
        if one.agency == other.agency:
            continue
        first, second = sorted((one, other), key=lambda act: (act.agency, act.rule))
        key = frozenset(
            (f"{first.rule} {first.matter.name}", f"{second.rule} {second.matter.name}")
        )
        if key in seen:
            continue
        seen.add(key)
        reach = meeting(first, second)
        if reach is not None:
            yield Met(first, second, reach)


def _pairs(met: Sequence[Met]) -> Iterator[list[Met]]:
    """Yield what was met by pairs of agencies."""
    by_agencies: dict[tuple[str, str], list[Met]] = {}
    for one in met:
        by_agencies.setdefault((one.one.agency, one.other.agency), []).append(one)
    yield from by_agencies.values()


def _clauses(described: Described, day: date) -> Iterator[_Settled]:
    """Yield the clauses in force by which agencies do a check once."""
    for item in described.of("agreement"):
        one: Agreement = item.value
        if not one.valid.on(day) or life_on(one, day).state != "in_force":
            continue
        for clause in one.clauses:
            match clause:
                case Recognition(of=of, by=by, checks=checks, scope=scope):
                    reaches = tuple(reach_of_scope(scope))
                    yield _Settled(clause.id, frozenset((of, by)), checks, reaches)
                case Delegation(of=of, by=by, scope=scope) if "examine" in clause.powers:
                    reaches = tuple(reach_of_scope(scope))
                    yield _Settled(clause.id, frozenset((of, by)), (), reaches)
                case JointControl(parties=parties, scope=scope):
                    reaches = tuple(reach_of_scope(scope))
                    yield _Settled(clause.id, frozenset(parties), (), reaches)


def _cells(reach: Reach) -> Iterator[Reach]:
    """Yield a reach cut up by post and by prefix, as clauses settle one and not the other."""
    posts = sorted(reach.posts) or [""]
    goods = sorted(reach.commodity) or [""]
    for post, prefix in product(posts, goods):
        yield msgspec.structs.replace(
            reach,
            posts=frozenset({post} - {""}),
            commodity=frozenset({prefix} - {""}),
        )


def _joined(reaches: Sequence[Reach]) -> Reach:
    """Return one reach with all of several; what one leaves open is open."""

    def all_of(name: str) -> frozenset[str]:
        each = [getattr(one, name) for one in reaches]
        return frozenset().union(*each) if all(each) else frozenset()

    each = [one.regimes for one in reaches]
    regimes: frozenset[Regime] = frozenset().union(*each) if all(each) else frozenset()
    return Reach(
        reaches[0].people,
        regimes,
        all_of("commodity"),
        origin=all_of("origin"),
        modes=all_of("modes"),
        posts=all_of("posts"),
    )


def _as_wide(narrow: Reach, wide: Reach) -> bool:
    """Tell whether nothing of a reach is left out of what it shares with another."""
    return inside(
        msgspec.structs.replace(narrow, posts=frozenset()),
        msgspec.structs.replace(wide, posts=frozenset()),
    )


def _evidence(pair: Sequence[Met]) -> tuple[str, ...]:
    """Return the rules behind a finding with their sentences and conditions, each once."""
    acts = {act.rule: act for met in pair for act in (met.one, met.other)}
    return tuple(
        f"{act.rule} ({act.where}): {act.title}" + (f" [{unparse(act.when)}]" if act.when else "")
        for act in acts.values()
    )


def _plain(check: str) -> str:
    return check.replace("_", " ")


_PLACES = {
    "before": "before it",
    "border": "at the border",
    "off_lane": "off the lane",
    "premises": "at the premises",
}


def _where(place: str) -> str:
    return _PLACES.get(place, place)
