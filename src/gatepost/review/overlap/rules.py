"""The numbered rules of the overlap review: what a meeting of two agencies' activities means."""

from gatepost.kernel.notice import Rule

CONTROL_TWICE = Rule(
    "REV-001",
    "{one} and {other} both carry out the {control} for {check} on {reach}.",
    "Let one do it and the other take over the result.",
)
CONTROL_RECOGNISED = Rule(
    "REV-002",
    "{one} and {other} both ask for a check of {check} on {reach}; {clauses} say who does it.",
    "Keep it so.",
)
CONTROL_BY_OTHER_MEANS = Rule(
    "REV-003",
    "{one} and {other} both check {check} on {reach}, by {means}.",
    "Agree on the means that answers both, and let one use it.",
)
CONTROL_ELSEWHERE = Rule(
    "REV-004",
    "{one} carries out the check of {check} on {reach} {here}, {other} {there}.",
    "Agree on one place.",
)
PAPER_SHARED = Rule(
    "REV-005",
    "{one} and {other} both ask for {document} with {reach}; it is handed in once.",
    "Keep it so.",
)
PAPER_TWICE = Rule(
    "REV-006",
    "{one} asks for {document}, {other} for {same} with {reach}: the same paper by two names.",
    "Agree on one code and one issuer.",
)
PAPER_LIMITS = Rule(
    "REV-007",
    "{one} and {other} ask for {document} with {reach} and let off by different limits: "
    "{here} and {there}.",
    "Agree on one limit.",
)
DATA_SHARED = Rule(
    "REV-008",
    "{one} and {other} both need {element} with {reach}; it is asked once.",
    "Keep it so.",
)
NOTICE_TWICE = Rule(
    "REV-009",
    "{one} and {other} both want notice {lead} before {reach}.",
    "Let one notice serve both.",
)
NOTICES_DIFFER = Rule(
    "REV-010",
    "{one} wants notice {here} before {reach}, {other} {there}.",
    "Let one notice, at the longer time, serve both.",
)
PAPER_FOR_WHAT_IS_FORBIDDEN = Rule(
    "REV-011",
    "{one} lets no {reach} in, and {other} asks for {document} with them.",
    "Drop what is asked of goods that cannot enter, or say which of them can.",
)
RELEASE_TWICE = Rule(
    "REV-012",
    "{one} and {other} both release {reach}.",
    "Let one release for all, and the other decide on its own interest.",
)
LITTLE_VALUE = Rule(
    "REV-020",
    "{one} looked {looked} times because of {rule} and found nothing: {check}.",
    "Drop it, or look at a few drawn by chance instead.",
)
NO_BETTER_THAN_CHANCE = Rule(
    "REV-021",
    "What {rule} of {one} points at is found wrong in {found} of {looked}; by chance {one} finds "
    "{base}.",
    "Drop it, or let chance select as many.",
)
