"""The numbered rules of ``gatepost check``: what a description may not say, or leave out."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

# What everything described must have.

NO_LEGAL_BASIS = Rule(
    "DESC-001",
    "No law is named for this.",
    "Name at least one article under legal_basis, as: - cite: Plant Health Act 2019, s. 12.",
)
UNKNOWN_AGENCY = Rule(
    "DESC-002", "There is no agency {agency}.", "Write one of {known}, or describe its agency.yaml."
)
OTHER_FOLDER = Rule(
    "DESC-003",
    "This says {agency}, but its file is in the folder of {folder}.",
    "Move the file to agencies/{agency}/, or correct the name.",
)
FROM_AFTER_TO = Rule(
    "DESC-004",
    "In force from {start} to {end}: the last day is before the first.",
    "Correct one of the days; both are included.",
)
OVERLAP = Rule(
    "DESC-005",
    "Two wordings are in force on {day}: this one and the one at {other}.",
    "End the earlier one on the day before the later one begins; both days are included.",
)
DUPLICATE_ID = Rule(
    "DESC-006",
    "{id} is described twice; the other is at {other}.",
    "Give one of them another name; the same one again may only follow when the other has ended.",
)
MISSING_LANGUAGE = Rule(
    "DESC-007",
    "This text is not written in {language}.",
    "Add it; the languages are those of jurisdiction.yaml.",
)
NOT_TRANSLATED = Rule(
    "DESC-131",
    "People at the border cannot read this in {language}.",
    "Translate it; jurisdiction.yaml lists the languages under translations.",
)
NEVER_IN_FORCE = Rule(
    "DESC-008", "This has no day on which it is in force.", "Write under valid: - {{from: …}}."
)
NO_DAY_OF_YEAR = Rule(
    "DESC-087",
    '"{day}" is no day of the year.',
    "Write month and day with two digits each, such as 03-01 for 1 March.",
)
SEASON_NEVER_COMES = Rule(
    "DESC-088",
    "The season from {first} to {last} has no day between {start} and {end}.",
    "Correct the season, or the days on which this wording is in force.",
)
NO_REGIME = Rule(
    "DESC-009",
    "This names no regime, so it would never apply.",
    "Write regimes: [import], export, transit, or several of them.",
)

# Goods, places and codes.

NOT_A_PREFIX = Rule(
    "DESC-010",
    '"{prefix}" is no beginning of a commodity code: it takes 2, 4, 6, 8 or 10 digits.',
    'Write digits only, in quotes and without points, such as "060311".',
)
UNKNOWN_HS = Rule(
    "DESC-011",
    '"{prefix}" is not in the Harmonized System: there is no "{head}".',
    "Look the goods up in HS 2022; national digits follow only after the sixth.",
)
UNKNOWN_COUNTRY = Rule(
    "DESC-012", '"{code}" is no country code.', "Write the two letters of ISO 3166, such as XB."
)
UNKNOWN_DOCUMENT = Rule(
    "DESC-013",
    "No agency lists a document with the code {code}.",
    "Correct the code, or add it to the documents.yaml of the agency that issues or reads it.",
)
UNKNOWN_MODE = Rule(
    "DESC-014",
    '"{mode}" is no mode of transport.',
    'Write "1" sea, "2" rail, "3" road, "4" air, "5" post, "7" fixed, "8" inland water, …, "9".',
)
UNKNOWN_ZONE = Rule(
    "DESC-015", '"{zone}" is no time zone.', "Write its name, such as Europe/Berlin."
)
UNKNOWN_CURRENCY = Rule(
    "DESC-016", '"{currency}" is no currency.', "Write the three letters of ISO 4217, such as EUR."
)
NOT_A_DURATION = Rule(
    "DESC-017", '"{text}" is no length of time.', "Write it like 30min, 4h, 14d or 1d 12h."
)
ONLY_ITEMS = Rule(
    "DESC-018",
    "Commodity and origin belong to a goods item, and this is asked of the {level}.",
    "Write level: item, or say it under when, as consignment.items.exists(i, …).",
)

# What requirements and indicators ask.

ASKS_INCOMPLETE = Rule(
    "DESC-020", "This asks for a {kind} and does not say which.", "Add the key {key} under asks."
)
ASKS_TOO_MUCH = Rule(
    "DESC-021",
    "{key} is not read where kind is {kind}, so it would have no effect.",
    "Delete it, or ask for it in a requirement of its own.",
)
NOT_AN_ELEMENT = Rule(
    "DESC-022", '"{data}" is no name of a data element.', "Write it like item.net_mass."
)
NEVER_FIRES = Rule(
    "DESC-023",
    "This indicator has neither a condition nor a random share.",
    "Write when, or random, or both.",
)
NOT_A_SHARE = Rule(
    "DESC-024",
    "{share} is no share of what passes.",
    "Write a number above 0 and up to 1; 0.05 is five in a hundred.",
)
REVIEW_TOO_EARLY = Rule(
    "DESC-025",
    "This is to be reviewed on {review}, before it is in force on {start}.",
    "Set the review to a day on which there is something to see.",
)
READ_BY_AUTHOR = Rule(
    "DESC-026",
    "Author and second reader are the same, {author}.",
    "Let someone else read the indicator and name that role.",
)
SAME_VERSION = Rule(
    "DESC-027",
    "Another wording of {id}, at {other}, has the number {version} too.",
    "Give each wording of an indicator its own version.",
)

LOT_WITHOUT_SHARE = Rule(
    "DESC-028",
    "This draws with the lot {lot} and has no random share.",
    "Write random too, or leave the lot out.",
)
NO_ROOM_FOR_CHANCE = Rule(
    "DESC-029",
    "{random} of all would be drawn by chance, and only {share} may be stopped.",
    "Write a random share above 0 and not above share, and a share up to 1.",
)

ADVICE_INCOMPLETE = Rule(
    "DESC-039",
    "The kind advice goes with a text under advice, and no other kind does.",
    "Write under advice, in every language, what the person is told; or leave it out.",
)

SENSELESS_SCHEME = Rule(
    "DESC-100",
    "These steps cannot be followed: {problem}.",
    "Correct the steps under method.",
)
UNKNOWN_SCHEME = Rule(
    "DESC-101",
    "There is no scheme {scheme}.",
    "Name one that the agency describes under schemes: {known}.",
)
OTHERS_SCHEME = Rule(
    "DESC-102",
    "The scheme {scheme} is one of {agency}.",
    "Describe a scheme of the agency's own; with shared it may count what others find.",
)
TRUST_WITHOUT_LOOK = Rule(
    "DESC-103",
    "A trusted party is looked at on a share above 0 and below 1, and {share} is none.",
    "Write such a share, such as 0.1, and whose status counts under parties.",
)

MODEL_ALTERED = Rule(
    "DESC-104",
    "The model {model} is not the one that was learnt: its digest differs.",
    "Learn it again (gatepost risk learn) and put the whole file here.",
)
UNKNOWN_MODEL = Rule(
    "DESC-105",
    "There is no model {model}.",
    "Name one that the agency has under models: {known}.",
)
OTHER_MODEL = Rule(
    "DESC-106",
    "The model {model} is one of {agency}, per {level}.",
    "Use a model of the agency's own, of the level of the indicator.",
)
NO_THRESHOLD = Rule(
    "DESC-107",
    "{above} is no score from which a model could fire.",
    "Write a number above 0 and below 1 under above.",
)
MODEL_DECIDES = Rule(
    "DESC-108",
    "This rests on a model and proposes {kind}: a model proposes a look and decides nothing.",
    "Write documentary, scan, examination or sample; an officer decides on what is found.",
)
MODEL_NOT_ON_TRIAL = Rule(
    "DESC-109",
    "This rests on a model and would be live by its file alone.",
    "Write mode: trial; it goes live on record, by two officers (gatepost risk propose).",
)

MODEL_NOT_MEANT = Rule(
    "DESC-099",
    "The model {model} is another one than this was written for.",
    "Write digest: {digest} if it is meant now; the indicator is on trial again then.",
)

# Agencies, their people and their powers.

UNKNOWN_PARENT = Rule(
    "DESC-030", "There is no unit {unit} in {agency}.", "Name a unit that agency.yaml describes."
)
CYCLE = Rule(
    "DESC-031",
    "The units answer to each other in a circle: {circle}.",
    "Leave out the parent of the unit that answers to nobody.",
)
UNKNOWN_POST = Rule(
    "DESC-032", "There is no post {post}.", "Write one of {known}, or describe it in posts/."
)
UNKNOWN_UNIT = Rule(
    "DESC-033", "There is no unit {unit} in {agency}.", "Name a unit that agency.yaml describes."
)
BEYOND_MANDATE = Rule(
    "DESC-034",
    "No mandate of {agency} gives it the power to {power}, so its officer cannot hold it.",
    "Take the power away here, or describe the mandate that gives it.",
)
LEVEL_WITHOUT_UNIT = Rule(
    "DESC-035",
    "{agency} controls goods or people and has no unit at the {level} level.",
    "Describe one: a case escalates from local to regional to central.",
)
USER_WITH_POWERS = Rule(
    "DESC-036",
    "{agency} is a user of data and has no powers at the border, yet this gives it {power}.",
    "Leave it at read, or give the agency another tier.",
)
CANNOT_DECIDE = Rule(
    "DESC-037",
    "On {day} no mandate lets {agency} decide, so what this concerns could not be released.",
    "Describe a mandate with the power decide from that day, or begin this later.",
)
UNKNOWN_LEAD = Rule(
    "DESC-038", "The lead agency {agency} is not described.", "Write one of {known}, or null."
)

# Agreements, posts, windows.

NOT_A_PARTY = Rule(
    "DESC-040",
    "{party} is not a party of {agreement}.",
    "Add it to the parties of the agreement, or take it out here.",
)
CLAUSE_INCOMPLETE = Rule(
    "DESC-041", "A clause of the kind {kind} needs {key}.", "Add {key} to this clause."
)
OFFICE_TWICE = Rule(
    "DESC-042",
    "The office code {office} belongs to another post already, at {other}.",
    "Give each office code to one post.",
)
CLOSES_BEFORE_IT_OPENS = Rule(
    "DESC-043",
    "Nothing could be lodged in time: it opens {opens} and closes {closes} before the arrival.",
    "Let opens be the longer of the two.",
)

NOT_PERFORMED_HERE = Rule(
    "DESC-080",
    "{post} does not perform {formality}.",
    "Add it to the formalities of the post, or take it out here.",
)
CIRCULAR_DELEGATION = Rule(
    "DESC-090",
    "The same control is delegated in a circle, {circle}, by {clauses}.",
    "Let one of them keep it, or narrow the scopes until they do not meet.",
)
DELEGATED_TO_ITSELF = Rule(
    "DESC-091", "{agency} cannot delegate to itself.", "Name another agency under by."
)
DECISION_GIVEN_AWAY = Rule(
    "DESC-092",
    "At home {agency} keeps its decision; another's officers may examine for it only.",
    "Take decide out of the powers and leave decision: owner.",
)
NOT_ITS_POWER = Rule(
    "DESC-093",
    "{agency} holds no power to {power}, so it cannot delegate it.",
    "Take the power out, or describe the mandate that gives it.",
)
NOBODY_COMPETENT = Rule(
    "DESC-094",
    "No officer of {agency} ever holds the competence {competence}, so nobody could act.",
    "Enter the officers who hold it, with their days, or correct its name.",
)
UNKNOWN_STATE = Rule(
    "DESC-095", "There is no state {state}.", "Write one of {known}, or describe it in states.yaml."
)
NOT_A_FORMALITY = Rule(
    "DESC-096",
    '"{text}" is no formality.',
    "Write a state and import, export or transit, as aldermark:import; the states are {known}.",
)
FORMALITY_TWICE = Rule(
    "DESC-097",
    "It is said twice whether {formality} is performed here.",
    "Keep one of them.",
)
SHARED_WITH_NOBODY = Rule(
    "DESC-098",
    "{key} speaks of a post shared with a neighbour, and this one names none.",
    "Add shared_with, or take {key} out.",
)
BEYOND_RUNG = Rule(
    "DESC-044",
    "{title} is of the kind {kind}; a clause like this one needs the kind {needed} at least.",
    "Take the clause out, or conclude it in such an instrument and describe that.",
)
ACT_MISSING = Rule(
    "DESC-045",
    "This clause needs an Act of {party} that allows it, and the instrument names none.",
    "Name it under supporting_acts, as: - {{cite: Food Act 2017, s. 30, of: {party}}}.",
)
STEP_NOT_POSSIBLE = Rule(
    "DESC-046",
    "On {day} this instrument is {state} and cannot be {step} by {by}.",
    "Put the steps into their order: proposed, signed by each party once, ratified by each state"
    " where it is a treaty, in_force; later suspended, resumed, ended.",
)
NOT_CONCLUDED = Rule(
    "DESC-047",
    "This instrument cannot be in force on {day}: {missing} did not sign or ratify it.",
    "Write the missing step with its day, or take this one out until it has happened.",
)
UNKNOWN_PURPOSE = Rule("DESC-048", "There is no purpose {purpose}.", "Write one of {known}.")
UNKNOWN_DATA_CLASS = Rule(
    "DESC-049",
    "There is no class of data {name}.",
    "Write one of {known}, or describe it in disclosure/data_classes.yaml.",
)

# What may be disclosed.

UNKNOWN_DISCLOSED = Rule(
    "DESC-070",
    "{name} is nothing that a case holds.",
    "Write an element such as item.origin, all of a party as consignment.exporter, or a record"
    " such as case.findings.",
)
CLASS_TWICE = Rule(
    "DESC-071",
    "{name} is in the protected class {other} and here in one without protection.",
    "Protect this class too, or leave the element to the other.",
)
NAMES_IN_FIGURES = Rule(
    "DESC-072",
    "A clause for statistics cannot disclose {name}, which tells of a person or a party.",
    "Leave that class out; statistics are figures without names.",
)
CELL_TOO_SMALL = Rule(
    "DESC-073",
    "A figure that rests on {cell} cases tells of single ones.",
    "Write smallest_cell: 3 or more.",
)
ONWARD_TO_ITSELF = Rule(
    "DESC-074", "{party} gives this data itself.", "Name others under onward, or nobody."
)
WRONG_LEVEL_OF_INSTRUMENT = Rule(
    "DESC-075",
    "A {kind} is concluded at the central level, not at the {level} one.",
    "Correct the level or the kind.",
)

# How decisions become one.

NEVER_REACHED = Rule(
    "DESC-050",
    "No set of decisions ever comes to {row}: rows before it take them all, or none meets it.",
    "Move it up, change what it asks of the decisions, or delete it.",
)
NO_ROW = Rule(
    "DESC-051",
    "No row says what becomes of these decisions together: {decisions}.",
    "Add a row for them; without it such a case would wait for ever.",
)
CONFLICT_INCOMPLETE = Rule(
    "DESC-052", "A conflict needs a {key}.", "Name who decides it (decider), by when (limit)."
)
UNKNOWN_DECIDER = Rule(
    "DESC-053", "There is no unit {unit} to decide a conflict.", "Name a unit of an agency."
)

# The day of a post.

ORDER_INCOMPLETE = Rule(
    "DESC-110", "A standing order of the kind {kind} needs {key}.", "Add {key} to this order."
)
ORDER_IDLE = Rule(
    "DESC-111",
    "A standing order of the kind {kind} does not read {key}.",
    "Delete {key}, or correct the kind.",
)
ORDERS_CIRCLE = Rule(
    "DESC-112",
    "With this order agencies wait for each other in a circle on {day}: {circle}.",
    "End one of the orders between them before that day, or give them other posts.",
)
ORDERS_CONTRADICT = Rule(
    "DESC-113",
    "This order and {other} both say {what} on {day}, and differ.",
    "Let one of them end before that day, or give them other posts.",
)
NEVER_OFFERED = Rule(
    "DESC-114",
    "Goods that need {offers} could be examined nowhere at {post}: no place there offers it.",
    "Describe such a place in an agency's resources, or name the posts the order is for.",
)
NO_NUMBER = Rule(
    "DESC-115", "{key} is {value}; it can be {least} to {most}.", "Correct the number."
)
SHIFT_WITHOUT_POST = Rule(
    "DESC-116",
    "{officer} serves {posts}; nothing says at which of them this shift is.",
    "Add post to the shift.",
)
SHIFT_ELSEWHERE = Rule(
    "DESC-117",
    "{officer} has a shift at {post} and does not serve there.",
    "Correct the post, or add it to the officer's posts.",
)
TIMES_CONTRADICT = Rule(
    "DESC-118",
    "Two times are given for {kind} of {what} at the same place on {day}.",
    "End one of them on the day before the other begins.",
)

SEAL_AT_THE_POST = Rule(
    "DESC-125",
    "Off the lane is still at the post: {key} is for places behind the border.",
    "Leave it out, or place the control inland or at the premises.",
)

# Money.

OWN_CURRENCY = Rule(
    "DESC-085",
    "{currency} is the country's own currency and needs no rate.",
    "Delete the line, or correct the currency in jurisdiction.yaml.",
)
NO_RATE = Rule(
    "DESC-086",
    "A rate is above nothing; for {currency} it is {rate}.",
    "Write what one unit of it is worth in the country's own currency.",
)

# Acts that a law ties to hours.

BOUND_WITHOUT_POWER = Rule(
    "DESC-141",
    "The hours tie {act}, and this mandate gives no power to {power}.",
    "Take {act} out of in_hours, or add the power where the law gives it.",
)
BOUND_TO_NOTHING = Rule(
    "DESC-142",
    "{agency} may act in open hours only, and no calendar states hours of it at {posts}.",
    "Describe its service in calendars/, or take in_hours out: hours nobody states bind nobody.",
)
CLEARED_AT_ANY_HOUR = Rule(
    "DESC-143",
    "{agency} decides in open hours only, and yet clears automatically at any hour.",
    "Take decide out of in_hours, or clear out of automatic.",
)

# How long cases are kept.

KEPT_FOR_EVER = Rule(
    "DESC-145",
    "No rule says how long {agency} keeps a case, so every case of it is kept for ever.",
    "Add a file to its folder retention/, with the law behind it.",
)

# The description as a whole.

NO_COUNTRY = Rule(
    "DESC-060", "There is no jurisdiction.yaml.", "Describe the country in it: code, zone, …"
)
NO_TABLE = Rule(
    "DESC-061",
    "There is no precedence table, so nothing would ever be released.",
    "Describe it in precedence.yaml.",
)
