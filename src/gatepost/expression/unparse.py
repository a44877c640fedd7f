"""A tree back into text: the one way to write an expression."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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

_OR, _AND, _RELATION, _SUM, _PRODUCT, _UNARY, _PRIMARY = range(7)


def unparse(node: Node) -> str:
    """Return the text of ``node``; parsing it gives an equal tree."""
    match node:
        case Constant(value=value):
            return constant_text(value)
        case Path():
            return node.text
        case NamedSet(name=name):
            return f"set({constant_text(name)})"
        case Listed(items=items):
            return f"[{', '.join(map(unparse, items))}]"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(unparse, arguments))})"
        case Quantifier():
            opening = f"{node.sequence.text}.{node.quantity}({node.variable}"
            return f"{opening}, {unparse(node.body)})"
        case Tally():
            opening = f"{node.sequence.text}.{node.measure}({node.variable}"
            return f"{opening}, {unparse(node.body)})"
        case Not(operand=operand):
            return "!" + _within(operand, _UNARY)
        case Negate(operand=operand):
            return "-" + _within(operand, _UNARY)
    return _joined(node)


def constant_text(value: Scalar) -> str:
    """Return a constant as written in an expression."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, str):
        written = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + written.replace("\n", "\\n").replace("\t", "\\t") + '"'
    return format(Decimal(repr(value)), "f")


def _joined(node: Node) -> str:
    level = _level(node)
    match node:
        case Logic(sign=sign, parts=parts):
            return f" {sign} ".join(_within(part, level + 1) for part in parts)
        case Compare(sign=sign, left=left, right=right):
            return f"{_within(left, _SUM)} {sign} {_within(right, _SUM)}"
        case Member(value=value, container=container):
            return f"{_within(value, _SUM)} in {_within(container, _SUM)}"
        case Arithmetic(sign=sign, left=left, right=right):
            return f"{_within(left, level)} {sign} {_within(right, level + 1)}"
    raise TypeError(f"not a part of an expression: {node!r}")


def _within(node: Node, level: int) -> str:
    text = unparse(node)
    return text if _level(node) >= level else f"({text})"


def _level(node: Node) -> int:
    match node:
        case Logic(sign=sign):
            return _OR if sign == "||" else _AND
        case Compare() | Member():
            return _RELATION
        case Arithmetic(sign="+" | "-"):
            return _SUM
        case Arithmetic():
            return _PRODUCT
        case Not() | Negate():
            return _UNARY
    return _PRIMARY
