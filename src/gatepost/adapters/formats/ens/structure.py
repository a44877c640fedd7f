"""The structure of a message: a tree of XML into records, or into everything wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from lxml import etree

from gatepost.adapters.formats import rules
from gatepost.adapters.formats.ens.model import Element, Format
from gatepost.adapters.formats.ens.values import Reader, reader_of
from gatepost.adapters.formats.faults import Faults, shown

Record = Any
"""A frozen struct with a field for each element of a group, see :class:`Shape`."""

ADDED = ("position", "elements")
"""Fields of every record: its place among its like, from 1, and how many elements it has."""

_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


class Part:
    """One element of a group: how often it occurs and what it holds."""

    def __init__(self, element: Element, order: int, needed: bool) -> None:
        self.name = element.name
        self.order = order
        least, _, most = element.occurs.partition("..")
        self.least = 1 if needed else int(least)
        self.most = None if most == "n" else int(most)
        self.format = element.format
        self.shape: Shape | None = None
        self.read: Reader | None = None
        self.advice = ""

    @property
    def several(self) -> bool:
        """Whether the record holds a list of these."""
        return self.most != 1

    def annotation(self) -> Any:
        """Return the type of the field in the record."""
        if self.shape is None:
            return str | None
        held = self.shape.record
        return tuple[held, ...] if self.several else held | None  # type: ignore[valid-type]


class Shape:
    """A group: its parts in order and the record made of it."""

    def __init__(self, name: str, path: str, parts: Sequence[Part]) -> None:
        self.name = name
        self.path = path
        self.parts = {part.name: part for part in parts}
        fields = [(part.name, part.annotation()) for part in parts]
        added = [(field, int) for field in ADDED]
        self.record: type[msgspec.Struct] = msgspec.defstruct(
            name, [*added, *fields], frozen=True, gc=False
        )


class Tables:
    """The formats and shared groups out of which shapes are made."""

    def __init__(
        self, formats: Mapping[str, Format], groups: Mapping[str, tuple[Element, ...]]
    ) -> None:
        self._formats = formats
        self._readers = {name: reader_of(one) for name, one in formats.items()}
        self._groups = groups

    def shape(
        self, name: str, path: str, elements: Sequence[Element], needed: frozenset[str]
    ) -> Shape:
        """Return the shape of a group; elements whose path is ``needed`` occur at least once."""
        parts = []
        for order, element in enumerate(elements):
            at = f"{path}/{element.name}" if path else element.name
            part = Part(element, order, at in needed)
            if element.format is None:
                held = element.elements or self._groups[element.name]
                part.shape = self.shape(element.name, at, held, needed)
            else:
                part.read = self._readers[element.format]
                part.advice = self._formats[element.format].text
            parts.append(part)
        return Shape(name, path, parts)


class Structure:
    """Reads one message by its shape and keeps everything wrong with it."""

    def __init__(self) -> None:
        self.faults = Faults()

    def read(self, element: etree._Element, shape: Shape, where: str, position: int = 1) -> Record:
        """Return the record of ``element``, incomplete where faults were found."""
        self._plain(element, where)
        if between := "".join(_between(element)).strip():
            notice = rules.TEXT_BETWEEN.notice(where, value=shown(between), name=shape.name)
            self.faults.add(notice)
        found: dict[str, list[Record]] = {name: [] for name in shape.parts}
        last: Part | None = None
        children = list(element)
        for child in children:
            part = self._part(child, shape, where, last)
            if part is None:
                continue
            last = part
            here = f"{where}/{part.name}[{len(found[part.name]) + 1}]"
            found[part.name].append(self._value(child, part, here, len(found[part.name]) + 1))
        values = {
            name: self._counted(part, found[name], shape, where)
            for name, part in shape.parts.items()
        }
        return shape.record(position=position, elements=len(children), **values)

    def _plain(self, element: etree._Element, where: str) -> None:
        """Note attributes that do not belong to XML Schema itself."""
        for attribute in element.attrib:
            if not str(attribute).startswith(_INSTANCE) or attribute == f"{_INSTANCE}nil":
                name = shown(etree.QName(attribute).localname)
                self.faults.add(
                    rules.UNKNOWN_ATTRIBUTE.notice(where, name=_local(element), attribute=name)
                )

    def _part(
        self, child: etree._Element, shape: Shape, where: str, last: Part | None
    ) -> Part | None:
        """Return the part that ``child`` is; ``None`` if there is no such."""
        name = _local(child)
        part = shape.parts.get(name)
        if part is None:
            notice = rules.UNKNOWN_ELEMENT.notice(
                f"{where}/{shown(name)}", parent=shape.name, name=shown(name), advice=""
            )
            self.faults.add(notice)
            return None
        if etree.QName(child).namespace:
            self.faults.add(
                rules.WRONG_NAMESPACE.notice(
                    f"{where}/{name}",
                    name=name,
                    found=shown(str(etree.QName(child).namespace)),
                    expected="that is empty",
                )
            )
        if last is not None and part.order < last.order:
            self.faults.add(
                rules.WRONG_ORDER.notice(f"{where}/{name}", name=name, before=last.name)
            )
        return part

    def _value(self, child: etree._Element, part: Part, where: str, position: int) -> Record:
        if part.shape is not None:
            return self.read(child, part.shape, where, position)
        self._plain(child, where)
        if len(child):
            inner = shown(_local(child[0]))
            self.faults.add(rules.ELEMENT_IN_VALUE.notice(where, name=part.name, child=inner))
            return None
        assert part.read is not None
        text = child.text or ""
        value = part.read(text)
        if value is None:
            self._misfit(part, text, where)
        return value

    def _misfit(self, part: Part, text: str, where: str) -> None:
        if not text.strip():
            self.faults.add(rules.BLANK.notice(where, name=part.name))
            return
        self.faults.add(
            rules.WRONG_VALUE.notice(
                where,
                name=part.name,
                value=shown(text),
                format=part.format or "",
                advice=part.advice,
            )
        )

    def _counted(self, part: Part, found: list[Record], shape: Shape, where: str) -> Record:
        here = f"{where}/{part.name}[1]"
        if len(found) < part.least:
            self.faults.add(rules.MISSING.notice(here, parent=shape.name, name=part.name))
        if part.most is not None and len(found) > part.most:
            rule = rules.TOO_MANY_ONCE if part.most == 1 else rules.TOO_MANY
            place = f"{where}/{part.name}[{part.most + 1}]"
            self.faults.add(rule.notice(place, name=part.name, limit=part.most))
        if part.several:
            return tuple(found)
        return found[0] if found else None


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _between(element: etree._Element) -> list[str]:
    return [element.text or "", *(child.tail or "" for child in element)]
