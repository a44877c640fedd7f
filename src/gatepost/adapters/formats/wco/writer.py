"""From the data set to XML of the WCO Data Model."""

from __future__ import annotations

from typing import Any

from gatepost.adapters.formats.wco.check import unknown
from gatepost.adapters.formats.wco.markup import Markup
from gatepost.adapters.formats.wco.profile import (
    DECLARATION,
    ELEMENTS,
    HEADER,
    NAMESPACES,
    Element,
)
from gatepost.consignment.dataset import DataSet
from gatepost.kernel.notice import Refused

_PREFIXES = {"md": "md:", "dec": "", "ds": "ds:", "gatepost": "gp:"}
_NAMES = {path: _PREFIXES[one.namespace] + one.name for path, one in ELEMENTS.items()}
_ROOT_ATTRIBUTES = {
    "xmlns:md": NAMESPACES["md"],
    "xmlns": NAMESPACES["dec"],
    "xmlns:ds": NAMESPACES["ds"],
}


def write(dataset: DataSet) -> bytes:
    """Return ``dataset`` as XML: elements in the order of the profile, values as they are.

    The namespace of the extensions is declared only where one is used. Raises ``Refused``
    (DATA-001) for an element that the profile does not have; nothing is left out in silence.
    """
    markup = Markup()
    attributes = dict(_ROOT_ATTRIBUTES)
    if _extended(dataset["Declaration"]):
        attributes["xmlns:gp"] = NAMESPACES["gatepost"]
    markup.open(_NAMES["MetaData"], attributes)
    _children(markup, dataset.get("MetaData", {}), HEADER)
    _element(markup, dataset["Declaration"], DECLARATION)
    markup.close()
    return markup.data()


def _extended(declaration: DataSet) -> bool:
    means = declaration.get("BorderTransportMeans", {})
    return any(
        child.namespace == "gatepost" and name in tree
        for tree, parent in (
            (declaration, DECLARATION),
            (means, DECLARATION.children["BorderTransportMeans"]),
        )
        for name, child in parent.children.items()
    )


def _children(markup: Markup, tree: DataSet, element: Element) -> None:
    strange = [unknown(element, name, name) for name in tree if name not in element.children]
    if strange:
        raise Refused(strange)
    for name in sorted(tree, key=lambda name: element.children[name].position):
        child, value = element.children[name], tree[name]
        for one in value if child.repeated else (value,):
            _element(markup, one, child)


def _element(markup: Markup, value: Any, element: Element) -> None:
    name = _NAMES[element.path]
    if isinstance(value, str):
        markup.leaf(name, value)
    elif element.fits is not None:
        markup.leaf(name, value["#"], {key[1:]: one for key, one in value.items() if key != "#"})
    elif value:
        markup.open(name)
        _children(markup, value, element)
        markup.close()
    else:
        markup.leaf(name)
