"""The one way in for a lodgement, whatever it is written in."""

from __future__ import annotations

from typing import Literal

from gatepost.adapters.formats import json_lodgement, rules
from gatepost.adapters.formats.faults import START
from gatepost.adapters.formats.wco.reader import read as read_wco
from gatepost.consignment.dataset import DataSet
from gatepost.kernel.notice import Refused

Format = Literal["json", "wco"]

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WHITE = b" \t\r\n"


def detect(data: bytes) -> Format:
    """Return the format of ``data`` by its first character that is not white space.

    Raises ``Refused`` (FORMAT-001) if it begins neither like JSON nor like XML.
    """
    start = data[:4096].removeprefix(BYTE_ORDER_MARK).lstrip(_WHITE)[:1]
    if not start:
        start = data.removeprefix(BYTE_ORDER_MARK).lstrip(_WHITE)[:1]
    if start == b"<":
        return "wco"
    if start in (b"{", b"["):
        return "json"
    raise Refused([rules.UNKNOWN_FORMAT.notice(START)])


def read_lodgement(data: bytes) -> DataSet:
    """Return the data set of a lodgement in JSON or in XML of the WCO Data Model.

    Raises ``Refused`` with everything that is wrong with it.
    """
    return json_lodgement.read(data) if detect(data) == "json" else read_wco(data)
