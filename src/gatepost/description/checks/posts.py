"""Posts stand in states that are described, and formalities are a state and a direction."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.authority.model import BorderPost
from gatepost.codelists.countries import is_country
from gatepost.description import rules
from gatepost.description.described import Described, Located, listed
from gatepost.description.pack import Pack
from gatepost.kernel.notice import Notice
from gatepost.kernel.regime import REGIMES


def check_posts(described: Described) -> Iterator[Notice]:
    """Yield what does not hold in posts, in whose state an agency is, and in a model pack."""
    for thing in described.of("post"):
        yield from _state(described, thing, thing.value.state, "state")
        yield from _formalities(described, thing, thing.value)
        alone = thing.value.shared_with is None
        for key in ("arrangement", "exit_first"):
            if alone and getattr(thing.value, key):
                yield rules.SHARED_WITH_NOBODY.notice(thing.where(key), key=key)
    for thing in described.of("agency"):
        yield from _state(described, thing, thing.value.state, "state")
    for thing in described.of("state"):
        if not is_country(thing.value.code):
            yield rules.UNKNOWN_COUNTRY.notice(thing.where("code"), code=thing.value.code)
    for thing in described.of("resources"):
        for n, officer in enumerate(thing.value.officers):
            for m, one in enumerate(officer.accredited):
                if not is_country(one.state):
                    where = thing.where("officers", n, "accredited", m, "state")
                    yield rules.UNKNOWN_COUNTRY.notice(where, code=one.state)
    for thing in described.of("pack"):
        yield from _pack(described, thing, thing.value)


def _state(
    described: Described, thing: Located, name: str | None, *keys: str | int
) -> Iterator[Notice]:
    known = {one.value.id for one in described.of("state")}
    if name is not None and described.missing("state", name, known):
        yield rules.UNKNOWN_STATE.notice(thing.where(*keys), state=name, known=listed(known))


def _formalities(described: Described, thing: Located, post: BorderPost) -> Iterator[Notice]:
    known = {one.value.id for one in described.of("state")}
    seen: set[str] = set()
    for index, one in enumerate(post.formalities):
        where = thing.where("formalities", index, "formality")
        state, _, direction = one.formality.partition(":")
        if direction not in REGIMES or described.missing("state", state, known):
            yield rules.NOT_A_FORMALITY.notice(where, text=one.formality, known=listed(known))
        if one.formality in seen:
            yield rules.FORMALITY_TWICE.notice(where, formality=one.formality)
        seen.add(one.formality)


def _pack(described: Described, thing: Located, pack: Pack) -> Iterator[Notice]:
    for key, state in (("own_state", pack.own_state), ("neighbour", pack.neighbour)):
        yield from _state(described, thing, state, key)
    agencies = described.agencies
    for index, role in enumerate(pack.roles):
        if described.missing("agency", role.agency, agencies):
            yield rules.UNKNOWN_AGENCY.notice(
                thing.where("roles", index, "agency"), agency=role.agency, known=listed(agencies)
            )
    crossings = {one.value.crossing for one in described.of("post")} | described.posts
    for index, passing in enumerate(pack.crossings):
        if described.missing("post", passing.crossing, crossings):
            yield rules.UNKNOWN_POST.notice(
                thing.where("crossings", index, "crossing"),
                post=passing.crossing,
                known=listed(one for one in crossings if one),
            )
