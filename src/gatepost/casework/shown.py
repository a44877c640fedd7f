"""What one reader sees of one case: the decisions of the gate on each agency's part in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gatepost.authority.clause import Channel
from gatepost.authority.disclosure import ANYONE, OWNED, Asked, DayGate, Right
from gatepost.authority.element import BITS, EVERYTHING
from gatepost.lodgement.model import Lodged

PARTY, OPERATOR = "party to the case", "operator of this installation"


class View(NamedTuple):
    """The elements shown: those of the case itself, and those of each agency's records.

    ``everything`` is for the parties of the case and the operator, whom no mask narrows.
    """

    reader: str
    case: int
    of_owner: Mapping[str, int]
    rights: tuple[Right, ...]
    everything: bool = False

    def shows(self, element: str) -> bool:
        """Tell whether an element of the case itself is shown; none that no list names."""
        return self.everything or bool(self.case & BITS.get(element, 0))

    def shows_of(self, owner: str | None, element: str) -> bool:
        """Tell whether records of ``owner`` are shown; one's own part counts as one's own."""
        mask = self.of_owner.get(owner or ANYONE, self.of_owner.get(ANYONE, 0))
        return self.everything or bool(mask & BITS.get(element, 0))

    @property
    def mask(self) -> int:
        """Return every element of which anything is shown."""
        if self.everything:
            return EVERYTHING
        return self.disclosed | self.of_owner.get(self.reader, 0)

    @property
    def disclosed(self) -> int:
        """Return every element shown of the case and of others' records: one's own are no news."""
        if self.everything:
            return EVERYTHING
        mask = self.case
        for owner, part in self.of_owner.items():
            if owner != self.reader:
                mask |= part
        return mask


def whole(reader: str, right: str) -> View:
    """Return the view of a party to the case, or of the operator."""
    return View(reader, EVERYTHING, {}, (Right(right),), everything=True)


def view_for(
    gate: DayGate,
    known: Lodged,
    concerned: tuple[str, ...],
    recipient: str,
    unit: str | None,
    purpose: str,
    channel: Channel,
) -> View:
    """Return what ``recipient`` is shown of a case for ``purpose``, asked of every part in it."""
    case = 0
    of_owner: dict[str, int] = {}
    rights: dict[Right, None] = {}
    for owner in (*concerned, ANYONE):
        asked = Asked(
            recipient,
            owner,
            purpose,
            channel,
            known.regime,
            known.post,
            known.commodities,
            known.people,
            recipient in concerned,
            unit,
        )
        mask, met = gate.decide(asked)
        of_owner[owner] = mask & OWNED
        case |= mask & ~OWNED
        rights.update(dict.fromkeys(met))
    return View(recipient, case, of_owner, tuple(rights))
