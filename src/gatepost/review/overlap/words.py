"""Reaches and spans of time as people say them."""

from __future__ import annotations

from collections.abc import Sequence

from gatepost.review.overlap.model import Reach

SHOWN = 6
"""So many prefixes are named before the rest is counted."""


def about(reach: Reach) -> str:
    """Return what a reach is about in words: ``import of goods of 02, 03 at north_gate``."""
    regimes = f"{listed(sorted(reach.regimes))} of " if reach.regimes else ""
    what = "travellers" if reach.people else _goods(reach.commodity)
    origin = f" from {listed(sorted(reach.origin))}" if reach.origin else ""
    modes = f" by mode {listed(sorted(reach.modes))}" if reach.modes else ""
    posts = f" at {listed(sorted(reach.posts))}" if reach.posts else ""
    return f"{regimes}{what}{origin}{modes}{posts}"


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them: ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def span(minutes: int | None) -> str:
    """Return a length of time in whole hours, else in minutes."""
    if minutes is None:
        return "some time"
    hours, left = divmod(minutes, 60)
    if left:
        return f"{minutes} minutes"
    return f"{hours} hour{'s' * (hours != 1)}"


def _goods(commodity: frozenset[str]) -> str:
    if not commodity:
        return "goods"
    prefixes = sorted(commodity)
    if len(prefixes) > SHOWN:
        prefixes = [*prefixes[:SHOWN], f"{len(commodity) - SHOWN} more"]
    return f"goods of {listed(prefixes)}"
