"""Random well-typed trees over the small vocabulary, and random records of it."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime
from typing import TypeVar, get_args

from hypothesis import strategies as st

from gatepost.expression.syntax import (
    Arithmetic,
    ArithmeticSign,
    Call,
    Compare,
    Constant,
    Listed,
    Logic,
    Measure,
    Member,
    NamedSet,
    Negate,
    Node,
    Not,
    Path,
    Quantifier,
    Quantity,
    Tally,
)
from tests.unit.expression.nouns import Goods, Load, Paper, Trader

Paths = dict[str, list[str]]
Draw = st.DrawFn
T = TypeVar("T")

# Few values, so that records and expressions meet.
CODES = ["XA", "XB", "xa", "N851", "06031100", "0603", "import", "İ", "ß", 'a"b\\c\n', " 1.5 "]
GOODS_CODES = ["06", "0603", "06031100", "0604"]
DAYS = [date(2026, 1, 1), date(2026, 7, 1), date(2026, 7, 3), date.min, date.max]
DAYS += [date(2008, 2, 29), date(2026, 2, 28), date(2026, 3, 1)]
NUMBERS: list[float] = [0, 1, 2, 2.5, 40.0, 1200.5, 0.001, 999_999_999_999_999]

GOODS = {
    "text": ["commodity", "description", "origin"],
    "number": ["number", "value", "net_mass"],
    "boolean": ["fragile"],
    "texts": ["uses"],
    "papers": ["papers"],
}
LOAD = {
    "text": ["mode", "importer.id", "importer.country", "declarant.country"],
    "day": ["day", "expected"],
    "boolean": ["container"],
    "texts": ["routing"],
    "numbers": ["weights"],
    "days": ["holidays"],
    "record": ["importer", "declarant"],
    "goods": ["items"],
}
PAPER = {"text": ["code"], "day": ["expires"], "number": ["quantity"]}
RECORDS = {"goods": GOODS, "papers": PAPER}
SINGLE = {"texts": "text", "numbers": "number", "days": "day"}


def fields(names: str, scope_fields: Paths) -> Paths:
    """Return the paths by kind of one variable."""
    return {kind: [f"{names}.{f}" for f in found] for kind, found in scope_fields.items()}


def merged(*groups: Paths) -> Paths:
    kinds = {kind for group in groups for kind in group}
    return {kind: [p for group in groups for p in group.get(kind, [])] for kind in kinds}


TOP = merged(fields("item", GOODS), fields("consignment", LOAD))


def path(draw: Draw, scope: Paths, *kinds: str) -> Path:
    return Path(
        tuple(draw(st.sampled_from([p for k in kinds for p in scope.get(k, [])])).split("."))
    )


def constant(draw: Draw, kind: str) -> Constant:
    if kind == "boolean":
        return Constant(draw(st.booleans()))
    if kind == "number":
        sign = draw(st.sampled_from([1, -1]))
        return Constant(sign * draw(st.sampled_from(NUMBERS)))
    if kind == "text":
        return Constant(draw(st.sampled_from(CODES)))
    return Constant(draw(st.sampled_from(DAYS)))


@st.composite
def numbers(draw: Draw, scope: Paths, depth: int = 3) -> Node:
    """Return a tree that gives a number."""
    ways = ["path", "constant", "size", "days", "written"]
    ways += ["sum", "negate", "of numbers", "tally"] * bool(depth)
    match draw(st.sampled_from(ways)):
        case "path":
            return path(draw, scope, "number")
        case "constant":
            return constant(draw, "number")
        case "size":
            return Call("size", (path(draw, scope, "texts", "goods", "days", "papers"),))
        case "days":
            between = draw(st.sampled_from(["days_between", "years_between"]))
            return Call(between, (draw(days(scope)), draw(days(scope))))
        case "written":
            return Call("number", (path(draw, scope, "text"),))
        case "tally":
            return draw(tallies(scope, depth))
        case "of numbers":
            function = draw(st.sampled_from(["ceil", "min", "max"]))
            count = 1 if function == "ceil" else 2
            return Call(function, tuple(draw(numbers(scope, depth - 1)) for _ in range(count)))
        case "negate":
            operand = draw(numbers(scope, depth - 1))
            # The parser makes a negative constant of this.
            return operand if isinstance(operand, Constant) else Negate(operand)
    sign = draw(st.sampled_from(get_args(ArithmeticSign)))
    return Arithmetic(sign, draw(numbers(scope, depth - 1)), draw(numbers(scope, depth - 1)))


@st.composite
def tallies(draw: Draw, scope: Paths, depth: int) -> Node:
    """Return what tells over a list, under a name that nothing around it has."""
    used = {one.split(".")[0] for several in scope.values() for one in several}
    name = next(letter for letter in "abcdefgh" if letter not in used)
    measure = draw(st.sampled_from(get_args(Measure)))
    kind = draw(st.sampled_from(["texts", "numbers", "goods", "papers"]))
    inner = fields(name, RECORDS[kind]) if kind in RECORDS else {SINGLE[kind]: [name]}
    both = merged(scope, inner)
    body: Node
    match measure:
        case "count":
            body = draw(conditions(both, 0))
        case "sum":
            body = draw(numbers(both, 0))
        case _:
            body = path(draw, both, "text")
    return Tally(measure, path(draw, scope, kind), name, body)


@st.composite
def days(draw: Draw, scope: Paths) -> Node:
    return path(draw, scope, "day") if draw(st.booleans()) else constant(draw, "day")


def goods_codes() -> st.SearchStrategy[Constant]:
    """Return what a commodity code may be held against: anything else is refused."""
    return st.builds(Constant, st.sampled_from(GOODS_CODES))


def _is_goods(node: Node) -> bool:
    return isinstance(node, Path) and node.parts[-1] == "commodity"


@st.composite
def operands(draw: Draw, scope: Paths, kind: str, depth: int) -> Node:
    if kind == "number":
        return draw(numbers(scope, 2))
    if kind == "boolean" and depth and draw(st.booleans()):
        return draw(conditions(scope, depth - 1))
    return path(draw, scope, kind) if draw(st.booleans()) else constant(draw, kind)


@st.composite
def conditions(
    draw: Draw, scope: Paths = TOP, depth: int = 4, variables: tuple[str, ...] = tuple("ipstu")
) -> Node:
    """Return a tree that gives a boolean."""
    ways = ["flag", "compare", "compare", "member", "call"]
    ways += ["not", "logic", "logic", "quantifier", "quantifier"] * bool(depth)
    match draw(st.sampled_from(ways)):
        case "flag":
            return (
                path(draw, scope, "boolean") if draw(st.booleans()) else constant(draw, "boolean")
            )
        case "not":
            return Not(draw(conditions(scope, depth - 1, variables)))
        case "logic":
            parts = st.lists(conditions(scope, depth - 1, variables), min_size=2, max_size=3)
            return Logic(draw(st.sampled_from(["&&", "||"])), tuple(draw(parts)))
        case "compare":
            return draw(comparisons(scope, depth))
        case "member":
            return draw(memberships(scope, depth))
        case "call":
            return draw(calls(scope))
    return draw(quantifiers(scope, depth, variables))


@st.composite
def comparisons(draw: Draw, scope: Paths, depth: int) -> Node:
    kind = draw(st.sampled_from(["text", "number", "day", "boolean"]))
    signs = ["==", "!="] + ["<", "<=", ">", ">="] * (kind in ("number", "day"))
    left, right = (draw(operands(scope, kind, min(depth, 1))) for _ in "lr")
    if _is_goods(left) and isinstance(right, Constant):
        right = draw(goods_codes())
    if _is_goods(right) and isinstance(left, Constant):
        left = draw(goods_codes())
    return Compare(draw(st.sampled_from(signs)), left, right)


@st.composite
def memberships(draw: Draw, scope: Paths, depth: int) -> Node:
    kind = draw(st.sampled_from(["text", "number", "day"]))
    value = draw(operands(scope, kind, depth))
    named = {"text": "pest_countries", "number": "rounds", "day": "feasts"}[kind]
    match draw(st.sampled_from(["list", "set", "empty", "path"])):
        case "list" if _is_goods(value):
            return Member(value, Listed(tuple(draw(goods_codes()) for _ in range(2))))
        case "list":
            return Member(value, Listed(tuple(constant(draw, kind) for _ in range(2))))
        case "set" if not _is_goods(value):
            return Member(value, NamedSet(named))
        case "set" | "empty":
            return Member(value, NamedSet("nobody"))
    return Member(value, path(draw, scope, kind + "s"))


@st.composite
def calls(draw: Draw, scope: Paths) -> Node:
    function = draw(st.sampled_from(["has", "starts_with", "contains", "matches"]))
    if function == "has":
        kinds = ("text", "number", "day", "boolean", "texts", "record", "goods", "days")
        return Call("has", (path(draw, scope, *kinds),))
    name = path(draw, scope, "text")
    if _is_goods(name) and function == "starts_with":
        sample = st.sampled_from(GOODS_CODES)
    else:
        sample = st.sampled_from([*CODES, "X", "ss", "i"])
    if function == "matches":
        patterns = st.sampled_from(["X[A-Z]", "[0-9]+", ".*", "(?i)xa|xb", "N851"])
        return Call("matches", (name, Constant(draw(patterns))))
    texts = draw(st.lists(sample, min_size=1, max_size=1 if function == "contains" else 3))
    return Call(function, (name, *map(Constant, texts)))


@st.composite
def quantifiers(draw: Draw, scope: Paths, depth: int, variables: tuple[str, ...]) -> Node:
    variable, *left = variables
    quantity = draw(st.sampled_from(get_args(Quantity)))
    kind = draw(st.sampled_from(["texts", "numbers", "days", "goods", "papers"]))
    inner = fields(variable, RECORDS[kind]) if kind in RECORDS else {SINGLE[kind]: [variable]}
    body = draw(conditions(merged(scope, inner), min(depth - 1, 2), tuple(left)))
    return Quantifier(quantity, path(draw, scope, kind), variable, body)


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


FLOATS: st.SearchStrategy[float | None] = maybe(
    st.sampled_from(NUMBERS) | st.floats() | st.integers() | st.just(10**400) | st.just(-(10**400))
)
TEXTS = maybe(st.sampled_from([*CODES, ""]) | st.text(string.printable, max_size=9))
DAY = st.sampled_from(DAYS)
MOMENTS = st.sampled_from([datetime(2026, 7, 3, 23, 30), datetime(2026, 7, 1, tzinfo=UTC)])
PAPERS = st.builds(Paper, st.sampled_from(CODES), maybe(DAY | MOMENTS), FLOATS)
TRADERS = st.builds(Trader, TEXTS, TEXTS)
GOODS_RECORDS = st.builds(
    Goods,
    number=st.integers(0, 99) | st.just(10**400),
    commodity=TEXTS,
    description=TEXTS,
    origin=TEXTS,
    value=FLOATS,
    net_mass=FLOATS,
    fragile=maybe(st.booleans()),
    uses=st.lists(st.sampled_from(CODES), max_size=2).map(tuple),
    papers=st.lists(PAPERS, max_size=2).map(tuple),
)
LOADS = st.builds(
    Load,
    regime=st.sampled_from(["import", "export", "transit"]),
    day=DAY,
    mode=TEXTS,
    container=st.booleans(),
    expected=maybe(MOMENTS),
    importer=maybe(TRADERS),
    declarant=TRADERS,
    routing=st.lists(maybe(st.sampled_from(CODES)), max_size=2).map(tuple),
    weights=st.lists(FLOATS.filter(lambda v: v is not None), max_size=2).map(tuple),
    holidays=maybe(st.lists(maybe(DAY | MOMENTS), max_size=2).map(tuple)),
    items=st.lists(GOODS_RECORDS, max_size=2).map(tuple),
)
