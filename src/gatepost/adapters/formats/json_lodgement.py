"""A lodgement as JSON: the data set itself, held to the same table as XML.

``{"MetaData": {…}, "Declaration": {…}}``: an element is an object of its elements by name, one that
may repeat always a list, a value always text as written, or ``{"#": text, "@currencyID": "EUR"}``
where it carries attributes. Names may come in any order; ``MetaData`` may be left out.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from gatepost.adapters.formats import rules
from gatepost.adapters.formats.faults import START, Faults, line_and_column, shown
from gatepost.adapters.formats.json_names import repeated_names
from gatepost.adapters.formats.wco.check import (
    attribute_faults,
    attributes_fit,
    missing,
    unknown,
    value_fault,
)
from gatepost.adapters.formats.wco.profile import DATASET, Element
from gatepost.consignment.dataset import DataSet
from gatepost.kernel.notice import Refused

MAX_BYTES = 5_000_000

Place = tuple["Place | None", str, int]
"""Where we are: the place around it, the name of the element, and its number or 0."""

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.encode
_WHITE = b" \t\r\n"
_BYTE = re.compile(r"\(byte ([0-9]+)\)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read(data: bytes) -> DataSet:
    """Return the data set of ``data``, its names in the order of the profile.

    Raises ``Refused`` with everything wrong; each notice says where by a path such as
    ``Declaration/GoodsShipment/GovernmentAgencyGoodsItem[2]/Origin[1]/CountryCode``.
    """
    if len(data) > MAX_BYTES:
        raise Refused([rules.JSON_TOO_LARGE.notice(START, size=len(data), limit=MAX_BYTES)])
    try:
        return _read(data.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError:
        raise Refused([rules.JSON_TOO_DEEP.notice(START)]) from None


def _read(data: bytes) -> DataSet:
    tree = _decoded(data)
    faults = Faults()
    if not _surely_single(data, tree):
        for path, name in repeated_names(data):
            faults.add(rules.DUPLICATE_NAME.notice(path, name=shown(name)))
    if b"\\" in data or b"\xef\xbf" in data:
        _characters(tree, None, faults)
    return _fitted(tree, faults)


def fitted(tree: object) -> DataSet:
    """Return a tree of names and texts as a data set; ``Refused`` where it does not fit."""
    faults = Faults()
    _characters(tree, None, faults)
    return _fitted(tree, faults)


def write(dataset: DataSet, indent: int = 0) -> bytes:
    """Return ``dataset`` as JSON, compact or with ``indent`` spaces a level."""
    data = _encode(dataset)
    return msgspec.json.format(data, indent=indent) if indent else data


def _decoded(data: bytes) -> Any:
    try:
        return _decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        where = line_and_column(data, _position(data, error))
        raise Refused([rules.NOT_JSON.notice(where, problem=shown(str(error)))]) from None


def _position(data: bytes, error: msgspec.DecodeError | UnicodeDecodeError) -> int:
    """Return the byte at which decoding stopped: that named, else the end of what came."""
    if isinstance(error, UnicodeDecodeError):
        return error.start
    named = _BYTE.search(str(error))
    return int(named[1]) if named else len(data)


def _surely_single(data: bytes, tree: object) -> bool:
    """Return whether no name can have been given twice.

    Written again without white space, ``tree`` is as long as what came in unless a name
    was dropped or a character was escaped without need; numbers, the other thing that
    may differ, are refused anyway.
    """
    try:
        again = _encode(tree)
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _WHITE)) == len(again.translate(None, b" "))


def _fitted(tree: object, faults: Faults) -> DataSet:
    if not isinstance(tree, dict):
        found = _kind(tree)
        raise Refused([rules.OBJECT_EXPECTED.notice(START, name="The message", found=found)])
    dataset = _group(tree, DATASET, None, faults)
    faults.refuse()
    if not dataset.get("MetaData", True):
        del dataset["MetaData"]
    return dataset


def _group(tree: DataSet, element: Element, place: Place | None, faults: Faults) -> DataSet:
    """Return ``tree`` with its elements in order; what is wrong goes to ``faults``."""
    last, ordered, empty = -1, True, False
    children = element.children
    for name, value in tree.items():
        child = children.get(name)
        if child is None:
            faults.add(unknown(element, name, _where(place, name)))
            continue
        if child.position < last:
            ordered = False
        last = child.position
        kind = value.__class__
        if child.repeated:
            _occurrences(value, child, place, faults)
            empty = empty or not value
        elif kind is str and child.fits is not None:
            if not child.fits(value):
                faults.add(value_fault(child, value, _where(place, name)))
        elif kind is list:
            faults.add(rules.LIST_UNEXPECTED.notice(_where(place, name), name=name))
        else:
            fresh = _one(value, child, (place, name, 0), faults)
            if fresh is not value:
                tree[name] = fresh
    for name in element.mandatory:
        if name not in tree:
            faults.add(missing(element, name, _where(place, name)))
    return tree if ordered and not empty else _ordered(tree, element)


def _ordered(tree: DataSet, element: Element) -> DataSet:
    """Return the elements of ``tree`` in the profile's order, without empty lists."""
    known = [name for name in tree if name in element.children and tree[name] != []]
    known.sort(key=lambda name: element.children[name].position)
    return {name: tree[name] for name in known}


def _occurrences(value: object, element: Element, place: Place | None, faults: Faults) -> None:
    """Check every occurrence of a repeatable element, replacing in its list what changes."""
    if not isinstance(value, list):
        where = _where(place, element.name)
        faults.add(rules.LIST_EXPECTED.notice(where, name=element.name, found=_kind(value)))
        return
    if len(value) > element.most:
        where = _where(place, element.name)
        faults.add(rules.TOO_MANY.notice(where, name=element.name, limit=element.most))
    for number, one in enumerate(value, 1):
        fresh = _one(one, element, (place, element.name, number), faults)
        if fresh is not one:
            value[number - 1] = fresh


def _one(value: object, element: Element, here: Place, faults: Faults) -> object:
    """Return one occurrence of ``element`` as the data set holds it."""
    if element.fits is not None:
        return _leaf(value, element, here, faults)
    if isinstance(value, dict):
        return _group(value, element, here, faults)
    where = _where(here)
    faults.add(rules.OBJECT_EXPECTED.notice(where, name=element.name, found=_kind(value)))
    return value


def _leaf(value: object, element: Element, here: Place, faults: Faults) -> object:
    """Return a value; one without attributes is its text alone."""
    if isinstance(value, dict):
        if _sound(value, element):
            return value
        text = value.get("#", "")
        attributes = {name: one for name, one in value.items() if name != "#"}
    else:
        text, attributes = value, {}
    if not isinstance(text, str):
        faults.add(rules.NOT_TEXT.notice(_where(here), name=element.name, found=_kind(text)))
        return value
    if element.fits is not None and not element.fits(text):
        faults.add(value_fault(element, text, _where(here)))
    if attributes or element.required:
        given: dict[str, str] = {}
        for name, one in attributes.items():
            if not name.startswith("@"):
                faults.add(unknown(element, name, _where(here, name)))
            elif not isinstance(one, str):
                where = _where(here, name)
                faults.add(rules.NOT_TEXT.notice(where, name=name, found=_kind(one)))
            else:
                given[name[1:]] = one
        if not attributes_fit(element, given):
            for notice in attribute_faults(element, given, _where(here)):
                faults.add(notice)
    return {"#": text, **attributes} if attributes else text


def _sound(value: DataSet, element: Element) -> bool:
    """Tell of a value with attributes whether it is as it should be, as nearly all are."""
    names = iter(value)
    if next(names, None) != "#" or len(value) == 1:
        return False
    text = value["#"]
    if text.__class__ is not str or element.fits is None or not element.fits(text):
        return False
    for name in names:
        attribute = element.attributes.get(name[1:]) if name[:1] == "@" else None
        given = value[name]
        if attribute is None or given.__class__ is not str or not attribute.fits(given):
            return False
    return all(f"@{name}" in value for name in element.required)


def _characters(tree: object, place: Place | None, faults: Faults) -> None:
    """Refuse characters that XML cannot carry: the data set must go out in every format."""
    if isinstance(tree, str):
        found = _ILLEGAL.search(tree)
        if found:
            shown_as = f"U+{ord(found[0]):04X}"
            faults.add(rules.ILLEGAL_CHARACTER.notice(_where(place), character=shown_as))
    elif isinstance(tree, dict):
        for name, value in tree.items():
            _characters(value, (place, str(name), 0), faults)
    elif isinstance(tree, list):
        for number, one in enumerate(tree, 1):
            around = (place[0], place[1], number) if place else (None, "", number)
            _characters(one, around, faults)


def _where(place: Place | None, name: str = "") -> str:
    """Return the path of ``place``, or of ``name`` in it."""
    steps = [shown(name)] if name else []
    while place is not None:
        place, step, number = place
        steps.append(f"{shown(step)}[{number}]" if number else shown(step))
    return "/".join(reversed(steps))


def _kind(value: object) -> str:
    """Return in words what ``value`` is in JSON."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {shown(str(value))}" if abs(value) < 1e15 else "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "an object"
