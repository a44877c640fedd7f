"""The numbered rules for reports of agencies' own systems, and for whose work is whose."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

REPORT_CONFLICT = Rule(
    "REPORT-001",
    "A report with the id {id} came before and said something else.",
    "Ask its sender which of the two counts; the first stands.",
)
NOT_AN_OFFICER = Rule(
    "REPORT-002",
    "{actor} is no officer, but a report is taken in for an agency.",
    "Name under --by the officer who answers for the agency's system.",
)
NO_CASE = Rule(
    "REPORT-003",
    "No case is known by {number} or by the functional reference {functional_reference}.",
    "Lodge the declaration first, then send the report again.",
)
SEVERAL_CASES = Rule(
    "REPORT-004",
    "The functional reference {functional_reference} belongs to {found} cases: {references}.",
    "Name the case under --reference.",
)
NO_LAW_FOR_HOLD = Rule(
    "REPORT-005",
    "The report {name} asks for a hold, but its row in the table names no length of time.",
    "Give hold_for in the table of notifications.",
)
HOLD_STAYS = Rule(
    "REPORT-006",
    "The report {name} ends no hold that an officer placed: {holds} stays.",
    "Let an officer of the agency lift it, if nothing speaks against the goods any more.",
)
NOT_THEIR_WORK = Rule(
    "WORK-001",
    "{officer} is not in post for {agency} at {post}, or may neither examine nor decide there.",
    "Name an officer of the agency who serves at the post and may do its work.",
)
TAKEN = Rule(
    "WORK-002",
    "The work of {agency} on {reference} is with {officer} already.",
    "Give a reason, and take it over.",
)
