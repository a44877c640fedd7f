"""The law behind a step."""

from __future__ import annotations

import msgspec


class LegalBasis(msgspec.Struct, frozen=True):
    """One citation: the article of an act, regulation or agreement, and where to read it."""

    cite: str
    url: str | None = None
