"""A name means one thing, on any day one wording of it, in the folder of its agency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from gatepost.authority.instrument import Agreement
from gatepost.authority.lifecycle import periods
from gatepost.authority.model import BorderPost
from gatepost.consignment.money import ExchangeRates
from gatepost.description import rules
from gatepost.description.described import Described, Keys, Located, listed
from gatepost.kernel.notice import Notice
from gatepost.kernel.validity import Validity
from gatepost.release.model import Precedence
from gatepost.requirement.model import Requirement

# Their ids are quoted as the rule behind a step, so they are of one kind.
_RULES = (
    *("requirement", "indicator", "mandate", "standard", "fee", "window"),
    *("agreement", "party", "precedence", "rates", "budget", "right", "standing_order"),
    *("scheme", "trusted", "retention", "placing"),
)
_OWNED = (
    *("mandate", "requirement", "indicator", "fee", "standard", "window"),
    *("resources", "right", "contacts"),
    *("scheme", "model", "retention", "placing"),
)


class Named(NamedTuple):
    """One name, what bears it, and the days on which it does (``None``: on all)."""

    space: str
    name: str
    kind: str
    valid: Validity | None
    thing: Located
    keys: Keys
    version: int | None = None


def check_identity(described: Described) -> Iterator[Notice]:
    """Yield names borne twice, wordings in force together, and things of another's folder."""
    yield from _owners(described)
    bearers: dict[tuple[str, str], list[Named]] = {}
    for named in _named(described):
        earlier = bearers.setdefault((named.space, named.name), [])
        for other in earlier:
            if notice := _clash(named, other):
                yield notice
                break
        earlier.append(named)
    for thing in described.of("requirement"):
        if len(thing.value.valid) > 1:
            yield from _versions(thing, thing.value)
    yield from _tables(described.of("precedence"))
    yield from _tables(described.of("rates"))
    yield from _instruments(described.of("agreement"))
    yield from _offices(described.of("post"))


def _owners(described: Described) -> Iterator[Notice]:
    agencies = described.agencies
    for thing in described.of("agency"):
        if thing.value.id != thing.folder_agency:
            yield _other_folder(thing, thing.value.id, "id")
    for kind in _OWNED:
        for thing in described.of(kind):
            agency = thing.value.agency
            if described.missing("agency", agency, agencies):
                yield rules.UNKNOWN_AGENCY.notice(
                    thing.where("agency"), agency=agency, known=listed(agencies)
                )
            elif agency != thing.folder_agency:
                yield _other_folder(thing, agency, "agency")


def _other_folder(thing: Located, agency: str, key: str) -> Notice:
    folder = thing.folder_agency or "no agency"
    return rules.OTHER_FOLDER.notice(thing.where(key), agency=agency, folder=folder)


def _named(described: Described) -> Iterator[Named]:
    for kind in _RULES:
        for thing in described.of(kind):
            one = thing.value
            valid = None if kind == "requirement" else one.valid
            version = getattr(one, "version", None)
            yield Named("rule", one.id, kind, valid, thing, ("id",), version)
            for key, inner in (("clauses", "clause"), ("rows", "row")):
                for index, part in enumerate(getattr(one, key, ())):
                    yield Named("rule", part.id, inner, valid, thing, (key, index, "id"))
    for kind in ("agency", "post", "committee", "process", "feed"):
        for thing in described.of(kind):
            yield Named(kind, thing.value.id, kind, thing.value.valid, thing, ("id",))
    for kind in ("calendar", "state"):
        for thing in described.of(kind):
            yield Named(kind, thing.value.id, kind, None, thing, ("id",))
    yield from _inner(described.of("agency"), "units")
    yield from _inner(described.of("resources"), "officers")
    yield from _inner(described.of("resources"), "facilities")
    for kind in ("contacts", "neighbour_contacts"):
        yield from _inner(described.of(kind), "contacts")
    yield from _listed(described)


def _inner(things: Sequence[Located], key: str) -> Iterator[Named]:
    for thing in things:
        for index, part in enumerate(getattr(thing.value, key)):
            valid = getattr(part, "valid", None)
            yield Named(key, part.id, key, valid, thing, (key, index, "id"))


def _listed(described: Described) -> Iterator[Named]:
    """Yield codes; two agencies may list the same one, each for what it issues or reads."""
    for thing in described.of("model"):
        yield Named("model", thing.value.id, "model", None, thing, ("id",))
    for thing in described.of("data_class"):
        yield Named("data class", thing.value.id, "data class", None, thing, ("id",))
    for thing in described.of("set"):
        yield Named("set", thing.value.id, "set", None, thing, ("id",))
    for kind in ("document", "customs_procedure"):
        for thing in described.of(kind):
            space = f"{kind} of {thing.folder_agency}"
            yield Named(space, thing.value.code, kind, None, thing, ("code",))
    for thing in described.of("declaration_type"):
        yield Named("prefix", thing.value.prefix, "prefix", None, thing, ("prefix",))
    for thing in described.of("reason"):
        yield Named(f"reason to {thing.value.act}", thing.value.code, "", None, thing, ("code",))


def _clash(named: Named, other: Named) -> Notice | None:
    """Return what is wrong with two things of one name: they may only follow each other."""
    where = other.thing.where
    if _are_versions(named, other):
        return None
    if (
        named.kind != other.kind
        or named.valid is None
        or other.valid is None
        or named.valid.overlaps(other.valid)
    ):
        place = named.thing.where(*named.keys)
        return rules.DUPLICATE_ID.notice(place, id=named.name, other=where(*other.keys))
    if named.version is not None and named.version == other.version:
        return rules.SAME_VERSION.notice(
            named.thing.where("version"),
            id=named.name,
            version=named.version,
            other=where("version"),
        )
    return None


def _are_versions(named: Named, other: Named) -> bool:
    """Tell whether these are two versions of an instrument, or of a clause in it.

    Of an instrument they are compared by themselves: an overlap is told once, for the whole.
    """
    if named.kind != other.kind or named.thing is other.thing:
        return False
    one, two = named.thing.value, other.thing.value
    if not (isinstance(one, Agreement) and isinstance(two, Agreement) and one.id == two.id):
        return False
    return named.kind == "clause" or one.version != two.version


def _instruments(instruments: Sequence[Located]) -> Iterator[Notice]:
    """Yield versions of one instrument that are in force together."""
    for one, two in combinations(instruments, 2):
        first: Agreement = one.value
        second: Agreement = two.value
        if first.id == second.id and first.version != second.version:
            days = [(a, b) for a in periods(first) for b in periods(second) if a.overlaps(b)]
            if days:
                day = max(days[0][0].start, days[0][1].start).isoformat()
                yield rules.OVERLAP.notice(two.where("valid"), day=day, other=one.where("valid"))


def _versions(thing: Located, requirement: Requirement) -> Iterator[Notice]:
    for (n, one), (m, two) in combinations(enumerate(requirement.valid), 2):
        if one.overlaps(two):
            day = max(one.start, two.start).isoformat()
            yield rules.OVERLAP.notice(
                thing.where("valid", m), day=day, other=thing.where("valid", n)
            )


def _tables(tables: Sequence[Located]) -> Iterator[Notice]:
    for one, two in combinations(tables, 2):
        first: Precedence | ExchangeRates = one.value
        second: Precedence | ExchangeRates = two.value
        if first.id != second.id and first.valid.overlaps(second.valid):
            day = max(first.valid.start, second.valid.start).isoformat()
            yield rules.OVERLAP.notice(two.where("valid"), day=day, other=one.where("valid"))


def _offices(posts: Sequence[Located]) -> Iterator[Notice]:
    bearers: dict[str, list[tuple[Located, BorderPost, int]]] = {}
    for thing in posts:
        post: BorderPost = thing.value
        for index, office in enumerate(post.offices):
            earlier = bearers.setdefault(office, [])
            for other, at, place in earlier:
                if at.valid.overlaps(post.valid) and at.id != post.id:
                    yield rules.OFFICE_TWICE.notice(
                        thing.where("offices", index),
                        office=office,
                        other=other.where("offices", place),
                    )
                    break
            earlier.append((thing, post, index))
