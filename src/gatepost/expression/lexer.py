"""Text into tokens."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from gatepost.expression.rules import (
    NOT_CLOSED,
    NUMBER_TOO_LONG,
    TOO_LONG,
    UNKNOWN_CHARACTER,
    ExpressionFault,
    fault,
)
from gatepost.kernel.notice import Notice

MAX_LENGTH = 4_000
# An integer of 15 digits is exact in every back end.
MAX_DIGITS = 15

TokenKind = Literal["name", "number", "text", "sign", "end"]

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
    | (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | (?P<sign>\|\||&&|==|!=|<=|>=|<>|[!<>+\-*/(),\[\]=&|])
    | (?P<end>\Z)
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ESCAPES = {"\\": "\\", '"': '"', "'": "'", "n": "\n", "t": "\t"}


class Token(NamedTuple):
    """One word of the language; ``value`` is what a number or a text stands for."""

    kind: TokenKind
    text: str
    at: int
    value: str | int | float = ""


def tokens(text: str) -> list[Token]:
    """Return the tokens of ``text``, the last of kind ``end``.

    Refuses a text of more than 4,000 characters, a character outside the language, an
    open quote, an unknown escape and a number of more than 15 digits.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionFault([fault(TOO_LONG, 0, length=len(text), limit=MAX_LENGTH)])
    found: list[Token] = []
    position = 0
    while True:
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionFault([_unreadable(text, position)])
        position = match.end()
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]
        token = _token(kind, match[kind], match.start(kind))
        found.append(token)
        if kind == "end":
            return found


def _token(kind: TokenKind, written: str, at: int) -> Token:
    if kind == "number":
        return Token(kind, written, at, _number(written, at))
    if kind == "text":
        return Token(kind, written, at, _unescaped(written, at))
    return Token(kind, written, at)


def _number(written: str, at: int) -> int | float:
    whole, _, fraction = written.partition(".")
    if max(len(whole), len(fraction)) > MAX_DIGITS:
        shown = written if len(written) <= 40 else written[:40] + "…"
        raise ExpressionFault([fault(NUMBER_TOO_LONG, at, found=shown, limit=MAX_DIGITS)])
    return float(written) if fraction else int(whole)


def _unescaped(written: str, at: int) -> str:
    for escape in _ESCAPE.finditer(written):
        if escape[1] not in ESCAPES:
            raise ExpressionFault(
                [fault(UNKNOWN_CHARACTER, at + escape.start(), found=escape[0], quote=written[0])]
            )
    return _ESCAPE.sub(lambda escape: ESCAPES[escape[1]], written[1:-1])


def _unreadable(text: str, position: int) -> Notice:
    at = len(text) - len(text[position:].lstrip())
    if text[at] in "\"'":
        return fault(NOT_CLOSED, at, quote=text[at])
    return fault(UNKNOWN_CHARACTER, at, found=text[at], quote='"')
