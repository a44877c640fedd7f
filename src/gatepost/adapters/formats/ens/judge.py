"""The rules of an interface: which of them a message breaks, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from gatepost.adapters.formats.ens.model import InterfaceRule, Known, NamedValues
from gatepost.adapters.formats.ens.structure import Record, Shape
from gatepost.expression.compile import compile_condition
from gatepost.expression.vocabulary import TEXT, Type, Vocabulary
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Notice

ROOTS = ("message", "within", "here", "known")
"""The names in a condition: the message, the group around, the group itself, what was gathered."""

ELEMENT = "element"

Holds = Callable[..., bool]
Sets = Mapping[str, frozenset[str]]


class Instance(msgspec.Struct, frozen=True):
    """One group of a message: its record, the record around it, and its place."""

    record: Record
    within: Record
    where: str


def instances(
    record: Record, shape: Shape, where: str, within: Record | None = None
) -> Iterator[tuple[str, Instance]]:
    """Yield every group of a message in document order, with the path of its shape."""
    yield shape.path, Instance(record, record if within is None else within, where)
    for name, part in shape.parts.items():
        if part.shape is None:
            continue
        held = getattr(record, name)
        for one in held if part.several else () if held is None else (held,):
            yield from instances(one, part.shape, f"{where}/{name}[{one.position}]", record)


class Judge:
    """The rules for one message of one rule set, compiled."""

    def __init__(
        self,
        message: Shape,
        rules: Sequence[InterfaceRule],
        known: Sequence[Known],
        sets: Sequence[NamedValues],
    ) -> None:
        self.shapes = dict(shapes(message))
        self.sets: Sets = {one.name: frozenset(one.values) for one in sets}
        self.message = message
        self.known_record = _known_record(known, self.shapes)
        self._known = [(one, self.compiled(one.when, one.of, ROOTS[:3])) for one in known]
        self._rules: dict[str, list[tuple[InterfaceRule, Holds]]] = {}
        for rule in rules:
            held = self.compiled(rule.refused_when, rule.of, roots_of(rule))
            self._rules.setdefault(rule.of, []).append((rule, held))

    def compiled(self, condition: str, path: str, roots: Sequence[str]) -> Holds:
        """Return a condition about the groups at ``path``; ``ExpressionFault`` if it is faulty."""
        around = self.shapes.get(path.rpartition("/")[0], self.message)
        words: dict[str, Type] = {
            "message": Type("record", record=self.message.record),
            "within": Type("record", record=around.record),
            "here": Type("record", record=self.shapes[path].record),
            "known": Type("record", record=self.known_record),
            ELEMENT: TEXT,
        }
        return compile_condition(condition, Vocabulary(words), roots, self.sets)

    def errors(self, record: Record, where: str) -> list[Notice]:
        """Return the errors of a message whose structure is right, in document order."""
        found = list(instances(record, self.message, where))
        known = self._gathered(record, found)
        return [
            notice
            for path, one in found
            for rule, holds in self._rules.get(path, ())
            for notice in _broken(rule, holds, (record, one.within, one.record, known), one.where)
        ]

    def _gathered(self, message: Record, found: Sequence[tuple[str, Instance]]) -> Record:
        values: dict[str, set[Any]] = {one.name: set() for one, _ in self._known}
        for path, instance in found:
            for one, holds in self._known:
                if one.of == path and holds(message, instance.within, instance.record):
                    value = getattr(instance.record, one.value)
                    if value is not None:
                        values[one.name].add(value)
        return self.known_record(**values)


def roots_of(rule: InterfaceRule) -> tuple[str, ...]:
    """Return the names that the condition of ``rule`` may use."""
    return (*ROOTS, ELEMENT) if rule.codes else ROOTS


def shapes(shape: Shape) -> Iterator[tuple[str, Shape]]:
    """Yield a shape and all within it by path."""
    yield shape.path, shape
    for part in shape.parts.values():
        if part.shape is not None:
            yield from shapes(part.shape)


def _known_record(known: Sequence[Known], found: Mapping[str, Shape]) -> type[msgspec.Struct]:
    fields = [
        (one.name, tuple[int, ...] if one.value == "elements" else tuple[str, ...])
        for one in known
        if one.of in found
    ]
    return msgspec.defstruct("Known", fields, frozen=True)


def _broken(
    rule: InterfaceRule, holds: Holds, roots: tuple[Record, ...], where: str
) -> Iterator[Notice]:
    title = in_language(rule.title)
    if rule.code is not None and holds(*roots):
        yield Notice(rule.code, where, {"sentence": title})
    for name, code in rule.codes.items():
        value = getattr(roots[2], name)
        if rule.place == "element" and value is None:
            continue
        if holds(*roots, value):
            at = f"{where}/{name}[1]" if rule.place == "element" else where
            yield Notice(code, at, {"sentence": title.replace("{element}", name)})
