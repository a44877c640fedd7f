"""What can be disclosed: every element of a case by name, and sets of them as bits of a number.

What was lodged has the names that conditions use (``item.origin``); what happened to it has
names of its own (``case.hits``). A name without its last part means all that it holds:
``item`` every element of the goods items, ``consignment.exporter`` the whole party.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, get_args, get_type_hints

import msgspec

from gatepost.consignment.model import Consignment, Conveyance, GoodsItem, Party, Traveller
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis

_NOUNS = {
    "consignment": Consignment,
    "conveyance": Conveyance,
    "item": GoodsItem,
    "traveller": Traveller,
}
RECORDS: dict[str, str] = {
    "case.status": "how far the case is, whom it waits for, arrival and removal",
    "case.needs": "what each agency asks for, and by which law",
    "case.fees": "what each agency charges",
    "case.channel": "the channel of the case",
    "case.hits": "which indicators fired, and the values that fired them",
    "case.controls": "which controls are ordered, and their plan",
    "case.findings": "what was found",
    "case.decisions": "what was decided, and under which conditions",
    "case.holds": "what is held and why",
    "case.officers": "which officer acted",
    "case.refusals": "which acts were refused",
    "case.dataset": "all that was lodged, also what no rule reads",
}
"""What is recorded in a case besides what was lodged."""


def _elements() -> Iterator[str]:
    for root, noun in _NOUNS.items():
        for name, kind in get_type_hints(noun).items():
            if Party in (kind, *get_args(kind)):
                yield from (f"{root}.{name}.{part}" for part in Party.__struct_fields__)
            elif name not in ("items", "travellers", "conveyance", "number"):
                yield f"{root}.{name}"
    yield from RECORDS


ELEMENTS: tuple[str, ...] = tuple(_elements())
BITS: dict[str, int] = {name: 1 << position for position, name in enumerate(ELEMENTS)}
EVERYTHING = (1 << len(ELEMENTS)) - 1

Protected = Literal["personal", "commercial", "risk"]


class DataClass(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A class of data that instruments and mandates name: which elements belong to it.

    ``protected`` tells what it lays open: a person, a trader's business, or how an agency
    chooses what to control. What is not protected anybody at the border may know.
    """

    id: str
    name: Text
    elements: tuple[str, ...]
    legal_basis: tuple[LegalBasis, ...]
    protected: Protected | None = None


@cache
def bits_of(name: str) -> int:
    """Return the bits of an element or of all that a name holds; 0 if it is no such name."""
    if name in BITS:
        return BITS[name]
    return sum(bit for element, bit in BITS.items() if element.startswith(name + "."))


def mask_of(names: Iterable[str]) -> int:
    """Return the bits of all the names."""
    mask = 0
    for name in names:
        mask |= bits_of(name)
    return mask


@cache
def condensed(mask: int) -> tuple[str, ...]:
    """Return the elements of a mask, all of one noun or party by its name alone."""
    found: dict[str, None] = {}
    for name, bit in BITS.items():
        if mask & bit:
            parts = name.split(".")
            held = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
            found[next(one for one in held if bits_of(one) & mask == bits_of(one))] = None
    return tuple(found)


@cache
def names_of(mask: int) -> tuple[str, ...]:
    """Return the elements of a mask in their order."""
    return tuple(name for name, bit in BITS.items() if mask & bit)
