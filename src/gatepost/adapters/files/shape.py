"""Plain values fitted to the struct types of the rooms, and everything that does not fit.

``msgspec`` stops at the first thing that does not fit, and lets a key that nobody reads pass
where a struct does not forbid it. A misspelt key in a law must not pass and an author wants all
faults at once, so a :class:`Shape` knows the keys of its type and, when something is wrong, goes
down into the value part by part.
"""

from __future__ import annotations

import re
import types
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from enum import Enum
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec

from gatepost.adapters.files import rules
from gatepost.adapters.files.plain import Keys, Plain
from gatepost.kernel.notice import Rule, Value


class Misfit(NamedTuple):
    """One thing that does not fit: the way to it, the rule it breaks, and the rule's values."""

    keys: Keys
    rule: Rule
    values: dict[str, Value]


class Shape:
    """A type without keys of its own: a word, a number, a date."""

    deep = False
    """Whether something with keys may be inside."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind

    def known(self, value: Plain) -> bool:
        """Tell whether every key in ``value`` is one that the type reads."""
        return True

    def own(self, value: Plain) -> Iterator[Misfit]:
        """Yield what is wrong with the keys of ``value`` itself."""
        return iter(())

    def parts(self, value: Plain) -> Iterator[tuple[str | int, Plain, Shape]]:
        """Yield the key, the value and the shape of each part of ``value``."""
        return iter(())

    def misfits(self, value: Plain, keys: Keys = ()) -> list[Misfit]:
        """Return everything in ``value`` that does not fit, none of it twice."""
        problem = None
        try:
            msgspec.convert(value, self.kind)
        except msgspec.ValidationError as error:
            problem = str(error)
        if problem is None and self.known(value):
            return []
        found = [Misfit(keys + m.keys, m.rule, m.values) for m in self.own(value)]
        for key, part, shape in self.parts(value):
            found += shape.misfits(part, (*keys, key))
        if not found and problem is not None:
            found.append(_explain(problem, value, self.kind, keys))
        return found


_EXAMPLES = {
    "legal_basis": ": the law behind this, as [{cite: Plant Health Act 2019, s. 12}]",
    "valid": ": the first day in force, as {from: 2026-07-01}",
}
"""How the keys are written that are forgotten most."""


class _Record(Shape):
    """A struct: its keys are known, and some must be there."""

    deep = True

    def __init__(self, kind: Any) -> None:
        super().__init__(kind)
        self.fields: dict[str, Shape] = {}
        self.needed: tuple[str, ...] = ()
        self.names: frozenset[str] = frozenset()
        self.inner: tuple[tuple[str, Shape], ...] = ()

    def fill(self, memo: dict[Any, Shape]) -> None:
        """Learn the fields; apart from ``__init__`` because a struct may contain itself."""
        fields = msgspec.structs.fields(self.kind)
        self.fields = {f.encode_name: _shape(f.type, memo) for f in fields}
        self.needed = tuple(f.encode_name for f in fields if f.required)
        tag = self.kind.__struct_config__.tag_field
        self.names = frozenset(self.fields) | ({tag} if tag else set())
        self.inner = tuple((name, shape) for name, shape in self.fields.items() if shape.deep)

    def known(self, value: Plain) -> bool:
        if type(value) is not dict:
            return True
        if not value.keys() <= self.names:
            return False
        for name, shape in self.inner:
            part = value.get(name)
            if part is not None and not shape.known(part):
                return False
        return True

    def own(self, value: Plain) -> Iterator[Misfit]:
        if not isinstance(value, dict):
            return
        missing = [name for name in self.needed if name not in value]
        for key in value:
            if key not in self.names:
                absent = [name for name in sorted(self.names) if name not in value]
                advice = _advice(key, absent, "The keys not yet used here are")
                yield Misfit((key,), rules.UNKNOWN_KEY, {"key": key, "advice": advice})
        for name in missing:
            example = _EXAMPLES.get(name, "")
            yield Misfit((), rules.MISSING_KEY, {"key": name, "example": example})

    def parts(self, value: Plain) -> Iterator[tuple[str | int, Plain, Shape]]:
        if isinstance(value, dict):
            for name, shape in self.fields.items():
                if name in value:
                    yield name, value[name], shape


class _Rows(Shape):
    """A list, all of one type."""

    def __init__(self, kind: Any, of: Shape) -> None:
        super().__init__(kind)
        self.of = of
        self.deep = of.deep

    def known(self, value: Plain) -> bool:
        return type(value) is not list or not self.deep or all(map(self.of.known, value))

    def parts(self, value: Plain) -> Iterator[tuple[str | int, Plain, Shape]]:
        if isinstance(value, list):
            for index, part in enumerate(value):
                yield index, part, self.of


class _Table(Shape):
    """A mapping with keys of the author's choice, such as texts by language."""

    def __init__(self, kind: Any, of: Shape) -> None:
        super().__init__(kind)
        self.of = of
        self.deep = of.deep

    def known(self, value: Plain) -> bool:
        return type(value) is not dict or not self.deep or all(map(self.of.known, value.values()))

    def parts(self, value: Plain) -> Iterator[tuple[str | int, Plain, Shape]]:
        if isinstance(value, dict):
            for key, part in value.items():
                yield key, part, self.of


class _Choice(Shape):
    """One of several types, told apart by what the value looks like."""

    def __init__(self, kind: Any, options: list[Shape]) -> None:
        super().__init__(kind)
        self.options = options
        self.deep = any(option.deep for option in options)

    def picked(self, value: Plain) -> Shape | None:
        """Return the one option that ``value`` can only be meant for, if there is one."""
        fitting: list[Shape]
        if isinstance(value, list):
            fitting = [o for o in self.options if isinstance(o, _Rows)]
        elif isinstance(value, dict):
            fitting = [o for o in self.options if isinstance(o, _Table | _Record)]
            if len(fitting) > 1:
                fitting = [o for o in fitting if _tagged(o, value)]
        else:
            return None
        return fitting[0] if len(fitting) == 1 else None

    def known(self, value: Plain) -> bool:
        option = self.picked(value)
        return option is None or option.known(value)

    def own(self, value: Plain) -> Iterator[Misfit]:
        option = self.picked(value)
        return iter(()) if option is None else option.own(value)

    def parts(self, value: Plain) -> Iterator[tuple[str | int, Plain, Shape]]:
        option = self.picked(value)
        return iter(()) if option is None else option.parts(value)


def shape_of(kind: Any) -> Shape:
    """Return the shape of a struct type, or of a list of one."""
    return _shape(kind, {})


def _tagged(option: Shape, value: dict[str, Plain]) -> bool:
    if not isinstance(option, _Record):
        return False
    config = option.kind.__struct_config__
    return config.tag_field is not None and value.get(config.tag_field) == config.tag


def _shape(kind: Any, memo: dict[Any, Shape]) -> Shape:
    bare = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        if bare.__struct_config__.array_like:
            return Shape(kind)
        if bare not in memo:
            record = memo[bare] = _Record(bare)
            record.fill(memo)
        return memo[bare]
    origin, args = get_origin(bare), get_args(bare)
    if origin in (Union, types.UnionType):
        return _Choice(kind, [_shape(arg, memo) for arg in args])
    if isinstance(origin, type) and args:
        if issubclass(origin, Mapping):
            return _Table(kind, _shape(args[1], memo))
        even = not issubclass(origin, tuple) or (len(args) == 2 and args[1] is Ellipsis)
        if issubclass(origin, Collection) and even:
            return _Rows(kind, _shape(args[0], memo))
    return Shape(kind)


_EXPECTED = re.compile(r"Expected `([^`]+)`, got `([^`]+)`$")
_WORDS = {
    "object": "a mapping",
    "array": "a list",
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "date": "a date",
    "datetime": "a time with its date",
    "decimal": "a number",
}
_NUMERIC = {"int", "float", "bool"}


def _explain(problem: str, value: Plain, kind: Any, keys: Keys) -> Misfit:
    """Return what ``msgspec`` found, in the words of someone who writes YAML and not Python."""
    problem = problem.partition(" - at `$")[0]
    key = str(next((k for k in reversed(keys) if isinstance(k, str)), "this"))
    match = _EXPECTED.match(problem)
    if match is None:
        advice = _of_value(problem, value, kind)
        return Misfit(keys, rules.WRONG_VALUE, {"key": key, "problem": problem, "advice": advice})
    wanted, got = match[1].split(" | "), match[2]
    advice = "Write it as said."
    if "str" in wanted and got in _NUMERIC:
        advice = f'Put quotes around it, such as "{_shown(value)}", so that it stays text.'
    elif got == "str" and _NUMERIC & {*wanted}:
        advice = "Write it without quotes."
    elif "array" in wanted:
        advice = "Begin each row with a dash, or write them in brackets: [a, b]."
    expected = " or ".join(_WORDS.get(word, word) for word in wanted)
    found = _WORDS.get(got, got)
    values: dict[str, Value] = {"key": key, "expected": expected, "found": found, "advice": advice}
    return Misfit(keys, rules.WRONG_TYPE, values)


def _of_value(problem: str, value: Plain, kind: Any) -> str:
    if "date" in problem:
        return "Write a day that exists as YYYY-MM-DD."
    choices = _choices(kind)
    if choices and isinstance(value, str):
        return _advice(value, choices, "It may be")
    return "Correct the value."


def _choices(kind: Any) -> list[str]:
    """Return the words that a type allows, if it allows only some."""
    if get_origin(kind) is Literal:
        return [str(word) for word in get_args(kind)]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(member.value) for member in kind]
    return [word for part in get_args(kind) for word in _choices(part)]


def _shown(value: Plain) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _advice(word: str, known: Collection[str], intro: str) -> str:
    near = get_close_matches(word, known, n=1)
    if near:
        return f'Did you mean "{near[0]}"?'
    return f"{intro} {', '.join(known)}." if known else "Delete it."
