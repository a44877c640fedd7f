"""The numbered rules of decision, hold, release and removal."""

from gatepost.kernel.notice import Rule

NEEDS_OPEN = Rule(
    "RELEASE-001",
    "{agency} cannot clear {target}: {needs} is not satisfied.",
    "Obtain what is needed by an amendment, or decide otherwise.",
)
CONTROLS_OPEN = Rule(
    "RELEASE-002",
    "{agency} cannot clear {target}: the control {controls} has no result yet.",
    "Record the finding first.",
)
NO_INTEREST = Rule(
    "RELEASE-003",
    "{agency} has nothing to decide on {target}.",
    "Name a target of its own, or leave targets out to decide on all of them.",
)
REASON_MISSING = Rule(
    "RELEASE-004", "A {kind} needs a reason.", "Give the reason the trader will read."
)
CONDITION_MISSING = Rule(
    "RELEASE-005",
    "A conditional clearance names what must still happen and by when.",
    "Give condition and due.",
)
HOLD_WITHOUT_LAW = Rule(
    "RELEASE-006", "A hold needs its legal basis.", "Cite the article under legal_basis."
)
HOLD_WITHOUT_END = Rule(
    "RELEASE-007",
    "A hold needs a reason and an end after its beginning.",
    "Give reason and expires.",
)
NO_SUCH_HOLD = Rule(
    "RELEASE-008",
    "{agency} has no open hold {hold} in {reference}.",
    "Name one of its own open holds.",
)
ALREADY_RELEASED = Rule(
    "RELEASE-009",
    "{reference} was released at {at}; a release happens once.",
    "Place a hold if the goods must not leave.",
)
NOT_READY = Rule(
    "RELEASE-010",
    "{reference} cannot be released: waiting for {waiting}.",
    "Let each agency named decide, or lift its hold.",
)
NOT_RELEASED = Rule(
    "RELEASE-011", "{reference} is not released.", "Wait for the release before removing the goods."
)
HELD = Rule(
    "RELEASE-012",
    "{reference} may not leave: {agency} holds it ({reason}).",
    "Ask {agency} to lift the hold.",
)
ALREADY_REMOVED = Rule(
    "RELEASE-013", "The goods of {reference} already left at {at}.", "Nothing is left to do."
)
NO_CONFLICT = Rule(
    "RELEASE-014",
    "No conflict on {target} was referred to {unit}.",
    "Wait until the limit has passed, or name the target in conflict.",
)
NO_CONDITION = Rule(
    "RELEASE-015",
    "{agency} has no open condition {condition} in {reference}.",
    "Name one of its own open conditions.",
)
NOT_ARRIVED = Rule(
    "RELEASE-016",
    "The goods of {reference} have not arrived and cannot leave.",
    "Record the arrival first.",
)
NOT_IN_CONFLICT = Rule(
    "RELEASE-017",
    "A ruling on {target} chooses one of the decisions in conflict: {kinds}.",
    "Give one of them, or let the agencies decide otherwise.",
)
DECISION_MISSING = Rule(
    "RELEASE-018",
    "The act gives no decision.",
    "Give decision: clear, clear_conditional, refuse, return, destroy or seize.",
)
NO_DECISION_TO_APPEAL = Rule(
    "RELEASE-031",
    "{agency} has neither refused nor held anything in {reference} that could be appealed.",
    "Wait for its decision, or ask it what it waits for.",
)
NO_RIGHT_OF_APPEAL = Rule(
    "RELEASE-032",
    "No right of appeal against {agency} was in force on {day}.",
    "Ask the agency by which way its decisions are reviewed.",
)
APPEAL_TOO_LATE = Rule(
    "RELEASE-033",
    "The time to appeal against {agency} ended on {last}.",
    "Ask the authority that hears appeals whether it grants more time.",
)
APPEALED_ALREADY = Rule(
    "RELEASE-034",
    "The decision of {agency} in {reference} was appealed at {at}.",
    "Nothing is left to do; the answer comes from the authority that hears the appeal.",
)
NO_GROUNDS = Rule("RELEASE-035", "The appeal gives no grounds.", "Say under reason what is wrong.")
NO_OPEN_APPEAL = Rule(
    "RELEASE-041",
    "No appeal against {agency} waits for an answer in {reference}.",
    "Answer an appeal that was lodged and has no answer yet.",
)
NO_APPEAL_OUTCOME = Rule(
    "RELEASE-042",
    "The answer to an appeal does not say what it comes to.",
    "Give outcome: granted, partly or dismissed.",
)
NO_APPEAL_REASONS = Rule(
    "RELEASE-043",
    "The answer to an appeal gives no reasons.",
    "Give under reason what the answer rests on; the trader reads it.",
)
OWN_DECISION_APPEALED = Rule(
    "RELEASE-044",
    "{officer} decided what is appealed and does not answer the appeal.",
    "Let another officer of {agency} answer it.",
)
