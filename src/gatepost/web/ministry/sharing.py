"""The map of instruments: who shares what with whom, drawn as a circle of those concerned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from math import cos, pi, sin
from typing import Literal

import msgspec
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gatepost.authority.clause import Clause, Delegation, JointControl, Recognition, Share
from gatepost.authority.instrument import Agreement, Kind
from gatepost.authority.ladder import RUNG
from gatepost.authority.lifecycle import life_on
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.language import in_language
from gatepost.web.templatetags.gatepost import agency as agency_name

Layer = Literal["share", "together", "rely", "act"]
LAYERS: dict[Layer, Promise] = {
    "share": _("Share data"),
    "together": _("Examine together"),
    "rely": _("Rely on findings"),
    "act": _("Act for another"),
}
KINDS: dict[Kind, Promise] = {
    "policy_declaration": _("declaration"),
    "ad_hoc_note": _("note"),
    "mou": _("memorandum"),
    "agreement": _("agreement"),
    "law": _("law"),
    "treaty": _("treaty"),
}
SIZE, CENTRE, RADIUS = 720, 360, 230
EVERYONE = ""
"""Every agency, where a clause names none; it stands in the middle."""
Names = tuple[str, ...]
Between = tuple[Names, Names, Names, Names]
"""Givers, takers, what of, and for which purposes."""


class Tie(msgspec.Struct, frozen=True):
    """One clause: ``givers`` share with, are relied on or are acted for by ``takers``.

    No giver means every agency. Where parties stand on one footing they are all givers.
    """

    givers: tuple[str, ...]
    takers: tuple[str, ...]
    what: tuple[str, ...]
    purposes: tuple[str, ...]
    clause: str
    sentence: str
    instrument: str
    kind: Promise
    rung: int
    since: date | None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return who is tied to whom; every agency is one, with no name."""
        if self.takers:
            givers = self.givers or (EVERYONE,)
            return tuple((one, other) for one in givers for other in self.takers if one != other)
        return tuple(combinations(self.givers, 2))


class Node(msgspec.Struct, frozen=True):
    """Somebody on the circle, and where the name stands."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


class Line(msgspec.Struct, frozen=True):
    """A line between two on the circle, as wide as there are clauses, of the strongest rung."""

    path: str
    width: float
    rung: int
    title: str


class Map(msgspec.Struct, frozen=True):
    """The map: those concerned, the lines between them, and every tie as a row of a table."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    ties: tuple[Tie, ...]
    kinds: tuple[tuple[int, str], ...]
    size: int = SIZE


def map_of(jurisdiction: Jurisdiction, layer: Layer, day: date) -> Map:
    """Return who has which tie with whom by the instruments in force on ``day``.

    A confidential instrument is not on the map.
    """
    ties = tuple(_ties(jurisdiction, layer, day))
    tied = {name for tie in ties for pair in tie.pairs for name in pair}
    order = [one.id for one in jurisdiction.register.all_agencies if one.id in tied]
    names = [*order, *sorted(tied - {*order, EVERYONE})]
    nodes = {name: _node(name, number, len(names)) for number, name in enumerate(names)}
    if EVERYONE in tied:
        nodes[EVERYONE] = Node(EVERYONE, CENTRE, CENTRE, CENTRE, CENTRE - 16, "middle")
    kinds = dict.fromkeys((one.rung, str(one.kind)) for one in ties)
    return Map(tuple(nodes.values()), tuple(_lines(nodes, ties)), ties, tuple(sorted(kinds)))


def _ties(jurisdiction: Jurisdiction, layer: Layer, day: date) -> Iterator[Tie]:
    for agreement in sorted(jurisdiction.register.all_agreements, key=lambda one: one.id):
        if agreement.confidential or life_on(agreement, day).state != "in_force":
            continue
        since = max((one.on for one in agreement.life if one.on <= day), default=None)
        for clause in agreement.clauses:
            match clause:
                case Share() if layer == "share":
                    between = (clause.of, clause.to, clause.data, clause.purposes)
                case JointControl() if layer == "together":
                    between = (clause.parties, (), clause.scope.posts, ())
                case Recognition() if layer == "rely":
                    between = ((clause.of,), (clause.by,), clause.checks, ())
                case Delegation() if layer == "act":
                    between = ((clause.of,), (clause.by,), clause.powers, ())
                case _:
                    continue
            yield _tie(agreement, clause, between, since)


def _tie(agreement: Agreement, clause: Clause, between: Between, since: date | None) -> Tie:
    language = get_language() or "en"
    return Tie(
        *between,
        clause.id,
        in_language(clause.sentence, language),
        in_language(agreement.title, language),
        KINDS[agreement.kind],
        RUNG[agreement.kind],
        since,
    )


def _node(name: str, number: int, of: int) -> Node:
    angle = 2 * pi * number / of - pi / 2
    x, y = cos(angle), sin(angle)
    anchor = "middle" if abs(x) < 0.3 else ("start" if x > 0 else "end")
    return Node(
        name,
        round(CENTRE + RADIUS * x, 1),
        round(CENTRE + RADIUS * y, 1),
        round(CENTRE + (RADIUS + 14) * x, 1),
        round(CENTRE + (RADIUS + 18) * y + 5, 1),
        anchor,
    )


def _lines(nodes: dict[str, Node], ties: Iterable[Tie]) -> Iterator[Line]:
    pairs: dict[tuple[str, str], list[Tie]] = {}
    for tie in ties:
        for pair in tie.pairs:
            pairs.setdefault(pair, []).append(tie)
    for (giver, taker), several in pairs.items():
        one, other = nodes[giver], nodes[taker]
        # Bent towards the middle, each direction to its own side.
        middle_x, middle_y = (one.x + other.x) / 2, (one.y + other.y) / 2
        bend_x = middle_x + (CENTRE - middle_x) * 0.45 + (other.y - one.y) * 0.06
        bend_y = middle_y + (CENTRE - middle_y) * 0.45 - (other.x - one.x) * 0.06
        names = (
            f"{agency_name(giver) or _('every agency')} \N{RIGHTWARDS ARROW} {agency_name(taker)}"
        )
        clauses = ", ".join(dict.fromkeys(tie.clause for tie in several))
        yield Line(
            f"M{one.x},{one.y} Q{bend_x:.1f},{bend_y:.1f} {other.x},{other.y}",
            1.5 + min(len(several), 4),
            max(tie.rung for tie in several),
            f"{names}: {clauses}",
        )
