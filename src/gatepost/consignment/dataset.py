"""The data set: a tree under the element names of the WCO Data Model.

An element with children is a mapping, a repeatable element always a list, a leaf
the text exactly as written. A leaf with attributes is a mapping with the text
under ``#`` and each attribute under ``@name``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Tree = Mapping[str, Any]
DataSet = dict[str, Any]

NOTHING: Tree = {}

LARGEST = 1e18
"""Amounts and measures have at most sixteen digits before the point; NaN is below nothing."""


def child(tree: Tree, *names: str) -> Tree:
    """Return the element reached by ``names``, or an empty one; of a repeated one the first."""
    found: Any = tree
    for name in names:
        found = found.get(name)
        if isinstance(found, list):
            found = found[0] if found else None
        if not isinstance(found, dict):
            return NOTHING
    return found  # type: ignore[no-any-return]


def each(tree: Tree, name: str) -> Sequence[Tree]:
    """Return every occurrence of the element ``name``; text where an element belongs is none."""
    found = tree.get(name)
    if found.__class__ is list:
        return [one for one in found if one.__class__ is dict]
    return (found,) if found.__class__ is dict else ()


def text(tree: Tree, name: str) -> str | None:
    """Return the text of the leaf ``name``, trimmed; ``None`` if absent or blank."""
    found = tree.get(name)
    if found is None:
        return None
    if found.__class__ is list:
        found = found[0] if found else ""
    if found.__class__ is dict:
        found = found.get("#") or ""
    return found.strip() or None if found.__class__ is str else None


def number(tree: Tree, name: str) -> float | None:
    """Return the leaf ``name`` as a number; ``None`` if absent, no number or beyond ``LARGEST``."""
    found = text(tree, name)
    if found is None:
        return None
    try:
        value = float(found)
    except ValueError:
        return None
    return value if -LARGEST < value < LARGEST and "_" not in found else None


def attribute(tree: Tree, name: str, attribute_name: str) -> str | None:
    """Return an attribute of the leaf ``name``, such as ``currencyID``."""
    found = tree.get(name)
    if isinstance(found, dict):
        value = found.get("@" + attribute_name)
        return value if isinstance(value, str) else None
    return None


def changed_paths(before: Any, after: Any, path: str = "") -> list[str]:
    """Return the paths whose values differ between two data sets, in document order."""
    if isinstance(before, dict) and isinstance(after, dict):
        names = list(before) + [name for name in after if name not in before]
        return [
            found
            for name in names
            for found in changed_paths(
                before.get(name), after.get(name), f"{path}/{name}" if path else name
            )
        ]
    if isinstance(before, list) and isinstance(after, list):
        longest = max(len(before), len(after))
        pad = [None] * longest
        pairs = zip((before + pad)[:longest], (after + pad)[:longest], strict=True)
        return [
            found
            for n, (old, new) in enumerate(pairs, 1)
            for found in changed_paths(old, new, f"{path}[{n}]")
        ]
    return [] if before == after else [path]
