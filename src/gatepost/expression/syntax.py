"""The tree of an expression: what was meant, independent of any back end.

Two nodes are equal when they mean the same; ``at``, the offset in the text (from 0), does
not count. ``&&`` and ``||`` hold all their parts side by side, so long ones are not deep.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

Scalar = str | int | float | bool | date

LogicSign = Literal["&&", "||"]
CompareSign = Literal["==", "!=", "<", "<=", ">", ">="]
ArithmeticSign = Literal["+", "-", "*", "/"]
Quantity = Literal["exists", "all"]
Measure = Literal["count", "sum", "distinct"]


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every part of an expression."""

    at: int = 0

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _meaning(self) == _meaning(other)

    def __hash__(self) -> int:
        return hash((type(self), _meaning(self)))


class Constant(Node, frozen=True):
    """A text, number, boolean or day written out."""

    value: Scalar


class Listed(Node, frozen=True):
    """A list written out: ``["XA", "XB"]``."""

    items: tuple[Node, ...]


class NamedSet(Node, frozen=True):
    """A set of values kept elsewhere under a name: ``set("pest_countries")``."""

    name: str


class Path(Node, frozen=True):
    """A name with dots, from a root or a bound variable: ``item.origin``."""

    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The path as written."""
        return ".".join(self.parts)


class Not(Node, frozen=True):
    """``!operand``."""

    operand: Node


class Negate(Node, frozen=True):
    """``-operand``."""

    operand: Node


class Logic(Node, frozen=True):
    """Two or more conditions joined by one sign."""

    sign: LogicSign
    parts: tuple[Node, ...]


class Compare(Node, frozen=True):
    """A comparison of two values."""

    sign: CompareSign
    left: Node
    right: Node


class Member(Node, frozen=True):
    """``value in container``: a list written out, a named set or a list of the record."""

    value: Node
    container: Node


class Arithmetic(Node, frozen=True):
    """A calculation with two numbers."""

    sign: ArithmeticSign
    left: Node
    right: Node


class Call(Node, frozen=True):
    """A function and what it was given."""

    function: str
    arguments: tuple[Node, ...]


class Quantifier(Node, frozen=True):
    """``sequence.exists(variable, body)`` or ``sequence.all(variable, body)``."""

    quantity: Quantity
    sequence: Path
    variable: str
    body: Node


class Tally(Node, frozen=True):
    """``sequence.count(variable, condition)``, ``.sum(variable, number)`` and ``.distinct``.

    ``distinct`` counts the different texts; a missing number or text is passed over.
    """

    measure: Measure
    sequence: Path
    variable: str
    body: Node


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts directly below ``node``, in the order written."""
    match node:
        case Not(operand=operand) | Negate(operand=operand):
            return (operand,)
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return (left, right)
        case Logic(parts=parts):
            return parts
        case Member(value=value, container=container):
            return (value, container)
        case Listed(items=items):
            return items
        case Call(arguments=arguments):
            return arguments
        case Quantifier(sequence=sequence, body=body) | Tally(sequence=sequence, body=body):
            return (sequence, body)
    return ()


def depths(node: Node) -> Iterator[int]:
    """Yield the depth of every node, itself 1; safe on trees too deep to recurse into."""
    waiting = [(node, 1)]
    while waiting:
        here, depth = waiting.pop()
        yield max(depth, len(here.parts) if isinstance(here, Path) else 0)
        waiting.extend((child, depth + 1) for child in children(here))


def _meaning(node: Node) -> tuple[object, ...]:
    if isinstance(node, Constant):
        # 1, 1.0 and true are equal to Python, not to a reader.
        return (type(node.value), node.value)
    return tuple(getattr(node, name) for name in node.__struct_fields__ if name != "at")
