"""Who answers for which process, and that all agencies are heard in it (GV-05; paper §27, §32).

A process has exactly one accountable agency. The others with an interest at the border stand in
it as well: they carry it out, are consulted or are told. Whoever the law lets stop the goods keeps
that veto, whoever is accountable.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from gatepost.authority.model import Power
from gatepost.authority.register import Register
from gatepost.authority.scope import Scope
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity

STOPPING: tuple[Power, ...] = ("decide", "hold")
"""The powers by which an agency keeps goods or people from going on."""


class Process(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One row of the matrix: a process, who answers for it, and every other agency's part in it.

    ``uses`` are the powers the process is made of; an agency with a mandate for one of those
    that stop goods has a veto in it. ``commodity`` are the HS prefixes of the goods it is about;
    none means all.
    """

    id: str
    name: Text
    accountable: tuple[str, ...]
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    responsible: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    uses: tuple[Power, ...] = ()
    commodity: tuple[str, ...] = ()

    @property
    def involved(self) -> tuple[str, ...]:
        """Return every agency with a part, each once; who answers may also carry it out."""
        every = (*self.accountable, *self.responsible, *self.consulted, *self.informed)
        return tuple(dict.fromkeys(every))


def _about(scope: Scope, goods: tuple[str, ...]) -> bool:
    """Tell whether a mandate bears on some of the goods of a process."""
    if not goods or not scope.commodity:
        return scope.goods or not goods
    return any(
        one.startswith(other) or other.startswith(one) for one in goods for other in scope.commodity
    )


class Veto(msgspec.Struct, frozen=True):
    """An agency that may stop a process, by which power, mandate and law."""

    agency: str
    power: Power
    mandate: str
    legal_basis: tuple[LegalBasis, ...]


class Row(msgspec.Struct, frozen=True):
    """A process on a day, with the vetoes that the mandates in force give."""

    process: Process
    vetoes: tuple[Veto, ...]


def matrix(register: Register, processes: tuple[Process, ...], day: date) -> Iterator[Row]:
    """Yield the processes in force on a day with who may stop each of them."""
    for one in processes:
        if one.valid.on(day):
            yield Row(one, tuple(_vetoes(register, one, day)))


def _vetoes(register: Register, process: Process, day: date) -> Iterator[Veto]:
    stopping = [power for power in STOPPING if power in process.uses]
    for agency in sorted({one.id for one in register.all_agencies if one.valid.on(day)}):
        for power in stopping:
            found = next(
                (
                    one
                    for one in register.mandates(agency, day)
                    if power in one.powers and _about(one.scope, process.commodity)
                ),
                None,
            )
            if found is not None:
                yield Veto(agency, power, found.id, found.legal_basis)
