"""The declaration profile as a tree of elements, made once from ``elements.tsv``."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from gatepost.adapters.formats.wco.values import ATTRIBUTES, Attribute, Fits, fits

NAMESPACES = {
    "md": "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2",
    "dec": "urn:wco:datamodel:WCO:DEC-DMS:2",
    "ds": "urn:wco:datamodel:WCO:Declaration_DS:DMS:2",
    "gatepost": "urn:gatepost:declaration-extension:1",
}
"""The namespaces of a declaration by the short names of the table."""

TABLE = Path(__file__).with_name("elements.tsv")


class Element(msgspec.Struct, eq=False, kw_only=True):
    """One element of the profile, below its parent.

    ``position`` is its place among the children of the parent and ``most`` how often it
    may occur there; ``fits`` says whether text fits and is ``None`` where the element
    holds other elements. ``tags`` are the children under their names with namespace.
    """

    name: str
    path: str
    wco_id: str
    type: str
    format: str
    namespace: str
    tag: str
    least: int
    most: int
    position: int
    repeated: bool
    fits: Fits | None
    attributes: Mapping[str, Attribute]
    required: tuple[str, ...] = ()
    mandatory: tuple[str, ...] = ()
    children: dict[str, Element] = {}
    tags: dict[str, Element] = {}

    def adopt(self, child: Element) -> None:
        """Take ``child`` in after the children already there."""
        child.position = len(self.children)
        self.children[child.name] = child
        self.tags[child.tag] = child
        if child.least:
            self.mandatory = (*self.mandatory, child.name)


def load_profile(rows: Iterable[Mapping[str, str]]) -> dict[str, Element]:
    """Return every element of the table by its path, each joined to its parent.

    A row stands after that of its parent. Raises ``ValueError`` if one does not, if a
    path occurs twice or a format or type is unknown.
    """
    found: dict[str, Element] = {}
    for row in rows:
        element = _element(row)
        parent, _, _ = element.path.rpartition("/")
        if element.path in found or (parent and parent not in found):
            raise ValueError(f"elements.tsv: {element.path} has no parent or occurs twice")
        found[element.path] = element
        if parent:
            found[parent].adopt(element)
    return found


def _element(row: Mapping[str, str]) -> Element:
    path, type_ = row["path"], row["type"]
    name = sys.intern(path.rpartition("/")[2])
    if type_ and type_ not in ATTRIBUTES:
        raise ValueError(f"elements.tsv: {path} has the unknown type {type_}")
    attributes = ATTRIBUTES[type_] if type_ else {}
    return Element(
        name=name,
        path=path,
        wco_id=row["wco_id"],
        type=type_,
        format=row["format"],
        namespace=row["namespace"],
        tag=f"{{{NAMESPACES[row['namespace']]}}}{name}",
        least=int(row["min"]),
        most=sys.maxsize if row["max"] == "n" else int(row["max"]),
        position=0,
        repeated=row["max"] != "1",
        fits=fits(type_, row["format"]) if type_ else None,
        attributes=attributes,
        required=tuple(name for name, one in attributes.items() if one.required),
    )


def _read_table() -> dict[str, Element]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = (line for line in lines if not line.startswith("#"))
        return load_profile(csv.DictReader(rows, delimiter="\t"))


def _holder(name: str, namespace: str, least: int) -> Element:
    row = {
        "path": name,
        "wco_id": "",
        "type": "",
        "format": "",
        "min": str(least),
        "max": "1",
        "namespace": namespace,
    }
    return _element(row)


def _message(header: Element, declaration: Element) -> Element:
    """Return MetaData as it stands in XML: its own elements, then the declaration."""
    message = _holder("MetaData", "md", 1)
    for child in header.children.values():
        message.adopt(child)
    message.adopt(declaration)
    return message


def _dataset(header: Element, declaration: Element) -> Element:
    """Return the data set: MetaData without the declaration, and beside it the declaration."""
    dataset = _holder("", "md", 1)
    dataset.adopt(header)
    dataset.adopt(declaration)
    return dataset


ELEMENTS = _read_table()
HEADER = ELEMENTS["MetaData"]
DECLARATION = ELEMENTS["Declaration"]
DATASET = _dataset(msgspec.structs.replace(HEADER, least=0), DECLARATION)
MESSAGE = _message(HEADER, msgspec.structs.replace(DECLARATION))
