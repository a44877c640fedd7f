"""A country whose agencies leave each other alone, and ways to plant what a review must find."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from gatepost.authority.clause import Clause
from gatepost.authority.instrument import Agreement
from gatepost.authority.model import BorderPost
from gatepost.description.described import Described
from gatepost.description.model import Country
from gatepost.requirement.compiled import Conditions
from gatepost.requirement.model import (
    Asks,
    DocumentType,
    Exemption,
    ObligatoryControl,
    Requirement,
)
from tests.small_country import ALWAYS, LAW, agency, concluded, indicator, mandate, requirement

NAMES = ("customs", "plant", "vet", "food")
KINDS = (
    "country",
    "requirement",
    "indicator",
    "mandate",
    "agency",
    "agreement",
    "post",
    "document",
    "standard",
    "fee",
)


class Here(msgspec.Struct, frozen=True):
    """A described thing whose place is its number."""

    value: Any
    folder_agency: str | None = None

    def where(self, *keys: str | int) -> str:
        """Return the number of the rule as its place."""
        return f"{getattr(self.value, 'id', '')}.yaml:{len(keys)}"


def described(*things: Any) -> Described:
    """Return a country of four agencies at one gate, with these rules, papers and agreements."""
    found: dict[str, list[Here]] = {kind: [] for kind in KINDS}
    own = [agency(name) for name in NAMES]
    gate = BorderPost("gate", {"en": "Gate"}, "land", ("XA1",), LAW, ALWAYS)
    home = Country("XA", {"en": "Aldermark"}, ("en",), "Europe/Berlin", "EUR", LAW)
    for one in (home, *own, gate, *things):
        kind = "document" if isinstance(one, DocumentType) else type(one).__name__.lower()
        kind = "post" if isinstance(one, BorderPost) else kind
        found[kind].append(Here(one))
    return Described(found, (), Conditions({}))


def quiet(number: int) -> list[Requirement]:
    """Return rules of all agencies that never meet: each on goods and with papers of its own."""
    return [
        requirement(
            f"{name}-{part}",
            name,
            Asks("document", document=f"{name}{part}"),
            f"{index + 1}{part}",
            control=ObligatoryControl("examination", f"{name}_{part}"),
        )
        for index, name in enumerate(NAMES)
        for part in range(number)
    ]


def check(by: str, what: str = "weight", goods: str = "88", **changes: Any) -> Requirement:
    """Return a rule that prescribes a check."""
    fields = {"kind": "examination", "place": "border", **changes}
    control = ObligatoryControl(fields["kind"], what, fields["place"])
    name = f"{by}-{what}-{fields['kind']}"
    return requirement(name, by, Asks("declaration"), goods, control=control)


def paper(by: str, code: str, goods: str = "88", limit: int | None = None) -> Requirement:
    """Return a rule that asks for a paper, but not with up to ``limit`` kilograms."""
    exempt = (Exemption(f"item.net_mass <= {limit}", {"en": "little"}, LAW),) if limit else ()
    asks = Asks("document", document=code)
    return requirement(f"{by}-{code}", by, asks, goods, exempt=exempt)


def notice(by: str, lead: str, goods: str = "88") -> Requirement:
    """Return a rule that wants notice so long before."""
    return requirement(f"{by}-notice", by, Asks("notification", lead=lead), goods)


def ban(by: str, goods: str = "88") -> Requirement:
    """Return a rule that lets no such goods in."""
    return requirement(f"{by}-ban", by, Asks("prohibition"), goods)


def settled(parties: Sequence[str], *clauses: Clause) -> Agreement:
    """Return an agreement in force."""
    return Agreement(
        "AGR",
        {"en": "agreement"},
        "agreement",
        tuple(parties),
        LAW,
        ALWAYS,
        clauses,
        concluded(parties),
    )


__all__ = [
    "NAMES", "ban", "check", "described", "indicator", "mandate", "notice", "paper", "quiet",
    "settled",
]  # fmt: skip
