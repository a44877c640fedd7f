"""What making and checking documents may have to tell a person."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

NOT_PROVEN = Rule(
    "DOC-001",
    "{source} is not proven: {reason}.",
    "Ask for the document again where the case is kept, and do not rely on this one.",
)
NO_CODE = Rule(
    "DOC-002",
    "There is no code of a Gatepost document in {source}.",
    "Give the text that the code on the paper holds, or the PDF as it was issued.",
)
NOTHING_TO_PROVE = Rule(
    "DOC-003",
    "{reference} has nothing yet that this document could prove.",
    "Ask again once the goods are examined or released.",
)
NO_DOCUMENTS = Rule(
    "DOC-004",
    "The packages that make documents are not installed.",
    "Install gatepost[documents].",
)
