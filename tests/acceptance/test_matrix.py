"""The authorisation matrix: nobody sees a word of another's case that nothing opens to him.

Twelve agencies have one case each, full of words that stand for its data. Every agency, two
authorities abroad and somebody unknown try every way to see every case, under six states of the
agreement between the two. What is answered is searched for every word.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from gatepost.adapters.secrets import FixedKey
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.authority.clause import Share
from gatepost.authority.element import DataClass
from gatepost.authority.instrument import Agreement, LifeStep
from gatepost.bootstrap import CODEC
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.desk import Desk
from gatepost.casework.disclosure import cases_shown, count_shown, sight_for
from gatepost.casework.figures import figures
from gatepost.casework.lodge import lodge
from gatepost.casework.memory import MemoryLedger
from gatepost.casework.ports import Ledger
from gatepost.casework.projection import CASE
from gatepost.casework.provided import received
from gatepost.casework.reading import read_case, status_of, work_list
from gatepost.casework.shorthand import expand
from gatepost.casework.story import reasons
from gatepost.casework.telling import tell
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from gatepost.kernel.validity import Validity
from gatepost.requirement.model import Asks
from tests.small_country import (
    ALWAYS,
    LAW,
    agency,
    concluded,
    declaration,
    goods,
    mandate,
    officers,
    parts,
    requirement,
)

NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
TODAY = date(2026, 7, 2)
HOUR = timedelta(hours=1)
CHAPTERS = {
    **{"customs": "72", "plant": "06", "vet": "02", "food": "16", "environment": "39"},
    **{"police": "93", "immigration": "61", "transport": "87", "statistics": "84"},
    **{"health": "30", "coast": "89", "revenue": "22"},
}
ABROAD = ("XB/customs", "XC/border")
EVERYBODY = (*CHAPTERS, *ABROAD, "nobody")
STATES = ("own", "permitted", "wrong purpose", "expired", "suspended", "none")
CLASSES = [DataClass("goods", {"en": "g"}, ("item.description",), LAW)]
SERVER = os.environ.get("GATEPOST_TEST_POSTGRES")


class Words(NamedTuple):
    """The words that stand for the data of one agency's case."""

    goods: str
    sender: str
    buyer: str
    decision: str


def words_of(owner: str) -> Words:
    name = owner.upper()
    return Words(f"GOODS{name}", f"SENDER{name}", f"BUYER{name}", f"DECIDED{name}")


def all_words() -> list[str]:
    return [word for owner in CHAPTERS for word in words_of(owner)]


def between(owner: str, recipient: str, state: str) -> Agreement | None:
    """Return the agreement by which ``owner`` shares goods with ``recipient``, in this state."""
    if state in ("own", "none"):
        return None
    pair = (owner, recipient)
    name = f"{owner}-{recipient}"
    clause = Share(
        f"{name}/1",
        {"en": "s"},
        of=(owner,),
        to=(recipient,),
        purposes=("control",),
        data=("goods",),
        channels=("read", "list", "notify", "export", "feed"),
        smallest_cell=3,
    )
    life: tuple[LifeStep, ...] = concluded(pair)
    valid = ALWAYS
    if state == "expired":
        valid = Validity(ALWAYS.start, TODAY - timedelta(days=1))
    if state == "suspended":
        life = (*life, LifeStep("suspended", TODAY, (owner,)))
    return Agreement(name, {"en": "a"}, "agreement", pair, LAW, valid, (clause,), life)


def country(state: str) -> Jurisdiction:
    pairs = [(owner, to) for owner in CHAPTERS for to in (*CHAPTERS, *ABROAD) if owner != to]
    agreements = [found for owner, to in pairs if (found := between(owner, to, state))]
    return Jurisdiction(
        {
            **parts(),
            "agency": [agency(name) for name in CHAPTERS],
            "mandate": [mandate(name) for name in CHAPTERS],
            "resources": [officers(name) for name in CHAPTERS],
            "requirement": [
                requirement(f"{name.upper()}-REQ-1", name, Asks("declaration"), chapter)
                for name, chapter in CHAPTERS.items()
            ],
            "indicator": [],
            "standard": [],
            "data_class": CLASSES,
            "agreement": agreements,
        }
    )


def lodged(ledger: Ledger) -> dict[str, str]:
    """Lodge one case for each agency, have it decided, and return the references."""
    desk = Desk(country("none"), ledger, FixedKey(b"k" * 32))
    found = {}
    for owner, chapter in CHAPTERS.items():
        words = words_of(owner)
        short = declaration(
            goods(f"{chapter}0100000"[:8], description=words.goods, value="987654"),
            reference=f"R-{owner}",
            set={
                "GoodsShipment/Consignor/Name": words.sender,
                "GoodsShipment/Importer/Name": words.buyer,
            },
        )
        dataset = expand(short)
        reference = lodge(desk, dataset, digest_of(dataset), NOON).reference or ""
        act = {"id": f"d-{owner}", "act": "decide", "reference": reference, "at": NOON}
        fields = {"decision": "refuse", "reason": words.decision, "by": f"{owner}.one"}
        answer = perform(desk, msgspec.convert({**act, **fields}, Act), NOON)
        assert answer.status == "done", answer.notices
        found[owner] = reference
    return found


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    match request.param:
        case "memory":
            yield MemoryLedger(CODEC)
        case "sqlite":
            opened = SqliteLedger(tmp_path / "ledger.sqlite3", CODEC)
            yield opened
            opened.close()
        case _:
            yield from _in_postgres()


def _in_postgres() -> Iterator[Ledger]:
    if SERVER is None:
        pytest.skip("GATEPOST_TEST_POSTGRES names no server")
    import psycopg

    from gatepost.adapters.store.postgres import PostgresLedger

    schema = f"matrix_{uuid.uuid4().hex[:12]}"
    opened = PostgresLedger(SERVER, CODEC, schema)
    yield opened
    opened.close()
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"drop schema if exists {schema} cascade".encode())


def text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


Way = Callable[[Desk, Any, str, str], Any]


def _read(desk: Desk, actor: Any, reference: str, purpose: str) -> Any:
    reading = read_case(desk, reference, actor, NOON + HOUR, purpose)
    status = status_of(reference, reading.case, desk.jurisdiction.users_on)
    return [reading.case, reading.events, reading.dataset, status, tell(desk, reading)]


def _why(desk: Desk, actor: Any, reference: str, purpose: str) -> Any:
    return list(reasons(read_case(desk, reference, actor, NOON + HOUR, purpose).events))


def _export(desk: Desk, actor: Any, reference: str, purpose: str) -> Any:
    return read_case(desk, reference, actor, NOON + HOUR, purpose, "export").dataset


def _notify(desk: Desk, actor: Any, reference: str, purpose: str) -> Any:
    return read_case(desk, reference, actor, NOON + HOUR, purpose, "notify").events


def _row(desk: Desk, actor: Any, reference: str, purpose: str) -> Any:
    """Look whether the store answers at all: what it holds is masked by the readings above."""
    seen = sight_for(desk, actor, NOON + HOUR, purpose, "read")
    found = desk.ledger.row(CASE, reference, seen)
    assert (found is not None) is bool(desk.ledger.read(f"{CASE}/{reference}", seen=seen))
    if found is None:
        raise Refused([])
    return None


EACH: dict[str, Way] = {
    "read": _read,
    "why": _why,
    "export": _export,
    "notify": _notify,
    "row": _row,
}
"""Ways to see one case."""


LISTS = 4 + len(CHAPTERS)
"""Ways to see several: cases, their number, work, figures, and what each agency received."""


def opens(owner: str, actor: str, state: str) -> bool:
    """Tell whether anything of a case of ``owner`` is open to ``actor``."""
    if actor == owner:
        return state != "wrong purpose"
    return state == "permitted" and actor != "nobody"


@pytest.mark.parametrize("state", STATES)
def test_no_word_leaks(ledger: Ledger, state: str) -> None:
    with ledger.group():
        references = lodged(ledger)
        desk = Desk(country(state), ledger, FixedKey(b"k" * 32))
        purpose = "duty" if state == "wrong purpose" else "control"
        tried = leaks = 0
        for actor in EVERYBODY:
            asks = desk.actor(f"{actor}.one" if actor in CHAPTERS else actor)
            shown = {owner for owner in CHAPTERS if opens(owner, actor, state)}
            for owner, reference in references.items():
                for name, way in EACH.items():
                    tried += 1
                    leaks += _tried(desk, way, asks, reference, purpose, owner, owner in shown)
                    assert not leaks, (state, actor, owner, name)
            tried += LISTS
            leaks += _lists(desk, asks, actor, purpose, references, shown)
            assert not leaks, (state, actor, "lists")
        assert tried == len(EVERYBODY) * (len(references) * len(EACH) + LISTS)
    assert tried * len(STATES) >= 5_000


def _tried(
    desk: Desk, way: Way, asks: Any, reference: str, purpose: str, owner: str, shown: bool
) -> int:
    """Try one way and return how many words came out that should not."""
    try:
        answer = text(way(desk, asks, reference, purpose))
    except Refused as refused:
        assert not shown, "what is open is refused"
        answer = text(refused.notices).replace(reference, "")
    else:
        assert shown, "what is closed is answered"
    words = words_of(owner)
    mine = asks.agency == owner
    allowed = {words.goods} if shown else set()
    if mine:
        # One's own decision, and no more of what was lodged than one's own law reads.
        allowed = {words.goods, words.decision} if shown else set()
    return sum(word in answer for word in [*all_words(), "987654"] if word not in allowed)


def _lists(
    desk: Desk,
    asks: Any,
    actor: str,
    purpose: str,
    references: dict[str, str],
    shown: set[str],
) -> int:
    """Try the lists, the count, the work list, the feed and what each agency received."""
    lines = cases_shown(desk, asks, NOON + HOUR, purpose)
    assert {line.reference for line in lines} == {references[owner] for owner in shown}
    assert count_shown(desk, asks, NOON + HOUR, purpose) == len(shown)
    try:
        work = work_list(desk, asks, NOON + HOUR, None, None, purpose)
    except Refused:
        work = []
    assert {one.reference for one in work} <= {references.get(actor)}
    try:
        fed = text(figures(desk, asks, TODAY, NOON + HOUR))
    except Refused as refused:
        fed = text(refused.notices)
    reports = ""
    for other in CHAPTERS:
        try:
            report = received(desk, asks, NOON + HOUR, other, TODAY, purpose)
        except Refused:
            continue
        told = {reference for one in report for reference in one.references}
        assert other == actor or told <= {references.get(actor)}, "only what is of one's own data"
        reports += text(report)
    answers = text(lines) + text(work) + fed + reports
    return sum(word in answers for word in [*all_words(), "987654"])
