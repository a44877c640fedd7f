"""The numbered rules of joint actions."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

ACTION_INCOMPLETE = Rule(
    "COOP-101", "A joint action needs {key}.", "Say it, or name an earlier action under like."
)
ACTION_KNOWN = Rule(
    "COOP-102", "There is a joint action {id} already.", "Give this one another name."
)
UNKNOWN_ACTION = Rule("COOP-103", "There is no joint action {id}.", "See gatepost actions.")
NOT_AT_THE_POST = Rule(
    "COOP-104",
    "{officer} does not serve at {post} for one of these agencies: {agencies}.",
    "Let an officer do it who does.",
)
ENDS_IN_THE_PAST = Rule(
    "COOP-105", "The action would end at {until}, and it is {now}.", "Name a later end."
)
NOT_AN_AGENCY = Rule(
    "COOP-106", "There is no agency {agency} at the time.", "Write one of {known}."
)
ALONE = Rule(
    "COOP-107", "Only {agency} would take part.", "Name the other agencies; alone it is no matter."
)
JOINED_ALREADY = Rule("COOP-108", "{agency} takes part in {id} already.", "Nothing is left to do.")
NOT_UNDER_WAY = Rule(
    "COOP-109",
    "The joint action {id} is {state}.",
    "Only one that all agencies have joined and nobody stopped can be stopped.",
)
OVER = Rule("COOP-110", "The joint action {id} is {state}.", "Propose one like it.")
NO_RESULT = Rule(
    "COOP-111", "It is not said what came of the action.", "Say it under result, for the next time."
)
