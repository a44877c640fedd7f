"""The licence gate: no package comes with Gatepost whose licence was not allowed or decided.

Reads requirements.lock, pyproject.toml and what the installed packages say of themselves; asks no
network. Prints every fault and ends with 1, or tells how many packages were judged.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

import msgspec
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
TOOLS = frozenset({"dev", "peers"})
"""The extras that are no part of an installation."""

LONGEST = 60
"""A licence field longer than this is a licence's text, not its name."""


class Decided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A licence that is not allowed in general, and why the package is there all the same."""

    licence: str
    reason: str


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What .ci/licences.yaml holds."""

    allowed: tuple[str, ...]
    words: Mapping[str, str]
    stated: Mapping[str, str]
    shipped: Mapping[str, Decided]
    tools: Mapping[str, Decided]


def normal(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(about: Mapping[str, list[str]], policy: Policy) -> str | None:
    """Return the licence a package tells: its expression, else classifiers, else the field."""
    for expression in about.get("License-Expression", ()):
        return expression
    classifiers = (c for c in about.get("Classifier", ()) if c.startswith("License ::"))
    told = [c.rpartition(" :: ")[2] for c in classifiers]
    told = [one for one in told if one != "OSI Approved"]
    told += [one for one in about.get("License", ()) if len(one) < LONGEST]
    known = [policy.words.get(one, one) for one in told if one not in ("", "UNKNOWN")]
    return known[0] if known else None


def is_allowed(licence: str, policy: Policy) -> bool:
    """Tell whether one way to read an expression of AND and OR needs allowed licences only."""
    ways = re.split(r"\s+OR\s+", licence.strip("() "))
    return any(
        all(policy.words.get(one, one) in policy.allowed for one in re.split(r"\s+AND\s+", way))
        for way in ways
    )


def shipped(requirements: Mapping[str, Iterable[str]], extras: Iterable[str]) -> set[str]:
    """Return every package that comes with Gatepost, by what each installed package requires."""
    found: set[str] = set()
    todo = [("gatepost", extra) for extra in ("", *extras)]
    done = set(todo)
    while todo:
        name, extra = todo.pop()
        found.add(name)
        for text in requirements.get(name, ()):
            one = Requirement(text)
            if one.marker is None or one.marker.evaluate({"extra": extra}):
                for wanted in ((normal(one.name), inner) for inner in ("", *one.extras)):
                    if wanted not in done:
                        done.add(wanted)
                        todo.append(wanted)
    return found - {"gatepost"}


def faults(
    locked: Iterable[str], licences: Mapping[str, str | None], product: set[str], policy: Policy
) -> Iterator[str]:
    """Yield what is wrong, a sentence each."""
    used: set[str] = set()
    for name in sorted(locked):
        licence = policy.stated.get(name) or licences.get(name)
        if licence is None:
            yield f"{name}: it tells no licence; read its file and state it in .ci/licences.yaml"
        elif not is_allowed(licence, policy):
            part = policy.shipped if name in product else policy.tools
            decided = part.get(name)
            used.add(name)
            if decided is None:
                where = "shipped" if name in product else "tools"
                yield f"{name}: {licence} is not allowed; leave it out, or decide it under {where}"
            elif decided.licence != licence:
                yield f"{name}: decided was {decided.licence}, and now it is {licence}"
    for name in sorted({*policy.shipped, *policy.tools} - used):
        yield f"{name}: it is decided in .ci/licences.yaml and no longer needs to be"
    for name in sorted(set(policy.stated) - set(locked)):
        yield f"{name}: its licence is stated, and it is not in requirements.lock"


def read_policy() -> Policy:
    """Return the policy in .ci/licences.yaml."""
    return msgspec.yaml.decode((ROOT / ".ci" / "licences.yaml").read_bytes(), type=Policy)


def main() -> int:
    """Judge every locked package."""
    policy = read_policy()
    about = {normal(one.metadata["Name"]): one for one in metadata.distributions()}
    licences = {
        name: licence_of(
            {key: one.metadata.get_all(key) or [] for key in set(one.metadata)}, policy
        )
        for name, one in about.items()
    }
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    requirements = {name: one.requires or () for name, one in about.items()}
    product = shipped(requirements, set(extras) - TOOLS)
    lock = (ROOT / "requirements.lock").read_text()
    locked = {normal(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE)}
    found = list(faults(locked, licences, product, policy))
    for one in found:
        print(one)
    if not found:
        decided = len(policy.shipped)
        print(f"Licences: {len(locked)} packages, {len(locked & product)} of them in an", end=" ")
        print(f"installation, {decided} of those by decision; nothing to object to.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
