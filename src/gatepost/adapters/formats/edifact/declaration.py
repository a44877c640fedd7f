"""The declaration in an interchange: of goods (CUSDEC) or of persons (PAXLST)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gatepost.adapters.formats import json_lodgement, rules
from gatepost.adapters.formats.edifact import cusdec, paxlst
from gatepost.adapters.formats.edifact.interchange import Interchange, Message
from gatepost.adapters.formats.edifact.interchange import read as read_interchange
from gatepost.adapters.formats.faults import Faults, shown
from gatepost.consignment.dataset import DataSet
from gatepost.kernel.notice import Refused

READERS: dict[str, Callable[[Interchange, Message, Faults], dict[str, Any]]] = {
    "CUSDEC": cusdec.declaration,
    "PAXLST": paxlst.declaration,
}


def read(data: bytes) -> DataSet:
    """Return the data set of the one declaration in an interchange.

    ``Refused`` with everything wrong with it: in the interchange, in its moments, and in what the
    profile of declarations wants of the data set.
    """
    interchange = read_interchange(data)
    if len(interchange.messages) != 1:
        raise Refused([rules.ONE_DECLARATION.notice(found=len(interchange.messages))])
    (message,) = interchange.messages
    reader = READERS.get(message.type)
    if reader is None:
        where = f"message {shown(message.reference)}"
        kind = shown(message.type) or "without a type"
        raise Refused([rules.NOT_LODGED.notice(where, type=kind)])
    faults = Faults()
    tree = reader(interchange, message, faults)
    faults.refuse()
    return json_lodgement.fitted({"Declaration": tree})
