"""The parts of a described thing, one taken away at a time.

A part is whatever the law could have left out: one power of a mandate, one heading of a list, one
country of a set, one alternative, one exemption, one member of a list in a condition. What stands
in a list alone is taken away too: often an empty list means all of that kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from gatepost.expression.parser import parse
from gatepost.expression.syntax import Node
from gatepost.expression.unparse import unparse

LISTS = frozenset(
    {
        *("alternatives", "automatic", "exempt", "except_commodity", "except_origin", "commodity"),
        *("origin", "regimes", "modes", "posts", "members", "valid", "escalation", "controls"),
        *("powers", "four_eyes", "sees", "purposes", "data", "channels", "to", "units", "parties"),
        *("checks", "competence", "any", "each"),
    }
)
"""Lists of which each member says something of its own."""

OPTIONS = frozenset(
    {"control", "for_items", "if_concerned", "on_limit", "partial", "random", "season", "when"}
)
"""What may be left out, and then means something else."""

NOT_LAW = frozenset({"legal_basis", "life", "onward", "retention", "supporting_acts", "title"})
"""What tells about a thing, or binds people whom no case shows: not what it does."""

NOT_LISTS = {("parties",)}
"""Who concluded an instrument says nothing of what it grants; who examines together does."""

NOT_PLAYED = frozenset({"agree", "instruct", "target"})
"""Powers over instruments, indicators and people: no act on a case uses them."""

Keys = tuple[str | int, ...]


class Part(NamedTuple):
    """One part: where it stands, the word that cases may know it by, and the thing without it."""

    place: str
    word: str
    without: Any


def parts_of(thing: Any) -> Iterator[Part]:
    """Yield every part of ``thing`` that can be taken away and leave a thing of its kind."""
    tree = msgspec.json.decode(msgspec.json.encode(thing))
    for keys, left, taken in _places(tree, ()):
        try:
            without = msgspec.convert(_put(tree, keys, left), type(thing))
        except msgspec.ValidationError:
            continue
        yield Part(f"{'.'.join(map(str, keys))} without {taken}", taken, without)


class _Gone:
    """Stands for what is left of a part that goes altogether."""


GONE = _Gone()


def _places(tree: Any, keys: Keys) -> Iterator[tuple[Keys, Any, str]]:
    """Yield the place of each part, what is left there without it, and the part in a word."""
    if isinstance(tree, list):
        for index, one in enumerate(tree):
            yield from _places(one, (*keys, index))
    elif isinstance(tree, dict) and tree.get("kind") != "control_zone":
        for name, value in tree.items():
            if name in NOT_LAW:
                continue
            here = (*keys, name)
            if name == "rates" and isinstance(value, dict):
                yield from (((*here, code), GONE, code) for code in value)
            elif name in LISTS and isinstance(value, list) and here not in NOT_LISTS:
                for n, one in enumerate(value):
                    if str(one) not in NOT_PLAYED:
                        yield here, value[:n] + value[n + 1 :], str(one)
            elif name in OPTIONS:
                yield here, GONE, str(value)
            if name == "when" and isinstance(value, str):
                for shorter, taken in _shorter(parse(value)):
                    yield here, unparse(shorter), unparse(taken).strip('"')
            yield from _places(value, here)


def _shorter(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield a condition without each member of each list and each prefix in it, and the member."""
    # The first argument of a call is the value it is about.
    for field, first in (("items", 0), ("arguments", 1)):
        found = getattr(node, field, ())
        if len(found) >= first + 2:
            for n in range(first, len(found)):
                yield replace(node, **{field: found[:n] + found[n + 1 :]}), found[n]
    for field in node.__struct_fields__:
        value = getattr(node, field)
        for n, inner in enumerate(value if isinstance(value, tuple) else [value]):
            if isinstance(inner, Node):
                for one, taken in _shorter(inner):
                    new = (*value[:n], one, *value[n + 1 :]) if isinstance(value, tuple) else one
                    yield replace(node, **{field: new}), taken


def _put(tree: Any, keys: Keys, value: Any) -> Any:
    """Return ``tree`` with another value at a place; what is on the way there is copied."""
    if not keys:
        return value
    copy: Any = list(tree) if isinstance(tree, list) else dict(tree)
    if len(keys) == 1 and value is GONE:
        del copy[keys[0]]
    else:
        copy[keys[0]] = _put(tree[keys[0]], keys[1:], value)
    return copy
