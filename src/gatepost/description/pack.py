"""A model pack: another way to organise a border, laid over a country's law and traffic (GV-02).

A pack describes organisation only: agencies, states, instruments, delegations, offices and hours.
Whatever must be lodged, feared, paid and waited for stays that of the country it lies over. The
role map says which agency of the pack does the work of which agency of that country: its
mandates, requirements, indicators, standards, units and officers go over to it, the programme
they come from being named first in their law.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from gatepost.authority.model import Agency, Mandate
from gatepost.control.schedule.standing import StandingOrder
from gatepost.kernel.language import Text, in_language
from gatepost.kernel.legal import LegalBasis

REPLACED = (
    *("agreement", "budget", "calendar", "holidays"),
    *("contacts", "neighbour_contacts", "committee", "process", "feed"),
)
"""Of these a pack has its own or none: nothing of the country below shows through."""


class Role(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The agency of the pack that does the work of an agency of the country below.

    ``under`` names the programme or law in the model that this work comes from.
    """

    role: str
    agency: str
    under: Text | None = None


class Passing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At which crossing of the pack the traffic of a post of the country below passes."""

    post: str
    crossing: str


class Pack(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The file ``pack.yaml``: what the pack lies over, and what of it is real.

    ``own_state`` and ``neighbour`` are the states that stand in for the two sides of the border.
    """

    id: str
    title: Text
    notice: Text
    over: str
    real: tuple[Text, ...]
    borrowed: tuple[Text, ...]
    sources: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    crossings: tuple[Passing, ...] = ()
    own_state: str | None = None
    neighbour: str | None = None

    @property
    def agency_by_role(self) -> dict[str, str]:
        """Return the pack's agency for each role that it gives to one."""
        return {one.role: one.agency for one in self.roles}


def taken_over(value: Any, pack: Pack) -> Any:
    """Return a described thing of the country below as the pack's agency has it."""
    roles = pack.agency_by_role
    if isinstance(value, StandingOrder):
        first, then = (roles.get(one, one) if one else None for one in (value.first, value.then))
        return msgspec.structs.replace(value, first=first, then=then)
    agency = getattr(value, "agency", None)
    if agency not in roles:
        return value
    changes: dict[str, Any] = {"agency": roles[agency]}
    if isinstance(value, Mandate):
        under = next((one.under for one in pack.roles if one.role == agency), None)
        if under is not None:
            changes["legal_basis"] = (LegalBasis(in_language(under)), *value.legal_basis)
    return msgspec.structs.replace(value, **changes)


def is_moot(value: Any) -> bool:
    """Tell whether a standing order has nothing to order where one agency does both parts."""
    return (
        isinstance(value, StandingOrder) and value.first is not None and value.first == value.then
    )


def with_units(agency: Agency, below: Mapping[str, Agency], pack: Pack) -> Agency:
    """Return an agency of the pack with the units of the agencies whose work it does."""
    taken: Sequence[Agency] = [
        below[one.role] for one in pack.roles if one.agency == agency.id and one.role in below
    ]
    units = tuple(unit for one in taken for unit in one.units)
    return msgspec.structs.replace(agency, units=(*agency.units, *units))
