"""What an agency's own requirements and indicators read of a case, and therefore what it sees.

A law that asks for a value opens the value to the agency that the law is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from gatepost.authority.disclosure import Read
from gatepost.authority.element import bits_of, mask_of
from gatepost.expression.explain import paths
from gatepost.expression.parser import parse
from gatepost.requirement.model import AppliesTo, Asks, Exemption, Level, Requirement
from gatepost.risk.model import Indicator

_PAPERS: dict[Level, tuple[str, ...]] = {
    "item": ("item.documents", "consignment.documents"),
    "consignment": ("item.documents", "consignment.documents"),
    "traveller": ("traveller.documents",),
}


def reads(requirements: Iterable[Requirement], indicators: Iterable[Indicator]) -> Iterator[Read]:
    """Yield what each wording of a requirement and each indicator reads, and when."""
    for one in requirements:
        for version in one.valid:
            to = version.applies_to or one.applies_to
            exempt = one.exempt if version.exempt is None else version.exempt
            mask = _of_goods(to) | _of_asks(version.asks or one.asks, to.level) | _of_exempt(exempt)
            yield Read(one.agency, version, mask)
    for indicator in indicators:
        yield Read(indicator.agency, indicator.valid, _of_condition(indicator.when))


def _of_goods(to: AppliesTo) -> int:
    mask = _of_condition(to.when)
    if to.commodity or to.except_commodity:
        mask |= mask_of(["item.commodity", "item.description"])
    if to.origin or to.except_origin:
        mask |= bits_of("item.origin")
    if to.modes:
        mask |= mask_of(["consignment.mode", "conveyance.mode"])
    return mask


def _of_asks(asks: Asks, level: Level) -> int:
    mask = mask_of(_PAPERS[level]) if asks.document else 0
    if asks.data:
        mask |= _of_name(asks.data)
    if asks.lead:
        mask |= bits_of("conveyance.expected")
    return mask


def _of_exempt(exempt: Iterable[Exemption]) -> int:
    mask = 0
    for one in exempt:
        mask |= _of_condition(one.when)
    return mask


@cache
def _of_condition(text: str | None) -> int:
    mask = 0
    for path in paths(parse(text)) if text else ():
        mask |= _of_name(path.text)
    return mask


def _of_name(name: str) -> int:
    return bits_of(name.removeprefix("consignment.") if ".conveyance." in name else name)
