"""Are two XML messages the same from MetaData inwards?"""

from __future__ import annotations

from lxml import etree

METADATA = "{urn:wco:datamodel:WCO:DocumentMetaData-DMS:2}MetaData"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


def differences(a: bytes, b: bytes) -> list[str]:
    """Return in words where ``a`` and ``b`` differ.

    Prefixes, comments, white space between elements, a schemaLocation and what is around
    MetaData do not count.
    """
    return _compared(_metadata(a), _metadata(b), "")


def _metadata(data: bytes) -> etree._Element:
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True))
    return next(iter(root.iter(METADATA)))


def _compared(a: etree._Element, b: etree._Element, path: str) -> list[str]:
    here = f"{path}/{etree.QName(a).localname}"
    if a.tag != b.tag:
        return [f"{here}: {a.tag} is not {b.tag}"]
    found = []
    if _attributes(a) != _attributes(b):
        found.append(f"{here}: attributes {_attributes(a)} and {_attributes(b)}")
    if len(a) != len(b):
        return [*found, f"{here}: {len(a)} and {len(b)} elements"]
    if not len(a) and _value(a) != _value(b):
        found.append(f"{here}: {a.text!r} is not {b.text!r}")
    for one, other in zip(a, b, strict=True):
        found += _compared(one, other, here)
    return found


def _attributes(node: etree._Element) -> dict[str, str]:
    return {str(k): str(v) for k, v in node.items() if k != LOCATION}


def _value(node: etree._Element) -> str:
    return node.text or ""
