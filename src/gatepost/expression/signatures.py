"""The functions of the language and what each takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from gatepost.codelists.hs import is_beginning
from gatepost.expression.rules import (
    BAD_PATTERN,
    CONSTANTS_WANTED,
    DIGITS_WANTED,
    EMPTY_TEXT,
    NAME_WANTED,
    UNKNOWN_FUNCTION,
    UNKNOWN_GOODS,
    WRONG_ARITY,
    WRONG_TYPE,
    nearest,
)
from gatepost.expression.syntax import Arithmetic, Call, Constant, Negate, Node, Path, Tally
from gatepost.expression.vocabulary import BOOLEAN, DAY, NUMBER, TEXT, Kind, Type

if TYPE_CHECKING:
    from gatepost.expression.check import Checker


class Signature(msgspec.Struct, frozen=True):
    """What a function gives and how it is written; ``most`` is ``None`` for any number.

    ``takes`` is the type of every argument where each may be any expression of that type.
    """

    gives: Type
    least: int
    most: int | None
    example: str
    takes: Type | None = None


FUNCTIONS: dict[str, Signature] = {
    "has": Signature(BOOLEAN, 1, 1, "has(item.origin)"),
    "starts_with": Signature(BOOLEAN, 2, None, 'starts_with(item.commodity, "0603", "0604")'),
    "contains": Signature(BOOLEAN, 2, 2, 'contains(item.description, "ivory")'),
    "matches": Signature(BOOLEAN, 2, 2, 'matches(item.description, "[A-Z]{2}[0-9]{7}")'),
    "number": Signature(NUMBER, 1, 1, "number(item.description)", TEXT),
    "size": Signature(NUMBER, 1, 1, "size(item.documents)"),
    "days_between": Signature(
        NUMBER, 2, 2, "days_between(consignment.day, traveller.document_expires)", DAY
    ),
    "years_between": Signature(
        NUMBER, 2, 2, "years_between(traveller.birth, consignment.day)", DAY
    ),
    "ceil": Signature(NUMBER, 1, 1, "ceil(item.net_mass / 1000)", NUMBER),
    "min": Signature(NUMBER, 2, 2, "min(item.quantity * 5, 100)", NUMBER),
    "max": Signature(NUMBER, 2, 2, "max(item.value * 0.01, 20)", NUMBER),
}
_OTHERS = ("date", "set", "exists", "all", "count", "sum", "distinct")

# Names of the model that hold digits only, so that "06.03" is told apart from a prefix.
_DIGITS_ONLY = frozenset({"commodity"})


def kind_of(node: Node, type_of: Callable[[Path], Type]) -> Kind:
    """Return the kind of a checked node; ``type_of`` knows the types of its names."""
    match node:
        case Path():
            return type_of(node).kind
        case Constant(value=bool()):
            return "boolean"
        case Constant(value=str()):
            return "text"
        case Constant(value=date()):
            return "day"
        case Call(function=function):
            return FUNCTIONS[function].gives.kind
        case Constant() | Arithmetic() | Negate() | Tally():
            return NUMBER.kind
    return BOOLEAN.kind


def check_call(node: Call, checker: Checker) -> Type | None:
    """Return what the function gives, and note in ``checker`` what is wrong with the call."""
    signature = FUNCTIONS.get(node.function)
    if signature is None:
        wanted = node.function.rpartition(".")[2]
        suggestion = nearest(wanted, (*FUNCTIONS, *_OTHERS))
        checker.note(UNKNOWN_FUNCTION, node, name=node.function, suggestion=suggestion)
        return None
    given = len(node.arguments)
    if given < signature.least or (signature.most is not None and given > signature.most):
        _note_arity(node, signature, checker)
        return signature.gives
    if signature.takes is not None:
        for argument in node.arguments:
            checker.want(argument, signature.takes, node.function)
        return signature.gives
    _check_path(node, signature, checker)
    if node.function in ("starts_with", "contains", "matches"):
        _check_texts(node, checker)
    return signature.gives


def _note_arity(node: Call, signature: Signature, checker: Checker) -> None:
    wanted = str(signature.least) if signature.most else f"{signature.least} or more"
    checker.note(
        WRONG_ARITY,
        node,
        function=node.function,
        wanted=f"{wanted} value{'s' if wanted != '1' else ''}",
        found=len(node.arguments),
        example=signature.example,
    )


def _check_path(node: Call, signature: Signature, checker: Checker) -> None:
    name = node.arguments[0]
    if not isinstance(name, Path):
        checker.note(NAME_WANTED, name, function=node.function, example=signature.example)
        return
    found = checker.path(name)
    wanted = {"has": None, "size": "list"}.get(node.function, "text")
    if found is not None and wanted is not None and found.kind != wanted:
        checker.note(WRONG_TYPE, name, operator=node.function, wanted=wanted, found=found.kind)


def _check_texts(node: Call, checker: Checker) -> None:
    name, *texts = node.arguments
    for text in texts:
        wanted = _text(text)
        if wanted is None:
            checker.note(CONSTANTS_WANTED, text, place=node.function)
        elif not wanted:
            checker.note(EMPTY_TEXT, text, function=node.function)
        elif node.function == "starts_with":
            check_goods(name, wanted, text, checker)
        elif node.function == "matches" and (problem := _bad_pattern(wanted)):
            checker.note(BAD_PATTERN, text, found=wanted, problem=problem)


def _bad_pattern(written: str) -> str:
    """Return what is wrong with a regular expression, nothing if it can be used."""
    try:
        re.compile(written)
    except re.error as error:
        return str(error)
    return ""


def check_goods(name: Node, wanted: str, at: Node, checker: Checker) -> None:
    """Note a fault at ``at`` if ``name`` is a commodity code, which ``wanted`` never begins."""
    if not (isinstance(name, Path) and name.parts[-1] in _DIGITS_ONLY):
        return
    if not (wanted.isascii() and wanted.isdigit()):
        checker.note(DIGITS_WANTED, at, found=wanted)
    elif not is_beginning(wanted):
        checker.note(UNKNOWN_GOODS, at, found=wanted)


def _text(node: Node) -> str | None:
    return node.value if isinstance(node, Constant) and isinstance(node.value, str) else None
