"""XML of the WCO Data Model, declaration profile DMS 2 of version 3.6.

``read`` takes a message into the data set, ``write`` makes the message from it again, equal from
``MetaData`` inwards; ``write_response`` answers. What the profile holds is data: ``elements.tsv``.
"""

from gatepost.adapters.formats.wco.reader import read
from gatepost.adapters.formats.wco.response import (
    ResponseMessage,
    ResponseNotice,
    write_response,
)
from gatepost.adapters.formats.wco.writer import write

__all__ = ["ResponseMessage", "ResponseNotice", "read", "write", "write_response"]
