"""The ladder of instruments: each rung unlocks only what it can (paper §15, §17, §22; IX-01).

| rung | instrument | what it can grant |
|---|---|---|
| 0 | policy declaration | nothing: it starts work |
| 1 | ad hoc note | traffic flow, extra staff, an aligned calendar |
| 2 | memorandum | shared stops, contacts, equipment, figures without names; protected data only
    where an Act already lets the parties share it |
| 3 | agreement under an Act | protected data, records of risk, recognition and delegation at home |
| 4 | law | sharing what is nobody's part in a case |
| 5 | treaty with an Act of each state | a neighbour's controls and trusted operators
    recognised, powers used for it |
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gatepost.authority.clause import (
    Arrangement,
    Clause,
    ControlZone,
    Delegation,
    JointControl,
    Recognition,
    Share,
    Trust,
    Withhold,
)
from gatepost.authority.instrument import Agreement, Kind, abroad

RUNG: dict[Kind, int] = {
    "policy_declaration": 0,
    "ad_hoc_note": 1,
    "mou": 2,
    "agreement": 3,
    "law": 4,
    "treaty": 5,
}
_ARRANGED = {"intent": 0, "traffic": 1, "staff": 1, "calendar": 1, "contacts": 2, "equipment": 2}


class Needed(NamedTuple):
    """What a clause needs to stand in: at least this kind, and Acts of these parties or states."""

    kind: Kind
    acts_of: tuple[str, ...] = ()


def needed(clause: Clause, agreement: Agreement, country: str, protected: Iterable[str]) -> Needed:
    """Return the lowest kind of instrument that can grant ``clause``, and the Acts it needs.

    ``country`` is the code of this one. ``protected`` are the data classes that no memorandum
    opens by itself: those that tell of people, of a trader's business, or of how an agency
    chooses what to control.
    """
    match clause:
        case Arrangement():
            return Needed(_kind_at(max((_ARRANGED[one] for one in clause.about), default=0)))
        case JointControl():
            return Needed("mou")
        case Recognition() | Delegation() | Trust():
            states = {abroad(clause.of) or country, abroad(clause.by) or country}
            if len(states) > 1:
                return Needed("treaty", tuple(sorted(states)))
            owner = (clause.of,) if isinstance(clause, Delegation) else ()
            return Needed("agreement", owner)
        case ControlZone():
            states = {abroad(clause.of) or country, abroad(clause.host) or country}
            return Needed("treaty", tuple(sorted(states)))
        case Share():
            return _needed_to_share(clause, agreement, frozenset(protected))
        case Withhold():
            return Needed("mou")


def _needed_to_share(clause: Share, agreement: Agreement, protected: frozenset[str]) -> Needed:
    if not protected.intersection(clause.data):
        return Needed("mou")
    if not clause.of:
        return Needed("law")
    givers = tuple(dict.fromkeys(clause.of))
    if agreement.kind == "mou" and all(_has_act(agreement, giver) for giver in givers):
        return Needed("mou")
    return Needed("agreement", givers)


def lacking_acts(agreement: Agreement, need: Needed) -> tuple[str, ...]:
    """Return the parties or states of ``need`` for which the instrument names no Act.

    A law is an Act itself.
    """
    if agreement.kind == "law":
        return ()
    return tuple(one for one in need.acts_of if not _has_act(agreement, one))


def _has_act(agreement: Agreement, party: str) -> bool:
    of = {one.of for one in agreement.supporting_acts}
    return party in of or party.split("/", 1)[0] in of


def _kind_at(rung: int) -> Kind:
    return next(kind for kind, number in RUNG.items() if number == rung)
