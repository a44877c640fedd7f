"""The numbered rules of requirements."""

from gatepost.kernel.notice import Rule

ALREADY_HELD = Rule(
    "REQ-001",
    "{agency} already holds {asked}: it was lodged once and is not asked for again.",
    "Read it in the case, or give one of the published reasons for an exception.",
)
UNKNOWN_REASON = Rule(
    "REQ-002",
    "{reason} is no published reason for asking again.",
    "Give one of: {known}.",
)
NOTHING_ASKED = Rule(
    "REQ-003",
    "The request names neither a document nor a data element.",
    "Name it under document or data.",
)
