"""The statistics feed: figures over the cases of a month, without names (IX-06).

A cell that rests on fewer cases than the clause says is kept back. Its figures are in no other
cell either, and no total is given from which it could be worked out.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gatepost.authority import rules
from gatepost.authority.disclosure import Right
from gatepost.authority.element import bits_of, condensed, mask_of
from gatepost.casework import projection
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.disclosed import put_on_record
from gatepost.casework.disclosure import Reader, reader_of, sight_of_reader, view_in
from gatepost.casework.events import Cell, Figures, FiguresDisclosed
from gatepost.consignment.reading import read_consignment
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.lodgement.events import DeclarationAmended, DeclarationRegistered

USED = ("consignment.regime", "item.commodity", "item.origin", "item.net_mass", "item.value")
PURPOSE = "statistics"

Key = tuple[str, str, str]
"""Regime, heading and country of origin."""


def figures(desk: Desk, actor: Actor, month: date, now: datetime) -> Figures:
    """Return the figures of the month of a day, for whom an instrument opens the feed.

    Refused with AUTH-040 to everybody else. Only cases accepted before ``now`` count, and of
    each only what the clause opens.
    """
    reader = reader_of(desk, actor, PURPOSE, "feed", now)
    sight = sight_of_reader(desk, reader)
    if not reader.agency or sight is None or not sight.ways:
        notice = rules.NOT_OPEN.notice(
            recipient=reader.agency or actor.id, purpose=PURPOSE, day=reader.day.isoformat()
        )
        raise Refused([notice])
    first = datetime(month.year, month.month, 1, tzinfo=desk.jurisdiction.zone)
    after = (first + timedelta(days=32)).replace(day=1)
    rows = desk.ledger.rows(
        projection.CASE,
        seen=sight,
        since=projection.instant(first),
        before=projection.instant(min(after, now)),
    )
    sums = _Sums(f"{month:%Y-%m}")
    for row in rows:
        _add(desk, reader, sums, row.key, projection.decode_case(row.value))
    fewest = max(
        (
            share.smallest_cell or 1
            for right in sums.rights
            if (share := desk.jurisdiction.disclosure.share(right)) is not None
        ),
        default=1,
    )
    found = sums.figures(fewest)
    body = FiguresDisclosed(
        PURPOSE,
        "feed",
        first.date(),
        tuple(sums.rights),
        condensed(mask_of(USED)),
        len(found.cells),
        found.suppressed,
        len(rows),
    )
    stream = projection.stream_of(projection.LISTED, reader.agency)
    put_on_record(desk, stream, actor, reader.agency, body, now)
    return found


class _Sums:
    """What has been added up so far, by regime, heading and origin."""

    def __init__(self, month: str) -> None:
        self.month = month
        self.rights: dict[Right, None] = {}
        self.cases: dict[Key, set[str]] = {}
        self.mass: dict[Key, float] = {}
        self.value: dict[Key, float] = {}

    def add(self, key: Key, case: str, mass: float, value: float) -> None:
        """Add one goods item of a case."""
        self.cases.setdefault(key, set()).add(case)
        self.mass[key] = self.mass.get(key, 0.0) + mass
        self.value[key] = self.value.get(key, 0.0) + value

    def figures(self, fewest: int) -> Figures:
        """Return the cells that rest on enough cases."""
        cells = tuple(
            Cell(self.month, *key, len(cases), self.mass[key], self.value[key])
            for key, cases in sorted(self.cases.items())
            if len(cases) >= fewest
        )
        return Figures(self.month, cells, len(self.cases) - len(cells), fewest)


def _add(desk: Desk, reader: Reader, sums: _Sums, reference: str, case: Case) -> None:
    view = view_in(desk, case, reader)
    if view is None or case.status == "withdrawn":
        return
    sums.rights.update(dict.fromkeys(view.rights))
    known = case.known
    stream = projection.stream_of(projection.CASE, reference)
    (recorded, *_) = desk.ledger.read(stream, known.dataset_at - 1)
    body = recorded.event.body
    if not isinstance(body, DeclarationRegistered | DeclarationAmended):
        return
    shown = {name: bool(view.case & bits_of(name)) for name in USED}
    here = desk.jurisdiction
    exchange = here.exchange(known.day)
    read = read_consignment(body.dataset, known.regime, known.day, here.zone, exchange)
    for item in read.items:
        key = (
            known.regime if shown["consignment.regime"] else "",
            (item.commodity or "")[:4] if shown["item.commodity"] else "",
            (item.origin or "") if shown["item.origin"] else "",
        )
        mass = (item.net_mass or 0.0) if shown["item.net_mass"] else 0.0
        sums.add(key, reference, mass, (item.value or 0.0) if shown["item.value"] else 0.0)
