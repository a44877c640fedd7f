"""The numbered rules of a time release study."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

NO_COLUMN = Rule(
    "TRS-001",
    "No column holds the {what}: there are {found}.",
    "Name the column under columns in a map file (--map), or give the file a header line.",
)
NO_EVENTS = Rule(
    "TRS-002",
    "The file holds no events.",
    "Give one line for each event, below a header line.",
)
NO_MOMENT = Rule(
    "TRS-003",
    "{value} is no moment.",
    "Write ISO 8601 with date, time and offset, as 2026-07-02T08:14:00+02:00.",
)
NO_CASE = Rule(
    "TRS-004",
    "The event has no case.",
    "Give every event the number of its case.",
)
AND_MORE = Rule(
    "TRS-005",
    "{count} more lines have the same fault.",
    "Mend them too.",
)
NOTHING_UNDERSTOOD = Rule(
    "TRS-006",
    "None of the events is a milestone: {found}.",
    "Say under events in a map file which milestone each of them is; there are {known}.",
)
NO_MILESTONE = Rule(
    "TRS-007",
    "{name} is no milestone.",
    "Choose one of {known}.",
)
NO_ZONE = Rule(
    "TRS-008",
    "{zone} is no time zone.",
    "Write its IANA name, such as Europe/Berlin.",
)
NO_DURATION = Rule(
    "TRS-009",
    "{text} is no length of time.",
    "Write it like 30min, 48h or 14d.",
)
NO_INTERVAL = Rule(
    "TRS-010",
    "{interval} is no interval.",
    "Write two milestones with a dash between them, such as arrival\N{EN DASH}release.",
)
NO_SEGMENT = Rule(
    "TRS-011",
    "There is no breakdown by {segment}: there are {known}.",
    "Choose one of them, or name its column under segments in a map file.",
)
UNLIKE = Rule(
    "TRS-012",
    "The two studies differ in {what}: {before} before, {after} after.",
    "Study the same thing twice, or say with --acknowledge why they may be compared all the same.",
)
TOO_FEW = Rule(
    "TRS-013",
    "A {what} of {value} is none.",
    "Give a share between 0 and 1, such as 0.05, and a number of cases of at least 1.",
)
OUT_OF_ORDER = Rule(
    "TRS-014",
    "The phase {phase} is recorded before {before}.",
    "Record what comes first with its day, or record it as skipped with the reason as its note.",
)
PHASE_TWICE = Rule(
    "TRS-015",
    "The phase {phase} is recorded twice.",
    "Keep the record of the day on which it was done.",
)
NO_REASON = Rule(
    "TRS-016",
    "The phase {phase} is skipped without a reason.",
    "Write the reason as its note; readers of the report see it.",
)
SAMPLE_TOO_SMALL = Rule(
    "TRS-017",
    "{size} cases are too few: {needed} tell a share within {margin}.",
    "Draw more cases, or state the wider margin that is enough for what is to be decided.",
)
BEFORE_THE_REPORT = Rule(
    "TRS-018",
    "{what} is due on {day}, and the report came on {reported}.",
    "Give it a day after the report.",
)
NOT_PUBLISHED = Rule(
    "TRS-019",
    "{cases} cases are too few to publish: no figure may rest on fewer than {fewest}.",
    "Measure a longer time, or more posts together.",
)
NO_DOCUMENTS = Rule(
    "TRS-020",
    "The package {package}, which writes PDF, is not installed.",
    "Install gatepost[documents], or ask for an HTML report.",
)
REPORT_NAME = Rule(
    "TRS-021",
    "{file} is neither .html nor .pdf, nor a folder.",
    "Name the report REPORT.html or REPORT.pdf, or name a folder for all its parts.",
)
DISAGREE = Rule(
    "TRS-022",
    "{first} says {one} for {subject}, {second} says {two}.",
    "Keep both with their sources, and find out what each of them counts.",
)
DOES_NOT_FOLLOW = Rule(
    "TRS-023",
    "{source} tells a change of {told} for {subject}; from {before} to {after} it is {reckoned}.",
    "Quote the two figures, not the change.",
)
MORE_THAN_ALL = Rule(
    "TRS-024",
    "The shares of {whole} in {source} make {sum} % together.",
    "Look for a share that is part of another.",
)
NO_FIGURE = Rule(
    "TRS-025",
    "{value} is no figure.",
    "Write a number as printed, a range such as 180-240, or a length such as 1d 22h 09m.",
)
ONE_SIDE = Rule(
    "TRS-026",
    "The indicators tell of {side} alone.",
    "Add one of {missing}: neither is judged without the other.",
)
COUNTED_UNLIKE = Rule(
    "TRS-027",
    "{name} is not the same for all: {first} counts {one}, {second} counts {two}.",
    "Agree on one of them; until then, show each agency under both.",
)
NO_MEASURE = Rule(
    "TRS-028",
    "{name} of {agency} measures nothing: it needs either a count or an interval.",
    "Write count with an event, or interval with two moments.",
)
NO_DIMENSION = Rule(
    "TRS-029",
    "{dimension} is no dimension: there are {known}.",
    "Choose one of them.",
)
NO_LEVEL = Rule(
    "TRS-030",
    "{level} is no level.",
    "Write 0 to 5, from isolated to integrated.",
)
BEYOND_EVIDENCE = Rule(
    "TRS-031",
    "{dimension} is claimed at {claimed}, and the evidence shows {level}: {missing} is missing.",
    "Do what is missing, or claim the level that is shown.",
)
