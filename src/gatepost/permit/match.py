"""Which document of a lodgement satisfies a need.

A document given for an item or a traveller serves that one alone; one given for
the declaration serves all of it. It counts when it has a number or a status code and is
effective on the law's day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gatepost.consignment.model import Consignment, Document


class Papers:
    """The effective documents of one lodgement by target and code."""

    def __init__(self, consignment: Consignment) -> None:
        day = consignment.day
        self._common = _codes(consignment.documents, day)
        self._own = {
            f"{kind}/{one.number}": codes
            for kind, several in (
                ("item", consignment.items),
                ("traveller", consignment.travellers),
            )
            for one in several
            if (codes := _codes(one.documents, day))
        }

    def first(self, target: str, codes: Iterable[str]) -> str | None:
        """Return the first of ``codes`` that is present and effective for ``target``."""
        own = self._own.get(target, frozenset())
        for code in codes:
            if code in own or code in self._common:
                return code
        return None


def _codes(documents: Iterable[Document], day: date) -> frozenset[str]:
    return frozenset(
        [
            one.code
            for one in documents
            if (one.id or one.exemption) and (one.effective is None or one.effective <= day)
        ]
    )
