"""Every expression compiles, against the names of its level and the named sets.

What compiles is kept in ``described.conditions``, so that nothing is compiled twice when
the description is put to use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gatepost.description import rules
from gatepost.description.described import Described, Keys, Located
from gatepost.expression.rules import UNKNOWN_SET, ExpressionFault
from gatepost.kernel.notice import Notice
from gatepost.requirement.model import AppliesTo, Asks, Exemption, Level, Requirement
from gatepost.risk.model import Indicator

Compile = Callable[[str, Level], Any]
Written = tuple[Keys, str, Level, Compile]


def check_conditions(described: Described) -> Iterator[Notice]:
    """Yield the faults of every expression, at the line of its key and the column in it."""
    known = described.conditions
    for thing in described.of("requirement"):
        for keys, text, level, compiled in _of_requirement(thing.value, described):
            yield from _faults(described, thing, keys, text, level, compiled)
    for thing in described.of("fee"):
        fee = thing.value
        level = fee.applies_to.level
        if fee.applies_to.when is not None:
            keys = ("applies_to", "when")
            yield from _faults(described, thing, keys, fee.applies_to.when, level, known.condition)
        yield from _faults(described, thing, ("amount",), fee.amount, level, known.amount)
    for thing in described.of("placing"):
        if thing.value.when is not None:
            yield from _faults(
                described, thing, ("when",), thing.value.when, "consignment", known.condition
            )
    for thing in described.of("indicator"):
        indicator: Indicator = thing.value
        if indicator.when is not None:
            yield from _faults(
                described, thing, ("when",), indicator.when, indicator.level, known.condition
            )


def _of_requirement(one: Requirement, described: Described) -> Iterator[Written]:
    """Yield every expression of a requirement, at each level it is asked at."""
    condition, presence = described.conditions.condition, described.conditions.presence
    seen: set[tuple[Keys, Level]] = set()
    parts: list[tuple[Keys, AppliesTo | Asks | Exemption, Level]] = [
        (("applies_to",), one.applies_to, one.applies_to.level)
    ]
    for index, version in enumerate(one.valid):
        own: Keys = ("valid", index)
        level = (version.applies_to or one.applies_to).level
        if version.applies_to is not None:
            parts.append(((*own, "applies_to"), version.applies_to, level))
        asks, way = (one.asks, ()) if version.asks is None else (version.asks, own)
        parts.append(((*way, "asks"), asks, level))
        exempt, way = (one.exempt, ()) if version.exempt is None else (version.exempt, own)
        parts += [((*way, "exempt", n), each, level) for n, each in enumerate(exempt)]
    for keys, part, level in parts:
        if (keys, level) in seen:
            continue
        seen.add((keys, level))
        if isinstance(part, Asks):
            if part.data is not None:
                yield (*keys, "data"), part.data, level, presence
        elif part.when is not None:
            yield (*keys, "when"), part.when, level, condition


def _faults(
    described: Described, thing: Located, keys: Keys, text: str, level: Level, compiled: Compile
) -> Iterator[Notice]:
    try:
        compiled(text, level)
    except ExpressionFault as refused:
        where = thing.where(*keys)
        for notice in refused.notices:
            if notice.code == UNKNOWN_SET.number and "set" in described.unread:
                continue
            yield Notice(notice.code, f"{where}, {notice.where}", notice.values)
    except ValueError:
        yield rules.NOT_AN_ELEMENT.notice(thing.where(*keys), data=text)
