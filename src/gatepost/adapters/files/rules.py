"""The numbered rules for files: how a description must be written, before what it says."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

NOT_YAML = Rule(
    "FILE-001",
    "This is not YAML: {problem} (line {line}, column {column}).",
    "Look at this line and the one above it: a missing colon, quote or indentation.",
)
DUPLICATE_KEY = Rule(
    "FILE-002",
    'The key "{key}" is written twice in one place; the first is on line {first}.',
    "Keep one of them.",
)
UNKNOWN_KEY = Rule("FILE-003", 'There is no key "{key}" here.', "{advice}")
MISSING_KEY = Rule("FILE-004", 'The key "{key}" is missing here.', "Add it{example}.")
WRONG_TYPE = Rule("FILE-005", '"{key}" should be {expected}, but this is {found}.', "{advice}")
WRONG_VALUE = Rule("FILE-006", '"{key}" cannot be this: {problem}.', "{advice}")
MISPLACED = Rule(
    "FILE-007",
    "No part of a jurisdiction is read from a file in this place, so it would have no effect.",
    "{advice}",
)
EMPTY = Rule("FILE-008", "This file is empty.", "Describe something in it or delete it.")
TAB = Rule(
    "FILE-009",
    "There is a tab character on this line.",
    "Indent with spaces; the width of a tab differs between editors.",
)
NOT_UTF8 = Rule(
    "FILE-010",
    "The byte at column {column} of this line is not UTF-8.",
    "Save the file again with the encoding UTF-8.",
)
TOO_LARGE = Rule(
    "FILE-011", "This file is larger than {limit} bytes.", "Split it into several files."
)
LINK = Rule(
    "FILE-012",
    "This symbolic link leads to a folder or out of the jurisdiction.",
    "Put the file itself here, so that the folder is the whole description.",
)
ANCHOR = Rule(
    "FILE-013",
    "Anchors, aliases and tags (&, *, !) are not read.",
    "Write the value out here; quote it if it is text that begins with one of these signs.",
)
SECOND_DOCUMENT = Rule(
    "FILE-014",
    "A second document begins here; one file holds one.",
    "Move it to a file of its own.",
)
TOO_DEEP = Rule(
    "FILE-015",
    "The values on this line are nested more than {limit} levels deep.",
    "Write them flatter.",
)
KEY_NOT_TEXT = Rule("FILE-016", "A list or a mapping cannot be a key.", "Write a word as the key.")
UNREADABLE = Rule(
    "FILE-017", "This cannot be read: {problem}.", "Make it an ordinary file that you may read."
)
NO_FOLDER = Rule("FILE-018", "There is no folder {path}.", "{advice}")
NO_JURISDICTION = Rule("FILE-019", 'There is no jurisdiction called "{name}".', "{advice}")
NO_VARIANT = Rule("FILE-020", "{of} has no variant {name}.", "Write one of {known}.")
NO_SCENARIO = Rule("FILE-021", "{of} has no scenario {name}.", "Write one of {known}.")
WHICH_VARIANT = Rule(
    "FILE-022", "{name} is described in several variants.", "Name one of them: {known}."
)
UNKNOWN_ROLE = Rule(
    "FILE-023",
    "{below} has no agency {role} whose work the pack could do.",
    "Write one of {known}.",
)
