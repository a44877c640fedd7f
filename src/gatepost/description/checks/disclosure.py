"""Classes of data hold elements that exist, and no clause discloses what its purpose forbids."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.authority.clause import Share
from gatepost.authority.element import bits_of, mask_of, names_of
from gatepost.codelists.purposes import PURPOSES
from gatepost.description import rules
from gatepost.description.described import Described, Keys, Located, listed
from gatepost.kernel.notice import Notice

FEWEST = 3
"""Fewer cases than this in a figure, and whoever knows one of them knows the other."""


def check_disclosure(described: Described) -> Iterator[Notice]:
    """Yield what is wrong with classes of data, and with the clauses that open them."""
    yield from _classes(described)
    for thing in described.of("mandate"):
        yield from _names(described, thing, "sees", thing.value.sees, ())
        yield from _purposes(thing, thing.value.purposes, ())
    for thing in described.of("agreement"):
        for number, clause in enumerate(thing.value.clauses):
            own: Keys = ("clauses", number)
            yield from _names(described, thing, "data", getattr(clause, "data", ()), own)
            yield from _purposes(thing, getattr(clause, "purposes", ()), own)
            if isinstance(clause, Share):
                yield from _share(described, thing, clause, own)


def _classes(described: Described) -> Iterator[Notice]:
    guarded: dict[str, str] = {}
    for thing in described.of("data_class"):
        if thing.value.protected:
            for name in names_of(mask_of(thing.value.elements)):
                guarded.setdefault(name, thing.value.id)
    for thing in described.of("data_class"):
        for index, name in enumerate(thing.value.elements):
            where = thing.where("elements", index)
            if not bits_of(name):
                yield rules.UNKNOWN_DISCLOSED.notice(where, name=name)
            elif not thing.value.protected:
                for one in names_of(bits_of(name)):
                    if one in guarded:
                        yield rules.CLASS_TWICE.notice(where, name=one, other=guarded[one])
                        break


def _names(
    described: Described, thing: Located, key: str, names: tuple[str, ...], own: Keys
) -> Iterator[Notice]:
    known = described.data_classes
    for index, name in enumerate(names):
        if described.missing("data_class", name, known):
            yield rules.UNKNOWN_DATA_CLASS.notice(
                thing.where(*own, key, index), name=name, known=listed(known)
            )


def _purposes(thing: Located, purposes: tuple[str, ...], own: Keys) -> Iterator[Notice]:
    for index, purpose in enumerate(purposes):
        if purpose not in PURPOSES:
            where = thing.where(*own, "purposes", index)
            yield rules.UNKNOWN_PURPOSE.notice(where, purpose=purpose, known=listed(PURPOSES))


def _share(described: Described, thing: Located, clause: Share, own: Keys) -> Iterator[Notice]:
    if clause.smallest_cell is not None and clause.smallest_cell < FEWEST:
        yield rules.CELL_TOO_SMALL.notice(
            thing.where(*own, "smallest_cell"), cell=clause.smallest_cell
        )
    if "statistics" in clause.purposes:
        for index, name in enumerate(clause.data):
            found = described.data_classes.get(name)
            if found is not None and found.protected == "personal":
                yield rules.NAMES_IN_FIGURES.notice(thing.where(*own, "data", index), name=name)
    if clause.onward is not None:
        for index, party in enumerate(clause.onward.to):
            if party in clause.of:
                where = thing.where(*own, "onward", "to", index)
                yield rules.ONWARD_TO_ITSELF.notice(where, party=party)
        for index, purpose in enumerate(clause.onward.purposes):
            if purpose not in PURPOSES:
                yield rules.UNKNOWN_PURPOSE.notice(
                    thing.where(*own, "onward", "purposes", index),
                    purpose=purpose,
                    known=listed(PURPOSES),
                )
