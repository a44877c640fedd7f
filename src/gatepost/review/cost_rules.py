"""The numbered rules of costs over time: hours that move, and time that is counted twice."""

from gatepost.kernel.notice import Rule

HOURS_OVERDRAWN = Rule(
    "COST-040",
    "{assigned} hours a year are assigned elsewhere and {saved} are saved: {over} do not exist.",
    "Assign no more than is saved.",
)
HOURS_LEFT = Rule(
    "COST-041",
    "Of {saved} hours saved a year {assigned} are assigned elsewhere, {left} are not.",
    "Say where they go, or do not count them as money saved.",
)
TIME_COUNTED_TWICE = Rule(
    "COST-042",
    "Time {way} the arrangement is counted by the cost of delay and by {others} as well.",
    "The cost of delay as a share of the goods' value holds the others; keep one.",
)
BAD_DRAWS = Rule("COST-043", "{draws} is no number of draws from 100 to 100,000.", "Try 2000.")
