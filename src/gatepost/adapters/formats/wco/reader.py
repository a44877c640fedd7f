"""From XML of the WCO Data Model into the data set, with everything wrong said at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from gatepost.adapters.formats import rules, safe_xml
from gatepost.adapters.formats.faults import Faults, shown
from gatepost.adapters.formats.wco.check import (
    at_attribute,
    attribute_faults,
    attributes_fit,
    missing,
    unknown,
    value_fault,
)
from gatepost.adapters.formats.wco.profile import HEADER, MESSAGE, NAMESPACES, Element
from gatepost.consignment.dataset import DataSet
from gatepost.kernel.notice import Notice, Refused

_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_NOT_DATA = frozenset({f"{_INSTANCE}schemaLocation", f"{_INSTANCE}noNamespaceSchemaLocation"})

Node = etree._Element


def read(data: bytes) -> DataSet:
    """Return the data set of the declaration in ``data``, whatever envelope is around it.

    Values are as written, white space included. Prefixes, comments, a schemaLocation and
    the envelope are no data. Raises ``Refused`` with everything that is wrong; each notice
    says where by path and line: ``Declaration/Declarant/ID:57``.
    """
    root = safe_xml.read(data)
    faults = Faults()
    header = _group(_metadata(root), MESSAGE, faults)
    faults.refuse()
    declaration = header.pop("Declaration")
    return (
        {"MetaData": header, "Declaration": declaration} if header else {"Declaration": declaration}
    )


def _metadata(root: Node) -> Node:
    if root.tag == HEADER.tag:
        return root
    found = list(root.iter(HEADER.tag))
    if not found:
        name = shown(etree.QName(root).localname)
        notice = rules.NO_METADATA.notice("line 1", element=name, namespace=NAMESPACES["md"])
        raise Refused([notice])
    if len(found) > 1:
        raise Refused([rules.SEVERAL_METADATA.notice(found=len(found))])
    return found[0]


def _group(node: Node, element: Element, faults: Faults) -> DataSet:
    """Return the children of ``node`` by name; what is wrong goes to ``faults``."""
    found: DataSet = {}
    tags = element.tags
    last: Element | None = None
    position = -1
    if (text := node.text) and not text.isspace():
        faults.add(_text_between(node, element, text))
    if keys := node.keys():
        _group_attributes(node, element, keys, faults)
    for child in node:
        if (text := child.tail) and not text.isspace():
            faults.add(_text_between(node, element, text))
        known = tags.get(child.tag)
        if known is None:
            faults.add(_unknown(child, element))
            continue
        if known.position <= position and last is not None:
            _out_of_step(child, known, last, known.name in found, faults)
        last, position = known, known.position
        value = _group(child, known, faults) if known.fits is None else _leaf(child, known, faults)
        if known.repeated:
            _append(found, value, child, known, faults)
        else:
            found.setdefault(known.name, value)
    for name in element.mandatory:
        if name not in found:
            faults.add(missing(element, name, _where(node, name)))
    return found


def _append(found: DataSet, value: Any, child: Node, known: Element, faults: Faults) -> None:
    occurrences = found.setdefault(known.name, [])
    occurrences.append(value)
    if len(occurrences) == known.most + 1:
        where = _where(child)
        faults.add(rules.TOO_MANY.notice(where, name=known.name, limit=known.most))


def _leaf(node: Node, element: Element, faults: Faults) -> Any:
    """Return the text of ``node``, or its text and attributes where it carries any."""
    text = node.text or ""
    if len(node):
        child = shown(etree.QName(node[0]).localname)
        faults.add(rules.ELEMENT_IN_VALUE.notice(_where(node), name=element.name, child=child))
    elif element.fits is not None and not element.fits(text):
        faults.add(value_fault(element, text, _where(node)))
    names = node.keys()
    if not names and not element.required:
        return text
    given = {name: value for name, value in _plain(node.items()) if name not in _NOT_DATA}
    if not attributes_fit(element, given):
        for notice in attribute_faults(element, given, _where(node)):
            faults.add(notice)
    return {"#": text, **{f"@{name}": value for name, value in given.items()}} if given else text


def _plain(items: Iterable[tuple[Any, Any]]) -> Iterable[tuple[str, str]]:
    return ((str(name), str(value)) for name, value in items)


def _group_attributes(node: Node, element: Element, keys: Iterable[Any], faults: Faults) -> None:
    for key in keys:
        if key not in _NOT_DATA:
            name = shown(str(key))
            where = at_attribute(_where(node), name)
            faults.add(rules.UNKNOWN_ATTRIBUTE.notice(where, name=element.name, attribute=name))


def _out_of_step(child: Node, known: Element, last: Element, again: bool, faults: Faults) -> None:
    """Say what is wrong with an element that does not come after the one before it."""
    name, before = known.name, last.name
    if known.repeated and known is last:
        return
    if again and known.repeated:
        faults.add(rules.SEPARATED.notice(_where(child), name=name, before=before))
    elif again:
        faults.add(rules.TOO_MANY_ONCE.notice(_where(child), name=name))
    else:
        faults.add(rules.WRONG_ORDER.notice(_where(child), name=name, before=before))


def _unknown(child: Node, parent: Element) -> Notice:
    qualified = etree.QName(child)
    expected = parent.children.get(qualified.localname)
    if expected is None:
        return unknown(parent, qualified.localname, _where(child))
    return rules.WRONG_NAMESPACE.notice(
        _where(child),
        name=expected.name,
        found=shown(qualified.namespace or "none"),
        expected=NAMESPACES[expected.namespace],
    )


def _text_between(node: Node, element: Element, text: str) -> Notice:
    return rules.TEXT_BETWEEN.notice(_where(node), name=element.name, value=shown(text.strip()))


def _where(node: Node, name: str = "") -> str:
    """Return path and line of ``node``, or of the element ``name`` that should be in it."""
    chain = [node]
    for ancestor in node.iterancestors():
        if chain[-1].tag == HEADER.tag:
            break
        chain.append(ancestor)
    chain.reverse()
    element: Element | None = MESSAGE
    steps = []
    for one in chain[1:]:
        element = element.tags.get(str(one.tag)) if element else None
        step = shown(etree.QName(one).localname)
        if element is not None and element.repeated:
            step += f"[{1 + sum(1 for _ in one.itersiblings(one.tag, preceding=True))}]"
        steps.append(step)
    steps = steps or ["MetaData"]
    if steps[0] != "Declaration" and steps != ["MetaData"]:
        steps.insert(0, "MetaData")
    if name and not (steps == ["MetaData"] and name == "Declaration"):
        steps.append(name)
    elif name:
        steps = [name]
    return f"{'/'.join(steps)}:{node.sourceline}"
