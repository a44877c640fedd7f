"""Exit before entry at a shared post: whose law a movement stands under (OS-03, paper §18).

At a post where the exit goes first, the adjoining state completes its controls, and at that moment
jurisdiction passes to the state that is entered. The two may agree to reverse the order for a
movement. A movement that is turned back stands under the law of the state it leaves again, which
must re-admit it.

| passage | whose law | what may come next |
|---|---|---|
| ``before_exit`` | the state that is left | exit completed; order reversed |
| ``reversed`` | both, entry first | exit completed; turned back |
| ``exited`` | the state that is entered | turned back |
| ``turned_back`` | the state that is left | re-admitted |
| ``readmitted`` | the state that is left | exit completed; order reversed |
"""

from __future__ import annotations

from typing import Literal

Passage = Literal["before_exit", "reversed", "exited", "turned_back", "readmitted"]
PassageStep = Literal["exit", "reverse", "turn_back", "readmit"]

_NEXT: dict[tuple[Passage, PassageStep], Passage] = {
    ("before_exit", "exit"): "exited",
    ("before_exit", "reverse"): "reversed",
    ("reversed", "exit"): "exited",
    ("reversed", "turn_back"): "turned_back",
    ("exited", "turn_back"): "turned_back",
    ("turned_back", "readmit"): "readmitted",
    ("readmitted", "exit"): "exited",
    ("readmitted", "reverse"): "reversed",
}


def after(passage: Passage, step: PassageStep) -> Passage | None:
    """Return the passage after a step, or ``None`` if it cannot come now."""
    return _NEXT.get((passage, step))


def may_enter(passage: Passage) -> bool:
    """Tell whether the state that is entered may examine and decide."""
    return passage in ("exited", "reversed")


def under(passage: Passage) -> Literal["exit", "entry"]:
    """Return which state's law arrests and offences fall under now."""
    return "entry" if may_enter(passage) else "exit"
