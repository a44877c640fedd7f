"""The back end for one record: a tree into Python source.

Nothing a person wrote enters the source: names are those of the vocabulary's fields,
numbers and days their ``repr`` or a generated name, every text and set a generated name
bound in the function's globals. Each name of the record is loaded once into a local, already in the
form the expressions want it: a missing number or day as NaN, so that every comparison
with it is false and every calculation with it stays NaN, without a test for ``None``.
A quantifier becomes a function of its own, given the locals it reads.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal

from gatepost.expression.helpers import HELPERS, as_float
from gatepost.expression.signatures import kind_of
from gatepost.expression.syntax import (
    Arithmetic,
    Call,
    Compare,
    Constant,
    Listed,
    Logic,
    Member,
    NamedSet,
    Negate,
    Node,
    Not,
    Path,
    Quantifier,
    Scalar,
    Tally,
)
from gatepost.expression.vocabulary import Kind, Type, fields_of

Form = Literal["raw", "list", "float", "floats", "day", "days", "folded"]

_LOAD: dict[Form, str] = {
    "list": "() if {0} is None else {0}",
    "float": "{0} if {0}.__class__ is float else as_float({0})",
    "floats": "() if {0} is None else [as_float(one) for one in {0}]",
    "day": "nan if {0} is None else {0}.toordinal()",
    "days": "() if {0} is None else [day.toordinal() for day in {0} if day is not None]",
    "folded": '"" if {0} is None else {0}.casefold()',
}


_FORMS: Mapping[Kind, Form] = {"number": "float", "day": "day"}
_OF_NUMBERS = {"ceil": "started", "min": "least", "max": "most"}


class Module:
    """The source of one generated module and the values its names stand for.

    With ``named`` numbers and days get a name too, so that expressions which differ only in
    their constants have the same source; else they stand in it, which runs a little faster.
    """

    def __init__(self, sets: Mapping[str, Collection[Scalar]], named: bool = False) -> None:
        self.lines: list[str] = []
        self.globals: dict[str, object] = dict(HELPERS)
        self._sets = sets
        self._named = named
        self._names: dict[object, str] = {}
        self._count = 0

    def fresh(self, letter: str) -> str:
        """Return a name not used before in this module."""
        self._count += 1
        return f"{letter}{self._count}"

    def bind(self, value: object, key: object) -> str:
        """Return the global name of ``value``; equal keys share one."""
        if key not in self._names:
            name = self._names[key] = self.fresh("k")
            self.globals[name] = value
        return self._names[key]

    def text(self, value: str) -> str:
        """Return the global name of a text."""
        return self.bind(value, ("text", value))

    def number(self, value: Scalar) -> str:
        """Return source of a number, a boolean or the ordinal of a day."""
        if self._named and not isinstance(value, bool):
            return self.bind(value, (type(value), value))
        return repr(value)

    def choice(self, values: Collection[Scalar], key: object) -> str:
        """Return the global name of a frozen set, days as ordinals."""
        if key not in self._names:
            # NaN would be found by identity in a set, yet it is a missing value.
            plain = {_plain(value) for value in values}
            return self.bind(frozenset(v for v in plain if v == v), key)
        return self._names[key]

    def named(self, name: str) -> str:
        """Return the global name of a set kept elsewhere."""
        return self.choice(self._sets[name], ("set", name))


class Frame:
    """One function of the module: its variables, and what it has loaded from them."""

    def __init__(
        self, module: Module, variables: Mapping[str, tuple[str, Type]], outer: Frame | None = None
    ) -> None:
        self.module = module
        self.loads: list[str] = []
        self.given: dict[str, None] = {}
        self._variables = variables
        self._outer = outer
        self._loaded: dict[tuple[object, ...], str] = {}

    def load(self, parts: tuple[str, ...], form: Form = "raw") -> str:
        """Return the local that holds ``parts`` in the wanted form."""
        if self._outer is not None and parts[0] not in self._variables:
            return self._give(self._outer.load(parts, form))
        if form != "raw":
            return self._local((parts, form), _LOAD[form].format(self.load(parts)))
        if len(parts) == 1:
            return self._variables[parts[0]][0]
        parent = self.load(parts[:-1])
        return self._local((parts, form), f"{parent}.{parts[-1]} if {parent} is not None else None")

    def head(self, parts: tuple[str, ...], length: int) -> str:
        """Return the local that holds the first characters of a text."""
        if self._outer is not None and parts[0] not in self._variables:
            return self._give(self._outer.head(parts, length))
        raw = self.load(parts)
        return self._local((parts, length), f"{raw}[:{length}] if {raw} is not None else None")

    def type_of(self, path: Path) -> Type:
        """Return the type of what a checked path names."""
        first, *rest = path.parts
        if first not in self._variables:
            assert self._outer is not None
            return self._outer.type_of(path)
        found = self._variables[first][1]
        for part in rest:
            assert found.record is not None
            found = fields_of(found.record)[part]
        return found

    def kind(self, node: Node) -> Kind:
        """Return the kind of a checked node."""
        return kind_of(node, self.type_of)

    def _local(self, key: tuple[object, ...], source: str) -> str:
        if key not in self._loaded:
            name = self._loaded[key] = self.module.fresh("v")
            self.loads.append(f"{name} = {source}")
        return self._loaded[key]

    def _give(self, name: str) -> str:
        self.given[name] = None
        return name


def condition(node: Node, frame: Frame) -> str:
    """Return source that is true when the condition holds."""
    match node:
        case Constant(value=value):
            return repr(bool(value))
        case Path(parts=parts):
            return frame.load(parts)
        case Not(operand=operand):
            return f"(not {condition(operand, frame)})"
        case Logic(sign=sign, parts=parts):
            joiner = " and " if sign == "&&" else " or "
            return f"({joiner.join(condition(part, frame) for part in parts)})"
        case Compare():
            return _comparison(node, frame)
        case Member():
            return _membership(node, frame)
        case Call():
            return _call(node, frame)
        case Quantifier():
            return _quantifier(node, frame)
    raise TypeError(f"not a condition: {node!r}")


def number(node: Node, frame: Frame) -> str:
    """Return source of a float, NaN when missing; calculation is in floats throughout."""
    match node:
        case Constant(value=int() | float() as value):
            return frame.module.number(float(value))
        case Path(parts=parts):
            return frame.load(parts, "float")
        case Negate(operand=operand):
            return f"(-{number(operand, frame)})"
        case Arithmetic(sign="/", left=left, right=right):
            return f"divide({number(left, frame)}, {number(right, frame)})"
        case Arithmetic(sign=sign, left=left, right=right):
            return f"({number(left, frame)} {sign} {number(right, frame)})"
        case Call():
            return _measure(node, frame)
        case Tally():
            return _tally(node, frame)
    raise TypeError(f"not a number: {node!r}")


def _measure(node: Call, frame: Frame) -> str:
    first = node.arguments[0]
    if node.function == "size":
        assert isinstance(first, Path)
        return f"float(len({frame.load(first.parts, 'list')}))"
    values = [_operand(one, frame) for one in node.arguments]
    if node.function == "days_between":
        return f"float({values[1]} - {values[0]})"
    if node.function == "years_between":
        return f"years({', '.join(values)})"
    if node.function == "number":
        return f"written({values[0]})"
    values = [number(one, frame) for one in node.arguments]
    return f"{_OF_NUMBERS[node.function]}({', '.join(values)})"


def _operand(node: Node, frame: Frame) -> str:
    """Return source of a value to compare: NaN for a missing number or day, else ``None``."""
    kind = frame.kind(node)
    match node:
        case Constant(value=str() as text):
            return frame.module.text(text)
        case Constant(value=value):
            return frame.module.number(_plain(value))
        case Path(parts=parts):
            return frame.load(parts, _FORMS.get(kind, "raw"))
    return number(node, frame) if kind == "number" else f"bool({condition(node, frame)})"


def _comparison(node: Compare, frame: Frame) -> str:
    left, right = _operand(node.left, frame), _operand(node.right, frame)
    if frame.kind(node.left) in ("number", "day"):
        if node.sign == "!=":
            # Either way false with NaN, which plain != is not.
            return f"({left} < {right} or {left} > {right})"
        return f"{left} {node.sign} {right}"
    names = [
        source
        for side, source in ((node.left, left), (node.right, right))
        if isinstance(side, Path)
    ]
    # None equals None only, so == with one name needs no test for presence.
    tested = names if node.sign == "!=" else names[1:]
    tests = "".join(f"{name} is not None and " for name in tested)
    return f"({tests}{left} {node.sign} {right})"


def _membership(node: Member, frame: Frame) -> str:
    value = _operand(node.value, frame)
    match node.container:
        case NamedSet(name=name):
            return f"({value} in {frame.module.named(name)})"
        case Listed(items=items):
            values = tuple(item.value for item in items if isinstance(item, Constant))
            key = ("list", tuple((type(v), v) for v in values))
            return f"({value} in {frame.module.choice(values, key)})"
        case Path(parts=parts):
            return _among(node.value, value, parts, frame)
    raise TypeError(f"not a list: {node.container!r}")


def _among(node: Node, value: str, parts: tuple[str, ...], frame: Frame) -> str:
    """Return source for a value in a list of the record, which itself may hold odd values."""
    kind = frame.kind(node)
    if kind in ("number", "day"):
        among = frame.load(parts, "days" if kind == "day" else "floats")
        return f"({value} == {value} and {value} in {among})"
    guard = f"{value} is not None and " if isinstance(node, Path) else ""
    return f"({guard}{value} in {frame.load(parts, 'list')})"


def _call(node: Call, frame: Frame) -> str:
    path = node.arguments[0]
    assert isinstance(path, Path)
    texts = [a.value for a in node.arguments[1:] if isinstance(a, Constant)]
    if node.function == "has":
        return _presence(path, frame)
    if node.function == "matches":
        raw = frame.load(path.parts)
        fits = frame.module.bind(re.compile(str(texts[0])).fullmatch, ("fits", str(texts[0])))
        return f"({raw} is not None and {fits}({raw}) is not None)"
    if node.function == "contains":
        needle = frame.module.text(str(texts[0]).casefold())
        return f"({needle} in {frame.load(path.parts, 'folded')})"
    lengths: dict[int, set[str]] = {}
    for prefix in map(str, texts):
        lengths.setdefault(len(prefix), set()).add(prefix)
    tests = [_heads(path, length, found, frame) for length, found in sorted(lengths.items())]
    return f"({' or '.join(tests)})"


def _heads(path: Path, length: int, prefixes: set[str], frame: Frame) -> str:
    head = frame.head(path.parts, length)
    if len(prefixes) == 1:
        return f"{head} == {frame.module.text(*prefixes)}"
    return f"{head} in {frame.module.choice(prefixes, ('heads', frozenset(prefixes)))}"


def _presence(path: Path, frame: Frame) -> str:
    kind = frame.type_of(path).kind
    if kind == "list":
        return f"(len({frame.load(path.parts, 'list')}) > 0)"
    if kind == "number":
        value = frame.load(path.parts, "float")
        return f"({value} == {value})"
    return f"({frame.load(path.parts)} is not None)"


def _quantifier(node: Quantifier, frame: Frame) -> str:
    test, found = ("{0}", "True") if node.quantity == "exists" else ("not {0}", "False")
    other = "False" if found == "True" else "True"
    return _over(node, frame, [], f"if {test}: return {found}", f"return {other}")


def _tally(node: Tally, frame: Frame) -> str:
    match node.measure:
        case "count":
            return _over(node, frame, ["n = 0.0"], "if {0}: n += 1", "return n")
        case "sum":
            step = ["n = 0.0", "x = {0}", "if x == x: n += x"]
            return _over(node, frame, step[:1], "\n  ".join(step[1:]), "return n")
    return _over(node, frame, ["n = set()"], "n.add({0})", "return float(len(n - {{None}}))")


def _over(
    node: Quantifier | Tally, frame: Frame, before: Sequence[str], each: str, after: str
) -> str:
    """Return a call of a function that runs over a list; ``{0}`` in ``each`` is the body."""
    sequence = frame.load(node.sequence.parts, "list")
    element = frame.type_of(node.sequence).element
    assert element is not None
    module = frame.module
    name, several, one = module.fresh("q"), module.fresh("s"), module.fresh("e")
    inner = Frame(module, {node.variable: (one, element)}, frame)
    body = _operand(node.body, inner) if isinstance(node, Tally) else condition(node.body, inner)
    given = list(inner.given)
    module.lines += [
        f"def {name}({', '.join([several, *given])}):",
        *(f" {line}" for line in before),
        f" for {one} in {several}:",
        *(f"  {line}" for line in inner.loads),
        f"  {each.format(body)}",
        f" {after.format()}",
    ]
    return f"{name}({', '.join([sequence, *given])})"


def _plain(value: Scalar) -> Scalar:
    if isinstance(value, date):
        return value.toordinal()
    return value if isinstance(value, str | bool) else as_float(value)
