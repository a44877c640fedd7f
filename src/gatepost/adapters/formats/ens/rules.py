"""The numbered rules for messages of an interface and for the description of an interface."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

UNKNOWN_MESSAGE = Rule(
    "INTERFACE-001",
    "This is no message of the interface: its first element is {found}.",
    "Send one of {known}.",
)
NOT_ONE_MESSAGE = Rule(
    "INTERFACE-002",
    "The envelope holds {found} messages.",
    "Put one message into each envelope.",
)
NO_RULE_SET = Rule(
    "INTERFACE-003",
    "No rule set of {interface} is in force on {day}.",
    "Name another day with --day.",
)
NO_HEAD = Rule(
    "INTERFACE-004",
    "There is no interface.yaml here, which names the interface and its rule sets.",
    "Add it, or name a folder that has one.",
)
UNKNOWN_FORMAT = Rule(
    "INTERFACE-005",
    "No format is called {name}.",
    "Did you mean {suggestion}?",
)
UNKNOWN_GROUP = Rule(
    "INTERFACE-006",
    "{name} has neither a format nor elements, and no group of this name is in groups.yaml.",
    "Give it a format or elements, or add the group.",
)
TWICE = Rule("INTERFACE-007", "{name} is described twice.", "Keep one.")
NOT_OCCURS = Rule(
    "INTERFACE-008",
    '"{occurs}" does not say how often {name} occurs.',
    "Write the least and the most, such as 0..1, 1..99 or 0..n.",
)
NOT_A_NAME = Rule(
    "INTERFACE-009",
    "{name} cannot be the name of an element in a condition.",
    "Use letters, digits and underscores; position and elements have a meaning already.",
)
NOT_A_FORMAT = Rule(
    "INTERFACE-010",
    "The format {name} must have a pattern, values or a decimal, one of them, and a right one.",
    "Correct it: {problem}.",
)
UNKNOWN_PLACE = Rule(
    "INTERFACE-011",
    "No message has a group {of}.",
    "Write the names from the first group down, such as GOOITEGDS/PACGS2.",
)
UNKNOWN_ELEMENT = Rule(
    "INTERFACE-012", "{of} has no element {name} that holds a value.", "Did you mean {suggestion}?"
)
NO_CODE = Rule(
    "INTERFACE-013",
    "The rule {name} has no error number, or both code and codes.",
    "Give one code for the group, or codes for its elements.",
)
UNKNOWN_SET = Rule("INTERFACE-014", "No {kind} is called {name}.", "Did you mean {suggestion}?")
RULE_SETS_OVERLAP = Rule(
    "INTERFACE-015",
    "The rule sets {one} and {other} are in force on the same day.",
    "Let one end the day before the other begins.",
)
UNKNOWN_EVENT = Rule(
    "INTERFACE-016",
    "A notification cannot make {event} happen.",
    "Name one of {known}.",
)
INCOMPLETE = Rule(
    "INTERFACE-017",
    "{name} makes {event} happen and must give {wanted}; nothing else may.",
    "Give it there, such as decision: clear or hold_for: 30d, and only there.",
)
NOT_A_FUNCTION = Rule(
    "INTERFACE-018", "{function} is no function code.", 'Write two digits in quotation marks: "09".'
)
