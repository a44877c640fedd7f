"""The licence gate: what is not allowed or decided is found, and so is what was decided in vain."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import msgspec
import pytest


@pytest.fixture(scope="module")
def gate(root: Path) -> ModuleType:
    """Return the gate, which stands outside the package."""
    spec = importlib.util.spec_from_file_location("licences", root / ".ci" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["licences"] = module
    spec.loader.exec_module(module)
    return module


def found(gate: ModuleType, product: set[str], **licences: str | None) -> list[str]:
    """Return what the gate says of these packages alone, under a policy without decisions."""
    policy = msgspec.structs.replace(gate.read_policy(), stated={}, shipped={}, tools={})
    return list(gate.faults(set(licences), licences, product, policy))


def test_everything_locked_is_allowed_or_decided(
    gate: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate.main() == 0, capsys.readouterr().out
    assert "nothing to object to" in capsys.readouterr().out


@pytest.mark.parametrize(
    "licence", ["MIT", "MIT OR GPL-3.0-only", "BSD-3-Clause AND MIT", "Apache Software License"]
)
def test_permissive_licences_pass(gate: ModuleType, licence: str) -> None:
    assert found(gate, {"one"}, one=licence) == []


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND LGPL-3.0-only", "BUSL-1.1", "fine"]
)
def test_others_are_refused_until_somebody_decides(gate: ModuleType, licence: str) -> None:
    (fault,) = found(gate, {"one"}, one=licence)
    assert fault.endswith("decide it under shipped")
    (fault,) = found(gate, set(), one=licence)
    assert fault.endswith("decide it under tools")


def test_a_package_that_tells_no_licence_is_refused(gate: ModuleType) -> None:
    (fault,) = found(gate, {"one"}, one=None)
    assert "it tells no licence" in fault


def test_a_decision_covers_one_licence_of_one_package_where_it_is_used(gate: ModuleType) -> None:
    decided = {"one": gate.Decided("LGPL-3.0-only", "x")}
    policy = msgspec.structs.replace(gate.read_policy(), stated={}, shipped=decided, tools={})

    def told(licence: str, product: set[str]) -> list[str]:
        return list(gate.faults({"one"}, {"one": licence}, product, policy))

    assert told("LGPL-3.0-only", {"one"}) == []
    assert told("AGPL-3.0-only", {"one"}) == [
        "one: decided was LGPL-3.0-only, and now it is AGPL-3.0-only"
    ]
    assert len(told("LGPL-3.0-only", set())) == 1
    assert told("MIT", {"one"}) == [
        "one: it is decided in .ci/licences.yaml and no longer needs to be"
    ]


def test_what_an_installation_requires_is_followed_through(gate: ModuleType) -> None:
    requirements = {
        "gatepost": ["a", "b; extra == 'web'", "pm4py; extra == 'peers'"],
        "a": ["c[fast]"],
        "c": ["d; extra == 'fast'", "e; sys_platform == 'win32'"],
    }
    assert gate.shipped(requirements, ["web"]) == {"a", "b", "c", "d"}


def test_peers_under_copyleft_are_in_no_installation(gate: ModuleType) -> None:
    """The product imports none of them, and the gate would tell if an extra brought them in."""
    policy = gate.read_policy()
    assert set(policy.tools).isdisjoint(policy.shipped)
    assert set(policy.tools) >= {"pm4py"}
