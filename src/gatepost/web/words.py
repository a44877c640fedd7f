"""The words of the program as people read them: states, steps, kinds of controls and services.

What the description names has its words there; here are those that stand in code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    Words = dict[str, StrPromise | str]

STATUS: Words = {
    "waiting": _("being worked on"),
    "held": _("held"),
    "released": _("released"),
    "denied": _("not released"),
    "removed": _("released and gone from the post"),
    "withdrawn": _("withdrawn"),
}
CELL: Words = {
    "none": "",
    "done": _("done"),
    "waiting": _("waiting"),
    "open": _("open"),
    "held": _("held"),
    "refused": _("refused"),
}
ACTION: Words = {
    "hold": _("holds the goods"),
    "trader to provide": _("waits for you to provide"),
    "control": _("examines or checks"),
    "decide": _("decides"),
    "meet": _("waits until a condition is met"),
    "answer": _("answers your appeal"),
    "carry_out": _("acts on what your appeal gained"),
    "rule on the conflict": _("rules on what agencies differ about"),
    "agree with the other agencies": _("agrees with the other agencies"),
}
NEED: Words = {
    "document": _("a paper"),
    "data": _("a detail in the declaration"),
    "notification": _("notice in time"),
    "prohibition": _("such goods may not cross"),
    "declaration": _("the declaration itself"),
}
CONTROL: Words = {
    "documentary": _("Check of the papers"),
    "scan": _("Scan"),
    "examination": _("Examination"),
    "sample": _("Sample"),
    "treatment": _("Treatment"),
    "cleaning": _("Cleaning"),
    "interview": _("Interview"),
    "refusal": _("Check whether entry is refused"),
}
PLACE: Words = {
    "before": _("before the border"),
    "border": _("at the border"),
    "off_lane": _("off the lane"),
    "inland": _("inland"),
    "premises": _("at the premises"),
}
DECISION: Words = {
    "clear": _("cleared"),
    "clear_conditional": _("cleared under a condition"),
    "refuse": _("refused"),
    "return": _("sent back"),
    "destroy": _("to be destroyed"),
    "seize": _("seized"),
}
APPEAL: Words = {
    "granted": _("granted"),
    "partly": _("granted in part"),
    "dismissed": _("dismissed"),
}
REGIME: Words = {
    "import": _("import"),
    "export": _("export"),
    "transit": _("transit"),
}
MODE: Words = {
    "1": _("sea"),
    "2": _("rail"),
    "3": _("road"),
    "4": _("air"),
    "5": _("post"),
    "6": _("several modes"),
    "7": _("pipeline or cable"),
    "8": _("inland water"),
    "9": _("their own wheels or feet"),
}
SERVICE: Words = {
    "scanner": _("Scanner"),
    "bank": _("Bank"),
    "laboratory": _("Laboratory"),
    "weighbridge": _("Weighbridge"),
    "customs": _("Customs"),
    "immigration": _("Immigration"),
    "veterinary": _("Veterinary"),
    "plant_health": _("Plant health"),
    "food_safety": _("Food safety"),
}
POST: Words = {"land": _("road crossing"), "sea": _("sea port"), "air": _("airport")}
RIGHT: Words = {
    "reasons": _("Reasons"),
    "appeal": _("Appeal"),
    "presence": _("Being present"),
    "information": _("Being told"),
    "interpreter": _("An interpreter"),
    "complaint": _("Complaint"),
}
HOLDER: Words = {"trader": _("traders"), "traveller": _("travellers")}
STEP: Words = {
    "papers": _("Papers"),
    "checks": _("Checks"),
    "examination": _("Examination"),
    "decision": _("Decision"),
    "lodge": _("Lodging"),
    "needs": _("Needs"),
    "risk": _("Risk"),
    "control": _("Control"),
    "decide": _("Decision"),
    "release": _("Release"),
}

WORDS: dict[str, Words] = {
    "status": STATUS,
    "cell": CELL,
    "action": ACTION,
    "need": NEED,
    "control": CONTROL,
    "place": PLACE,
    "decision": DECISION,
    "appeal": APPEAL,
    "regime": REGIME,
    "mode": MODE,
    "service": SERVICE,
    "post": POST,
    "right": RIGHT,
    "holder": HOLDER,
    "step": STEP,
}


def word(name: str, kind: str) -> str:
    """Return what a name of a kind is called; the name itself where no word is known."""
    return str(WORDS[kind].get(name, name))
