"""What a cost comparison is made of: assumptions, flows of money, and figures as quoted (CB-01)."""

from __future__ import annotations

from typing import Literal

import msgspec

from gatepost.kernel.language import Text

Bearer = Literal["government", "operators"]
When = Literal["once", "yearly"]
Kind = Literal["time", "staff", "infrastructure", "positioning", "transition", "other"]
Valued = Literal["vehicle", "inventory", "delay"]


class Assumption(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A number somebody states: ``unit`` says of what, ``source`` who, ``date`` of when it is.

    ``low`` and ``high`` bound it where the source gives a range; ``rounded_to`` is the step it
    was rounded to. ``basis`` tells a published figure from one worked out or merely supposed.
    """

    id: str
    title: Text
    value: int | float
    unit: str
    source: str
    date: str
    low: int | float | None = None
    high: int | float | None = None
    rounded_to: int | float | None = None
    basis: Literal["published", "derived", "assumed"] = "published"


class Flow(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Money somebody spends: the product of the assumptions ``amount`` names, over ``over``.

    ``way`` says in which of the two worlds: ``without`` the arrangement or ``with`` it. ``kind``
    is what it is spent on: ``transition`` is what the change itself costs. ``values`` says how
    time is made money: by the ``vehicle`` that stands, by the ``inventory`` in it, or by all that
    ``delay`` costs as a share of the value of the goods, which holds the other two already.
    """

    id: str
    title: Text
    bearer: Bearer
    when: When
    amount: tuple[str, ...]
    way: Literal["without", "with"] = "without"
    over: tuple[str, ...] = ()
    kind: Kind = "other"
    values: Valued | None = None


class Redeployed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hours a year that were saved and are worked elsewhere: ``hours`` names one assumption."""

    id: str
    title: Text
    hours: str


class Redeployment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ledger of hours: what is saved a year, the product of ``saved``, and where it goes."""

    saved: tuple[str, ...]
    to: tuple[Redeployed, ...]


class Quoted(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A figure of the source that others should yield: product of ``equals`` over ``over``."""

    figure: str
    equals: tuple[str, ...]
    over: tuple[str, ...] = ()


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two figures of which the first is the second times a ratio."""

    first: str
    second: str


class SameRatio(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pairs of figures that one ratio should join, such as two amounts in two currencies."""

    title: Text
    pairs: tuple[Pair, ...]


class Sum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Figures that should add up, such as shares of a whole."""

    figures: tuple[str, ...]
    to: int | float


class Conflicting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Figures of several sources for what seems the same; kept side by side, never merged."""

    title: Text
    figures: tuple[str, ...]
    because: Text


class CostModel(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One comparison: what it would cost to do without an arrangement, and what with it.

    ``unpublished`` lists what the source does not say and a reader would need to know.
    """

    id: str
    title: Text
    nature: Text
    currency: str
    assumptions: tuple[Assumption, ...]
    flows: tuple[Flow, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    sums: tuple[Sum, ...] = ()
    same_ratio: tuple[SameRatio, ...] = ()
    conflicting: tuple[Conflicting, ...] = ()
    unpublished: tuple[Text, ...] = ()
    per: tuple[Quoted, ...] = ()
    redeployment: Redeployment | None = None
