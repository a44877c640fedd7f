"""What is said of an element, a value or an attribute that the profile does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from gatepost.adapters.formats import rules
from gatepost.adapters.formats.faults import shown
from gatepost.adapters.formats.wco.profile import Element
from gatepost.adapters.formats.wco.values import advice
from gatepost.kernel.notice import Notice


def unknown(parent: Element, name: str, where: str) -> Notice:
    """Return the notice that ``parent`` has no element ``name``, with the likely one."""
    near = get_close_matches(name[:80], parent.children, 1)
    hint = f", or write {near[0]} if you mean that" if near else ""
    around = parent.name or "The message"
    return rules.UNKNOWN_ELEMENT.notice(where, parent=around, name=shown(name), advice=hint)


def missing(parent: Element, name: str, where: str) -> Notice:
    """Return the notice that ``parent`` lacks its element ``name``."""
    return rules.MISSING.notice(where, parent=parent.name or "The message", name=name)


def value_fault(element: Element, text: str, where: str) -> Notice:
    """Return the notice that ``text`` does not fit ``element``."""
    if not text or text.isspace():
        return rules.BLANK.notice(where, name=element.name)
    return rules.WRONG_VALUE.notice(
        where,
        name=element.name,
        value=shown(text),
        format=element.format or element.type,
        advice=advice(element.type, element.format),
    )


def at_attribute(where: str, name: str) -> str:
    """Return the place of an attribute of the element at ``where``, which may end in a line."""
    path, colon, line = where.partition(":")
    return f"{path}/@{shown(name)}{colon}{line}"


def attributes_fit(element: Element, given: Mapping[str, str]) -> bool:
    """Return whether nothing is wrong with the attributes ``given`` to ``element``."""
    known = element.attributes
    for name, value in given.items():
        if name not in known or not known[name].fits(value):
            return False
    return all(name in given for name in element.required)


def attribute_faults(element: Element, given: Mapping[str, str], where: str) -> Iterator[Notice]:
    """Yield everything wrong with the attributes ``given`` to ``element``."""
    for name, value in given.items():
        attribute = element.attributes.get(name)
        if attribute is None:
            yield rules.UNKNOWN_ATTRIBUTE.notice(
                at_attribute(where, name), name=element.name, attribute=shown(name)
            )
        elif not attribute.fits(value):
            yield rules.WRONG_ATTRIBUTE.notice(
                at_attribute(where, name),
                name=element.name,
                attribute=name,
                value=shown(value),
                advice=attribute.advice,
            )
    for name in element.required:
        if name not in given:
            yield rules.MISSING_ATTRIBUTE.notice(where, name=element.name, attribute=name)
