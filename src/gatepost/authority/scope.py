"""What a mandate or clause covers: goods, people, regimes and places."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gatepost.kernel.regime import Regime


class Scope(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a mandate or clause covers; an empty list means all of that kind.

    ``commodity`` are HS prefixes; ``people`` says whether it covers travellers.
    """

    commodity: tuple[str, ...] = ()
    regimes: tuple[Regime, ...] = ()
    posts: tuple[str, ...] = ()
    people: bool = False
    goods: bool = True


def covers(
    scope: Scope,
    regime: Regime,
    post: str | None,
    commodities: Sequence[str],
    people: bool,
) -> bool:
    """Tell whether ``scope`` covers the regime, the place and at least one of the goods or people.

    Where there are people and no goods, only a scope that names people covers them.
    """
    if scope.regimes and regime not in scope.regimes:
        return False
    if scope.posts and post not in scope.posts:
        return False
    if people and scope.people:
        return True
    if not scope.goods or (people and not commodities):
        return False
    return not scope.commodity or any(c.startswith(scope.commodity) for c in commodities)
