"""What an instrument can grant: its clauses, each of one kind with the fields of that kind.

A party is an agency of this country by its id, a country (``XB``), or an agency of a country
(``XB/customs``).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from gatepost.authority.scope import Scope
from gatepost.kernel.language import Text

Channel = Literal["read", "list", "notify", "export", "feed"]
CHANNELS: tuple[Channel, ...] = ("read", "list", "notify", "export", "feed")


class BaseClause(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="kind"
):
    """What every clause says: its number and its sentence."""

    id: str
    sentence: Text

    @property
    def kind(self) -> str:
        """Return the kind of clause as the file names it."""
        return str(type(self).__struct_config__.tag)


class Arrangement(BaseClause, frozen=True, omit_defaults=True, kw_only=True, tag="arrangement"):
    """What the parties arrange without any power or protected data (paper §15, §17).

    ``intent`` is what a policy declaration may say: it starts work and grants nothing.
    """

    about: tuple[Literal["intent", "traffic", "staff", "calendar", "contacts", "equipment"], ...]


class Scoped(BaseClause, frozen=True, omit_defaults=True):
    """A clause for certain goods, people, regimes or places."""

    scope: Scope = Scope()


class JointControl(Scoped, frozen=True, omit_defaults=True, kw_only=True, tag="joint_control"):
    """``parties`` may examine together in one stop."""

    parties: tuple[str, ...]


class Recognition(Scoped, frozen=True, omit_defaults=True, kw_only=True, tag="recognition"):
    """``by`` accepts a result of ``of`` for the ``checks`` named, and does not check again.

    A result counts for what was checked; with ``for_items`` one on the consignment as a whole,
    such as its seal, counts for each of its items too.
    """

    of: str
    by: str
    checks: tuple[str, ...]
    for_items: bool = False


class Trust(BaseClause, frozen=True, omit_defaults=True, kw_only=True, tag="trust"):
    """``by`` relies on the trusted operators of ``of`` under these ``programmes`` (RM-05).

    It looks at their consignments as seldom as at those it trusts itself.
    """

    of: str
    by: str
    programmes: tuple[str, ...]


class Delegation(Scoped, frozen=True, omit_defaults=True, kw_only=True, tag="delegate"):
    """Officers of ``by`` use ``powers`` of ``of`` on its behalf (paper Box 4; IC-03, OS-06).

    At home the owner keeps the ``decision`` and the delegate examines; abroad the instrument may
    give the ``delegate`` the decision too. ``competence`` are what an officer must hold to act so.
    ``zone_kilometres`` is how far from the border it holds, ``resources`` what ``of`` gives for it.
    """

    of: str
    by: str
    powers: tuple[Literal["examine", "sample", "decide", "release"], ...]
    decision: Literal["owner", "delegate"] = "owner"
    competence: tuple[str, ...] = ()
    zone_kilometres: float | None = None
    resources: Text | None = None


class ControlZone(Scoped, frozen=True, omit_defaults=True, kw_only=True, tag="control_zone"):
    """Officers of ``of`` apply their own law in the territory of ``host`` (paper §18; OS-01).

    It holds at the posts of ``scope``, no further from the border than ``zone_kilometres`` where
    the instrument says so. ``exclusive_use`` is what they have there for themselves.
    """

    of: str
    host: str
    powers: tuple[Literal["examine", "sample", "decide", "release"], ...]
    zone_kilometres: float | None = None
    exclusive_use: Text | None = None


class Retention(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How long a recipient may keep what it received, and what it does then."""

    keep: str
    then: Literal["delete", "depersonalise", "review"] = "delete"


class Onward(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """To whom and for which purposes a recipient may pass data on.

    Without ``consent`` it may by this clause alone; with it, only what a recorded consent of the
    provider covers.
    """

    to: tuple[str, ...]
    purposes: tuple[str, ...]
    consent: bool = True


class Share(Scoped, frozen=True, omit_defaults=True, kw_only=True, tag="share"):
    """``of`` discloses ``data`` to ``to`` for ``purposes`` and no other (IX-01, IX-02).

    ``of`` are the agencies whose part in a case, or whose records, the clause opens; ``data``
    the classes of ``disclosure/data_classes.yaml``. ``units`` narrows the recipients to officers
    of these units, ``if_concerned`` opens only cases that concern the recipient too. What leaves in
    bulk, ``export`` and ``feed``, must be named under ``channels``.
    ``smallest_cell`` is the fewest cases a figure may rest on where only figures are disclosed.
    """

    of: tuple[str, ...]
    to: tuple[str, ...]
    purposes: tuple[str, ...]
    data: tuple[str, ...]
    channels: tuple[Channel, ...] = ("read", "list", "notify")
    units: tuple[str, ...] = ()
    if_concerned: bool = False
    retention: Retention | None = None
    onward: Onward | None = None
    smallest_cell: int | None = None


class Withhold(BaseClause, frozen=True, omit_defaults=True, kw_only=True, tag="withhold"):
    """``data`` is never disclosed to ``to`` for ``purposes``, whatever another clause grants.

    No ``purposes`` means for every purpose.
    """

    to: tuple[str, ...]
    data: tuple[str, ...]
    purposes: tuple[str, ...] = ()


Between = JointControl | Recognition
"""The clauses that hold between two agencies."""

Clause = (
    Arrangement | ControlZone | Delegation | JointControl | Recognition | Share | Trust | Withhold
)
