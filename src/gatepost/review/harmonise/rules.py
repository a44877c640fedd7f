"""The numbered rules of harmonising forms."""

from gatepost.kernel.notice import Rule

NOT_A_FORM = Rule(
    "HARM-001",
    "{file} is no form: {problem}.",
    "Give a JSON Schema (.json), a table with a row for each field (.csv, .xlsx), or a form "
    "of your own (.yaml).",
)
NO_FORMS = Rule(
    "HARM-002",
    "There is no form in {path}.",
    "Name files or a folder with files that end with .json, .csv, .xlsx or .yaml.",
)
NO_COLUMN = Rule(
    "HARM-003",
    "{file} has no column for the names of its fields.",
    "Call it field, name or path; title, type, heading and agency are read too.",
)
FIELD_TWICE = Rule(
    "HARM-004", "{file} names the field {field} twice.", "Give each field its own name."
)
UNKNOWN_FIELD = Rule(
    "HARM-005",
    "No form has the field {field}.",
    "Write it as the list of groups shows it: the form, a colon, the path.",
)
SAME_AND_APART = Rule(
    "HARM-006", "{one} and {other} are called both same and apart.", "Decide for one of the two."
)
