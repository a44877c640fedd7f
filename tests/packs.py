"""Jurisdictions and model packs that ship, each loaded and checked once in a process."""

from __future__ import annotations

from functools import cache

from gatepost.bootstrap import load_checked
from gatepost.description.jurisdiction import Jurisdiction


@cache
def shipped(name: str, scenario: str | None = None) -> Jurisdiction:
    """Return the jurisdiction ``name``; nobody may change it."""
    return load_checked(name, scenario=scenario)
