"""The numbered rules of risk."""

from gatepost.kernel.notice import Rule

UNKNOWN_REASON = Rule(
    "RISK-001",
    "{reason} is no coded reason to override a selection.",
    "Give one of: {known}.",
)
NOTHING_TO_OVERRIDE = Rule(
    "RISK-002",
    "The override names no open control of {agency} and adds none.",
    "Name the controls to set aside under controls, or one to add under order.",
)
OBLIGATORY = Rule(
    "RISK-003",
    "The control {control} is prescribed by {source} and cannot be set aside by an officer.",
    "Only a change of the requirement can set it aside.",
)
NOT_COMMITTED = Rule(
    "RISK-004",
    "No secret was committed for {day}.",
    "Nothing was selected at random on that day.",
)
DAY_NOT_OVER = Rule(
    "RISK-005", "The day {day} is not over; its secret stays secret.", "Ask again tomorrow."
)
OTHER_SECRET = Rule(
    "RISK-006",
    "The secret in use is not the one committed for {day}.",
    "Give every process of this country the same key file.",
)
NOT_REVEALED = Rule(
    "RISK-007",
    "The secret of {day} is not revealed yet.",
    "Reveal it once the day is over; then anyone can draw again.",
)
NO_TARGET = Rule(
    "RISK-008",
    "There is no {target} in {of} that a control could be ordered on.",
    "Name consignment, item/1, traveller/1 or another one that is declared.",
)
