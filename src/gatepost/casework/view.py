"""The consignment of a case as rules read it: what was declared, and what became of it since."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

import msgspec

from gatepost.consignment.dataset import DataSet
from gatepost.consignment.identity import Numbers, numbered
from gatepost.consignment.model import Consignment
from gatepost.consignment.money import Exchange
from gatepost.consignment.reading import read_consignment
from gatepost.kernel.regime import Regime


def view_of(
    dataset: DataSet,
    regime: Regime,
    day: date,
    zone: tzinfo,
    exchange: Exchange,
    numbers: Numbers | None,
    arrived_at: datetime | None,
) -> Consignment:
    """Return what ``dataset`` declares under its ``numbers``, with the actual arrival if known."""
    found = numbered(read_consignment(dataset, regime, day, zone, exchange), numbers)
    if arrived_at is None:
        return found
    journey = msgspec.structs.replace(found.conveyance, expected=arrived_at)
    return msgspec.structs.replace(found, conveyance=journey)
