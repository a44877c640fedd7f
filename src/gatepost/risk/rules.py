"""The numbered rules of risk."""

from gatepost.kernel.notice import Rule

UNKNOWN_REASON = Rule(
    "RISK-001",
    "{reason} is no coded reason to override a selection.",
    "Give one of: {known}.",
)
NOTHING_TO_OVERRIDE = Rule(
    "RISK-002",
    "The override names no open control of {agency} and adds none.",
    "Name the controls to set aside under controls, or one to add under order.",
)
OBLIGATORY = Rule(
    "RISK-003",
    "The control {control} is prescribed by {source} and cannot be set aside by an officer.",
    "Only a change of the requirement can set it aside.",
)
NOT_COMMITTED = Rule(
    "RISK-004",
    "No secret was committed for {day}.",
    "Nothing was selected at random on that day.",
)
DAY_NOT_OVER = Rule(
    "RISK-005", "The day {day} is not over; its secret stays secret.", "Ask again tomorrow."
)
OTHER_SECRET = Rule(
    "RISK-006",
    "The secret in use is not the one committed for {day}.",
    "Give every process of this country the same key file.",
)
NOT_REVEALED = Rule(
    "RISK-007",
    "The secret of {day} is not revealed yet.",
    "Reveal it once the day is over; then anyone can draw again.",
)
NO_TARGET = Rule(
    "RISK-008",
    "There is no {target} in {of} that a control could be ordered on.",
    "Name consignment, item/1, traveller/1 or another one that is declared.",
)
UNKNOWN_INDICATOR = Rule(
    "RISK-009",
    "No indicator {id} in version {version} is described.",
    "Look at how it is written: gatepost risk indicators lists all of them.",
)
MAY_NOT_TARGET = Rule(
    "RISK-010",
    "{officer} is no officer of {agency} who may put indicators into force.",
    "Ask an officer of the agency whose role holds the power target.",
)
OWN_INDICATOR = Rule(
    "RISK-011",
    "{officer} wrote {id} and cannot be the one who puts it into force.",
    "Let another officer of the agency confirm it.",
)
NO_BACKTEST = Rule(
    "RISK-012",
    "{id} version {version} goes live only with a back-test of its very wording; {problem}.",
    "Run gatepost risk backtest --json on the indicator as it stands and attach the result.",
)
TOO_SOON = Rule(
    "RISK-013",
    "A step counts from the day after it is recorded at the earliest; {day} is too soon.",
    "Name {earliest} or a later day: a day is judged by one set of indicators.",
)
NO_STEP = Rule(
    "RISK-014",
    "{id} version {version} is {state} on {day} and cannot become {to}.",
    "Look at its life: gatepost risk indicators. What has ended needs a new version.",
)
NO_REASON = Rule(
    "RISK-015",
    "A step of {id} needs a reason.",
    "Say in a sentence why; it stays on record.",
)
NOTHING_PROPOSED = Rule(
    "RISK-016",
    "Nothing is proposed for {id} version {version} that could be confirmed.",
    "Propose the step first; what is confirmed is proposed no longer.",
)
WORDING_CHANGED = Rule(
    "RISK-017",
    "{id} version {version} reads otherwise than when the step was proposed.",
    "Propose it again with a back-test of the new wording, or write a new version.",
)
NOT_THEIR_BUDGET = Rule(
    "RISK-018",
    "{officer} may not put a choice of the budget {budget} on record.",
    "Ask an officer of an agency that shares it, whose role holds the power target.",
)
