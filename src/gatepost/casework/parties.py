"""Who stands for a case: its parties, and an agent for as long as its mandate lasts (SW-09)."""

from __future__ import annotations

from datetime import date

from gatepost.authority.register import Register
from gatepost.lodgement.model import Lodged


def stands_for(register: Register, known: Lodged, country: str, name: str, day: date) -> bool:
    """Tell whether ``name`` may speak as a party to the case on ``day``.

    An agent of a principal established here may while its registered mandate is in
    force; one of a principal abroad answers for the lodgement itself and always may.
    """
    if name not in known.parties:
        return False
    principal = known.declarant
    if name != known.agent or name == principal or not principal.startswith(country):
        return True
    return register.brokerage(principal, name, known.regime, day) is not None
