"""The life of an instrument: draft, proposed, signed by each party, in force, suspended, ended.

A treaty must also be ratified by each state; a law is in force when it was enacted. A step that
its life does not allow yet changes nothing: an instrument that lacks a signature grants nothing,
whatever else is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from gatepost.authority.instrument import Agreement, LifeStep, State, StepName, abroad
from gatepost.kernel.validity import Validity

_FROM: dict[StepName, tuple[State, ...]] = {
    "proposed": ("draft",),
    "signed": ("proposed", "signed"),
    "ratified": ("signed",),
    "in_force": ("signed",),
    "suspended": ("in_force",),
    "resumed": ("suspended",),
    "ended": ("draft", "proposed", "signed", "in_force", "suspended"),
}
_ENACTED: tuple[State, ...] = ("draft", "proposed", "signed")


class Life(NamedTuple):
    """How far an instrument has come: its state and who has signed and ratified it."""

    state: State = "draft"
    signed: frozenset[str] = frozenset()
    ratified: frozenset[str] = frozenset()


def missing(agreement: Agreement, life: Life) -> tuple[str, ...]:
    """Return the parties whose signature, or the states whose ratification, is wanted still."""
    if agreement.kind == "law":
        return ()
    unsigned = tuple(party for party in agreement.parties if party not in life.signed)
    if unsigned or agreement.kind != "treaty":
        return unsigned
    states = {country for party in agreement.parties if (country := abroad(party))}
    if all(map(abroad, agreement.parties)):
        return tuple(sorted(states - life.ratified))
    # The code of this country is not known here; whoever ratified and is not abroad is it.
    lacking = tuple(sorted(states - life.ratified))
    return lacking or (() if life.ratified - states else ("this country",))


def allows(agreement: Agreement, life: Life, step: LifeStep) -> bool:
    """Tell whether ``step`` may be taken next."""
    if agreement.kind == "law" and step.step == "in_force":
        return life.state in _ENACTED
    if life.state not in _FROM[step.step]:
        return False
    match step.step:
        case "proposed" | "suspended" | "resumed":
            return agreement.kind == "law" or _parties(agreement, step)
        case "signed":
            return _parties(agreement, step) and life.signed.isdisjoint(step.by)
        case "ratified":
            return agreement.kind == "treaty" and bool(step.by)
        case "in_force":
            return not missing(agreement, life)
        case _:
            return True


def _parties(agreement: Agreement, step: LifeStep) -> bool:
    return bool(step.by) and set(step.by) <= set(agreement.parties)


def take(agreement: Agreement, life: Life, step: LifeStep) -> Life:
    """Return the life after ``step``; a step that is not allowed changes nothing."""
    if not allows(agreement, life, step):
        return life
    match step.step:
        case "signed":
            after = life._replace(signed=life.signed | set(step.by))
            whole = set(agreement.parties) <= after.signed
            return after._replace(state="signed") if whole else after
        case "ratified":
            return life._replace(ratified=life.ratified | set(step.by))
        case "resumed":
            return life._replace(state="in_force")
        case "proposed" | "in_force" | "suspended" | "ended" as state:
            return life._replace(state=state)


def steps(agreement: Agreement) -> Iterator[tuple[LifeStep, Life, Life]]:
    """Yield each step in the order of days with the life before and after it."""
    life = Life()
    for step in sorted(agreement.life, key=lambda one: one.on):
        after = take(agreement, life, step)
        yield step, life, after
        life = after


def life_on(agreement: Agreement, day: date) -> Life:
    """Return how far the instrument has come on ``day``; past its validity it has ended."""
    life = Life()
    for step, _, after in steps(agreement):
        if step.on > day:
            break
        life = after
    if life.state in ("in_force", "suspended"):
        if agreement.valid.end is not None and day > agreement.valid.end:
            return life._replace(state="ended")
        if day < agreement.valid.start:
            return life._replace(state="signed")
    return life


def periods(agreement: Agreement) -> tuple[Validity, ...]:
    """Return the stretches of days on which the instrument grants what its clauses say."""
    found: list[Validity] = []
    begun: date | None = None
    for step, before, after in steps(agreement):
        if before.state == after.state:
            continue
        if after.state == "in_force":
            begun = step.on
        elif before.state == "in_force" and begun is not None:
            found += _within(agreement.valid, begun, step.on - timedelta(days=1))
            begun = None
    if begun is not None:
        found += _within(agreement.valid, begun, None)
    return tuple(found)


def _within(valid: Validity, start: date, end: date | None) -> list[Validity]:
    start = max(start, valid.start)
    end = min((day for day in (end, valid.end) if day is not None), default=None)
    return [] if end is not None and end < start else [Validity(start, end)]
