"""The inventory of each agency, from mission and powers to cost and law (RG-01; paper §16).

It is a reading of the description: no agency fills in a questionnaire. What is missing there is
named, with the share that is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from gatepost.authority.model import Agency
from gatepost.description.described import Described
from gatepost.kernel.language import in_language

USED = ("mission", "data", "law")
"""The parts of an agency that only uses what others collect."""

PARTS = ("mission", "powers", "procedures", "steps", "documents", "data", "cost", "law")


class Inventory(msgspec.Struct, frozen=True):
    """What one agency is at the border for and what it does there, on one day.

    ``powers``, ``procedures``, ``steps`` (its controls) and ``cost`` (its fees) are the numbers
    of its rules; ``documents`` and ``data`` the codes and elements it asks for; ``law`` what its
    rules cite. ``untied`` are rules that cite no law. ``complete`` is the share of these parts
    that are described; a mere user of data has no powers, steps or fees to describe.
    """

    agency: str
    name: str
    mission: str
    powers: tuple[str, ...]
    procedures: tuple[str, ...]
    steps: tuple[str, ...]
    documents: tuple[str, ...]
    data: tuple[str, ...]
    cost: tuple[str, ...]
    law: tuple[str, ...]
    untied: tuple[str, ...]
    missing: tuple[str, ...] = ()
    complete: float = 1.0


def inventories(described: Described, day: date) -> list[Inventory]:
    """Return the inventory of every agency in force on a day, in the order of their files."""
    found = []
    for item in described.of("agency"):
        if item.value.valid.on(day):
            one = _of(described, item.value, day)
            parts = USED if item.value.tier == "user" else PARTS
            missing = tuple(part for part in parts if not getattr(one, part))
            share = round(1 - len(missing) / len(parts), 3)
            found.append(msgspec.structs.replace(one, missing=missing, complete=share))
    return found


def _of(described: Described, agency: Agency, day: date) -> Inventory:
    rules = {kind: list(_own(described, kind, agency.id, day)) for kind in _KINDS}
    asked = [_in_force(one, day, "asks") for one in rules["requirement"]]
    steps = [one.id for one in rules["requirement"] if _in_force(one, day, "control")]
    steps += [one.id for one in rules["indicator"] if one.control.ordered]
    papers = (code for asks in asked for code in (asks.document, *asks.alternatives) if code)
    every = [one for kind in _KINDS for one in rules[kind]]
    return Inventory(
        agency.id,
        in_language(agency.name),
        in_language(agency.mission or {}),
        tuple(one.id for one in rules["mandate"]),
        tuple(one.id for one in rules["standard"]),
        tuple(steps),
        tuple(dict.fromkeys(papers)),
        tuple(dict.fromkeys(asks.data for asks in asked if asks.data)),
        tuple(one.id for one in rules["fee"]),
        tuple(dict.fromkeys(law.cite for one in (agency, *every) for law in one.legal_basis)),
        tuple(one.id for one in every if not one.legal_basis),
    )


_KINDS = ("mandate", "standard", "requirement", "indicator", "fee")


def _own(described: Described, kind: str, agency: str, day: date) -> Iterator[Any]:
    """Yield the rules of a kind that an agency has in force on a day."""
    for item in described.of(kind):
        one = item.value
        wordings = one.valid if isinstance(one.valid, tuple) else (one.valid,)
        if one.agency == agency and any(valid.on(day) for valid in wordings):
            yield one


def _in_force(one: Any, day: date, name: str) -> Any:
    """Return what a requirement says under a name in its wording of a day."""
    version = next(version for version in one.valid if version.on(day))
    return getattr(version, name) or getattr(one, name)
