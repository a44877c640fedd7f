"""The meaning of the language, written as plainly as possible, to hold the compiler against."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from gatepost.expression.check import Sets
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
    Tally,
)

Scope = Mapping[str, Any]

SIGNS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def read(value: Any) -> Any:
    """Return a value of the record as the language sees it: NaN is missing, a moment a day.

    Every number is a float.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = as_float(value)
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    return value


def evaluate(node: Node, scope: Scope, sets: Sets) -> Any:
    """Return what ``node`` is for the record in ``scope``; ``None`` when missing."""
    match node:
        case Constant(value=value):
            return value
        case Path(parts=(root, *fields)):
            found = scope[root]
            for field in fields:
                found = None if found is None else getattr(found, field)
            return read(found)
        case Not(operand=operand):
            return not evaluate(operand, scope, sets)
        case Logic(sign=sign, parts=parts):
            held = [bool(evaluate(part, scope, sets)) for part in parts]
            return all(held) if sign == "&&" else any(held)
        case Negate(operand=operand):
            return calculate("-", 0.0, evaluate(operand, scope, sets))
        case Arithmetic(sign=sign, left=left, right=right):
            return calculate(sign, evaluate(left, scope, sets), evaluate(right, scope, sets))
        case Compare(sign=sign, left=left, right=right):
            a, b = evaluate(left, scope, sets), evaluate(right, scope, sets)
            return a is not None and b is not None and SIGNS[sign](a, b)
        case Member(value=value, container=container):
            among = members(container, scope, sets)
            one = evaluate(value, scope, sets)
            return one is not None and any(one == read(other) for other in among)
        case Quantifier(sequence=sequence, variable=variable, body=body, quantity=quantity):
            several = evaluate(sequence, scope, sets) or ()
            held = [bool(evaluate(body, {**scope, variable: one}, sets)) for one in several]
            return any(held) if quantity == "exists" else all(held)
        case Tally():
            return tally(node, scope, sets)
        case Call(function=function, arguments=arguments):
            return call(function, [evaluate(a, scope, sets) for a in arguments])
    raise AssertionError(node)


def tally(node: Tally, scope: Scope, sets: Sets) -> float | None:
    several = evaluate(node.sequence, scope, sets) or ()
    found = [evaluate(node.body, {**scope, node.variable: one}, sets) for one in several]
    if node.measure == "count":
        return float(sum(map(bool, found)))
    known = [value for value in found if value is not None]
    if node.measure == "distinct":
        return float(len(set(known)))
    total = 0.0
    for value in known:
        total += as_float(value)
    return total if total == total else None


def members(container: Node, scope: Scope, sets: Sets) -> Iterable[Any]:
    if isinstance(container, NamedSet):
        return sets[container.name]
    if isinstance(container, Listed):
        return [evaluate(item, scope, sets) for item in container.items]
    found: Iterable[Any] = evaluate(container, scope, sets) or ()
    return found


def call(function: str, values: list[Any]) -> Any:
    first, *rest = values
    if function == "has":
        return first is not None and first != ()
    if function == "size":
        return len(first or ())
    if function == "starts_with":
        return first is not None and any(first.startswith(prefix) for prefix in rest)
    if function == "contains":
        return first is not None and rest[0].casefold() in first.casefold()
    if function == "matches":
        return first is not None and re.fullmatch(rest[0], first) is not None
    if any(value is None for value in values):
        return None
    if function == "number":
        figures = r"\s*[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})\s*"
        return float(first) if re.fullmatch(figures, first, re.ASCII) else None
    if function == "days_between":
        return (rest[0] - first).days
    if function == "years_between":
        return years(first, rest[0])
    numbers = [as_float(value) for value in values]
    if function == "ceil":
        return float(math.ceil(numbers[0])) if math.isfinite(numbers[0]) else numbers[0]
    return min(numbers) if function == "min" else max(numbers)


def years(first: date, second: date) -> int:
    """Return how many birthdays of one born on ``first`` have come by ``second``."""
    if second < first:
        return -years(second, first)
    whole = second.year - first.year
    return whole if birthday(first, second.year) <= second else whole - 1


def birthday(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def calculate(sign: str, left: Any, right: Any) -> Any:
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    return read(SIGNS[sign](as_float(left), as_float(right)))
