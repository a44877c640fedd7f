"""The numbered rules of cooperation."""

from gatepost.kernel.notice import Rule

# Contacts.

NO_LANGUAGE = Rule(
    "COOP-001",
    "The contact {contact} answers in no language.",
    "List the languages spoken, the best first, such as [en, de].",
)
NOT_A_LANGUAGE = Rule(
    "COOP-002", '"{language}" is no language.', "Write the two letters of ISO 639, such as en."
)
NO_WAY_TO_REACH = Rule(
    "COOP-003",
    "Nobody can reach the contact {contact}.",
    "Say how under reach: telephone, mail, radio or desk.",
)
NEVER_ON_DUTY = Rule(
    "COOP-004",
    "The contact {contact} is on duty on no day.",
    "Write its hours, or take it off the list.",
)
OTHER_LEVEL = Rule(
    "COOP-005",
    "The contact {contact} is called {level}, and its unit {unit} is {actual}.",
    "Write the level of the unit.",
)
NOT_THE_UNITS_POST = Rule(
    "COOP-006",
    "The contact {contact} is listed for {post}, where its unit {unit} does not work.",
    "Name posts of the unit, or the unit that works there.",
)
LISTED_TOO_LONG = Rule(
    "COOP-007",
    "The contact {contact} is listed on {day}, when there is no unit {unit}.",
    "List it for days on which the unit exists.",
)
OTHER_SIDE = Rule(
    "COOP-008",
    "The list of {agency} is kept for {side}, and the agency serves {serves}.",
    "Write the side the agency serves; a neighbour's list stands under neighbours/.",
)

# Instructions.

MAY_NOT_INSTRUCT = Rule(
    "COOP-020",
    "The officer {officer} may not instruct for {agency} on {day}.",
    "Let an officer act whose role holds the power instruct, by a mandate that gives it.",
)
SAYS_NOTHING = Rule("COOP-021", "It has no {key}.", "Write {key}, so that a reader knows.")
BACKDATED = Rule(
    "COOP-022",
    "It would bind from {effective}, before it is issued on {day}.",
    "Let it take effect today or later: nobody follows what is not written yet.",
)
TO_NOBODY = Rule(
    "COOP-023",
    "No unit answers to {unit}, so it instructs nobody.",
    "Name units that answer to it.",
)
NOT_OUR_UNIT = Rule(
    "COOP-024",
    "{unit} is no unit of {agency}, and no agency instructs another.",
    "Name one of {known}, or conclude an agreement with the other agency.",
)
NOT_BELOW = Rule(
    "COOP-025",
    "{unit} does not answer to {own}.",
    "Let a unit instruct that stands above it; units of one level hand over cases instead.",
)
NAMED_TWICE = Rule("COOP-026", "{unit} is addressed twice.", "Name each unit once.")
ISSUED_ALREADY = Rule(
    "COOP-027",
    "There is an instruction {id} already.",
    "Give the new one an id of its own and name this one under supersedes.",
)
UNKNOWN_INSTRUCTION = Rule(
    "COOP-028",
    "{agency} knows no instruction {id}.",
    "Correct the id; 'gatepost instructions' lists them.",
)
NOT_TAKEN_ON = Rule(
    "COOP-029",
    "{unit} has not acknowledged the instruction {id}, so it cannot pass it on.",
    "Acknowledge it first; only a unit it is addressed to passes it on.",
)
NO_LONGER_OPEN = Rule(
    "COOP-030",
    "The instruction {id} is no longer to be followed: it ended by {by}.",
    "Follow what took its place.",
)
NOT_YOURS_TO_END = Rule(
    "COOP-031",
    "The instruction {id} was issued by {unit}.",
    "Let that unit, or one it answers to, replace or withdraw it.",
)
NO_TIME_TO_READ = Rule(
    "COOP-032",
    '"{text}" is no time within which units can acknowledge.',
    "Write it like 8h or 2d.",
)
NOT_ADDRESSED = Rule(
    "COOP-033",
    "The instruction {id} is not addressed to a unit of {officer}.",
    "Let an officer act of one of these units: {to}.",
)
READ_ALREADY = Rule(
    "COOP-034",
    "{officer} acknowledged the instruction {id} for {unit} already.",
    "Nothing is left to do.",
)
READ_FIRST = Rule(
    "COOP-035",
    "{unit} has not acknowledged the instruction {id}.",
    "Acknowledge it, then report.",
)
NOT_YET = Rule(
    "COOP-036",
    "The instruction {id} binds from {effective} only.",
    "Report when it has been carried out.",
)
REPORTED_ALREADY = Rule(
    "COOP-037", "{unit} reported on the instruction {id} already.", "Nothing is left to do."
)
