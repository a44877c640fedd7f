"""Who acts."""

from __future__ import annotations

from typing import Literal

import msgspec

ActorKind = Literal["officer", "party", "machine", "operator", "system"]


class Actor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Someone or something that acts: an officer role, a party, the operator or the system.

    A ``machine`` is a program of an agency: it reads what the gate opens to its agency, and acts
    never. ``agency`` is set for an officer and a machine only.
    """

    id: str
    kind: ActorKind
    agency: str | None = None


SYSTEM = Actor("system", "system")
OPERATOR = Actor("operator", "operator")
