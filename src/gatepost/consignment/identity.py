"""Which goods and people of an amended declaration are those it declared before.

Controls and decisions name an item or a traveller by its number. A number is given once: what
is declared again keeps it wherever it now stands, and what is new gets one never used before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import msgspec

from gatepost.consignment.dataset import DataSet, Tree, child, each, text
from gatepost.consignment.model import Consignment, GoodsItem, Traveller

One = TypeVar("One", GoodsItem, Traveller)


class Numbers(msgspec.Struct, frozen=True, omit_defaults=True):
    """The number of each item and traveller in the order declared, and the highest ever given."""

    items: tuple[int, ...] = ()
    travellers: tuple[int, ...] = ()
    last_item: int = 0
    last_traveller: int = 0


def first_numbers(consignment: Consignment) -> Numbers:
    """Return the numbers of what is lodged: the place of each."""
    items, travellers = len(consignment.items), len(consignment.travellers)
    return Numbers(tuple(range(1, items + 1)), tuple(range(1, travellers + 1)), items, travellers)


def numbered(consignment: Consignment, numbers: Numbers | None) -> Consignment:
    """Return ``consignment`` with ``numbers``; without them an item's place is its number."""
    if numbers is None:
        return consignment
    return msgspec.structs.replace(
        consignment,
        items=_with(consignment.items, numbers.items),
        travellers=_with(consignment.travellers, numbers.travellers),
    )


def _with(several: tuple[One, ...], numbers: Sequence[int]) -> tuple[One, ...]:
    return tuple(
        msgspec.structs.replace(one, number=number)
        for one, number in zip(several, numbers, strict=True)
    )


def numbers_after(
    before: Consignment,
    old: DataSet,
    after: Consignment,
    new: DataSet,
    known: Numbers | None,
) -> Numbers:
    """Return the numbers of an amended declaration.

    ``before`` carries the numbers given so far, whose highest ``known`` tells; ``old`` and
    ``new`` are the data sets the two were read from.
    """
    known = known or first_numbers(before)
    items = _match(before.items, _item_marks(old), after.items, _item_marks(new), _goods, _alike)
    people = _match(
        before.travellers,
        _traveller_marks(old),
        after.travellers,
        _traveller_marks(new),
        _person,
        _same_person,
    )
    given_items, last_item = _given(items, known.last_item)
    given_people, last_traveller = _given(people, known.last_traveller)
    return Numbers(given_items, given_people, last_item, last_traveller)


def _given(found: Sequence[int | None], last: int) -> tuple[tuple[int, ...], int]:
    numbers = []
    for number in found:
        if number is None:
            number = last = last + 1
        numbers.append(number)
    return tuple(numbers), last


def _match(
    before: Sequence[One],
    old_marks: Sequence[str],
    after: Sequence[One],
    new_marks: Sequence[str],
    key: Callable[[One], Hashable],
    alike: Callable[[One, One], bool],
) -> list[int | None]:
    """Return for each of ``after`` the number of the same one before, ``None`` if it is new.

    The surest sign goes first, for all: the same under the same sequence number, then the same
    anywhere, then under the same sequence number one that differs in part.
    """
    found: list[int | None] = [None] * len(after)
    taken: set[int] = set()
    signs: tuple[Callable[[str, One], Hashable], ...] = (
        lambda mark, one: (mark, key(one)),
        lambda _, one: key(one),
        lambda mark, _: mark,
    )
    for sign in signs:
        waiting: dict[Hashable, list[int]] = {}
        for place, one in enumerate(before):
            if place not in taken:
                waiting.setdefault(sign(old_marks[place], one), []).append(place)
        for n, one in enumerate(after):
            several = waiting.get(sign(new_marks[n], one)) if found[n] is None else None
            if several and (sign is not signs[-1] or alike(before[several[0]], one)):
                place = several.pop(0)
                taken.add(place)
                found[n] = before[place].number
    return found


def _goods(item: GoodsItem) -> tuple[Hashable, ...]:
    """Return what the goods are; papers, value and procedure are about them."""
    return (item.commodity, item.origin, *_bulk(item))


def _bulk(item: GoodsItem) -> tuple[Hashable, ...]:
    return (
        item.description,
        item.gross_mass,
        item.net_mass,
        item.quantity,
        item.packages,
        item.package_type,
    )


def _alike(one: GoodsItem, other: GoodsItem) -> bool:
    """Tell goods put right from other goods: their kind stayed, or nothing else changed."""
    kind = (one.commodity, one.origin) == (other.commodity, other.origin)
    return kind or _bulk(one) == _bulk(other)


def _person(traveller: Traveller) -> tuple[Hashable, ...]:
    return (traveller.document_id, traveller.name, traveller.birth)


def _same_person(one: Traveller, other: Traveller) -> bool:
    """Tell a person put right from another: the document stayed, or name and birth did."""
    if one.document_id is not None and one.document_id == other.document_id:
        return True
    known = one.name is not None
    return known and (one.name, one.birth) == (other.name, other.birth)


def _item_marks(dataset: DataSet) -> tuple[str, ...]:
    shipment = child(dataset, "Declaration", "GoodsShipment")
    return _marks(each(shipment, "GovernmentAgencyGoodsItem"))


def _traveller_marks(dataset: DataSet) -> tuple[str, ...]:
    return _marks(each(child(dataset, "Declaration"), "Traveller"))


def _marks(trees: Sequence[Tree]) -> tuple[str, ...]:
    """Return the sequence number of each, its place where a message gives none."""
    return tuple(text(tree, "SequenceNumeric") or str(place) for place, tree in enumerate(trees, 1))
