"""Expressions into Python functions of a record."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any, TypeVar

from gatepost.expression.check import Checker, Sets
from gatepost.expression.emit import Frame, Module, condition, number
from gatepost.expression.parser import parse
from gatepost.expression.rules import WRONG_RESULT, ExpressionFault, fault
from gatepost.expression.syntax import Node
from gatepost.expression.vocabulary import Kind, Vocabulary
from gatepost.kernel.notice import Notice

Key = TypeVar("Key", bound=Hashable)

# Loading the names again for each part costs little; one huge function compiles slowly.
CHUNK = 500


def compile_condition(
    text: str | Node, vocabulary: Vocabulary, roots: Sequence[str], sets: Sets | None = None
) -> Callable[..., bool]:
    """Return a function of the ``roots``, in that order, that tells whether the condition holds.

    Refused if the text has a fault, gives no boolean or names another root.
    """
    node = _checked(text, Checker(vocabulary.only(roots), sets or {}), "boolean")
    frame, names = _frame(vocabulary, roots, sets or {}, named=True)
    result = condition(node, frame)
    return _function(frame, names, [f"return bool({result})"])


def compile_number(
    text: str | Node, vocabulary: Vocabulary, roots: Sequence[str], sets: Sets | None = None
) -> Callable[..., float | None]:
    """Return a function of the ``roots`` that calculates the amount.

    It gives ``None`` when a value it needs is missing, for a division by zero, and for a
    result too large for a float. Refused as :func:`compile_condition`.
    """
    node = _checked(text, Checker(vocabulary.only(roots), sets or {}), "number")
    frame, names = _frame(vocabulary, roots, sets or {}, named=True)
    frame.module.globals["finite"] = _finite
    result = number(node, frame)
    return _function(frame, names, [f"return finite({result})"])


def compile_many(
    conditions: Sequence[tuple[Key, str | Node]],
    vocabulary: Vocabulary,
    roots: Sequence[str],
    sets: Sets | None = None,
) -> Callable[..., list[Key]]:
    """Return a function of the ``roots`` that gives the keys of the conditions that hold.

    The keys come in the order of ``conditions``. Every name of the record is read once for
    all of them. Refused with the faults of all conditions, ``where`` as ``KEY, column N``.
    """
    nodes = checked_many(conditions, vocabulary, roots, sets)
    parts = [
        _chunk(nodes[start : start + CHUNK], vocabulary, roots, sets or {})
        for start in range(0, max(len(nodes), 1), CHUNK)
    ]
    return parts[0] if len(parts) == 1 else _joined(parts)


def checked_many(
    conditions: Sequence[tuple[Key, str | Node]],
    vocabulary: Vocabulary,
    roots: Sequence[str],
    sets: Sets | None = None,
) -> list[tuple[Key, Node]]:
    """Return the trees of the conditions, or refuse as :func:`compile_many`."""
    checker = Checker(vocabulary.only(roots), sets or {})
    nodes: list[tuple[Key, Node]] = []
    notices: list[Notice] = []
    for key, text in conditions:
        try:
            nodes.append((key, _checked(text, checker, "boolean")))
        except ExpressionFault as refused:
            notices += (Notice(n.code, f"{key}, {n.where}", n.values) for n in refused.notices)
    if notices:
        raise ExpressionFault(notices)
    return nodes


def _chunk(
    nodes: Sequence[tuple[Key, Node]], vocabulary: Vocabulary, roots: Sequence[str], sets: Sets
) -> Callable[..., list[Key]]:
    frame, names = _frame(vocabulary, roots, sets)
    tests = []
    for position, (key, node) in enumerate(nodes):
        name = frame.module.bind(key, ("key", position))
        tests.append(f"if {condition(node, frame)}: hit({name})")
    return _function(frame, names, ["hits = []", "hit = hits.append", *tests, "return hits"])


def _joined(parts: Sequence[Callable[..., list[Key]]]) -> Callable[..., list[Key]]:
    def all_parts(*roots: object) -> list[Key]:
        return [key for part in parts for key in part(*roots)]

    return all_parts


def _checked(text: str | Node, checker: Checker, wanted: Kind) -> Node:
    node = text if isinstance(text, Node) else parse(text)
    found = checker.check(node).kind
    if found != wanted:
        raise ExpressionFault([fault(WRONG_RESULT, 0, found=found, wanted=wanted)])
    return node


def _frame(
    vocabulary: Vocabulary, roots: Sequence[str], sets: Sets, named: bool = False
) -> tuple[Frame, list[str]]:
    module = Module(sets, named)
    names = [module.fresh("r") for _ in roots]
    types = (vocabulary.roots[root] for root in roots)
    return Frame(module, dict(zip(roots, zip(names, types, strict=True), strict=True))), names


def _function(frame: Frame, names: Sequence[str], body: Sequence[str]) -> Callable[..., Any]:
    module = frame.module
    module.lines += [f"def compiled({', '.join(names)}):", *(f" {x}" for x in frame.loads)]
    module.lines += [f" {line}" for line in body]
    exec(_code("\n".join(module.lines)), module.globals)
    compiled: Callable[..., Any] = module.globals["compiled"]  # type: ignore[assignment]
    return compiled


@lru_cache(maxsize=1024)
def _code(source: str) -> CodeType:
    """Return the code of a module; the laws of a country repeat few shapes of condition."""
    return compile(source, "<expressions>", "exec")


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
