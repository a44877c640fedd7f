"""The numbered rules of what-if."""

from gatepost.kernel.notice import Rule

UNKNOWN_RULE = Rule(
    "WHAT-001",
    "Nobody has a rule {rule} that could be changed so.",
    "Write the number of a requirement, an indicator or a fee; a fee's condition stays.",
)
LAW_TO_AMEND = Rule(
    "WHAT-010",
    "{rule} is a rule of {agency} and rests on {law}.",
    "Without its consent, and an amendment where the law says so, it stays.",
)
CLAUSE_TO_ADD = Rule(
    "WHAT-011",
    "{parties} can agree on it by a clause in {instrument}, which is in force.",
    "Propose the clause to all its parties.",
)
INSTRUMENT_LACKING = Rule(
    "WHAT-012",
    "No instrument in force between {parties} can grant it: it takes at least a {kind}.",
    "Propose one.",
)
ACT_LACKING = Rule(
    "WHAT-013",
    "No Act of {party} allows it yet.",
    "Name the Act in the instrument, or have it enacted.",
)
POWER_LACKING = Rule(
    "WHAT-014",
    "{agency} has no power to {power} that it could delegate.",
    "Have the power enacted first, or leave it out.",
)
NO_CHANGE = Rule(
    "WHAT-002",
    '"{text}" names no change.',
    "Write it like {example}.",
)
