"""The numbered rules of the command line: what is wrong before casework is asked."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

UNREADABLE = Rule(
    "CLI-001",
    "{file} cannot be read: {reason}.",
    "Look at how its name is written and whether you may read it.",
)
TOO_LARGE = Rule(
    "CLI-002",
    "{file} is larger than {limit} bytes.",
    "Split it into several; one file holds one declaration.",
)
NOT_AN_ACT = Rule(
    "CLI-003",
    "This line is no act: {problem}.",
    "Write one JSON object with id, act, reference and at, as the page about acts shows.",
)
MOMENT_OUT_OF_RANGE = Rule(
    "CLI-004",
    "The moment {moment} lies outside the years {first} to {last}.",
    "Correct the year.",
)
NO_POSTGRES = Rule(
    "CLI-005",
    "The package for PostgreSQL is not installed.",
    "Install gatepost[postgres], or leave out --database.",
)
SYSTEM = Rule(
    "CLI-006",
    "The system refused: {reason}.",
    "Put that right and try again; what was answered before is stored.",
)
NO_ANALYTICS = Rule(
    "CLI-007",
    "The package {package}, which this command needs, is not installed.",
    "Install gatepost[analytics].",
)
OTHERS = Rule(
    "CLI-020",
    "The folder of {owner} takes no act of {by}.",
    "Name in `by` an officer of the agency whose folder it is; a party acts as itself.",
)
NO_RESULT = Rule(
    "CLI-008",
    "{file} is no result of a back-test that could be attached: {problem}.",
    "Attach what gatepost risk backtest --json printed for the indicator.",
)
