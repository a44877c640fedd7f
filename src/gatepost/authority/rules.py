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
NOT_OPEN = Rule(
    "AUTH-040",
    "Nothing in force on {day} opens this to {recipient} for the purpose {purpose}.",
    "Ask for a purpose that your mandate or an instrument names, or ask an agency concerned.",
)
UNKNOWN_PURPOSE = Rule(
    "AUTH-041",
    "There is no purpose {purpose}.",
    "Say for what you ask: {known}.",
)
NO_PURPOSE = Rule(
    "AUTH-043",
    "{actor} asks without saying for what.",
    "Say for what you ask under purpose: {known}.",
)
NOTHING_OWED = Rule(
    "AUTH-047",
    "{agency} owes nothing for {reference} now.",
    "Look at gatepost obligations list for what it owes.",
)
SERVICE_SHUT = Rule(
    "AUTH-048",
    "By {mandate} the service of {agency} must be open to {act}; at {post} it is shut at {at}.",
    "It opens again {opens}. {nearest}",
)
NOT_AN_INSIDER = Rule(
    "AUTH-070",
    "{actor} is no officer in post of {owner}, who keep this for themselves.",
    "Let an officer of theirs ask, or ask them for what you need.",
)
NO_RECIPIENT = Rule(
    "AUTH-042",
    "{actor} is neither an officer in post on {day} nor an agency abroad.",
    "Ask as an officer's role, a party to the case, or the operator.",
)
UNKNOWN_INSTRUMENT = Rule(
    "AUTH-050", "There is no version {version} of {id}.", "Look at gatepost agreements."
)
OTHER_TEXT = Rule(
    "AUTH-051",
    "The text proposed is not that of version {version} of {id}.",
    "Hand in the whole instrument under text, with this id and version.",
)
NOT_THE_NEXT = Rule(
    "AUTH-052",
    "The next version of {id} has the number {next}.",
    "A change of data, purpose or recipients is a new version; give it this number.",
)
STEP_REFUSED = Rule(
    "AUTH-053",
    "Version {version} of {instrument} is {state}: {party} cannot {act} it now.",
    "Propose, sign by each party once, ratify by each state where it is a treaty, then begin;"
    " a step is never dated before an earlier one.",
)
LAW_IS_MADE = Rule(
    "AUTH-054",
    "{id} is a law, which agencies neither sign nor suspend.",
    "Describe what parliament enacted in the jurisdiction's folder.",
)
NOT_YOURS_TO_SIGN = Rule(
    "AUTH-055",
    "The step of {party} on {id} is not this officer's to take.",
    "Let an officer of a party act for its own agency, or record what a party abroad did.",
)
MAY_NOT_AGREE = Rule(
    "AUTH-056",
    "{officer} is no officer of {agency} who may conclude agreements.",
    "Name two different officers of the agency whose roles hold the power agree.",
)
NOT_THE_PROVIDER = Rule(
    "AUTH-045",
    "{actor} serves no agency whose part in this case was disclosed to {recipient}.",
    "Ask the agency that gave the data for its consent.",
)
NOT_TO_PASS_ON = Rule(
    "AUTH-046",
    "Nothing that {recipient} received here may go on to {to} for the purpose {purpose}.",
    "Ask the agency that gave the data for its consent, or let {to} ask it directly.",
)
NOT_THE_DECLARANT = Rule(
    "AUTH-012",
    "{actor} did not declare {reference}.",
    "Let the declarant or its agent act.",
)

# Hours.

NO_HOURS = Rule(
    "AUTH-020",
    '"{text}" are no hours.',
    "Write them like 07:00-23:00; 00:00-24:00 is the whole day, and no hours at all are [].",
)
NO_DAY_OF_WEEK = Rule(
    "AUTH-021",
    '"{text}" names no day of the week.',
    "Write mon, tue, wed, thu, fri, sat, sun, a range such as mon-fri, or daily.",
)
DAY_TWICE = Rule(
    "AUTH-022",
    "The hours of {day} are given twice, under {other} and under {key}.",
    "Leave the day to one of them.",
)
HOURS_OVERLAP = Rule(
    "AUTH-023",
    "The hours {one} and {other} contradict each other on {day}: they overlap.",
    "Write one stretch, or let the second begin when the first has ended.",
)
TWO_EXCEPTIONS = Rule(
    "AUTH-024",
    "Two exceptions give different hours to the same day, {day}.",
    "Keep one of them for each day.",
)
TWO_CALENDARS = Rule(
    "AUTH-025",
    "The hours of {service} of {side} are given twice from {day}.",
    "End the earlier entry the day before the later one begins.",
)
HOLIDAY_UNDATED = Rule(
    "AUTH-026",
    "A holiday needs either a day or a day of every year.",
    "Write on: 2026-04-03, or every: 12-25, and not both.",
)
NO_DAY_OF_YEAR = Rule(
    "AUTH-027", '"{text}" is no day of the year.', "Write month and day, such as 12-25."
)
NO_ZONE = Rule(
    "AUTH-028",
    "The hours of {service} of {side} are in no time zone.",
    "Add zone to the service or to the calendar, such as Europe/Stockholm.",
)

# What an office may do.

OWN_FORMALITY = Rule(
    "AUTH-030", "{by} performs {formality} at {office} by its own law, {instrument}."
)
ON_BEHALF = Rule(
    "AUTH-031", "{by} performs {formality} at {office} on behalf of {of}, by {instrument}."
)
IN_CONTROL_ZONE = Rule(
    "AUTH-029",
    "{by} performs {formality} itself at {office}, in the control zone of {host}, by {instrument}.",
)
NOT_STATED = Rule(
    "AUTH-032",
    "It is not stated whether {office} performs {formality}: what is not stated is not allowed.",
    "Ask the office; once it is certain, add it to the formalities of the post.",
)
NOT_PERFORMED = Rule("AUTH-033", "{office} does not perform {formality}.", "Go to {others}.")
NO_DELEGATION = Rule(
    "AUTH-034",
    "No law and no instrument in force on {day} lets {office} perform {formality}.",
    "Go to an office of the state whose law it is, or conclude a treaty that delegates it.",
)
OFFICE_SHUT = Rule("AUTH-035", "{office} is shut at {at}.", "It opens again {opens}. {nearest}")
HOURS_NOT_STATED = Rule(
    "AUTH-036",
    "The hours of {office} are not stated, and what is not stated is not relied upon.",
    "Ask the office before you set out, or leave out the moment to ask for its competence only.",
)
UNKNOWN_OFFICE = Rule(
    "AUTH-037", "There is no office {office} on that day.", "Write one of {known}."
)
UNKNOWN_FORMALITY = Rule(
    "AUTH-038",
    "{formality} is no formality of a state described here.",
    "Write a state and a direction, such as aldermark:import; the states are {states}.",
)
OUTSIDE_ZONE = Rule(
    "AUTH-039",
    "{kilometres} kilometres from the border is outside the control zone of {zone} kilometres in"
    " which {instrument} holds.",
    "Act within the control zone, or let the state act whose territory it is.",
)

# Acting for another.

DECISION_KEPT = Rule(
    "AUTH-060",
    "{clause} lets another examine for {agency}, which keeps the decision.",
    "Record the finding and let an officer of {agency} decide.",
)
NOT_COMPETENT = Rule(
    "AUTH-061",
    "The officer {officer} does not hold the competence {competence} on {day}.",
    "Let an officer act who holds it.",
)
COMPETENCE_ENDED = Rule(
    "AUTH-062",
    "The competence {competence} of the officer {officer} ended on {day}.",
    "Renew it first, or let an officer act who holds it.",
)
NOT_ACCREDITED = Rule(
    "AUTH-063",
    "The officer {officer} has no accreditation of {state} in force on {day}.",
    "Have the officer entered in the register of {state} first, or let another act.",
)
NOT_DELEGATED = Rule(
    "AUTH-064",
    "No instrument in force on {day} lets officers of {serves} {power} for {agency}.",
    "Let an officer of {agency} act, or conclude a treaty that delegates it.",
)

# Exit before entry at a shared post.

EXIT_FIRST = Rule(
    "AUTH-065",
    "{state} has not completed the exit of {reference}, which goes first at {post}.",
    "Wait for the exit, or let both states reverse the order for this movement, with a reason.",
)
TURNED_BACK = Rule(
    "AUTH-066",
    "{reference} was turned back and stands under the law of {state}.",
    "Let {state} re-admit it; it may come again after a new exit.",
)
NOT_SHARED = Rule(
    "AUTH-067",
    "{reference} enters at no post that is shared with a neighbour ({post}).",
    "Record the neighbour's exit only where it is completed at a shared post.",
)
NOT_NOW = Rule(
    "AUTH-068",
    "The step {step} cannot come now: the passage of {reference} is {passage}.",
    "Record the arrival and the steps in their order: exit, turn_back, readmit.",
)
REASON_WANTED = Rule("AUTH-069", "The act {act} needs a reason.", "Say why under reason.")
