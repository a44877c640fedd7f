"""What can be wrong with an expression, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from gatepost.kernel.notice import Notice, Refused, Rule, Value

DOES_NOT_PARSE = Rule(
    "EXPR-001",
    "The expression does not parse: {expected} was expected, {found} was found.",
    "Write {expected} there, or look for a missing operator or bracket before it.",
)
NOT_AN_OPERATOR = Rule(
    "EXPR-002", "{found} is no operator of the expression language.", "Write {suggestion}."
)
NOT_CLOSED = Rule(
    "EXPR-003", "The text that opens here has no closing quote.", "Close it with {quote}."
)
UNKNOWN_CHARACTER = Rule(
    "EXPR-004",
    "{found} has no meaning here.",
    "Take it out; within quotes write a backslash as \\\\ and a quote as \\{quote}.",
)
TOO_LONG = Rule(
    "EXPR-005",
    "The expression has {length} characters, more than {limit}.",
    'Put long lists of values into a named set and write: in set("name").',
)
TOO_DEEP = Rule(
    "EXPR-006",
    "The expression is nested more than {limit} deep.",
    "Split it into several expressions.",
)
NUMBER_TOO_LONG = Rule(
    "EXPR-007",
    "The number {found} has more than {limit} digits before or after the point.",
    "Shorten it; write codes in quotes, as texts.",
)
NOT_A_DATE = Rule("EXPR-008", "{found} is not a day.", 'Write it like date("2026-07-01").')
UNKNOWN_NAME = Rule("EXPR-009", "Nothing here is called {name}.", "Did you mean {suggestion}?")
UNKNOWN_FUNCTION = Rule("EXPR-010", "There is no function {name}.", "Did you mean {suggestion}?")
WRONG_ARITY = Rule(
    "EXPR-011",
    "{function} takes {wanted}, {found} given.",
    "Write it like {example}.",
)
WRONG_TYPE = Rule(
    "EXPR-012",
    "{operator} takes {wanted}, not {found}.",
    "Use {wanted} there: a comparison gives a boolean, size(list) a number.",
)
DIFFERENT_TYPES = Rule(
    "EXPR-013",
    "{operator} compares two values of one type, not {left} with {right}.",
    'Write texts in quotes, numbers without, and days like date("2026-07-01").',
)
UNKNOWN_SET = Rule(
    "EXPR-014", "There is no set of values called {name}.", "Did you mean {suggestion}?"
)
NAME_WANTED = Rule(
    "EXPR-015",
    "{function} asks about a name of the record, not about a value.",
    "Write it like {example}.",
)
CONSTANTS_WANTED = Rule(
    "EXPR-016",
    "{place} takes constants of one type, at least one.",
    "Write each value out; to compare with other names join comparisons with ||.",
)
NAME_TAKEN = Rule(
    "EXPR-017", "The name {name} already means something here.", "Choose another name."
)
WRONG_RESULT = Rule(
    "EXPR-018",
    "The whole expression gives {found}, where {wanted} is needed.",
    "Write a comparison for a condition, a calculation for an amount.",
)
EMPTY_TEXT = Rule(
    "EXPR-019",
    "{function} was given an empty text, which is found everywhere.",
    "Name the text, or ask has(path) for presence.",
)
DIGITS_WANTED = Rule(
    "EXPR-020",
    "{found} can never begin a commodity code, which has digits only.",
    'Leave out points and spaces: "060311".',
)
NEVER_SO = Rule("EXPR-021", "{name} is never {found}.", "Did you mean {suggestion}?")
THROUGH_A_LIST = Rule(
    "EXPR-022",
    "{name} is a list, its parts have no name of their own.",
    "Write {name}.exists(x, …) or {name}.all(x, …).",
)
MIXED_SET = Rule(
    "EXPR-023",
    "The set {name} does not hold values of one type.",
    "Give the set only texts, only numbers or only days.",
)
LIST_ALONE = Rule(
    "EXPR-024",
    "A list or a set stands only to the right of in.",
    "Write: value in [..] or value in set(..).",
)
UNKNOWN_GOODS = Rule(
    "EXPR-025",
    "No commodity code of the Harmonized System begins with {found}.",
    "Look the goods up in HS 2022; national digits follow only after the sixth.",
)
BAD_PATTERN = Rule(
    "EXPR-026",
    "{found} is no regular expression: {problem}.",
    'Write one that the whole text must match, such as "[A-Z]{{2}}[0-9]{{6}}".',
)


class ExpressionFault(Refused):
    """An expression is refused; ``where`` of each notice is ``column N`` (counted from 1)."""


def fault(rule: Rule, at: int, **values: Value) -> Notice:
    """Return the notice that ``rule`` was met at offset ``at`` (counted from 0)."""
    return rule.notice(f"column {at + 1}", **values)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name closest to ``name``, or a dozen to choose from if none is close."""
    names = sorted(known)
    within = [other for other in names if name and name in other]
    close = within[:1] or get_close_matches(name, names, n=1, cutoff=0.5)
    return " or ".join(close or names[:12]) or "(none known)"
