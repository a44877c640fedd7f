"""Everything described, with its places, and what the checks look up in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from gatepost.authority.element import DataClass
from gatepost.authority.model import Agency, Mandate, Unit
from gatepost.description.model import Country
from gatepost.requirement.compiled import Conditions

Keys = tuple[str | int, ...]
"""The way to a value in its file: keys and list positions."""


class Located(Protocol):
    """One described thing; ``where`` names the place of a value in it as ``file:line``.

    ``folder_agency`` is the agency in whose folder the file lies, if it lies in one.
    """

    @property
    def value(self) -> Any:
        """The thing itself."""

    @property
    def folder_agency(self) -> str | None:
        """The agency of the folder."""

    def where(self, *keys: str | int) -> str:
        """Return the place of a value, or of the nearest thing around it that is written."""


class Described:
    """All that was read, by kind.

    ``unread`` names the kinds of which some file could not be read: what is missing there may
    be in that file, so nothing is said about it.
    """

    def __init__(
        self,
        things: Mapping[str, Sequence[Located]],
        unread: Collection[str],
        conditions: Conditions,
    ) -> None:
        self.things = things
        self.unread = frozenset(unread)
        self.conditions = conditions

    def of(self, kind: str) -> Sequence[Located]:
        """Return what is described of a kind."""
        return self.things.get(kind, ())

    def missing(self, kind: str, name: str, known: Collection[str]) -> bool:
        """Tell whether ``name`` is certainly none of the ``known`` things of ``kind``."""
        return name not in known and kind not in self.unread

    @cached_property
    def country(self) -> Country | None:
        """The jurisdiction itself."""
        found = self.of("country")
        return found[0].value if found else None

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        """The agencies by id."""
        return {one.value.id: one.value for one in self.of("agency")}

    def own(self, agency: Agency) -> bool:
        """Tell whether an agency is of this country; another state's is its own affair."""
        packs = self.of("pack")
        own = packs[0].value.own_state if packs else None
        codes = {one.value.id: one.value.code for one in self.of("state")}
        country = self.country.code if self.country else None
        return agency.state in (None, own) or codes.get(agency.state or "") == country

    @cached_property
    def units(self) -> dict[str, dict[str, Unit]]:
        """The units by agency and id."""
        return {id: {unit.id: unit for unit in one.units} for id, one in self.agencies.items()}

    @cached_property
    def mandates(self) -> dict[str, list[Mandate]]:
        """The mandates by agency."""
        found: dict[str, list[Mandate]] = {}
        for one in self.of("mandate"):
            found.setdefault(one.value.agency, []).append(one.value)
        return found

    @cached_property
    def data_classes(self) -> dict[str, DataClass]:
        """The classes of data by id."""
        return {one.value.id: one.value for one in self.of("data_class")}

    @cached_property
    def protected(self) -> frozenset[str]:
        """The classes of data that no memorandum opens by itself."""
        return frozenset(id for id, one in self.data_classes.items() if one.protected)

    @cached_property
    def posts(self) -> frozenset[str]:
        """The ids of the posts."""
        return frozenset(one.value.id for one in self.of("post"))

    @cached_property
    def performed(self) -> dict[str, frozenset[str]]:
        """The formalities that each post performs, by the post's id."""
        return {
            one.value.id: frozenset(f.formality for f in one.value.formalities if f.performed)
            for one in self.of("post")
        }

    @cached_property
    def documents(self) -> frozenset[str]:
        """The document codes that some agency lists."""
        return frozenset(one.value.code for one in self.of("document"))


def listed(names: Iterable[str]) -> str:
    """Return known names for a person to choose from."""
    return ", ".join(sorted(names)) or "(none is described)"
