"""The same person, plate, address, container or seal in cases of several agencies (RM-07).

An identifier is written one way and hashed with a key before it is compared, so that nobody who
looks through the marks learns what others hold. The answer is a hit, no hit, or whom to ask.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args

import msgspec

MarkKind = Literal["person", "plate", "address", "container", "seal"]
MARK_KINDS: tuple[MarkKind, ...] = get_args(MarkKind)

ELEMENTS: Mapping[MarkKind, str] = {
    "person": "traveller.document_id",
    "plate": "conveyance.id",
    "address": "consignment.consignee",
    "container": "consignment.equipment",
    "seal": "consignment.equipment",
}
"""The element that an agreement must open for a link by a mark of this kind to be shown."""

Mark = tuple[MarkKind, str]

_PARTIES = frozenset(
    {"Agent", "Carrier", "Consignee", "Consignor", "Declarant", "Exporter", "Importer"}
)
_STREET = ("Line", "StreetName", "BuildingNumber", "PostcodeID", "CityName", "CountryCode")


class Linked(msgspec.Struct, frozen=True):
    """A case that carries the mark, and the agencies that have a part in it.

    ``rights`` are those by which the element is open to who asks; empty if it is not.
    """

    reference: str
    agencies: tuple[str, ...]
    rights: tuple[str, ...] = ()


class Link(msgspec.Struct, frozen=True):
    """What an agency learns: its own cases and those a right opens; else only whom to ask."""

    answer: Literal["hit", "ask", "no hit"]
    cases: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


def normalised(kind: MarkKind, text: str) -> str:
    """Return an identifier as it is compared: letters without marks, and digits.

    Between the words of an address one blank stays, elsewhere nothing does.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()
    return (" " if kind == "address" else "").join(kept)


def mark_of(key: bytes, kind: MarkKind, text: str) -> str:
    """Return the keyed hash of an identifier, the same however it is written."""
    return hmac.digest(key, f"{kind}|{normalised(kind, text)}".encode(), "sha256").hex()[:32]


def marks_in(dataset: Mapping[str, Any]) -> frozenset[Mark]:
    """Return every identifier in a data set, as it is compared."""
    found = ((kind, normalised(kind, text)) for kind, text in _walk("", dataset))
    return frozenset((kind, text) for kind, text in found if text)


def link(asker: str, linked: Iterable[Linked]) -> Link:
    """Return what ``asker`` may know of the cases that carry a mark.

    A case in which it has a part itself is its own. Of another it learns the reference only where
    the element is open to it, else the names of the agencies to ask.
    """
    cases: list[str] = []
    rights: dict[str, None] = {}
    ask: set[str] = set()
    for one in linked:
        if asker in one.agencies:
            cases.append(one.reference)
        elif one.rights:
            cases.append(one.reference)
            rights |= dict.fromkeys(one.rights)
        else:
            ask.update(one.agencies)
    answer: Literal["hit", "ask", "no hit"] = "hit" if cases else "ask" if ask else "no hit"
    return Link(answer, tuple(sorted(cases)), tuple(rights), tuple(sorted(ask)))


def _walk(name: str, tree: Any) -> Iterator[Mark]:
    if isinstance(tree, list):
        for one in tree:
            yield from _walk(name, one)
    elif isinstance(tree, dict):
        yield from _own(name, tree)
        for below, value in tree.items():
            yield from _walk(below, value)


def _own(name: str, tree: Mapping[str, Any]) -> Iterator[Mark]:
    """Yield the identifiers that an element itself carries."""
    identity = _text(tree, "ID")
    if name == "BorderTransportMeans" and identity:
        yield "plate", identity
    elif name == "TransportEquipment" and identity:
        yield "container", identity
    elif name == "Seal" and identity:
        yield "seal", identity
    elif name in _PARTIES and identity:
        yield "person", identity
    elif name == "Traveller" and isinstance(paper := tree.get("Document"), dict):
        yield "person", (_text(paper, "IssueCountryCode") or "") + (_text(paper, "ID") or "")
    elif name == "Address" and (_text(tree, "Line") or _text(tree, "StreetName")):
        yield "address", " ".join(filter(None, (_text(tree, part) for part in _STREET)))


def _text(tree: Mapping[str, Any], name: str) -> str | None:
    value = tree.get(name)
    if isinstance(value, dict):
        value = value.get("#")
    return value if isinstance(value, str) else None
