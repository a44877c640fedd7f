"""The numbered rules for messages: how one must be written, before what it says."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

UNKNOWN_FORMAT = Rule(
    "FORMAT-001",
    "This is neither JSON nor XML in UTF-8 nor an EDIFACT interchange.",
    "Lodge JSON or XML of the WCO Data Model, saved in UTF-8, or EDIFACT from UNB to UNZ.",
)

NOT_WELL_FORMED = Rule(
    "XML-001",
    "This is not well-formed XML: {problem} (line {line}, column {column}).",
    "Correct this place and lodge again.",
)
DTD = Rule(
    "XML-002",
    "The message has a document type declaration (line {line}).",
    "Remove everything from <!DOCTYPE to its closing bracket; no declaration needs one.",
)
ENTITY = Rule(
    "XML-003",
    "The message uses an entity that XML does not define (line {line}, column {column}).",
    "Write the character itself; only &amp;, &lt;, &gt;, &quot; and &apos; are known.",
)
XML_TOO_LARGE = Rule(
    "XML-004",
    "The message has {size} bytes; at most {limit} are read.",
    "Split it into several declarations.",
)
XML_TOO_DEEP = Rule(
    "XML-005",
    "Elements are nested more than {limit} levels deep.",
    "Send the declaration as the profile has it; it needs fewer than ten.",
)
TOO_MANY_ELEMENTS = Rule(
    "XML-006",
    "The message has more than {limit} elements.",
    "Split it into several declarations.",
)
TOO_MANY_ATTRIBUTES = Rule(
    "XML-007",
    "The element {element} has more than {limit} attributes or namespaces (line {line}).",
    "Keep only the attributes of the profile.",
)
ATTRIBUTE_TOO_LONG = Rule(
    "XML-008",
    "An attribute of {element} is longer than {limit} characters (line {line}).",
    "Shorten it.",
)
XML_ENCODING = Rule(
    "XML-009",
    "The message is not written in UTF-8: {problem}.",
    'Save it with the encoding UTF-8 and declare encoding="UTF-8" or nothing.',
)
NO_METADATA = Rule(
    "XML-010",
    "There is no MetaData of the WCO Data Model in this message; its first element is {element}.",
    "Lodge a declaration within MetaData in the namespace {namespace}.",
)
SEVERAL_METADATA = Rule(
    "XML-011",
    "There are {found} MetaData in this message.",
    "Lodge each declaration as a message of its own.",
)

NOT_JSON = Rule(
    "JSON-001", "This is not JSON in UTF-8: {problem}.", "Correct this place and lodge again."
)
JSON_TOO_LARGE = Rule(
    "JSON-002",
    "The message has {size} bytes; at most {limit} are read.",
    "Split it into several declarations.",
)
JSON_TOO_DEEP = Rule(
    "JSON-003",
    "Values are nested too deep.",
    "Send the declaration as the profile has it; it needs fewer than twenty levels.",
)
DUPLICATE_NAME = Rule("JSON-004", "The name {name} is given twice in one object.", "Keep one.")
NOT_TEXT = Rule(
    "JSON-005",
    "{name} is {found}, but values are text as written.",
    'Put it in quotation marks, such as "10.00"; leave out what has no value.',
)
LIST_EXPECTED = Rule(
    "JSON-006",
    "{name} is {found}, but it may occur more than once and is therefore always a list.",
    "Put it in square brackets, also when there is only one.",
)
LIST_UNEXPECTED = Rule(
    "JSON-007", "{name} is a list, but it occurs only once.", "Remove the square brackets."
)
OBJECT_EXPECTED = Rule(
    "JSON-008",
    "{name} is {found}, but it holds other elements.",
    "Write its elements by name in curly brackets.",
)
ILLEGAL_CHARACTER = Rule(
    "JSON-009",
    "A value holds the character {character}, which no message can carry.",
    "Remove it.",
)

UNKNOWN_ELEMENT = Rule(
    "DATA-001", "{parent} has no element {name} in this profile.", "Remove it{advice}."
)
WRONG_NAMESPACE = Rule(
    "DATA-002",
    "{name} stands here in the namespace {found}.",
    "Write it in the namespace {expected}.",
)
WRONG_ORDER = Rule(
    "DATA-003",
    "{name} stands after {before}, but the profile wants it before.",
    "Move it in front of {before}.",
)
SEPARATED = Rule(
    "DATA-004",
    "{name} occurs again after {before}, away from the others.",
    "Put all {name} one after another.",
)
TOO_MANY = Rule("DATA-005", "{name} occurs more than {limit} times.", "Remove the surplus ones.")
TOO_MANY_ONCE = Rule("DATA-006", "{name} occurs more than once.", "Keep one.")
MISSING = Rule("DATA-007", "{parent} lacks {name}.", "Add it.")
WRONG_VALUE = Rule(
    "DATA-008", '"{value}" does not fit {name}, whose format is {format}.', "Write {advice}."
)
BLANK = Rule("DATA-009", "{name} is empty.", "Give it a value, or leave the element out.")
TEXT_BETWEEN = Rule(
    "DATA-010", 'The text "{value}" stands between the elements of {name}.', "Remove it."
)
ELEMENT_IN_VALUE = Rule(
    "DATA-011", "{name} holds a value, but there is an element {child} in it.", "Remove it."
)
UNKNOWN_ATTRIBUTE = Rule("DATA-012", "{name} has no attribute {attribute}.", "Remove it.")
MISSING_ATTRIBUTE = Rule("DATA-013", "{name} lacks its attribute {attribute}.", "Add it.")
WRONG_ATTRIBUTE = Rule(
    "DATA-014", '"{value}" does not fit the attribute {attribute} of {name}.', "Write {advice}."
)
AND_MORE = Rule(
    "DATA-015",
    "More is wrong; only the first {limit} faults are listed.",
    "Correct these and lodge again.",
)

NO_RESPONSE = Rule(
    "NOTIFY-001",
    "There is no single Response in this message; {found} were found.",
    "Send one notification in each message.",
)
NOTIFICATION_LACKS = Rule(
    "NOTIFY-002",
    "The notification lacks {name}.",
    "Ask the system that sent it; without it nobody knows what the notification is about.",
)
NOTIFICATION_VALUE = Rule(
    "NOTIFY-003",
    '"{value}" does not fit {name}.',
    "Write {advice}.",
)

EDIFACT_TOO_LARGE = Rule(
    "EDIFACT-001",
    "The interchange has {size} bytes; at most {limit} are read.",
    "Split it into several.",
)
NO_INTERCHANGE = Rule(
    "EDIFACT-002",
    "This is no EDIFACT interchange: {problem}.",
    "Send it from UNA or UNB to UNZ.",
)
EDIFACT_CHARACTERS = Rule(
    "EDIFACT-003",
    "The interchange names the character repertoire {level}, but {problem}.",
    "Name the repertoire that is used, such as UNOC for Latin 1 or UNOW for UTF-8.",
)
NO_TERMINATOR = Rule(
    "EDIFACT-004", "A segment has no end.", "Close every segment with the terminator, usually '."
)
BEYOND_LIMIT = Rule(
    "EDIFACT-005",
    "There are more than {limit} {what}.",
    "Send less in one piece, as the directory has it.",
)
NOT_A_SEGMENT = Rule("EDIFACT-006", "The segment cannot be read: {problem}.", "Correct it.")
OUT_OF_PLACE = Rule(
    "EDIFACT-007",
    "This segment stands where another is needed: {expected}.",
    "Send the interchange whole: UNB, its messages from UNH to UNT, and UNZ.",
)
WRONG_COUNT = Rule(
    "EDIFACT-008",
    'The count "{found}" is wrong; there are {count}.',
    "Send the whole interchange again: something is missing or was added.",
)
WRONG_REFERENCE = Rule(
    "EDIFACT-009",
    'The reference "{found}" is not that of {head}, which is "{expected}".',
    "Send the whole interchange again: something is missing or was added.",
)
SAME_REFERENCE = Rule(
    "EDIFACT-010",
    "Two messages have the reference {reference}.",
    "Give each message of an interchange a reference of its own.",
)
NOT_LODGED = Rule(
    "EDIFACT-011",
    "The message {type} is no declaration.",
    "Lodge CUSDEC for goods or PAXLST for persons.",
)
ONE_DECLARATION = Rule(
    "EDIFACT-012",
    "The interchange holds {found} messages, but a file holds one declaration.",
    "Send each message in an interchange of its own.",
)
NOT_A_MOMENT = Rule(
    "EDIFACT-013",
    '"{value}" is no {what} in the format {format}.',
    "Write it in a format of code list 2379: 102, 201 or 203.",
)
NO_DECLARANT = Rule(
    "EDIFACT-014",
    "The message names nobody who lodges it.",
    "Name the declarant under {segment}, with an identification.",
)

UPLOAD_TOO_LARGE = Rule(
    "UPLOAD-001",
    "The file has {size} bytes; at most {limit} are taken.",
    "Send a smaller one, for example scanned in less detail.",
)
UPLOAD_KIND = Rule(
    "UPLOAD-002",
    "This is {found}, whatever its name says; taken are {allowed}.",
    "Send it in one of these forms.",
)
BAD_ARCHIVE = Rule(
    "UPLOAD-003",
    "The archive cannot be opened safely: {problem}.",
    "Pack it again, with plain files only, or send them one by one.",
)
WORLD_NOT_JSON = Rule(
    "WORLD-001",
    "This is not JSON in UTF-8: {problem}.",
    "Correct this place; gatepost plan --schema prints how a world is written.",
)
WORLD_TOO_LARGE = Rule(
    "WORLD-002",
    "The world has {size} bytes; at most {limit} are read.",
    "Describe one day of one post.",
)
