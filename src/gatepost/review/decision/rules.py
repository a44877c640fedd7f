"""The numbered rules of deciding on findings."""

from gatepost.kernel.notice import Rule

NOT_AFFECTED = Rule(
    "DEC-001",
    "{agency} is not affected by {finding}; affected are {agencies}.",
    "Only who is affected raises, consents, objects or carries out; ask one of them.",
)
MAY_NOT_AGREE = Rule(
    "DEC-002",
    "{officer} may not agree for an agency.",
    "Ask an officer whose role, and whose agency's mandate, holds the power agree.",
)
RAISED_ALREADY = Rule(
    "DEC-003", "{finding} is on record already.", "Consent or object to it, or use another id."
)
UNKNOWN_FINDING = Rule("DEC-004", "No finding {finding} is on record.", "Raise it first.")
NOT_NOW = Rule(
    "DEC-005", "{finding} is {standing}: {act} is not possible.", "Look at gatepost decisions."
)
UNKNOWN_RULE = Rule(
    "DEC-006", "No agency here has the rule {rule}.", "Write its number as gatepost review does."
)
OWNER_LEFT_OUT = Rule(
    "DEC-007",
    "{rule} is a rule of {agency}, which is not among the affected agencies.",
    "Name its owner among them: nothing of an agency is changed without it.",
)
WITHOUT_WORDS = Rule("DEC-008", "{what} is missing.", "Write it; others must be able to read it.")
DAYS_REVERSED = Rule(
    "DEC-009",
    "The effect is measured on {measure}, before the remedy begins on {effective}.",
    "Measure it after.",
)
TOO_FEW = Rule("DEC-010", "A finding affects agencies of this country; {agency} is none.")
NOT_RAISED_BY_YOU = Rule(
    "DEC-011", "{finding} was raised by {agency}.", "It alone takes it back; object instead."
)
