"""The numbered rules of review."""

from gatepost.kernel.notice import Rule

# Cost comparisons as they are written.

UNKNOWN_FIGURE = Rule(
    "COST-001",
    "No assumption is called {figure}.",
    "Write one of {known}, or add it under assumptions with its source and date.",
)
FIGURE_TWICE = Rule(
    "COST-002", "The figure {figure} is assumed twice.", "Keep one, or give the other its own name."
)
NO_SOURCE = Rule(
    "COST-003",
    "The figure {figure} names no source or no date.",
    "Say who states it and of when it is; one of your own is basis: assumed.",
)
BAD_RANGE = Rule(
    "COST-004",
    "The figure {figure} lies outside its own range, {low} to {high}.",
    "Correct the value or the range.",
)
NO_COSTS = Rule(
    "COST-005",
    "{name} describes no costs to compare.",
    "Add a costs.yaml to its folder, or name one of {known}.",
)
NOT_POSITIVE = Rule(
    "COST-006",
    "The figure {figure} cannot be a divisor: it is zero.",
    "Correct its value, or take it out of over.",
)

NO_HOUR_COSTS = Rule(
    "COST-007",
    "{name} does not say what an hour costs.",
    "Add an hour_costs.yaml to its folder, or name one of {known}.",
)

# What is asked of the calculator.

BAD_RATE = Rule(
    "COST-010",
    "The discount rate {rate} is no share above -1 and up to 1.",
    "Write four per cent as 0.04.",
)
BAD_YEARS = Rule(
    "COST-011", "{years} is no horizon of 1 to 200 years.", "Write a whole number of years."
)
BAD_SETTING = Rule(
    "COST-012", '"{setting}" sets no assumption to a number.', "Write it like officers=120."
)

# What the calculator points out.

DOES_NOT_FOLLOW = Rule(
    "COST-020",
    "{title}: {quoted} {unit} is quoted, but {arithmetic} gives {found}.",
    "Do not build on both; ask the source which inputs it used.",
)
RATIOS_DIFFER_ROUNDED = Rule(
    "COST-021",
    "{title}: the figures imply the ratios {ratios}; after rounding all fit {low} to {high}.",
    "Keep the figures as the source gives them and do not convert again.",
)
RATIOS_DIFFER = Rule(
    "COST-022",
    "{title}: the figures imply the ratios {ratios}, which no rounding explains.",
    "Use one of them only, and say which.",
)
SOURCES_DIFFER = Rule(
    "COST-023",
    "{title}: {figures}. {because}",
    "Keep each with its date and definition; do not average them.",
)
DOES_NOT_ADD_UP = Rule("COST-026", "{sum} come to {found}, not to {to}.", "Change them together.")
UNPUBLISHED = Rule(
    "COST-024", "The source does not say: {what}.", "Ask for it before you quote the result."
)
NATURE = Rule("COST-025", "{nature}")
