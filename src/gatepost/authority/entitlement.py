"""What traders and travellers are entitled to at the border: reasons, appeal, presence (CT-03).

The WTO Trade Facilitation Agreement asks for published rights of appeal or review (Article 4);
here each is dated data with its law, so the public guide and an appeal read the same words.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity

Subject = Literal["reasons", "appeal", "presence", "information", "interpreter", "complaint"]
Holder = Literal["trader", "traveller"]


class Entitlement(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One right against an agency, in one sentence, and by which law.

    ``holders`` are those who have it. ``within`` is the time to use it, counted from the decision
    or the control it is about; ``to`` is who answers. A right of ``appeal`` has both.
    """

    id: str
    title: Text
    agency: str
    about: Subject
    holders: tuple[Holder, ...]
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    within: str | None = None
    to: Text | None = None
