"""Everything wrong with a message, collected while it is read."""

from __future__ import annotations

from gatepost.adapters.formats import rules
from gatepost.kernel.notice import Notice, Refused

LIMIT = 100
"""More faults than this help nobody, and a hostile message has millions."""

SHOWN = 60

START = "line 1, column 1"
"""Where a message is wrong as a whole."""


class Faults:
    """A list of notices that refuses by itself when it grows beyond ``LIMIT``."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []

    def add(self, notice: Notice) -> None:
        """Keep ``notice``; raise ``Refused`` if that was one too many."""
        if len(self.notices) == LIMIT:
            raise Refused([*self.notices, rules.AND_MORE.notice(limit=LIMIT)])
        self.notices.append(notice)

    def refuse(self) -> None:
        """Raise ``Refused`` if anything is wrong."""
        if self.notices:
            raise Refused(self.notices)


def shown(value: str) -> str:
    """Return ``value`` short enough for a sentence."""
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"


def line_and_column(data: bytes, position: int) -> str:
    """Return where the byte at ``position`` stands, as people count: lines and columns from 1."""
    before = data[:position]
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return f"line {before.count(10) + 1}, column {column}"
