"""Instruments between agencies and between states: notes, declarations, agreements, laws, treaties.

They stand on a ladder (paper §15, §17, §22): each rung lets its clauses grant more. An instrument
grants something only while it is in force, which its life tells: who proposed it, who signed and
ratified it, and when it was suspended or ended.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from gatepost.authority.clause import Clause
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity

Kind = Literal["ad_hoc_note", "policy_declaration", "mou", "agreement", "law", "treaty"]
StepName = Literal["proposed", "signed", "ratified", "in_force", "suspended", "resumed", "ended"]
State = Literal["draft", "proposed", "signed", "in_force", "suspended", "ended"]


class LifeStep(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One step in the life of an instrument, on a day, by the parties that took it.

    A suspension or an end counts from its day on, that day included.
    """

    step: StepName
    on: date
    by: tuple[str, ...] = ()


class SupportingAct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An Act that lets a party enter into the instrument, or gives it effect in a state.

    ``of`` is that party, or the code of the state.
    """

    cite: str
    of: str
    url: str | None = None


class Agreement(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An instrument and the clauses it grants; one file holds one version of one instrument.

    ``level`` is the level of those who concluded it. ``confidential`` keeps its clauses out of
    the public register.
    """

    id: str
    title: Text
    kind: Kind
    parties: tuple[str, ...]
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    clauses: tuple[Clause, ...]
    life: tuple[LifeStep, ...] = ()
    version: int = 1
    level: Literal["central", "regional", "local"] = "central"
    supporting_acts: tuple[SupportingAct, ...] = ()
    review: date | None = None
    confidential: bool = False


def abroad(party: str) -> str | None:
    """Return the country of a party abroad, ``None`` for an agency of this country."""
    country = party.split("/", 1)[0]
    return country if len(country) == 2 and country.isalpha() and country.isupper() else None
