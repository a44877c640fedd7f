"""The Merkle tree over the log: roots, proofs, and how a reader checks them (RFC 9162).

A tree of ``size`` leaves has one root of 32 bytes. An inclusion proof shows that a leaf is in it,
a consistency proof that a smaller tree is its beginning. Nodes are named by level (0: leaves) and
index, and come from a function, so that the tree may lie in files, in memory or anywhere else.
Subtrees follow the draft on Merkle tree certificates: ``[start, end)`` is one if ``start`` is a
multiple of the smallest power of two that is not below ``end - start``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

HASH = 32
"""Bytes of a hash. A root or a step of a proof of another length is never accepted."""

EMPTY = sha256(b"").digest()
"""The root of the tree without leaves."""

Node = Callable[[int, int], bytes]
"""Returns the hash of the complete subtree of ``2 ** level`` leaves that begins at
``index * 2 ** level``."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf that holds ``entry``."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash over two neighbours."""
    return sha256(b"\x01" + left + right).digest()


def root_of(node: Node, start: int, end: int) -> bytes:
    """Return the root over the leaves ``start`` to ``end``, the latter not included."""
    if start == end:
        return EMPTY
    size = end - start
    level = size.bit_length() - 1
    if size == 1 << level and start % size == 0:
        return node(level, start >> level)
    split = start + _split(size)
    return node_hash(root_of(node, start, split), root_of(node, split, end))


def inclusion_proof(node: Node, index: int, size: int) -> tuple[bytes, ...]:
    """Return what leads from leaf ``index`` to the root of ``size`` leaves.

    ``ValueError`` if there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} among {size}")
    steps: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            steps.append(root_of(node, split, end))
            end = split
        else:
            steps.append(root_of(node, start, split))
            start = split
    return tuple(reversed(steps))


def consistency_proof(node: Node, old: int, size: int) -> tuple[bytes, ...]:
    """Return what shows that the first ``old`` of ``size`` leaves are an earlier tree.

    ``ValueError`` unless ``0 < old <= size``.
    """
    if not 0 < old <= size:
        raise ValueError(f"{old} of {size} leaves is no earlier tree")
    steps: list[bytes] = []
    start, end, whole = 0, size, True
    while old != end:
        split = start + _split(end - start)
        if old <= split:
            steps.append(root_of(node, split, end))
            end = split
        else:
            steps.append(root_of(node, start, split))
            start, whole = split, False
    if not whole:
        steps.append(root_of(node, start, end))
    return tuple(reversed(steps))


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether ``proof`` leads from the hash ``leaf`` at ``index`` to ``root`` (§2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    position, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            found = node_hash(step, found)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            found = node_hash(found, step)
        position, last = position >> 1, last >> 1
    return last == 0 and found == root


def subtree_includes(
    leaf: bytes, index: int, start: int, end: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Tell whether ``proof`` leads from leaf ``index`` to the root of a subtree."""
    if not _is_subtree(start, end):
        return False
    return includes(leaf, index - start, end - start, proof, root)


def is_consistent(
    old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> bool:
    """Tell whether ``proof`` shows that ``old`` leaves are the beginning of ``size`` (§2.1.4.2)."""
    return old > 0 and subtree_is_consistent(0, old, size, proof, old_root, root)


def subtree_is_consistent(
    start: int, end: int, size: int, proof: Sequence[bytes], subtree: bytes, root: bytes
) -> bool:
    """Tell whether ``proof`` shows that the root ``subtree`` covers those leaves of the tree.

    A subtree without leaves needs no proof, whatever the tree.
    """
    if 0 <= start == end <= size:
        return not proof and subtree == EMPTY
    if not _is_subtree(start, end) or end > size or not _are_hashes(subtree, root, *proof):
        return False
    first, last, top = start, end - 1, size - 1
    while first != last and (last == top or last & 1):
        first, last, top = first >> 1, last >> 1, top >> 1
    if first == last:
        inner = outer = subtree
        steps = list(proof)
    elif not proof:
        return False
    else:
        inner = outer = proof[0]
        steps = list(proof[1:])
    for step in steps:
        if top == 0:
            return False
        if last & 1 or last == top:
            if first < last:
                inner = node_hash(step, inner)
            outer = node_hash(step, outer)
            while last and not last & 1:
                first, last, top = first >> 1, last >> 1, top >> 1
        else:
            outer = node_hash(outer, step)
        first, last, top = first >> 1, last >> 1, top >> 1
    return top == 0 and inner == subtree and outer == root


def _split(size: int) -> int:
    """Return the largest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)


def _is_subtree(start: int, end: int) -> bool:
    return 0 <= start < end and start % (1 << (end - start - 1).bit_length()) == 0


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH for value in values)
