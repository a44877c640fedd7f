"""Which acts are offered on a case: those the officer may do and that would do something now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gatepost.authority.model import Officer
from gatepost.casework.ability import Ability
from gatepost.casework.acts.appealing import may_answer
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.reading import Reading
from gatepost.control.model import Control, Stop
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.language import in_language
from gatepost.release.model import Conflict
from gatepost.web.case.plan import latest
from gatepost.web.templatetags.desks import place_said, stop_said, target_said
from gatepost.web.templatetags.gatepost import agency as agency_name
from gatepost.web.visitor import Visitor
from gatepost.web.words import word

Choice = tuple[str, Any]
Choices = dict[str, list[Choice]]


class Offers(msgspec.Struct, frozen=True):
    """The acts offered by name, each with the choices of its fields that depend on the case.

    ``able`` are the powers the officer has on the case, for the own agency and for others.
    """

    acts: dict[str, Choices]
    able: tuple[Ability, ...]


def offered(
    desk: Desk,
    reading: Reading,
    who: Visitor,
    able: tuple[Ability, ...],
    day: date,
    referred: tuple[Conflict, ...] = (),
) -> Offers:
    """Return the acts that are offered on ``day`` to an officer on a case as it is open to him.

    ``referred`` are the conflicts that the officer rules on.
    """
    acts = dict(_offers(desk.jurisdiction, reading, who, able, day))
    if referred:
        acts["resolve"] = _ruling(referred)
    return Offers(acts, able)


def _ruling(referred: Iterable[Conflict]) -> Choices:
    kinds = dict.fromkeys(kind for one in referred for kind in one.kinds)
    return {
        "targets": [(one.target, target_said(one.target)) for one in referred],
        "decision": [(kind, word(kind, "decision")) for kind in kinds],
    }


def laws_of_holds(able: Iterable[Ability], agency: str) -> list[Choice]:
    """Return the laws by which an agency may hold, as choices."""
    cites = (law.cite for one in able if one.power == "hold" for law in one.law)
    return [(cite, cite) for cite in dict.fromkeys(cites)] if agency else []


def _offers(
    jurisdiction: Jurisdiction,
    reading: Reading,
    who: Visitor,
    able: tuple[Ability, ...],
    day: date,
) -> Iterator[tuple[str, Choices]]:
    case, known = reading.case, reading.case.known
    own = {one.power: one for one in able if one.agency == who.agency and one.clause is None}
    if known.arrived_at is None and _serves(who, known.post):
        yield "arrive", {}
    mine = [one for one in case.controls.open if one.agency == who.agency]
    if "examine" in own:
        yield from _examining(reading, who, able, mine)
    if "sample" in own and (wanted := [c for c in mine if c.kind == "sample"]):
        yield "sample", {"controls": _checks(wanted[:1])}
    if "decide" in own:
        yield from _deciding(case, jurisdiction, who)
        if may_answer(case.release, who.agency, who.actor.id):
            yield "answer_appeal", {}
    if "hold" in own:
        yield from _holding(case, who, able)
    if "request_data" in own and case.release.released is None:
        yield "request_data", {"exception": _codes(jurisdiction, "request_data")}
    if "override" in own:
        yield (
            "override",
            {
                "controls": _checks(one for one in mine if not one.prescribed),
                "target": _targets(known.commodities),
                "reason": _codes(jurisdiction, "override"),
            },
        )
    if who.agency in case.agencies and _serves(who, known.post):
        yield "assign", {"officer": _colleagues(jurisdiction, who, known.post, day)}
    if case.release.released is not None and case.release.removed_at is None:
        yield "remove", {}


def _examining(
    reading: Reading, who: Visitor, able: Iterable[Ability], mine: Sequence[Control]
) -> Iterator[tuple[str, Choices]]:
    plan = latest(reading)
    stops = [one for one in (plan.stops if plan else ()) if who.agency in one.agencies]
    todo = [one for one in mine if one.physical and one.status == "open"]
    if todo and reading.case.known.is_here and _due(todo, stops):
        others = [one for stop in stops for one in stop.agencies if one != who.agency]
        choices = [(stop.id, _stop_said(stop)) for stop in stops]
        yield "examine", {"stop": choices, "with_": _others(others, able)}
    seen = [one for one in mine if one.status in ("examined", "sampled") or not one.physical]
    if seen:
        yield "find", {"controls": _checks(seen)}


def _due(todo: Sequence[Control], stops: Sequence[Stop]) -> bool:
    names = {name.partition("/")[2] for stop in stops for name in stop.controls}
    return any(one.id in names for one in todo)


def _deciding(
    case: Case, jurisdiction: Jurisdiction, who: Visitor
) -> Iterator[tuple[str, Choices]]:
    interests = case.interests(jurisdiction.users_on)
    targets = [one.target for one in interests.values() if one.agency == who.agency]
    if targets and case.release.removed_at is None:
        named = [(one, target_said(one)) for one in targets] if len(targets) > 1 else []
        yield "decide", {"targets": named}
    conditions = [one for one in case.release.open_conditions if one.agency == who.agency]
    if conditions:
        yield "meet", {"condition": [(one.id, one.text) for one in conditions]}


def _holding(case: Case, who: Visitor, able: Iterable[Ability]) -> Iterator[tuple[str, Choices]]:
    own = [h for h in case.release.open_holds if h.agency == who.agency and not h.automatic]
    if own:
        yield "lift", {"hold": [(one.id, one.reason) for one in own]}
    if case.release.removed_at is None:
        yield "hold", {"law": laws_of_holds(able, who.agency)}


def _serves(who: Visitor, post: str | None) -> bool:
    return post is None or not who.posts or post in who.posts


def _checks(controls: Iterable[Control]) -> list[Choice]:
    return [(one.id, f"{one.kind}: {one.check} ({target_said(one.target)})") for one in controls]


def _stop_said(stop: Stop) -> str:
    return f"{stop_said(stop.id)}, {place_said(stop.place)}"


def _others(agencies: Iterable[str], able: Iterable[Ability]) -> list[Choice]:
    """Return who else may be examined with, and by which clause without being there."""
    clauses = {one.agency: one.clause for one in able if one.power == "examine" and one.clause}
    found = []
    for one in dict.fromkeys(agencies):
        name = agency_name(one)
        if one in clauses:
            told = {"agency": name, "clause": clauses[one]}
            name = _("%(agency)s; you may also act for it, by %(clause)s") % told
        found.append((one, name))
    return found


def _targets(commodities: Sequence[str]) -> list[Choice]:
    items = [f"item/{number}" for number in range(1, len(commodities) + 1)]
    return [(one, target_said(one)) for one in ("consignment", *items)]


def _codes(jurisdiction: Jurisdiction, act: str) -> list[Choice]:
    language = get_language() or "en"
    found = [
        (one.code, in_language(one.name, language))
        for one in jurisdiction.reasons
        if one.act == act
    ]
    return [("", "…"), *found]


def _colleagues(
    jurisdiction: Jurisdiction, who: Visitor, post: str | None, day: date
) -> list[Choice]:
    """Return the officers of the agency who serve at the post and may work there."""
    language, register = get_language() or "en", jurisdiction.register

    def works(officer: Officer) -> bool:
        posts = register.posts_of(officer, day)
        there = post is None or not posts or post in posts
        return officer.valid.on(day) and there and bool({"examine", "decide"} & {*officer.powers})

    found = [
        (one.id, in_language(one.role, language))
        for resources in register.all_resources
        if resources.agency == who.agency
        for one in resources.officers
        if works(one)
    ]
    return [("", _("nobody")), *found]
