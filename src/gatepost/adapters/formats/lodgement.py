"""The one way in for a lodgement, whatever it is written in."""

from __future__ import annotations

from typing import Literal

from gatepost.adapters.formats import json_lodgement, rules
from gatepost.adapters.formats.edifact import declaration, tokens
from gatepost.adapters.formats.faults import START
from gatepost.adapters.formats.wco.reader import read as read_wco
from gatepost.consignment.dataset import DataSet
from gatepost.kernel.notice import Refused

Format = Literal["json", "wco", "edifact"]

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WHITE = b" \t\r\n"


def detect(data: bytes) -> Format:
    """Return the format of ``data`` by its first character that is not white space.

    Raises ``Refused`` (FORMAT-001) if it begins like none of them.
    """
    start = data[:4096].removeprefix(BYTE_ORDER_MARK).lstrip(_WHITE)[:1]
    if not start:
        start = data.removeprefix(BYTE_ORDER_MARK).lstrip(_WHITE)[:1]
    if start == b"<":
        return "wco"
    if start in (b"{", b"["):
        return "json"
    if tokens.begins_like_edifact(data):
        return "edifact"
    raise Refused([rules.UNKNOWN_FORMAT.notice(START)])


def read_lodgement(data: bytes) -> DataSet:
    """Return the data set of a lodgement in JSON, in XML of the WCO Data Model or in EDIFACT.

    Raises ``Refused`` with everything that is wrong with it.
    """
    match detect(data):
        case "json":
            return json_lodgement.read(data)
        case "wco":
            return read_wco(data)
        case "edifact":
            return declaration.read(data)
