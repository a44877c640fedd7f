"""The tree held against a vocabulary: every name known, every value of the right type."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

from gatepost.expression.rules import (
    CONSTANTS_WANTED,
    DIFFERENT_TYPES,
    LIST_ALONE,
    MIXED_SET,
    NAME_TAKEN,
    NEVER_SO,
    THROUGH_A_LIST,
    UNKNOWN_NAME,
    UNKNOWN_SET,
    WRONG_TYPE,
    ExpressionFault,
    fault,
    nearest,
)
from gatepost.expression.signatures import check_call, check_goods
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
from gatepost.expression.unparse import constant_text
from gatepost.expression.vocabulary import BOOLEAN, DAY, NUMBER, TEXT, Type, Vocabulary, fields_of
from gatepost.kernel.notice import Notice, Rule, Value

Sets = Mapping[str, Collection[Scalar]]

_ORDERED = frozenset({"number", "day"})
_PLAIN = frozenset({"text", "number", "boolean", "day"})


def check(node: Node, vocabulary: Vocabulary, sets: Sets | None = None) -> Type:
    """Return the type of the expression; ``ExpressionFault`` with everything wrong in it."""
    return Checker(vocabulary, sets or {}).check(node)


def scalar_type(value: Scalar) -> Type:
    """Return the type of one constant; ``TypeError`` if it is none."""
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, str):
        return TEXT
    if isinstance(value, int | float):
        return NUMBER
    if isinstance(value, date):
        return DAY
    raise TypeError(f"not a constant: {value!r}")


class Checker:
    """One vocabulary and its sets, to check many expressions against.

    Inside, ``None`` stands for a type that could not be told because a fault was noted
    already, so that one mistake is said once.
    """

    def __init__(self, vocabulary: Vocabulary, sets: Sets) -> None:
        self._roots = vocabulary.roots
        self._sets = sets
        self._set_types: dict[str, Type | None] = {}
        self._bound: dict[str, Type | None] = {}
        self._faults: list[Notice] = []
        self._ways: dict[type[Node], Callable[..., Type | None]] = {
            Constant: lambda node: scalar_type(node.value),
            Path: self.path,
            Not: self._not,
            Negate: self._negate,
            Logic: self._logic,
            Compare: self._compare,
            Member: self._member,
            Arithmetic: self._arithmetic,
            Call: lambda node: check_call(node, self),
            Quantifier: self._quantifier,
            Tally: self._tally,
            Listed: self._stray,
            NamedSet: self._stray,
        }

    def check(self, node: Node) -> Type:
        """Return the type of ``node``; ``ExpressionFault`` with everything wrong in it."""
        self._faults = []
        found = self.type_of(node)
        if self._faults or found is None:
            raise ExpressionFault(self._faults)
        return found

    def note(self, rule: Rule, node: Node, **values: Value) -> None:
        """Note that ``rule`` was met at ``node``."""
        self._faults.append(fault(rule, node.at, **values))

    def type_of(self, node: Node) -> Type | None:
        """Return the type of ``node`` and note what is wrong in it."""
        return self._ways[type(node)](node)

    def path(self, node: Path) -> Type | None:
        """Return the type of what ``node`` names."""
        first, *rest = node.parts
        known = {**self._roots, **self._bound}
        if first not in known:
            self.note(UNKNOWN_NAME, node, name=first, suggestion=nearest(first, known))
            return None
        found, walked = known[first], first
        for part in rest:
            if found is None:
                return None
            if found.kind == "list":
                self.note(THROUGH_A_LIST, node, name=walked)
                return None
            fields = fields_of(found.record) if found.record else {}
            if part not in fields:
                name, suggestion = f"{walked}.{part}", nearest(part, fields)
                self.note(UNKNOWN_NAME, node, name=name, suggestion=suggestion)
                return None
            found, walked = fields[part], f"{walked}.{part}"
        return found

    def want(self, node: Node, wanted: Type, operator: str) -> None:
        """Note a fault unless ``node`` is of the wanted type."""
        found = self.type_of(node)
        if found is not None and found.kind != wanted.kind:
            self.note(WRONG_TYPE, node, operator=operator, wanted=wanted.kind, found=found.kind)

    def _stray(self, node: Node) -> None:
        self.note(LIST_ALONE, node)

    def _not(self, node: Not) -> Type:
        self.want(node.operand, BOOLEAN, "!")
        return BOOLEAN

    def _negate(self, node: Negate) -> Type:
        self.want(node.operand, NUMBER, "-")
        return NUMBER

    def _logic(self, node: Logic) -> Type:
        for part in node.parts:
            self.want(part, BOOLEAN, node.sign)
        return BOOLEAN

    def _arithmetic(self, node: Arithmetic) -> Type:
        self.want(node.left, NUMBER, node.sign)
        self.want(node.right, NUMBER, node.sign)
        return NUMBER

    def _compare(self, node: Compare) -> Type:
        left, right = self.type_of(node.left), self.type_of(node.right)
        if left is None or right is None:
            return BOOLEAN
        allowed = _PLAIN if node.sign in ("==", "!=") else _ORDERED
        if left.kind != right.kind:
            self.note(DIFFERENT_TYPES, node, operator=node.sign, left=left.kind, right=right.kind)
        elif left.kind not in allowed:
            wanted = " or ".join(sorted(allowed))
            self.note(WRONG_TYPE, node, operator=node.sign, wanted=wanted, found=left.kind)
        else:
            self._possible(node.left, left, node.right)
            self._possible(node.right, right, node.left)
        return BOOLEAN

    def _possible(self, name: Node, found: Type, other: Node) -> None:
        """Note a fault if ``name`` can never be the constant ``other``."""
        if found.values and isinstance(other, Constant) and other.value not in found.values:
            self.note(
                NEVER_SO,
                other,
                name=name.text if isinstance(name, Path) else "this",
                found=constant_text(other.value),
                suggestion=nearest(str(other.value), found.values),
            )
        if isinstance(other, Constant) and isinstance(other.value, str):
            check_goods(name, other.value, other, self)

    def _member(self, node: Member) -> Type:
        left, right = self.type_of(node.value), self._element(node.container)
        if left is None:
            return BOOLEAN
        if left.kind not in _PLAIN:
            self.note(WRONG_TYPE, node, operator="in", wanted="a single value", found=left.kind)
        elif right is None:
            return BOOLEAN
        elif left.kind != right.kind:
            self.note(DIFFERENT_TYPES, node, operator="in", left=left.kind, right=right.kind)
        elif isinstance(node.container, Listed):
            for item in node.container.items:
                self._possible(node.value, left, item)
        elif isinstance(node.container, NamedSet):
            for value in self._sets[node.container.name]:
                check_goods(node.value, str(value), node.container, self)
        return BOOLEAN

    def _element(self, container: Node) -> Type | None:
        """Return the type of the parts of what stands right of ``in``."""
        if isinstance(container, NamedSet):
            return self._set_type(container)
        if isinstance(container, Listed):
            kinds = {scalar_type(i.value) for i in container.items if isinstance(i, Constant)}
            if len(kinds) != 1 or not all(isinstance(i, Constant) for i in container.items):
                self.note(CONSTANTS_WANTED, container, place="A list in brackets")
                return None
            return kinds.pop()
        found = self.type_of(container)
        if found is not None and found.kind != "list":
            self.note(WRONG_TYPE, container, operator="in", wanted="a list", found=found.kind)
            return None
        return found.element if found else None

    def _set_type(self, node: NamedSet) -> Type | None:
        if node.name not in self._sets:
            suggestion = nearest(node.name, self._sets)
            self.note(UNKNOWN_SET, node, name=node.name, suggestion=suggestion)
            return None
        if node.name not in self._set_types:
            classes = {type(value): value for value in self._sets[node.name]}
            kinds = {scalar_type(value) for value in classes.values()}
            # An empty set goes with every type: nothing is in it.
            self._set_types[node.name] = kinds.pop() if len(kinds) == 1 else None
            if kinds:
                self.note(MIXED_SET, node, name=node.name)
        return self._set_types[node.name]

    def _quantifier(self, node: Quantifier) -> Type:
        self._over(node, node.quantity, BOOLEAN)
        return BOOLEAN

    def _tally(self, node: Tally) -> Type:
        self._over(node, node.measure, {"count": BOOLEAN, "sum": NUMBER}.get(node.measure, TEXT))
        return NUMBER

    def _over(self, node: Quantifier | Tally, word: str, wanted: Type) -> None:
        """Check what runs over a list, whose body gives what is ``wanted`` of each part."""
        found = self.path(node.sequence)
        if found is not None and found.kind != "list":
            self.note(WRONG_TYPE, node, operator=f".{word}", wanted="a list", found=found.kind)
            found = None
        taken = node.variable in self._roots or node.variable in self._bound
        if taken:
            self.note(NAME_TAKEN, node, name=node.variable)
            return
        self._bound[node.variable] = found.element if found else None
        self.want(node.body, wanted, f".{word}")
        del self._bound[node.variable]
