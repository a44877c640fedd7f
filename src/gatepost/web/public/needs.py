"""The answer to "what do I need?", agency by agency (SW-02, CT-01)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from gatepost.casework.guide import Inquiry, foreseen, windows_for
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.lodgement.model import Window
from gatepost.requirement.model import Charge, Need, Prescribed


class Paper(msgspec.Struct, frozen=True):
    """A document by its code and its name."""

    code: str
    name: Text


class Asked(msgspec.Struct, frozen=True):
    """One thing an agency asks for: papers that do, a data element, or the lodgement alone."""

    rule: str
    kind: str
    papers: tuple[Paper, ...]
    data: str | None
    legal_basis: tuple[LegalBasis, ...]


class Part(msgspec.Struct, frozen=True):
    """One agency's part of the answer."""

    agency: str
    asked: tuple[Asked, ...]
    controls: tuple[Prescribed, ...]
    charges: tuple[Charge, ...]

    @property
    def forbidden(self) -> bool:
        """Whether the agency lets such goods not cross at all."""
        return any(one.kind == "prohibition" for one in self.asked)


class NeedsAnswer(msgspec.Struct, frozen=True):
    """Everything that would be asked of the goods; ``windows`` tell when to lodge."""

    parts: tuple[Part, ...]
    windows: tuple[Window, ...]
    papers: int
    currency: str
    total: float


def needs_answer(jurisdiction: Jurisdiction, inquiry: Inquiry) -> NeedsAnswer:
    """Return what all agencies would ask of the goods, by the law of the day inquired of."""
    found = foreseen(jurisdiction, inquiry)
    names = {one.code: one.name for one in jurisdiction.parts.get("document", ())}
    agencies = dict.fromkeys([*found.agencies, *(one.agency for one in found.charges)])
    parts = tuple(
        Part(
            agency,
            tuple(_asked(one, names) for one in found.needs if one.agency == agency),
            tuple(_once(one for one in found.prescribed if one.agency == agency)),
            tuple(one for one in found.charges if one.agency == agency),
        )
        for agency in agencies
    )
    asked = [one for part in parts for one in part.asked]
    return NeedsAnswer(
        parts,
        windows_for(jurisdiction, inquiry),
        len({one.papers[0].code for one in asked if one.papers}),
        jurisdiction.country.currency,
        round(sum(one.amount for one in found.charges), 2),
    )


def _asked(need: Need, names: dict[str, Text]) -> Asked:
    codes = [code for code in (need.document, *need.alternatives) if code]
    papers = tuple(Paper(code, names.get(code, {})) for code in codes)
    return Asked(need.requirement, need.kind, papers, need.data, need.legal_basis)


def _once(controls: Iterable[Prescribed]) -> list[Prescribed]:
    return list({(one.kind, one.check, one.requirement): one for one in controls}.values())
