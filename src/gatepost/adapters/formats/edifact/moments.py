"""Days and times of EDIFACT (code list 2379) in the forms of the data set."""

from __future__ import annotations

from datetime import datetime

from gatepost.adapters.formats import rules
from gatepost.adapters.formats.edifact.tokens import Segment
from gatepost.adapters.formats.faults import Faults, shown

DAY, MINUTE = "%Y%m%d", "%Y%m%d%H%M"

_FORMATS = {
    "101": "%y%m%d",
    "102": DAY,
    "201": "%y%m%d%H%M",
    "203": MINUTE,
    "204": "%Y%m%d%H%M%S",
}


def moment(
    segment: Segment, wanted: str, faults: Faults, not_after: datetime | None = None
) -> str | None:
    """Return the moment of a DTM as ``wanted``, or ``None`` after noting what is wrong with it.

    Without a format it is a day by its length. A year of two digits is of the last century where
    it would come ``not_after`` otherwise, as nobody is born after the list that names them.
    """
    value, given = segment.get(1, 2).strip(), segment.get(1, 3)
    if not value:
        return None
    pattern = _FORMATS.get(given or ("102" if len(value) == 8 else "101"))
    try:
        if pattern is None or not (value.isascii() and value.isdigit()):
            raise ValueError
        found = datetime.strptime(value, pattern)
    except ValueError:
        notice = rules.NOT_A_MOMENT.notice(
            segment.where, value=shown(value), what="day or time", format=shown(given) or "101"
        )
        faults.add(notice)
        return None
    if not_after is not None and "%y" in pattern and found > not_after:
        found = found.replace(year=found.year - 100)
    return found.strftime(wanted)
