"""What an expression reads: the values behind a hit, and the prefixes to index it by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from gatepost.expression.syntax import (
    Call,
    Compare,
    Constant,
    Listed,
    Logic,
    Member,
    Node,
    Path,
    Quantifier,
    Scalar,
    Tally,
    children,
)

COMMODITY = ("item", "commodity")


def paths(node: Node) -> tuple[Path, ...]:
    """Return the paths from the roots that the expression mentions, each once, as written.

    A path from a variable of ``exists`` or ``all`` is not one; the list it runs over is.
    """
    return tuple({path.parts: path for path in _paths(node, frozenset())}.values())


def reads(node: Node) -> frozenset[tuple[str, ...]]:
    """Return every path the expression reads, those of the parts of lists from their list on.

    ``item.documents.exists(d, d.code == "N851")`` reads ``item.documents`` and
    ``item.documents.code``.
    """
    return frozenset(_reads(node, {}))


def fired_values(node: Node, roots: Mapping[str, object]) -> dict[str, Scalar | None]:
    """Return what the paths of a checked expression are in this record, by their text.

    A list is given by its size and a record by whether it is there; ``None`` is missing.
    """
    return values_at(paths(node), roots)


def values_at(read: Iterable[Path], roots: Mapping[str, object]) -> dict[str, Scalar | None]:
    """Return what these paths are in this record, as :func:`fired_values` gives them."""
    return {path.text: _shown(_walk(path.parts, roots)) for path in read}


def prefixes(node: Node, path: tuple[str, ...] = COMMODITY) -> tuple[str, ...] | None:
    """Return prefixes one of which ``path`` must have for the condition to hold.

    ``None`` if the condition can hold whatever ``path`` begins with. It reads
    ``starts_with``, ``==`` and ``in [..]`` on the path, through ``&&`` and ``||``.
    """
    match node:
        case Logic(sign="&&", parts=parts):
            found = [few for part in parts if (few := prefixes(part, path)) is not None]
            return min(found, key=len, default=None)
        case Logic(parts=parts):
            each = [prefixes(part, path) for part in parts]
            if None in each:
                return None
            return tuple(dict.fromkeys(prefix for few in each for prefix in few or ()))
        case Call(function="starts_with", arguments=(Path(parts=parts), *texts)) if parts == path:
            return _texts(texts)
        case Compare(sign="==", left=Path(parts=parts), right=Constant() as one) if parts == path:
            return _texts([one])
        case Compare(sign="==", left=Constant() as one, right=Path(parts=parts)) if parts == path:
            return _texts([one])
        case Member(value=Path(parts=parts), container=Listed(items=items)) if parts == path:
            return _texts(items)
    return None


def _texts(nodes: list[Node] | tuple[Node, ...]) -> tuple[str, ...]:
    return tuple(str(node.value) for node in nodes if isinstance(node, Constant))


def _paths(node: Node, bound: frozenset[str]) -> Iterator[Path]:
    if isinstance(node, Path) and node.parts[0] not in bound:
        yield node
    elif isinstance(node, Quantifier | Tally):
        yield from _paths(node.sequence, bound)
        yield from _paths(node.body, bound | {node.variable})
    else:
        for child in children(node):
            yield from _paths(child, bound)


def _reads(node: Node, bound: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    if isinstance(node, Path):
        first, *rest = node.parts
        yield (*bound.get(first, (first,)), *rest)
    elif isinstance(node, Quantifier | Tally):
        (sequence,) = _reads(node.sequence, bound)
        yield sequence
        yield from _reads(node.body, {**bound, node.variable: sequence})
    else:
        for child in children(node):
            yield from _reads(child, bound)


def _walk(parts: tuple[str, ...], roots: Mapping[str, object]) -> object:
    found = roots.get(parts[0])
    for part in parts[1:]:
        if not isinstance(found, msgspec.Struct) or part not in found.__struct_fields__:
            return None
        found = getattr(found, part)
    return found


def _shown(value: object) -> Scalar | None:
    if isinstance(value, list | tuple):
        return len(value)
    if isinstance(value, msgspec.Struct):
        return True
    # NaN is a missing number.
    return value if value == value else None  # type: ignore[return-value]
