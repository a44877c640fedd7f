"""The numbered rules of authority."""

from gatepost.kernel.notice import Rule

UNKNOWN_OFFICER = Rule(
    "AUTH-001",
    "No officer role {officer} is in post on {day}.",
    "Name an officer listed in the agency's resources/ on that day.",
)
NO_MANDATE = Rule(
    "AUTH-002",
    "{agency} has no mandate in force on {day} to {power} these goods here.",
    "Ask the agency that has the mandate to act.",
)
OFFICER_LACKS_POWER = Rule(
    "AUTH-003",
    "The officer {officer} may not {power} at {post}.",
    "Let an officer act whose role holds this power at this post.",
)
SECOND_OFFICER_NEEDED = Rule(
    "AUTH-004",
    "The mandate {mandate} asks for a second officer to {power}.",
    "Name a second officer of the agency under second.",
)
SAME_OFFICER_TWICE = Rule(
    "AUTH-005",
    "The officer {officer} cannot be the second officer to the same act.",
    "Let another officer confirm it.",
)
OTHER_AGENCY = Rule(
    "AUTH-006",
    "The officer {officer} serves {serves}, not {agency}.",
    "Let an officer of {agency} act.",
)
NOT_A_PARTY = Rule(
    "AUTH-007",
    "{actor} is not a party to this case.",
    "Act as the declarant, its agent, or an officer of an agency concerned.",
)
NO_BROKERAGE = Rule(
    "AUTH-008",
    "{agent} holds no mandate of {principal} in force on {day} for {regime}.",
    "Register the mandate of {principal} first, or let {principal} lodge.",
)
FOREIGN_PRINCIPAL = Rule(
    "AUTH-009",
    "{principal} is not established here: {agent} lodges on its own responsibility.",
)
NOT_CONCERNED = Rule(
    "AUTH-010",
    "{agency} has no part in this case.",
    "Only an agency with a requirement, a control or a hold in the case may act in it.",
)
MUST_BE_OFFICER = Rule(
    "AUTH-011",
    "{actor} is no officer; only an officer may {power}.",
    "Name the officer's role under by.",
)
NOT_THE_DECLARANT = Rule(
    "AUTH-012",
    "{actor} did not declare {reference}.",
    "Let the declarant or its agent act.",
)
