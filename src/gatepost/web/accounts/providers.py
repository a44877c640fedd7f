"""The providers of identity that the operator names."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Provider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One provider as the operator describes it; the secret is in a file."""

    name: str
    title: str
    issuer: str
    client_id: str
    client_secret_file: str | None = None


def read_providers(path: str | None) -> dict[str, Provider]:
    """Return the providers in the JSON file the operator named, by name; none without one."""
    if not path:
        return {}
    found = msgspec.json.decode(Path(path).read_bytes(), type=list[Provider])
    return {one.name: one for one in found}
