"""Tokens into a tree, by recursive descent.

From loosest to tightest: ``||``, ``&&``, one comparison or ``in``, ``+ -``, ``* /``,
``! -``. Comparisons do not chain: ``a < b < c`` is refused.
"""

from __future__ import annotations

from datetime import date
from typing import NoReturn

from gatepost.expression.lexer import Token, tokens
from gatepost.expression.rules import (
    DOES_NOT_PARSE,
    NOT_A_DATE,
    NOT_AN_OPERATOR,
    TOO_DEEP,
    ExpressionFault,
    fault,
)
from gatepost.expression.syntax import (
    Arithmetic,
    Call,
    Compare,
    Constant,
    Listed,
    Logic,
    LogicSign,
    Member,
    NamedSet,
    Negate,
    Node,
    Not,
    Path,
    Quantifier,
    Tally,
    depths,
)
from gatepost.kernel.notice import Rule, Value

MAX_DEPTH = 50

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_SLIPS = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "=": "==",
    "&": "&&",
    "|": "||",
    "<>": "!=",
    "is": "==",
}
_BOOLEANS = {"true": True, "false": False}


def parse(text: str) -> Node:
    """Return the tree of ``text``; ``ExpressionFault`` at the first place it does not parse."""
    found = tokens(text)
    reader = _Reader(found)
    node = reader.either()
    if reader.token.kind != "end":
        reader.unexpected("an operator or the end")
    # Every node took a token and every part of a path a dot, so few of both cannot be deep.
    could_be = len(found) > MAX_DEPTH or text.count(".") >= MAX_DEPTH
    if could_be and any(depth > MAX_DEPTH for depth in depths(node)):
        raise ExpressionFault([fault(TOO_DEEP, node.at, limit=MAX_DEPTH)])
    return node


class _Reader:
    """The tokens not read yet; one method for each level of the grammar."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._next = 0
        self._nesting = 0
        self.token = found[0]

    def either(self) -> Node:
        parts = [self._both()]
        while self._take("||"):
            parts.append(self._both())
        return _logic("||", parts)

    def _both(self) -> Node:
        parts = [self._relation()]
        while self._take("&&"):
            parts.append(self._relation())
        return _logic("&&", parts)

    def _relation(self) -> Node:
        left = self._sum()
        sign = self.token
        if sign.kind == "sign" and sign.text in _COMPARISONS:
            self._advance()
            node: Node = Compare(sign.text, left, self._sum(), at=sign.at)  # type: ignore[arg-type]
        elif sign.kind == "name" and sign.text == "in":
            self._advance()
            node = Member(left, self._sum(), at=sign.at)
        else:
            return left
        if self.token.text in _COMPARISONS or self.token.text == "in":
            self.unexpected("&& or || between two comparisons")
        return node

    def _sum(self) -> Node:
        node = self._product()
        while sign := self._take("+", "-"):
            node = _arithmetic(sign, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._unary()
        while sign := self._take("*", "/"):
            node = _arithmetic(sign, node, self._unary())
        return node

    def _unary(self) -> Node:
        sign = self.token
        if sign.kind != "sign" or sign.text not in "!-":
            return self._primary()
        self._enter(self._advance())
        operand = self._unary()
        self._nesting -= 1
        if sign.text == "!":
            return Not(operand, at=sign.at)
        if isinstance(operand, Constant) and type(operand.value) in (int, float):
            return Constant(-operand.value, at=sign.at)  # type: ignore[operator]
        return Negate(operand, at=sign.at)

    def _primary(self) -> Node:
        token = self.token
        if token.kind in ("number", "text"):
            self._advance()
            return Constant(token.value, at=token.at)
        if token.kind == "name" and token.text not in _SLIPS and token.text != "in":
            return self._named()
        if token.text == "(":
            self._enter(self._advance())
            inner = self.either()
            self._expect(")")
            self._nesting -= 1
            return inner
        if token.text == "[":
            self._enter(self._advance())
            return Listed(self._several("]"), at=token.at)
        self.unexpected("a value")

    def _named(self) -> Node:
        name = self._advance()
        if self.token.text != "(" or self.token.kind != "sign":
            if name.text in _BOOLEANS:
                return Constant(_BOOLEANS[name.text], at=name.at)
            return Path(tuple(name.text.split(".")), at=name.at)
        self._enter(self._advance())
        *before, last = name.text.split(".")
        if before and last in ("exists", "all", "count", "sum", "distinct"):
            return self._over(Path(tuple(before), at=name.at), last)
        arguments = self._several(")")
        if name.text == "date":
            return _day(arguments, name)
        if name.text == "set":
            return self._set(arguments, name)
        return Call(name.text, arguments, at=name.at)

    def _over(self, sequence: Path, word: str) -> Node:
        variable = self.token
        if variable.kind != "name" or "." in variable.text or variable.text in _BOOLEANS:
            self.unexpected("a new name for one part of the list")
        self._advance()
        self._expect(",")
        body = self.either()
        self._expect(")")
        self._nesting -= 1
        kind = Quantifier if word in ("exists", "all") else Tally
        return kind(word, sequence, variable.text, body, at=sequence.at)  # type: ignore[arg-type]

    def _several(self, closing: str) -> tuple[Node, ...]:
        found: list[Node] = []
        if self.token.text != closing or self.token.kind != "sign":
            found.append(self.either())
            while self._take(","):
                found.append(self.either())
        self._expect(closing)
        self._nesting -= 1
        return tuple(found)

    def _set(self, arguments: tuple[Node, ...], name: Token) -> Node:
        match arguments:
            case (Constant(value=str(wanted)),):
                return NamedSet(wanted, at=name.at)
        _refuse(DOES_NOT_PARSE, name, expected='set("name")', found="set with something else")

    def _take(self, *signs: str) -> Token | None:
        if self.token.kind == "sign" and self.token.text in signs:
            return self._advance()
        return None

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            self.unexpected(sign)

    def _advance(self) -> Token:
        read = self.token
        self._next += 1
        self.token = self._tokens[self._next]
        return read

    def _enter(self, opening: Token) -> None:
        self._nesting += 1
        if self._nesting > MAX_DEPTH:
            _refuse(TOO_DEEP, opening, limit=MAX_DEPTH)

    def unexpected(self, expected: str) -> NoReturn:
        token = self.token
        if token.kind != "text" and token.text in _SLIPS:
            _refuse(NOT_AN_OPERATOR, token, found=token.text, suggestion=_SLIPS[token.text])
        found = "the end" if token.kind == "end" else token.text
        _refuse(DOES_NOT_PARSE, token, expected=expected, found=found)


def _logic(sign: LogicSign, parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Logic(sign, tuple(parts), at=parts[0].at)


def _arithmetic(sign: Token, left: Node, right: Node) -> Node:
    return Arithmetic(sign.text, left, right, at=sign.at)  # type: ignore[arg-type]


def _day(arguments: tuple[Node, ...], name: Token) -> Node:
    match arguments:
        case (Constant(value=str(written)),):
            try:
                # Python reads more forms of ISO 8601 than people recognise, such as 2026W271.
                if len(written) == 10 and written[4] == written[7] == "-":
                    return Constant(date.fromisoformat(written), at=name.at)
            except ValueError:
                pass
            _refuse(NOT_A_DATE, name, found=f'"{written}"')
    _refuse(NOT_A_DATE, name, found="what date was given")


def _refuse(rule: Rule, token: Token, **values: Value) -> NoReturn:
    raise ExpressionFault([fault(rule, token.at, **values)])
