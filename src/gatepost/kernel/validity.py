"""When a rule, a power or a structure is in force."""

from __future__ import annotations

from datetime import date

import msgspec


class Validity(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """In force from the first day to the last day, both included.

    ``to`` left out means in force until further notice.
    """

    start: date
    end: date | None = None

    def on(self, day: date) -> bool:
        """Tell whether this is in force on ``day``."""
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: Validity) -> bool:
        """Tell whether some day belongs to both."""
        return (self.end is None or other.start <= self.end) and (
            other.end is None or self.start <= other.end
        )
