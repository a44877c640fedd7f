"""How answers and notices are printed: lines for people, JSON for programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

import click
import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

from gatepost.bootstrap import RULES
from gatepost.cli import rules
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Notice, RuleBook, rules_of
from gatepost.web import rules as web_rules

BOOK = RuleBook([*RULES.rules.values(), *rules_of(vars(rules)), *rules_of(vars(web_rules))])
"""Every numbered rule, those of the command line and of the web application included."""


class Said(msgspec.Struct, frozen=True):
    """A notice as it is told: its code, its sentence and its place."""

    code: str
    sentence: str
    where: str


class Advance(Protocol):
    """Called with how much has been done so far."""

    def __call__(self, done: int) -> None: ...


def said(notices: Iterable[Notice]) -> tuple[Said, ...]:
    """Return notices with their sentences."""
    return tuple(Said(one.code, BOOK.sentence(one), one.where) for one in notices)


def complain(notices: Iterable[Notice], source: str = "") -> None:
    """Print notices on stderr as ``CODE where: sentence``; ``source`` names the file."""
    for one in said(notices):
        place = " ".join(part for part in (one.code, source, one.where) if part)
        click.echo(printable(f"{place}: {one.sentence}"), err=True)


def say(line: str = "") -> None:
    """Print a line for people."""
    click.echo(printable(line).rstrip())


def say_all(lines: Iterable[str]) -> None:
    """Print lines for people, all at once."""
    click.echo("\n".join(printable(line).rstrip() for line in lines))


def print_json(value: object) -> None:
    """Print a value as one line of JSON."""
    click.echo(msgspec.json.encode(value))


def printable(line: str) -> str:
    """Return ``line`` without what would steer the terminal: text may come from anyone."""
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


def file_name(file: str) -> str:
    """Return the name of a file as text, whatever bytes it was made of."""
    return os.fsencode(file).decode("utf-8", "replace")


def cited(basis: Iterable[LegalBasis]) -> str:
    """Return the citations of a legal basis as one text."""
    return "; ".join(one.cite for one in basis)


def moment(at: datetime) -> str:
    """Return a moment as people read it, with its offset: ``2026-07-02 10:14 +02:00``."""
    text = at.isoformat(sep=" ", timespec="minutes")
    return f"{text[:16]} {text[16:]}"


def columns(rows: Sequence[Sequence[str]], gap: str = "  ") -> list[str]:
    """Return the rows as lines whose columns stand below each other."""
    if not rows:
        return []
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        gap.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Advance]:
    """Show on stderr how far a long piece of work is, if a person watches."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*shown, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
