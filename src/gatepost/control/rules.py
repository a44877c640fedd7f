"""The numbered rules of control."""

from gatepost.kernel.notice import Rule

NO_OPEN_CONTROL = Rule(
    "CONTROL-001",
    "{agency} has no open control {control} in {reference}.",
    "See the open controls of the case and name one of them.",
)
ALREADY_FOUND = Rule(
    "CONTROL-002",
    "The result of {control} is already recorded as {result}.",
    "A finding is recorded once; order a new control if another look is needed.",
)
NOT_EXAMINED = Rule(
    "CONTROL-003",
    "{control} is a {kind} and was not carried out yet.",
    "Record the examination, or the sample taken, first; then what was found.",
)
NOT_JOINT = Rule(
    "CONTROL-004",
    "No agreement in force lets {agency} examine together with {other}.",
    "Record the examination of {other} as its own stop.",
)
NOT_HERE_YET = Rule(
    "CONTROL-005",
    "The goods of {reference} are neither arrived nor presented.",
    "Record the arrival or the presentation first.",
)
NO_SAMPLE_ORDERED = Rule(
    "CONTROL-006",
    "{control} is a {kind}; it takes no sample.",
    "Name a control of the kind sample.",
)
NO_RESULT = Rule(
    "CONTROL-007",
    "The finding gives no result.",
    "Give result: conform or nonconform.",
)
SAMPLE_NOT_EXAMINED = Rule(
    "CONTROL-008",
    "{control} is a sample; no look at the goods answers it.",
    "Record that the sample was taken; its result comes from the laboratory.",
)
