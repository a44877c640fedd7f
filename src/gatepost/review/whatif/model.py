"""The changes that can be tried: drop, merge, delegate, join, another condition (RG-05)."""

from __future__ import annotations

from typing import Literal

import msgspec


class Drop(msgspec.Struct, frozen=True):
    """Do without a rule: a requirement, an indicator or a fee, by its number."""

    rule: str


class Threshold(msgspec.Struct, frozen=True):
    """Give a requirement or an indicator another condition."""

    rule: str
    when: str


class Merge(msgspec.Struct, frozen=True):
    """Let ``by`` take over what ``of`` found in these checks."""

    of: str
    by: str
    checks: tuple[str, ...]


class Delegate(msgspec.Struct, frozen=True):
    """Let officers of ``by`` use these powers for ``of``."""

    of: str
    by: str
    powers: tuple[Literal["examine", "sample"], ...]


class Join(msgspec.Struct, frozen=True):
    """Let these agencies examine together, in one stop."""

    parties: tuple[str, ...]


Change = Drop | Threshold | Merge | Delegate | Join
