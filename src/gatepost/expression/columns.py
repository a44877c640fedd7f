"""The back end for many records: checked trees over Polars columns, same hits as one by one.

A missing value is null, and a comparison with null is false, as for one record.

A condition that reads one text only is asked once for each distinct value and looked up for
the rest, so long sets and prefixes cost what there is to tell apart, not what there is. A
quantifier is asked of the parts of all lists laid end to end and given back to its rows.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from functools import partial, reduce
from typing import Any, TypeVar

import msgspec
import polars as pl

from gatepost.expression.check import Sets
from gatepost.expression.compile import checked_many
from gatepost.expression.helpers import as_float, divide, written
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
    children,
)
from gatepost.expression.vocabulary import Kind, Type, Vocabulary, fields_of
from gatepost.kernel.columns import DTYPES, Parts, Table

Key = TypeVar("Key", bound=Hashable)
Number = pl.Series | float

PART = "·"
"""The variable that stands for a part of a list where the author named none."""

_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
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
    "&&": operator.and_,
    "||": operator.or_,
}


class Bound(msgspec.Struct, frozen=True):
    """What a variable stands for: the rows of a table, each given by its place in it."""

    table: Table
    type: Type
    prefix: Parts
    places: pl.Series | None = None

    def spread(self, series: pl.Series) -> pl.Series:
        """Return values of the table's rows for the rows of the scope."""
        return series if self.places is None else series.gather(self.places)


class Scope:
    """Rows and the variables that can be named in them; every condition is worked out once."""

    def __init__(self, height: int, variables: Mapping[str, Bound], sets: Sets) -> None:
        self.height = height
        self.variables = variables
        self.sets = sets
        self._held: dict[Node, pl.Series] = {}
        self._inner: dict[tuple[Path, str], tuple[Scope, pl.Series]] = {}

    def bound(self, path: Path) -> tuple[Bound, Parts]:
        """Return the variable a path begins with, and the path in that variable's table."""
        first, *rest = path.parts
        found = self.variables[first]
        return found, (*found.prefix, *rest)

    def sizes(self, path: Node) -> pl.Series:
        """Return the number of parts of the list at a path."""
        assert isinstance(path, Path)
        variable, parts = self.bound(path)
        return variable.spread(variable.table.sizes(parts))

    def type_of(self, path: Path) -> Type:
        """Return the type of what a checked path names."""
        found = self.variables[path.parts[0]].type
        for part in path.parts[1:]:
            assert found.record is not None
            found = fields_of(found.record)[part]
        return found

    def read(self, path: Path) -> pl.Series:
        """Return the values a path has in the rows."""
        variable, parts = self.bound(path)
        return variable.spread(variable.table.column(parts, self.type_of(path).kind))

    def holds(self, node: Node) -> pl.Series:
        """Return for each row whether the condition holds; never null."""
        found = self._held.get(node)
        if found is None:
            found = self._by_text(node)
            if found is None:
                found = _CONDITIONS[type(node)](node, self)
            self._held[node] = found
        return found

    def inner(self, sequence: Path, variable: str) -> tuple[Scope, pl.Series]:
        """Return the scope of the parts of a list, and the row here that each belongs to."""
        found = self._inner.get((sequence, variable))
        if found is None:
            found = self._inner[sequence, variable] = self._within(sequence, variable)
        return found

    def back(self, rows: pl.Series, hit: pl.Series, value: bool) -> pl.Series:
        """Return a column that is ``value`` in the rows of which some part was hit."""
        column = pl.repeat(not value, self.height, eager=True)
        return column.scatter(rows.filter(hit), value)

    def _within(self, sequence: Path, variable: str) -> tuple[Scope, pl.Series]:
        source, parts = self.bound(sequence)
        table, rows = source.table.parts_of(parts)
        places = None
        if source.places is not None:
            here = pl.int_range(self.height, dtype=pl.UInt32, eager=True)
            part = pl.int_range(len(rows), dtype=pl.UInt32, eager=True)
            left = pl.DataFrame({"here": here, "row": source.places})
            both = left.join(pl.DataFrame({"row": rows, "part": part}), on="row")
            rows, places = both["here"], both["part"]
        element = self.type_of(sequence).element
        assert element is not None
        outer = {
            name: msgspec.structs.replace(
                one, places=rows if one.places is None else one.places.gather(rows)
            )
            for name, one in self.variables.items()
        }
        inner = {**outer, variable: Bound(table, element, (), places)}
        return Scope(len(rows), inner, self.sets), rows

    def _by_text(self, node: Node) -> pl.Series | None:
        """Return the answer looked up by the one text that the condition reads, if it does so."""
        path = _only_path(node)
        if path is None or isinstance(node, Path) or self.type_of(path).kind != "text":
            return None
        variable, parts = self.bound(path)
        found = variable.table.distinct(parts)
        if found is None:
            return None
        values, places = found
        one = Bound(Table(pl.DataFrame({".".join(parts): values})), variable.type, variable.prefix)
        scope = Scope(len(values), {path.parts[0]: one}, self.sets)
        return variable.spread(scope.holds(node).gather(places))


def _only_path(node: Node) -> Path | None:
    """Return the one path a condition reads; ``None`` if it reads more, or through a list."""
    found: Path | None = None
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Quantifier | Tally) or (
            isinstance(here, Member) and isinstance(here.container, Path)
        ):
            return None
        if isinstance(here, Path):
            if found is not None and found != here:
                return None
            found = here
        waiting.extend(children(here))
    return found


def _whole(value: Any, scope: Scope, kind: Kind) -> pl.Series:
    """Return what an operation can work on: a column, also of a value that is the same everywhere.

    A number that is missing everywhere, after a division by zero, becomes null here.
    """
    if isinstance(value, pl.Series):
        return value
    known = None if value != value else value
    return pl.Series([known], dtype=DTYPES[kind]).new_from_index(0, scope.height)


def _number(node: Node, scope: Scope) -> Number:
    """Return the numbers of a tree, null when missing, or the one number it is everywhere."""
    match node:
        case Constant(value=int() | float() as value):
            return float(value)
        case Path():
            return scope.read(node)
        case Negate(operand=operand):
            return -_number(operand, scope)
        case Arithmetic(sign=sign, left=left, right=right):
            return _calculated(sign, _number(left, scope), _number(right, scope))
        case Call(function=function, arguments=arguments):
            return _MEASURES[function](arguments, scope)
        case Tally():
            return _tally(node, scope)
    raise TypeError(f"not a number: {node!r}")


def _calculated(sign: str, left: Number, right: Number) -> Number:
    if not isinstance(left, pl.Series) and not isinstance(right, pl.Series):
        return divide(left, right) if sign == "/" else float(_SIGNS[sign](left, right))
    if sign == "/":
        if isinstance(right, pl.Series):
            right = right.set((right == 0.0).fill_null(False), None)
        elif not right:
            right = math.nan
    found: pl.Series = _SIGNS[sign](left, right)
    return found.fill_nan(None)


def _size(arguments: Sequence[Node], scope: Scope) -> Number:
    return scope.sizes(arguments[0])


def _days(arguments: Sequence[Node], scope: Scope) -> Number:
    first, second = (_whole(_operand(one, scope), scope, "day") for one in arguments)
    return (second.cast(pl.Int32) - first.cast(pl.Int32)).cast(pl.Float64)


def _years(arguments: Sequence[Node], scope: Scope) -> Number:
    """Return completed years, counted from the earlier day and signed."""
    first, second = (_whole(_operand(one, scope), scope, "day") for one in arguments)
    days = pl.DataFrame({"first": first, "second": second})
    early, late = pl.min_horizontal("first", "second"), pl.max_horizontal("first", "second")
    to_come = (late.dt.month() < early.dt.month()) | (
        (late.dt.month() == early.dt.month()) & (late.dt.day() < early.dt.day())
    )
    years = late.dt.year().cast(pl.Float64) - early.dt.year() - to_come.cast(pl.Float64)
    signed = pl.when(pl.col("second") < pl.col("first")).then(-years).otherwise(years)
    both = pl.col("first").is_not_null() & pl.col("second").is_not_null()
    return days.select(years=pl.when(both).then(signed))["years"]


def _ceil(arguments: Sequence[Node], scope: Scope) -> Number:
    return _whole(_number(arguments[0], scope), scope, "number").ceil()


def _extreme(arguments: Sequence[Node], scope: Scope, sign: str) -> Number:
    left, right = (_whole(_number(one, scope), scope, "number") for one in arguments)
    chosen = pl.when(_SIGNS[sign](pl.col("left"), pl.col("right"))).then("left").otherwise("right")
    both = pl.col("left").is_not_null() & pl.col("right").is_not_null()
    found = pl.DataFrame({"left": left, "right": right}).select(one=pl.when(both).then(chosen))
    return found["one"]


def _written(arguments: Sequence[Node], scope: Scope) -> Number:
    texts = _whole(_operand(arguments[0], scope), scope, "text")
    return pl.Series([written(one) for one in texts], dtype=pl.Float64).fill_nan(None)


def _tally(node: Tally, scope: Scope) -> Number:
    inner, rows = scope.inner(node.sequence, node.variable)
    totals = [0.0] * scope.height
    match node.measure:
        case "count":
            rows = rows.filter(inner.holds(node.body))
        case "distinct":
            texts = _whole(_operand(node.body, inner), inner, "text")
            rows = pl.DataFrame({"row": rows, "text": texts}).drop_nulls().unique()["row"]
        case "sum":
            values = _whole(_number(node.body, inner), inner, "number")
            # One by one, since the sum of floats depends on the order.
            for row, value in zip(rows, values, strict=True):
                totals[row] += value or 0.0
            return pl.Series(totals, dtype=pl.Float64).fill_nan(None)
    for row in rows:
        totals[row] += 1
    return pl.Series(totals, dtype=pl.Float64)


_MEASURES: dict[str, Callable[[Sequence[Node], Scope], Number]] = {
    "size": _size,
    "days_between": _days,
    "years_between": _years,
    "number": _written,
    "ceil": _ceil,
    "min": partial(_extreme, sign="<"),
    "max": partial(_extreme, sign=">"),
}


def _operand(node: Node, scope: Scope) -> Any:
    """Return values to compare: a column, null where missing, or the one value of a constant."""
    kind = kind_of(node, scope.type_of)
    match node:
        case Constant(value=value) if kind != "number":
            return value
        case Path():
            return scope.read(node)
    if kind != "number":
        return scope.holds(node)
    found = _number(node, scope)
    missing = isinstance(found, float) and math.isnan(found)
    return _whole(found, scope, kind) if missing else found


def _constant(node: Constant, scope: Scope) -> pl.Series:
    return pl.repeat(bool(node.value), scope.height, eager=True)


def _flag(node: Path, scope: Scope) -> pl.Series:
    return scope.read(node).fill_null(False)


def _not(node: Not, scope: Scope) -> pl.Series:
    return ~scope.holds(node.operand)


def _logic(node: Logic, scope: Scope) -> pl.Series:
    return reduce(_SIGNS[node.sign], (scope.holds(part) for part in node.parts))


def _compare(node: Compare, scope: Scope) -> pl.Series:
    kind = kind_of(node.left, scope.type_of)
    left, right = _operand(node.left, scope), _operand(node.right, scope)
    if not isinstance(right, pl.Series):
        left = _whole(left, scope, kind)
    found: pl.Series = _SIGNS[node.sign](left, right)
    return found.fill_null(False)


def _member(node: Member, scope: Scope) -> pl.Series:
    kind = kind_of(node.value, scope.type_of)
    match node.container:
        case Path() as sequence:
            same = Compare("==", node.value, Path((PART,)))
            return scope.holds(Quantifier("exists", sequence, PART, same))
        case NamedSet(name=name):
            values: Collection[Scalar] = scope.sets[name]
        case Listed(items=items):
            values = [item.value for item in items if isinstance(item, Constant)]
    wanted: list[Any] = list(values)
    if kind == "number":
        wanted = [as_float(v) for v in wanted]
    among = pl.Series([v for v in wanted if v == v], dtype=DTYPES[kind])
    column = _whole(_operand(node.value, scope), scope, kind)
    return column.is_in(among.implode()).fill_null(False)


def _call(node: Call, scope: Scope) -> pl.Series:
    path, *texts = node.arguments
    assert isinstance(path, Path)
    if node.function == "has":
        return _has(path, scope)
    wanted = [str(one.value) for one in texts if isinstance(one, Constant)]
    column = scope.read(path)
    if node.function == "matches":
        fits = re.compile(wanted[0]).fullmatch
        held = [text is not None and fits(text) is not None for text in column]
        return pl.Series(held, dtype=pl.Boolean)
    if node.function == "contains":
        found = _folded(column).str.contains(wanted[0].casefold(), literal=True)
    else:
        found = reduce(operator.or_, map(column.str.starts_with, wanted))
    return found.fill_null(False)


def _has(path: Path, scope: Scope) -> pl.Series:
    match scope.type_of(path).kind:
        case "list":
            return scope.sizes(path) > 0
        case "record":
            variable, parts = scope.bound(path)
            return variable.spread(variable.table.present(parts))
    return scope.read(path).is_not_null()


def _folded(column: pl.Series) -> pl.Series:
    """Return texts as ``str.casefold`` gives them, which Polars knows of plain letters only."""
    if column.str.len_bytes().sum() == column.str.len_chars().sum():
        return column.str.to_lowercase()
    return pl.Series([v if v is None else v.casefold() for v in column], dtype=pl.String)


def _quantifier(node: Quantifier, scope: Scope) -> pl.Series:
    inner, rows = scope.inner(node.sequence, node.variable)
    held, exists = inner.holds(node.body), node.quantity == "exists"
    return scope.back(rows, held if exists else ~held, exists)


_CONDITIONS: dict[type[Node], Callable[..., pl.Series]] = {
    Constant: _constant,
    Path: _flag,
    Not: _not,
    Logic: _logic,
    Compare: _compare,
    Member: _member,
    Call: _call,
    Quantifier: _quantifier,
}


def compile_columns(
    conditions: Sequence[tuple[Key, str | Node]],
    vocabulary: Vocabulary,
    roots: Sequence[str],
    sets: Sets | None = None,
) -> Callable[[Table], dict[Key, pl.Series]]:
    """Return a function of a table that gives for each key the rows in which its condition holds.

    The columns of the table begin with the names of ``roots``. The keys come in the order of
    ``conditions``, the rows ascending. Refused as ``compile_many``.
    """
    nodes = checked_many(conditions, vocabulary, roots, sets)

    def compiled(table: Table) -> dict[Key, pl.Series]:
        variables = {root: Bound(table, vocabulary.roots[root], (root,)) for root in roots}
        scope = Scope(table.height, variables, sets or {})
        return {key: scope.holds(node).arg_true() for key, node in nodes}

    return compiled
