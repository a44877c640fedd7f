"""Numbered rules, and the notices that tell a person what a rule found.

A rule has a number and one sentence, and both are its name everywhere. A notice
carries the number and the values; its sentence is rendered at the edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

Value = str | int | float


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a person must read: the rule's number, the values and the place.

    ``where`` is a path in what was handed in (``Declaration/Agent/ID``) or
    ``file:line``; empty when the whole of it is meant.
    """

    code: str
    where: str = ""
    values: dict[str, Value] = {}


class Rule(msgspec.Struct, frozen=True):
    """A numbered rule of the code: its sentence says what is wrong, ``remedy`` what to do now.

    Both may name values in braces, which :meth:`notice` fills in.
    """

    number: str
    sentence: str
    remedy: str = ""

    def notice(self, where: str = "", **values: Value) -> Notice:
        """Return the notice that this rule was met at ``where`` with ``values``."""
        return Notice(self.number, where, values)

    def render(self, values: dict[str, Value]) -> str:
        """Return the sentence and the remedy with ``values`` filled in."""
        text = f"{self.sentence} {self.remedy}".strip()
        return text.format_map(_Shown(values))


class _Shown(dict[str, Value]):
    def __missing__(self, key: str) -> str:
        return f"({key})"


class Refused(Exception):
    """What was asked is refused; everything wrong is said at once and nothing is stored."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        self.notices = tuple(notices)
        super().__init__(", ".join(f"{n.code} {n.where}".strip() for n in self.notices))


class RuleBook:
    """Every numbered rule by its number, to render notices at the edge."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules: dict[str, Rule] = {}
        for rule in rules:
            if self.rules.setdefault(rule.number, rule) is not rule:
                raise ValueError(f"two rules carry the number {rule.number}")

    def sentence(self, notice: Notice) -> str:
        """Return the sentence of ``notice`` for a person to read."""
        rule = self.rules.get(notice.code)
        if rule is None:
            return str(notice.values.get("sentence", notice.code))
        return rule.render(notice.values)


def rules_of(namespace: dict[str, object]) -> tuple[Rule, ...]:
    """Return the rules defined in a module, given its ``vars()``, in the order written."""
    return tuple(value for value in namespace.values() if isinstance(value, Rule))
