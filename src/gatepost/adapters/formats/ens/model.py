"""What the files of an interface's description hold."""

from __future__ import annotations

from typing import Literal

import msgspec

from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity


class Decimal(msgspec.Struct, frozen=True):
    """A number: how many digits it has at most, and how many of them after the point."""

    digits: int
    fraction: int


class Format(msgspec.Struct, frozen=True):
    """What a value may be: a ``pattern`` the whole of it matches, some ``values`` or a ``decimal``.

    White space around it is dropped and within it made single, unless the format ``keeps_spaces``.
    ``text`` says to a person what to write.
    """

    name: str
    text: str
    pattern: str | None = None
    values: tuple[str, ...] = ()
    decimal: Decimal | None = None
    keeps_spaces: bool = False


class Element(msgspec.Struct, frozen=True):
    """One element: how often it ``occurs`` (``0..1``, ``1..n``) and what it holds.

    That is a value in a ``format``, or ``elements``; with neither the group of this name in
    ``groups.yaml``.
    """

    name: str
    occurs: str = "1..1"
    format: str | None = None
    elements: tuple[Element, ...] = ()


class Group(msgspec.Struct, frozen=True):
    """Elements that several messages have."""

    name: str
    elements: tuple[Element, ...]


class Message(msgspec.Struct, frozen=True):
    """One message: its first element, the namespace of that, and what is in it."""

    name: str
    namespace: str
    elements: tuple[Element, ...]


class RuleSet(msgspec.Struct, frozen=True):
    """Rules that hold together for some days, and optional elements it ``needs`` all the same."""

    name: str
    valid: Validity
    needs: tuple[str, ...] = ()


class NamedValues(msgspec.Struct, frozen=True):
    """Values that conditions ask for by ``set("name")``."""

    name: str
    values: tuple[str, ...]


class Known(msgspec.Struct, frozen=True):
    """Values gathered once from a whole message: ``known.name`` in a condition.

    It gathers the element ``value``, or the number of ``elements``, of every group ``of`` for
    which ``when`` holds. So a rule for every package can ask about all packages at no cost.
    """

    name: str
    of: str
    value: str
    when: str = "true"


class InterfaceRule(msgspec.Struct, frozen=True):
    """A condition under which a message is refused, with the error numbers of the interface.

    It is asked for every group ``of`` (empty: the message). Either one ``code``, or ``codes`` for
    several elements, where ``element`` stands in the condition for each value. The error lies at
    the group, or with ``place: element`` at the element, if that is there.
    """

    id: str
    title: Text
    refused_when: str
    of: str = ""
    code: str | None = None
    codes: dict[str, str] = {}
    place: Literal["group", "element"] = "group"
    condition: str | None = None
    messages: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()


class Head(msgspec.Struct, frozen=True):
    """The interface itself; ``prefix`` stands before the first element in the place of an error."""

    name: str
    title: Text
    prefix: str
    legal_basis: tuple[LegalBasis, ...]
    rule_sets: tuple[RuleSet, ...]


class NotificationKind(msgspec.Struct, frozen=True):
    """What a notification with this ``function`` code makes happen in a case here: ``event``.

    Of ``release:decision:given`` the ``decision`` is named too, and of ``release:hold:placed`` how
    long it holds, ``hold_for``. ``rank`` orders notifications issued in the same second.
    """

    function: str
    name: str
    title: Text
    event: str
    rank: int
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    decision: Literal["clear", "refuse"] | None = None
    hold_for: str | None = None
