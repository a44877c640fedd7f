"""The parts of a described thing, one taken away at a time.

A part is whatever the law could have left out: one power of a mandate, one heading of a list, one
country of a set, one alternative, one exemption, one branch of a condition. What stands in a list
alone is taken away too where an empty list means all of that kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from gatepost.expression.parser import parse
from gatepost.expression.syntax import Call, Listed, Logic, Node, Path
from gatepost.expression.unparse import unparse

LISTS = frozenset(
    """
    alternatives any automatic channels checks commodity competence controls data each escalation
    except_commodity except_origin exempt four_eyes members modes only origin parties posts powers
    purposes regimes sees to units valid
    """.split()
)
"""Lists of which each member says something of its own."""

OPTIONS = frozenset("control for_items if_concerned on_limit partial random when".split())
"""What may be left out, and then means something else."""

NOT_LAW = frozenset("legal_basis life onward retention supporting_acts title".split())
"""What tells about a thing, or binds people whom no case shows: not what it does."""

Keys = tuple[str | int, ...]


class Part(NamedTuple):
    """One part: where it stands, and the thing without it."""

    place: str
    without: Any


def parts_of(thing: Any) -> Iterator[Part]:
    """Yield every part of ``thing`` that can be taken away and leave a thing of its kind."""
    tree = msgspec.json.decode(msgspec.json.encode(thing))
    for keys, left in _places(tree, ()):
        try:
            without = msgspec.convert(_put(tree, keys, left), type(thing))
        except msgspec.ValidationError:
            continue
        yield Part(_named(keys, _at(tree, keys), left), without)


class _Gone:
    """Stands for what is left of a part that goes altogether."""


GONE = _Gone()


def _places(tree: Any, keys: Keys) -> Iterator[tuple[Keys, Any]]:
    """Yield the place of each part, and what is left there without it."""
    if isinstance(tree, list):
        for index, one in enumerate(tree):
            yield from _places(one, (*keys, index))
    elif isinstance(tree, dict):
        for name, value in tree.items():
            if name in NOT_LAW:
                continue
            here = (*keys, name)
            if name == "rates":
                yield from (((*here, code), GONE) for code in value)
            elif name in LISTS and isinstance(value, list):
                yield from ((here, value[:n] + value[n + 1 :]) for n in range(len(value)))
            elif name in OPTIONS:
                yield here, GONE
            if name == "when" and isinstance(value, str):
                yield from ((here, unparse(one)) for one in _shorter(parse(value)))
            yield from _places(value, here)


def _shorter(node: Node) -> Iterator[Node]:
    """Yield the condition without each branch, and without each member of each list in it."""
    for field in () if isinstance(node, Path) else ("parts", "items", "arguments"):
        # The first argument of a call is the value it is about.
        first = 1 if isinstance(node, Call) else 0
        found = getattr(node, field, ())
        if len(found) < first + 2:
            continue
        for n in range(first, len(found)):
            left = found[:n] + found[n + 1 :]
            whole = isinstance(node, Logic) and len(left) == 1
            yield left[0] if whole else msgspec.structs.replace(node, **{field: left})
    for field in node.__struct_fields__:
        value = getattr(node, field)
        if isinstance(value, Node):
            for one in _shorter(value):
                yield msgspec.structs.replace(node, **{field: one})
        elif isinstance(value, tuple):
            for n, inner in enumerate(value):
                if isinstance(inner, Node):
                    for one in _shorter(inner):
                        shorter = (*value[:n], one, *value[n + 1 :])
                        yield msgspec.structs.replace(node, **{field: shorter})


def _put(tree: Any, keys: Keys, value: Any) -> Any:
    """Return ``tree`` with another value at a place; what is on the way there is copied."""
    if not keys:
        return value
    copy = list(tree) if isinstance(tree, list) else dict(tree)
    if len(keys) == 1 and value is GONE:
        del copy[keys[0]]
    else:
        copy[keys[0]] = _put(tree[keys[0]], keys[1:], value)
    return copy


def _at(tree: Any, keys: Keys) -> Any:
    for key in keys:
        tree = tree[key]
    return tree


def _named(keys: Keys, there: Any, left: Any) -> str:
    """Return how a failure names a part: ``applies_to.commodity without 060390``."""
    place = ".".join(map(str, keys))
    if left is GONE:
        return place
    if isinstance(left, str):
        return f"{place}: {there!r} shortened to {left!r}"
    (taken,) = [one for n, one in enumerate(there) if there[:n] + there[n + 1 :] == left][:1]
    return f"{place} without {taken}"
