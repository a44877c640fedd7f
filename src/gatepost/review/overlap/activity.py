"""What each agency does and asks on a day, read from the description (RG-01)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import msgspec

from gatepost.authority.model import Agency, Mandate
from gatepost.authority.scope import Scope
from gatepost.description.described import Described, Located
from gatepost.expression.parser import parse
from gatepost.expression.syntax import Node
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.language import in_language
from gatepost.kernel.validity import Validity
from gatepost.requirement.model import AppliesTo, Asks, Requirement, Version
from gatepost.review.overlap.meeting import narrowed
from gatepost.review.overlap.model import Activity, Matter, Reach
from gatepost.risk.model import Indicator

Counts = Callable[[Validity], bool]
"""Tells whether what is valid so counts on the day that is asked about."""

_MODES = {"land": ("2", "3", "7"), "sea": ("1",), "air": ("4",)}

OWN_PAPERS = ("documentary", "documents")
"""A look at the papers an agency itself asked for; those of two agencies are two looks."""


def activities(described: Described, day: date, adopted: bool = True) -> list[Activity]:
    """Return everything the agencies do and ask from ``day`` on, in the order of the files.

    What is ``adopted`` and not yet in force is among it: that is the time to speak. Without it
    only what is in force on the day is. Left out are selections by chance, which meet another's
    only by chance, and indicators on trial.
    """
    posts = posts_of(described, day)

    def counts(valid: Validity) -> bool:
        return valid.on(day) or (adopted and day < valid.start)

    found: list[Activity] = []
    for item in described.of("requirement"):
        found += _of_requirement(item, posts.get(item.value.agency, frozenset()), counts)
    for item in described.of("indicator"):
        one: Indicator = item.value
        if one.mode == "live" and one.random is None and counts(one.valid):
            found += _of_indicator(item, posts.get(one.agency, frozenset()))
    for item in described.of("mandate"):
        mandate: Mandate = item.value
        if counts(mandate.valid):
            found += _of_mandate(item, posts.get(mandate.agency, frozenset()))
    by_mode = _posts_by_mode(described)
    return [_where_it_can_be(one, by_mode) for one in found]


def _posts_by_mode(described: Described) -> dict[str, frozenset[str]]:
    """Return the posts by the mode of transport (UN/CEFACT Recommendation 19) that uses them."""
    posts: dict[str, set[str]] = {}
    for item in described.of("post"):
        for mode in _MODES[item.value.kind]:
            posts.setdefault(mode, set()).add(item.value.id)
    return {mode: frozenset(found) for mode, found in posts.items()}


def _where_it_can_be(one: Activity, by_mode: dict[str, frozenset[str]]) -> Activity:
    """Return an activity at the posts only to which its means of transport come."""
    if not one.reach.modes:
        return one
    posts: frozenset[str] = frozenset().union(
        *(by_mode.get(m, frozenset()) for m in one.reach.modes)
    )
    at = posts & one.reach.posts if one.reach.posts else posts
    return msgspec.structs.replace(one, reach=msgspec.structs.replace(one.reach, posts=at or posts))


def posts_of(described: Described, day: date) -> dict[str, frozenset[str]]:
    """Return the posts at which each agency has a local unit on a day."""
    found = {}
    for item in described.of("agency"):
        one: Agency = item.value
        local = (unit for unit in one.units if unit.level == "local" and unit.valid.on(day))
        found[one.id] = frozenset(post for unit in local for post in unit.posts)
    return found


def reach_of_scope(scope: Scope, posts: frozenset[str] = frozenset()) -> list[Reach]:
    """Return what a mandate or a clause is about: goods, people, or both apart."""
    at = (
        frozenset(scope.posts) & posts if scope.posts and posts else frozenset(scope.posts) or posts
    )
    regimes = frozenset(scope.regimes)
    found = []
    if scope.goods:
        found.append(Reach(False, regimes, frozenset(scope.commodity), posts=at))
    if scope.people:
        found.append(Reach(True, regimes, posts=at))
    return found


def _of_requirement(item: Located, posts: frozenset[str], counts: Counts) -> Iterator[Activity]:
    for version in item.value.valid:
        if counts(version):
            yield from _of_version(item, version, posts)


def _of_version(item: Located, version: Version, posts: frozenset[str]) -> Iterator[Activity]:
    one: Requirement = item.value
    applies: AppliesTo = version.applies_to or one.applies_to
    asks: Asks = version.asks or one.asks
    control = version.control or one.control
    exempt = one.exempt if version.exempt is None else version.exempt
    when = parse(applies.when) if applies.when else None
    reach = narrowed(
        Reach(
            applies.level == "traveller",
            frozenset(applies.regimes),
            frozenset(applies.commodity),
            frozenset(applies.except_commodity),
            frozenset(applies.origin),
            frozenset(applies.except_origin),
            frozenset(applies.modes),
            posts,
        ),
        when,
    )
    valid = Validity(version.start, version.end)
    out = tuple(parse(each.when) for each in exempt)
    title = in_language(one.title)

    def activity(matter: Matter, where: str, place: str = "", lead: int | None = None) -> Activity:
        return Activity(
            one.agency, one.id, title, where, matter, reach, valid, when, place, lead, out
        )

    asked = item.where(*_asked_at(one, version))
    for matter in _asked(asks):
        lead = _minutes(asks.lead) if matter.kind == "notice" else None
        yield activity(matter, asked, lead=lead)
    if control and (control.kind, control.check) != OWN_PAPERS:
        where = item.where("control") if one.control else asked
        yield activity(Matter("control", control.check, control.kind), where, control.place)


def _asked_at(one: Requirement, version: Version) -> tuple[str | int, ...]:
    return ("valid", one.valid.index(version), "asks") if version.asks else ("asks",)


def _asked(asks: Asks) -> Iterator[Matter]:
    match asks.kind:
        case "document":
            for code in (asks.document, *asks.alternatives):
                if code:
                    yield Matter("document", code)
        case "data":
            yield Matter("data", asks.data or "")
        case "notification":
            yield Matter("notice", "before arrival")
        case "prohibition":
            yield Matter("prohibition", "prohibition")


def _of_indicator(item: Located, posts: frozenset[str]) -> Iterator[Activity]:
    one: Indicator = item.value
    control = one.control.ordered
    if control is None or (control, one.control.check) == OWN_PAPERS:
        return
    when: Node | None = parse(one.when) if one.when else None
    reach = narrowed(Reach(one.level == "traveller", frozenset(one.regimes), posts=posts), when)
    yield Activity(
        one.agency,
        one.id,
        in_language(one.title),
        item.where("control"),
        Matter("control", one.control.check, control),
        reach,
        one.valid,
        when,
        one.control.place,
    )


def _of_mandate(item: Located, posts: frozenset[str]) -> Iterator[Activity]:
    one: Mandate = item.value
    if "release" not in one.powers:
        return
    for reach in reach_of_scope(one.scope, posts):
        yield Activity(
            one.agency,
            one.id,
            in_language(one.title),
            item.where("powers"),
            Matter("power", "release"),
            reach,
            one.valid,
        )


def _minutes(lead: str | None) -> int | None:
    return int(parse_duration(lead).total_seconds() // 60) if lead else None


def by_matter(found: Sequence[Activity]) -> dict[tuple[str, str], list[Activity]]:
    """Return activities by what they are about, whatever means a control uses."""
    groups: dict[tuple[str, str], list[Activity]] = {}
    for one in found:
        groups.setdefault((one.matter.kind, one.matter.name), []).append(one)
    return groups
