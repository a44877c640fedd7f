"""Who acts."""

from __future__ import annotations

from typing import Literal

import msgspec

ActorKind = Literal["officer", "party", "operator", "system"]


class Actor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Someone or something that acts: an officer role, a party, the operator or the system.

    ``agency`` is set for an officer only.
    """

    id: str
    kind: ActorKind
    agency: str | None = None


SYSTEM = Actor("system", "system")
OPERATOR = Actor("operator", "operator")
