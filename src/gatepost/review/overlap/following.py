"""What became of findings between two days: settled, standing or new (RG-03).

A finding is the same while the same agencies meet on the same matter. It is settled when the
later law no longer has it, and then whatever is compatible now says by what.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from gatepost.review.overlap.model import Finding

Became = Literal["new", "stands", "settled"]
ORDER: tuple[Became, ...] = ("new", "stands", "settled")


class Followed(msgspec.Struct, frozen=True):
    """A finding and what became of it; ``settled_by`` is the evidence of what settled it.

    Empty there means that a rule of it is gone or reaches other goods now.
    """

    became: Became
    finding: Finding
    settled_by: tuple[str, ...] = ()


def follow(before: Sequence[Finding], after: Sequence[Finding]) -> list[Followed]:
    """Return what became of the findings of an earlier day, and what is new since."""
    earlier = {_key(one): one for one in before if one.kind != "compatible"}
    later = {_key(one): one for one in after if one.kind != "compatible"}
    kept = {_key(one): one for one in after if one.kind == "compatible"}
    found = [Followed("stands" if key in earlier else "new", one) for key, one in later.items()]
    for key, one in earlier.items():
        if key not in later:
            now = kept.get(key)
            by = (line for line in now.evidence if line.startswith("settled by")) if now else ()
            found.append(Followed("settled", one, tuple(by)))
    return sorted(found, key=lambda one: ORDER.index(one.became))


def _key(one: Finding) -> tuple[frozenset[str], str]:
    return frozenset(one.agencies), one.matter
