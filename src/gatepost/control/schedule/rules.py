"""The numbered rules of a day's plan: what a world may not say, what a plan may not do, and why
a stop could not be made as wanted."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

# What a world may not say.

NOT_A_TIME = Rule(
    "PLAN-001",
    '"{value}" is no time of the day.',
    'Write minutes from midnight, or hours and minutes such as "07:10"; up to "47:59".',
)
SAME_ID = Rule("PLAN-002", 'There are two {kind} "{id}".', "Give each of them a name of its own.")
NO_SUCH_AGENCY = Rule(
    "PLAN-003",
    'There is no agency "{agency}" among the agencies of this world.',
    "Write one of {known}, or add it to agencies.",
)
NO_MINUTES = Rule(
    "PLAN-004",
    "Nothing says how long {agency} examines this.",
    "Give minutes here, or for the agency under agencies.",
)
ENDS_BEFORE_IT_BEGINS = Rule(
    "PLAN-005", "This ends at {end}, before it begins at {start}.", "Correct one of the two times."
)
NOT_SO_MANY = Rule(
    "PLAN-006", "{key} is {value}; it can be {least} to {most}.", "Correct the number."
)
ORDER_INCOMPLETE = Rule(
    "PLAN-007", "An order of the kind {kind} needs {key}.", "Add {key} to this order."
)
ORDER_CIRCLE = Rule(
    "PLAN-008",
    "These agencies would wait for each other in a circle: {circle}.",
    "Take one of the orders between them out.",
)

# What a plan may not do.

LEFT_OUT = Rule("PLAN-101", "{agency} does not examine {consignment}, and no reason is given.")
TWICE = Rule("PLAN-102", "{agency} examines {consignment} more than once.")
NOT_ASKED = Rule("PLAN-103", "Nobody asked that {agency} examines {consignment}.")
TOO_EARLY = Rule("PLAN-104", "{consignment} is wanted at {start} and arrives at {arrival}.")
PLACE_TAKEN = Rule("PLAN-105", "{place} is taken twice at {start}.")
PLACE_CLOSED = Rule("PLAN-106", "{place} is closed at {start}.")
PLACE_UNFIT = Rule("PLAN-107", "{consignment} needs {need}, and {place} does not offer it.")
OFFICER_TAKEN = Rule("PLAN-108", "{officer} is at two places at {start}.")
OFF_DUTY = Rule("PLAN-109", "{officer} is not on duty from {start} to {end}.")
NOT_SKILLED = Rule("PLAN-110", "{officer} has not the skill {skill} that {agency} needs.")
NOT_THERE_YET = Rule("PLAN-111", "{officer} is called and not at the post before {there}.")
WRONG_LENGTH = Rule("PLAN-112", "{what} takes {wanted} minutes, and the plan gives it {given}.")
OPENED_UNSCANNED = Rule("PLAN-113", "{consignment} is opened at {start}, before it is scanned.")
OUT_OF_ORDER = Rule(
    "PLAN-114", "{then} finishes {consignment} before {first} may let it ({order})."
)
OVERTAKEN = Rule(
    "PLAN-115", "{other} takes a place at {start} that {consignment} waits for and goes first to."
)
IN_TWO_PLACES = Rule("PLAN-116", "{consignment} is at two places at {start}.")
NO_SUCH_PLACE = Rule("PLAN-117", "There is no {place} in this world.")
NOT_SCANNED = Rule("PLAN-118", "{consignment} is to be scanned, and the plan does not.")

# Why a stop could not be made as wanted.

NOBODY = Rule(
    "PLAN-201",
    "No officer with the skill {skill} is on duty for {minutes} minutes in a row after {after}.",
    "Change a shift, call somebody, or let the consignment wait for the next day.",
)
NO_BAY = Rule(
    "PLAN-202",
    "No bay with what is needed ({needs}) is open for {minutes} minutes in a row after {after}.",
    "Open one, or send the consignment to another place.",
)
NO_SCANNER = Rule(
    "PLAN-203",
    "No scanner works for {minutes} minutes in a row after {after}.",
    "Repair or borrow one, or let the examination replace the scan.",
)
NEVER_TOGETHER = Rule(
    "PLAN-204",
    "{agencies} are never at the post at the same time after {after}: {hours}.",
    "They come one after the other; aligned hours would spare a stop.",
)
TOO_LONG = Rule(
    "PLAN-205",
    "{agencies} are together at the post only from {first}, {wait} minutes after the arrival; "
    "at most {limit} are allowed.",
    "They come one after the other; aligned hours would spare a stop.",
)
NO_ROOM = Rule(
    "PLAN-206",
    "Officers and places are there after {after}, but all taken until the end of the day.",
    "Let the consignment wait for the next day, or send it to another place.",
)
NOT_BEFORE = Rule(
    "PLAN-210",
    "{agencies} may not finish {consignment} before {before}, which has no place on this day.",
    "Let the consignment wait for the next day, or find room for {before}.",
)
NOBODY_MAY = Rule(
    "PLAN-207",
    "Of {agency}'s officers on the roster none may examine {consignment} ({reasons}).",
    "See what those rules say and put somebody who may on the roster, or have it delegated.",
)
NO_TIME = Rule(
    "PLAN-208",
    "Nothing says how long {agency} takes at {post} for a control of {consignment}.",
    "Add the kind of control under times in the agency's resources of the post.",
)
NO_ARRIVAL = Rule(
    "PLAN-209",
    "Nobody has said when {consignment} arrives.",
    "Ask the carrier and enter it, or plan it when it has arrived.",
)

# The day of a post, and the plan that is kept for it.

NO_SUCH_POST = Rule(
    "PLAN-301", "There is no post {post} on {day}.", "Write one of {known}, or another day."
)
NOT_DUE = Rule(
    "PLAN-302",
    "{reference} has no control due at {post} on {day}.",
    "Check the reference; gatepost show tells where and when it is expected.",
)
NOT_OF_THE_DAY = Rule(
    "PLAN-303",
    "{officer} examines nothing of this at {post} on the day.",
    "The plan is kept by an officer of an agency that works at the stop.",
)
PLAN_CHANGED = Rule(
    "PLAN-304",
    "The plan you looked at was number {version}; by now it is number {current}.",
    "Look at it again, and see whether you still want this.",
)
NO_SUCH_SLOT = Rule(
    "PLAN-305", 'There is no stop "{slot}" in the plan of the day.', "Look at the plan again."
)
BEGUN = Rule(
    "PLAN-306",
    "{slot} began at {start}: what has begun stays where it is.",
    "Record what came of it; what is left over is planned again.",
)
IN_THE_PAST = Rule("PLAN-307", "{start} is over: it is {now}.", "Name a later time.")
DAY_OVER = Rule(
    "PLAN-308",
    "The day at {post} is over: {day}.",
    "What still waits belongs into the plan of a later day.",
)

LONG_WAIT = Rule(
    "PLAN-320",
    "At {post} on {day} the longest wait for a stop is {minutes} minutes, mostly for {agency}; "
    "more than the {limit} of {order} wait: {count}.",
    "Ask the agencies to act jointly: propose it with this as its trigger, by gatepost actions.",
)

# Equipment that agencies share.

NO_SUCH_EQUIPMENT = Rule(
    "PLAN-401", "There is no {equipment} at {post} on {day}.", "Write one of {known}."
)
BOOKED = Rule(
    "PLAN-402",
    "{agency} has booked {equipment} from {start} to {end}.",
    "Take another time or another one; or ask them to give it free.",
)
OUT_OF_ORDER_THEN = Rule(
    "PLAN-403",
    "{equipment} is out of order from {since} until {until}.",
    "Take another one, or a later time.",
)
SHUT_THEN = Rule(
    "PLAN-404",
    "{equipment} is not open all the time from {start} to {end}.",
    "Take a time within its hours.",
)
PLANNED_THEN = Rule(
    "PLAN-405",
    "The plan of the day has a stop at {equipment} from {start} to {end}.",
    "Take another time, or move the stop first.",
)
NOT_YOUR_EQUIPMENT = Rule(
    "PLAN-406",
    "No agreement in force lets {agency} use {equipment} of {owner}.",
    "Ask {owner} to book it for you, or agree on shared equipment.",
)
NO_SUCH_BOOKING = Rule(
    "PLAN-407", "{agency} has no booking {booking}.", "See the bookings of the post."
)
WORKS = Rule("PLAN-408", "{equipment} is not out of order.", "Nothing is to be repaired.")
NOT_AT_THE_POST = Rule(
    "PLAN-409",
    "{officer} does not serve at {post}.",
    "Equipment is booked and reported by officers of the post.",
)
