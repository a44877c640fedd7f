"""What belongs to the jurisdiction as a whole."""

from __future__ import annotations

from typing import Literal

import msgspec

from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis


class Country(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The file ``jurisdiction.yaml``; ``code`` is the two-letter country code.

    Every text is written in each of ``languages``; what people at the border read of it also in
    each of ``translations``.
    """

    code: str
    name: Text
    languages: tuple[str, ...]
    zone: str
    currency: str
    legal_basis: tuple[LegalBasis, ...]
    lead_agency: str | None = None
    translations: tuple[str, ...] = ()


class Code(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A code this jurisdiction knows and its name."""

    code: str
    name: Text


class Reason(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A published reason an officer may give for an act that needs one."""

    code: str
    act: Literal["override", "request_data"]
    name: Text
    legal_basis: tuple[LegalBasis, ...]


class ValueSet(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A named set of values for conditions. Never changed: a new law refers to a new set."""

    id: str
    title: Text
    legal_basis: tuple[LegalBasis, ...]
    members: tuple[str, ...]
