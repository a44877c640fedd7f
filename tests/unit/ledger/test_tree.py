"""The Merkle tree: what is proven can be checked, and nothing else is accepted."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.ledger.tree import (
    EMPTY,
    consistency_proof,
    includes,
    inclusion_proof,
    is_consistent,
    leaf_hash,
    node_hash,
    root_of,
    subtree_includes,
    subtree_is_consistent,
)

VECTORS = Path(__file__).parents[4] / "shared" / "data" / "merkle"
PLACEHOLDER = "additional/sizes-are-equal-one-and-proof-is-empty.json"
"""The one case whose root has 12 bytes and is said to be valid; here a root has 32 bytes."""

LEAVES = [leaf_hash(bytes([number])) for number in range(70)]


def node(level: int, index: int) -> bytes:
    """Return a node of the tree over LEAVES, worked out the plain way."""
    if level == 0:
        return LEAVES[index]
    return node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))


def plain_root(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 9162 §2.1.1 defines it."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(plain_root(leaves[:split]), plain_root(leaves[split:]))


@pytest.mark.parametrize("size", range(len(LEAVES) + 1))
def test_the_root_is_that_of_the_definition(size: int) -> None:
    assert root_of(node, 0, size) == plain_root(LEAVES[:size])


@given(st.data())
def test_every_leaf_is_proven_in_its_place_only(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(LEAVES)))
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(
        st.integers(0, size - 1).filter(lambda i: i != index) if size > 1 else st.none()
    )
    proof, root = inclusion_proof(node, index, size), root_of(node, 0, size)
    assert includes(LEAVES[index], index, size, proof, root)
    assert not includes(LEAVES[index], index, size, (*proof, EMPTY), root)
    if other is not None:
        assert not includes(LEAVES[other], index, size, proof, root)
        assert not includes(LEAVES[index], other, size, proof, root)
        assert not includes(LEAVES[index], index, size, proof[:-1], root)


@given(st.data())
def test_a_tree_continues_its_beginning_and_no_other(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(LEAVES)))
    old = data.draw(st.integers(1, size))
    proof = consistency_proof(node, old, size)
    old_root, root = root_of(node, 0, old), root_of(node, 0, size)
    assert is_consistent(old, size, proof, old_root, root)
    assert not is_consistent(old, size, proof, EMPTY, root)
    assert not is_consistent(old, size, proof, old_root, EMPTY)
    assert not is_consistent(old, size, (*proof, EMPTY), old_root, root)
    if proof:
        assert not is_consistent(old, size, proof[1:], old_root, root)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(node, index, size)


@pytest.mark.parametrize(("old", "size"), [(0, 3), (4, 3)])
def test_there_is_no_proof_for_a_tree_that_is_no_beginning(old: int, size: int) -> None:
    with pytest.raises(ValueError, match="no earlier tree"):
        consistency_proof(node, old, size)


def cases(name: str) -> Iterator[dict[str, Any]]:
    path = VECTORS / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("../shared/data/merkle is not there")
    for line in path.read_text().splitlines():
        yield json.loads(line)


def b(text: str) -> bytes:
    return base64.b64decode(text)


def steps(case: dict[str, Any]) -> list[bytes]:
    return [b(step) for step in case["proof"] or []]


def decide(kind: str, case: dict[str, Any]) -> bool:
    match kind:
        case "inclusion":
            leaf, root = b(case["leafHash"]), b(case["root"])
            return includes(leaf, case["leafIdx"], case["treeSize"], steps(case), root)
        case "subtreeinclusion":
            leaf, root = b(case["leafHash"]), b(case["root"])
            bounds = case["start"], case["end"]
            return subtree_includes(leaf, case["leafIdx"], *bounds, steps(case), root)
        case "consistency":
            sizes, roots = (case["size1"], case["size2"]), (b(case["root1"]), b(case["root2"]))
            return is_consistent(*sizes, steps(case), *roots)
        case _:
            bounds3 = case["start"], case["end"], case["size"]
            roots = b(case["root1"]), b(case["root2"])
            return subtree_is_consistent(*bounds3, steps(case), *roots)


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("inclusion", 98),
        ("consistency", 98),
        ("subtreeinclusion", 204),
        ("subtreeconsistency", 118),
    ],
)
def test_public_vectors_are_decided_rightly(kind: str, count: int) -> None:
    seen, wrong = 0, []
    for case in cases(kind):
        seen += 1
        if decide(kind, case) == case["wantErr"]:
            wrong.append(case["id"].partition("/")[2])
    assert seen == count
    assert wrong == ([PLACEHOLDER] if "consistency" in kind else [])


def test_core_vectors_are_reproduced() -> None:
    path = VECTORS / "rfc6962_core_vectors.json"
    if not path.exists():
        pytest.skip("../shared/data/merkle is not there")
    core = json.loads(path.read_text())
    leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in core["tree"]["leaves_hex"]]
    roots = [plain_root(leaves[: n + 1]).hex() for n in range(len(leaves))]
    assert roots == core["tree"]["roots_after_each_leaf"]
    for case in core["consistency"]:
        proof = [bytes.fromhex(step) for step in case["proof"]]
        roots2 = bytes.fromhex(case["root1"]), bytes.fromhex(case["root2"])
        assert is_consistent(case["size1"], case["size2"], proof, *roots2)
