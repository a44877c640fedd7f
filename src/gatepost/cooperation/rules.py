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

# Hand-over.

HELD_BY_ANOTHER = Rule(
    "COOP-040",
    "The case {reference} is held by {unit}.",
    "Ask an officer of {unit}, or of a unit it answers to, to act.",
)
NOT_A_UNIT_OF = Rule(
    "COOP-041",
    "{unit} is no unit of {agency} today.",
    "A case stays with its agency. These units could take it: {known}.",
)
HELD_ALREADY = Rule(
    "COOP-042", "{unit} holds the case {reference} already.", "Nothing is left to do."
)
NOT_COMPETENT = Rule(
    "COOP-043",
    "{unit} has no officer who may {powers} at {post}.",
    "Hand it to a unit that may: {known}.",
)
NOTHING_LEFT = Rule(
    "COOP-044",
    "{agency} has nothing left to do on the case {reference}.",
    "There is nothing to hand over.",
)

# Committees.

NOT_THE_SECRETARIAT = Rule(
    "COOP-050",
    "{actor} does not keep the minutes of {committee}.",
    "Let an officer of {agency} do it whose role may agree.",
)
NO_COMMITTEE = Rule(
    "COOP-051", "There is no committee {id} on {day}.", "Name one that committees/ describes."
)
MEETING_TWICE = Rule(
    "COOP-052", "The meeting {meeting} was convened already.", "Give each meeting an id of its own."
)
NO_AGENDA = Rule(
    "COOP-053", "A meeting needs an agenda.", "Write under agenda what is to be talked about."
)
TOO_SHORT_NOTICE = Rule(
    "COOP-054",
    "A meeting on {on} is convened on {day}, and its members are told {notice} before.",
    "Choose a later day.",
)
NOT_CONFIRMED = Rule(
    "COOP-055",
    "{second} cannot confirm the minutes that {agency} keeps.",
    "Name under second an officer of another member whose role may agree, or a member abroad.",
)
NO_MEETING = Rule(
    "COOP-056", "{id} has no meeting {meeting}.", "Convene it, or correct the id of the meeting."
)
NOT_HELD_YET = Rule(
    "COOP-057",
    "The meeting {meeting} is on {on}, and it is {day}.",
    "Record what it decides when it has met.",
)
NOT_ON_AGENDA = Rule(
    "COOP-058",
    "{item} is not on the agenda of {meeting}.",
    "Vote on one of its items: {known}.",
)
DECIDED_ALREADY = Rule(
    "COOP-059",
    "The item {item} of {meeting} was voted on already.",
    "Put it on the agenda of another meeting to decide again.",
)
NO_SEAT = Rule("COOP-060", "There is no seat {seat}.", "Name one of {known}.")
NO_VOTE = Rule(
    "COOP-061",
    "{seat} has no vote here: it is not there, or sits without a vote.",
    "Leave its vote out.",
)
NO_QUORUM = Rule(
    "COOP-062",
    "{present} of {members} voting seats are there, and {quorum} of them must be{sides}.",
    "Meet again when enough are there; nothing is decided.",
)
ACTION_TWICE = Rule(
    "COOP-063", "The action {action} was assigned already.", "Give each action an id of its own."
)
DUE_BEFORE = Rule(
    "COOP-064", "It would be due on {due}, which is over.", "Give it a day that is still to come."
)
NO_ACTION = Rule("COOP-065", "No action {action} is open.", "Open are: {known}.")
NOT_THE_OWNER = Rule(
    "COOP-066",
    "{actor} is neither of the owner of {action}, {owner}, nor keeps the minutes.",
    "Let the owner say what came of it.",
)

# Committees, as described.

SEAT_TWICE = Rule("COOP-070", "The seat {seat} is filled twice from {day}.", "Keep one of them.")
NOT_A_MEMBER = Rule(
    "COOP-071", "{seat} is no seat of this committee.", "Name one of {known}, or add the member."
)
SECRETARIAT_OUTSIDE = Rule(
    "COOP-072",
    "{agency} keeps the minutes and is no member.",
    "Let a member of this country keep them.",
)
ONE_SIDED = Rule(
    "COOP-073",
    "A committee joint with {country} has no voting seat of {side}.",
    "Add a seat, or leave joint_with out.",
)
FOREIGN_MEMBER = Rule(
    "COOP-074",
    "{agency} is of another country, and this committee is joint with {country}.",
    "Correct joint_with or the member.",
)
NOBODY_VOTES = Rule(
    "COOP-075", "No seat of this committee has a vote.", "Give at least one member a vote."
)
POST_UNNAMED = Rule("COOP-076", "A committee of a post names no post.", "Add it under posts.")
SIDES_OF_ONE = Rule(
    "COOP-077",
    "Votes are counted on each side, and the committee has one side only.",
    "Leave each_side out, or say under joint_with with whom it is joint.",
)

# Accountability.

ONE_ANSWERS = Rule(
    "COOP-080",
    "Exactly one agency answers for {process}, and {named} is named.",
    "Name one under accountable, the others under responsible or consulted.",
)
NOT_HEARD = Rule(
    "COOP-081",
    "{agency} has no part in {process}, and agencies at the border are equal.",
    "Name it under responsible, consulted or informed.",
)

# Feeds.

NO_RECIPIENT_OF = Rule(
    "COOP-085",
    "No officer role {officer} is described.",
    "Name the role that receives the feed, as resources/ lists it.",
)
NO_FEEDING_CLAUSE = Rule(
    "COOP-086",
    "{clause} is no clause by which data are shared.",
    "Name the clause that opens the feed: {known}.",
)
NOT_FED = Rule(
    "COOP-087",
    "{clause} opens no feed of statistics to {agency}.",
    "Name a clause that does, or add feed to its channels and statistics to its purposes.",
)
FEED_WAITS = Rule(
    "COOP-088",
    "This month of the feed is not produced.",
    "It will be when the clause is in force again; until then nothing is disclosed.",
)
