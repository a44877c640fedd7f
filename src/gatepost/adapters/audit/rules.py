"""What keeping, checking and witnessing the audit log may have to tell a person."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

NO_LOG = Rule(
    "AUDIT-001",
    "{folder} holds no audit log: there is no checkpoint in it.",
    "Name the folder of an audit log, or a data folder whose log was sealed"
    " ('gatepost audit seal').",
)
BROKEN_KEY = Rule(
    "AUDIT-002",
    "{file} does not hold a key: {reason}.",
    "Put it back from a backup; 'gatepost audit rotate' begins with a new key.",
)
BUSY = Rule(
    "AUDIT-003",
    "Another process is sealing {folder}.",
    "Nothing needs to be done: it seals what you would have sealed.",
)
BAD_LOG = Rule(
    "AUDIT-004",
    "The audit log cannot be continued: {reason}.",
    "Keep the folder as it is for whoever examines it, run 'gatepost audit verify', and restore"
    " the log from a copy or from a witness's.",
)
NOT_SEALED = Rule(
    "AUDIT-005",
    "No event of {reference} is sealed.",
    "Check the reference, or seal first ('gatepost audit seal').",
)
NOT_CONSISTENT = Rule(
    "AUDIT-006",
    "The log of {size} entries does not continue the {seen} that this witness has signed for.",
    "Do not sign. Keep both checkpoints: together they prove that the log was rewritten.",
)
UNSIGNED = Rule(
    "AUDIT-007",
    "The checkpoint of {size} entries carries no valid signature of a key named.",
    "Ask the keeper of the log for its public key by another way than this folder.",
)
BAD_PROOF = Rule(
    "AUDIT-008",
    "{file} proves nothing: {reason}.",
    "Ask for the proof again; if it stays so, have the log verified.",
)
