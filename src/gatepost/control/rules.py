"""The numbered rules of control."""

from gatepost.kernel.notice import Rule

NO_OPEN_CONTROL = Rule(
    "CONTROL-001",
    "{agency} has no open control {control} in {reference}.",
    "See the open controls of the case and name one of them.",
)
ALREADY_FOUND = Rule(
    "CONTROL-002",
    "The result of {control} is already recorded as {result}.",
    "A finding is recorded once; order a new control if another look is needed.",
)
NOT_EXAMINED = Rule(
    "CONTROL-003",
    "{control} is a {kind} and was not carried out yet.",
    "Record the examination, or the sample taken, first; then what was found.",
)
NOT_JOINT = Rule(
    "CONTROL-004",
    "No agreement in force lets {agency} examine together with {other}.",
    "Record the examination of {other} as its own stop.",
)
NOT_HERE_YET = Rule(
    "CONTROL-005",
    "The goods of {reference} are neither arrived nor presented.",
    "Record the arrival or the presentation first.",
)
NO_SAMPLE_ORDERED = Rule(
    "CONTROL-006",
    "{control} is a {kind}; it takes no sample.",
    "Name a control of the kind sample.",
)
NO_RESULT = Rule(
    "CONTROL-007",
    "The finding gives no result.",
    "Give result: conform or nonconform.",
)
CHAIN_BROKEN = Rule(
    "CONTROL-009",
    "The seal of the sample for {control} was found broken on its way.",
    "Take a new sample; no result of this one counts.",
)
NOT_AT_THE_LABORATORY = Rule(
    "CONTROL-010",
    "The sample for {control} is with {holder} and not at the {laboratory}.",
    "Record who handed it over, until it is there; then its result.",
)
NOT_IN_YOUR_HANDS = Rule(
    "CONTROL-011",
    "{officer} does not have the sample for {control}; it is with {holder}.",
    "Who has it hands it over, or an officer of its agency records it.",
)
NO_SAMPLE_TAKEN = Rule(
    "CONTROL-012", "No sample was taken for {control}.", "Record the sample first."
)
HANDED_TO_NOBODY = Rule(
    "CONTROL-013", "It is not said who takes the sample over.", "Name whom under to."
)
OTHER_SEAL = Rule(
    "CONTROL-014",
    "The sample for {control} was closed under the seal {seal}; this one is {given}.",
    "If the seal was changed or broken, record the hand-over with intact: false.",
)
NO_DIGEST = Rule(
    "CONTROL-015",
    '"{text}" is no digest of a photograph or paper.',
    "Write sha256: and the 64 digits that sha256sum prints.",
)
NO_TREATMENT_ORDERED = Rule(
    "CONTROL-016",
    "{control} is a {kind}; nothing is treated for it.",
    "Name a control of the kind treatment or cleaning.",
)
NO_METHOD = Rule(
    "CONTROL-017", "It is not said how the goods were treated.", "Name the method under text."
)
NOBODY_ON_CALL = Rule(
    "CONTROL-018",
    "Nobody of {agency} is on call for {post} at {at}.",
    "Call the unit above, or let the consignment wait for the next shift.",
)
AT_THE_POST = Rule(
    "CONTROL-019",
    "{officer} of {agency} is on duty at {post}; nobody needs to be called.",
    "Go there; a call is for who is not at the post.",
)
CALLED_ALREADY = Rule(
    "CONTROL-020",
    "{officer} was called for {reference} and is due at {due}.",
    "Wait, or record the arrival.",
)
NOT_CALLED = Rule(
    "CONTROL-021", "{agency} was not called for {reference}.", "Call first; then record who came."
)
NOT_AT_THE_SITE = Rule(
    "CONTROL-030",
    "{control} is made at {site}, and the goods of {reference} are not presented there.",
    "Send them on under seal, and record the presentation there.",
)
AWAY = Rule(
    "CONTROL-031",
    "{control} is made at the post, and the goods of {reference} left for {site}.",
    "Order the control for that place, or have the goods brought back.",
)
NOTHING_BEHIND = Rule(
    "CONTROL-032",
    "No open control of {agency} in {reference} is made under seal behind the border.",
    "Examine at the post, or see which rule on places covers these goods.",
)
STILL_AT_THE_POST = Rule(
    "CONTROL-033",
    "{controls} are still to be made at the post.",
    "Make these controls first; then send the goods on.",
)
NO_SEAL = Rule(
    "CONTROL-034",
    "It is not said under which seal the goods travel.",
    "Give the number of the seal under seal.",
)
OTHER_SITE = Rule(
    "CONTROL-035",
    "The goods of {reference} are to go to {site}; this is {given}.",
    "Name under place where the rule on places sends them.",
)
NO_SITE = Rule(
    "CONTROL-036",
    "It is not said to whose premises the goods go.",
    "Name the place under place.",
)
GONE_ALREADY = Rule(
    "CONTROL-037",
    "The goods of {reference} left for {site} at {at}.",
    "Record their presentation there.",
)
OTHER_SEAL_OF_GOODS = Rule(
    "CONTROL-038",
    "The goods of {reference} left under the seal {seal}; these bear {given}.",
    "If the seal was changed or broken, record the presentation with intact: false.",
)
SAMPLE_NOT_EXAMINED = Rule(
    "CONTROL-008",
    "{control} is a sample; no look at the goods answers it.",
    "Record that the sample was taken; its result comes from the laboratory.",
)
