"""The numbered rules of lodgement."""

from gatepost.kernel.notice import Rule

NO_FUNCTIONAL_REFERENCE = Rule(
    "LODGE-001",
    "The declaration has no functional reference of its sender.",
    "Give it a FunctionalReferenceID that you use once.",
)
NO_DECLARANT = Rule(
    "LODGE-002",
    "The declaration names no declarant.",
    "Give the registered number of the declarant in Declarant/ID.",
)
UNKNOWN_TYPE = Rule(
    "LODGE-003",
    "The declaration type {type} is not one used here.",
    "Use a type that begins with one of: {known}.",
)
CONFLICT = Rule(
    "LODGE-004",
    "{declarant} already lodged other content under {functional_reference}, as {reference}.",
    "Amend {reference}, or lodge under a new functional reference.",
)
TAKEN = Rule(
    "LODGE-009",
    "The functional reference {functional_reference} of {declarant} is taken.",
    "Lodge under a new functional reference.",
)
TOO_EARLY = Rule(
    "LODGE-005",
    "The declaration is lodged more than {opens} before the expected arrival ({window}).",
    "Lodge it again once the window is open.",
)
TOO_LATE = Rule(
    "LODGE-006",
    "The declaration is lodged less than {closes} before the expected arrival ({window}).",
    "Correct the expected arrival if it is later, or lodge after the arrival without it.",
)
NOTHING_DECLARED = Rule(
    "LODGE-007",
    "The declaration declares neither goods nor travellers.",
    "Add at least one goods item or traveller.",
)
FOLLOW_UP = Rule(
    "LODGE-008",
    "This message, of the function {function}, follows a declaration and is none itself.",
    "To amend, withdraw or present what is lodged, write an act with its reference.",
)
UNKNOWN_DOCUMENT = Rule(
    "LODGE-101", "The document code {code} is not one used here; it is kept as written."
)
UNKNOWN_PROCEDURE = Rule(
    "LODGE-102", "The customs procedure {code} is not one used here; it is kept as written."
)
UNKNOWN_OFFICE = Rule(
    "LODGE-103", "The office {code} is not one of this country; it is kept as written."
)
UNKNOWN_COMMODITY = Rule(
    "LODGE-104", "The commodity code {code} is not in the Harmonized System; it is kept as written."
)
UNKNOWN_COUNTRY = Rule(
    "LODGE-105", "The country code {code} is not in ISO 3166; it is kept as written."
)
OTHER_GOODS = Rule(
    "LODGE-106",
    "What is declared here is new to the case and is {target} from now on.",
    "Nothing found or decided before counts for it; look at what is needed of it.",
)
NO_LONGER_DECLARED = Rule(
    "LODGE-107",
    "{target} is no longer declared.",
    "What was begun or found on it stays on record and is still to be decided.",
)
STAYS = Rule(
    "LODGE-108",
    "The goods are at {post} already; the amended office or journey does not move them.",
    "Remove them under the release, or ask the agencies concerned.",
)
NO_EXCHANGE = Rule(
    "LODGE-109",
    "No rate of exchange from {currency} to {own} is in force on {day}; the amount is kept as "
    "written, and no threshold of value is compared with it.",
    "Declare the amount in {own} or in a currency with a published rate.",
)
WITHDRAWN = Rule(
    "LODGE-201", "{reference} was withdrawn; nothing more can be done with it.", "Lodge anew."
)
REMOVED = Rule(
    "LODGE-202",
    "The goods of {reference} have left; the declaration can no longer be changed.",
    "Ask an agency concerned to put a correction on record.",
)
RELEASED = Rule(
    "LODGE-203",
    "{reference} is released; it can be amended but not withdrawn.",
    "Amend it, or ask the agencies concerned what can still be done.",
)
OTHER_KEY = Rule(
    "LODGE-204",
    "An amendment keeps the declarant and the functional reference of {reference}.",
    "Take them over unchanged, or lodge a new declaration.",
)
NOTHING_CHANGED = Rule(
    "LODGE-205", "The amendment of {reference} changes nothing.", "Send the corrected data set."
)
ALREADY_ARRIVED = Rule(
    "LODGE-206", "The arrival of {reference} is already recorded.", "Nothing is left to do."
)
ALREADY_PRESENTED = Rule(
    "LODGE-207", "The goods of {reference} are already presented.", "Nothing is left to do."
)
OTHER_REGIME = Rule(
    "LODGE-208",
    "An amendment of {reference} keeps the regime {regime}; the type {type} asks for another.",
    "Keep the type, or withdraw the declaration and lodge a new one.",
)
FOUND_AGAINST = Rule(
    "LODGE-209",
    "{reference} cannot be withdrawn: {agency} found or decided against the goods.",
    "Ask {agency} what becomes of them.",
)
SELECTED = Rule(
    "LODGE-210",
    "{reference} cannot be withdrawn: its goods are here, and {agency} has still to do {controls}.",
    "Withdraw it once that is done or set aside.",
)
UNKNOWN_REFERENCE = Rule(
    "LODGE-301", "No case has the reference {reference}.", "Check it; it has eighteen characters."
)
BODY_DELETED = Rule(
    "LODGE-302",
    "The data set of {reference} was deleted when its retention period ended.",
    "Only the proof that it was lodged is left.",
)
BUSY = Rule(
    "LODGE-303",
    "Others changed the same movement again and again while this was decided.",
    "Send it again; nothing of it is stored.",
)
ACT_CONFLICT = Rule(
    "LODGE-304",
    "An act with the id {id} and other content was already done.",
    "Give every act an id of its own.",
)
AHEAD_OF_TIME = Rule(
    "LODGE-305",
    "The act is dated {at}, but it is only {now}.",
    "Record it when it has happened.",
)
