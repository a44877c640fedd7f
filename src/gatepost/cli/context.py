"""What every command is given: where the data is, which jurisdiction, who acts and when."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

import click

from gatepost.adapters.audit.rules import BUSY
from gatepost.adapters.audit.sealing import Sealer
from gatepost.adapters.store.rules import UNOPENED, refuse
from gatepost.bootstrap import load_checked, open_desk, open_sealer
from gatepost.casework.desk import Desk
from gatepost.cli import rules
from gatepost.cli.output import complain
from gatepost.codelists.purposes import PURPOSES
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Notice, Refused

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Every zone can tell every moment of these years."""

SEALED_AT_ONCE = 10_000
"""Events that a command seals before it ends; a long batch leaves the rest to the next sealer."""

OUTSIDE = f"lies outside the years {FIRST_YEAR} to {LAST_YEAR}"

P = ParamSpec("P")
R = TypeVar("R")


class Session:
    """One run of a command; the jurisdiction and the desk are opened when first asked for."""

    def __init__(self, data: Path, database: str | None, name: str) -> None:
        self.data = data
        self.database = database
        self.name = name
        self.scenario: str | None = None

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if "desk" in self.__dict__:
            try:
                self._seal()
            finally:
                self.desk.ledger.close()

    @property
    def cache(self) -> Path:
        """The folder of what need not be parsed again."""
        return self.data / "cache"

    @cached_property
    def jurisdiction(self) -> Jurisdiction:
        """The jurisdiction named; ``Refused`` with every fault of its description."""
        return load_checked(self.name, self.cache, self.scenario)

    @cached_property
    def desk(self) -> Desk:
        """The desk over the durable ledger; ``Refused`` if its store cannot be opened."""
        jurisdiction = self.jurisdiction
        try:
            self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as fault:
            raise refuse(UNOPENED, str(self.data), reason=fault.strerror or str(fault)) from fault
        try:
            return open_desk(jurisdiction, self.data, self.database)
        except ModuleNotFoundError as fault:
            if fault.name != "psycopg":
                raise
            raise Refused([rules.NO_POSTGRES.notice()]) from fault

    @cached_property
    def sealer(self) -> Sealer:
        """What seals the ledger of this run into the audit log of the data folder."""
        return open_sealer(self.desk.ledger, self.data, self.jurisdiction.country.code)

    def _seal(self) -> None:
        """Seal what this run wrote; on a database server its own sealer does.

        The answers are out by now: what is wrong with the audit log is told beside them.
        """
        if self.database:
            return
        try:
            self.sealer.seal(at_most=SEALED_AT_ONCE)
        except Refused as refused:
            complain(one for one in refused.notices if one.code != BUSY.number)

    def now(self, at: datetime | None = None) -> datetime:
        """Return the moment asked for in the jurisdiction's zone, else the clock's."""
        if at is None:
            return datetime.now(UTC)
        return at if at.tzinfo else at.replace(tzinfo=self.jurisdiction.zone)

    def today(self) -> date:
        """Return the day by whose law things are judged now."""
        return self.jurisdiction.law_day(self.now())

    def actor(self, by: str | None) -> Actor | None:
        """Return who is named under ``--by``; ``None`` where nobody is."""
        return self.desk.actor(by) if by else None


def default_data() -> Path:
    """Return the data folder of whoever runs the command (XDG Base Directory)."""
    named = os.environ.get("XDG_DATA_HOME", "")
    base = Path(named) if named.startswith("/") else Path.home() / ".local" / "share"
    return base / "gatepost"


def command(function: Callable[Concatenate[Session, P], R]) -> Callable[P, R]:
    """Give a command the options that all of them share, and a session made from them."""

    @click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        default=default_data,
        metavar="DIR",
        help="Folder of the SQLite database.  [default: your own data folder]",
    )
    @click.option("--database", metavar="URL", help="A PostgreSQL database instead of SQLite.")
    @click.option(
        "--jurisdiction",
        "name",
        default="aldermark",
        show_default=True,
        metavar="NAME",
        help="Jurisdiction by its name or folder.",
    )
    @wraps(function)
    def with_session(*args: Any, data: Path, database: str | None, name: str, **rest: Any) -> R:
        with Session(data, database, name) as session:
            return function(session, *args, **rest)

    return with_session  # type: ignore[return-value]


def as_moment(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    """Return the moment that ISO 8601 text tells; without an offset it has no zone yet."""
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise _misused(ctx, param, value, "is no moment such as 2026-07-02T08:14") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _misused(ctx, param, value, OUTSIDE)
    return found


def as_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Return the calendar day that ISO 8601 text tells."""
    if value is None:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise _misused(ctx, param, value, "is no day such as 2026-07-02") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _misused(ctx, param, value, OUTSIDE)
    return found


def _misused(
    ctx: click.Context, param: click.Parameter, value: str, problem: str
) -> click.BadParameter:
    return click.BadParameter(f"{value!r} {problem}.", ctx, param)


def plain_text(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Refuse as wrong usage a text that is not UTF-8 or holds control characters."""
    for one in value if isinstance(value, tuple) else (value,):
        if one is not None and not one.isprintable():
            raise click.BadParameter("it holds characters that cannot be printed", ctx, param)
    return value


def out_of_range(at: datetime) -> Notice | None:
    """Return what is wrong with a moment that no calendar here needs; ``None`` if it is fine."""
    if FIRST_YEAR <= at.year <= LAST_YEAR:
        return None
    return rules.MOMENT_OUT_OF_RANGE.notice(moment=at.isoformat(), first=FIRST_YEAR, last=LAST_YEAR)


as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")
scenario = click.option(
    "--scenario", metavar="NAME", callback=plain_text, help="A what-if of the description."
)
by = click.option(
    "--by",
    metavar="ACTOR",
    callback=plain_text,
    help="Who acts: an officer's role, a party or 'operator'.",
)
purpose = click.option(
    "--purpose",
    type=click.Choice(sorted(PURPOSES)),
    help="For what you ask; it goes on record.  [default: release, for the operator operation]",
)
at = click.option(
    "--at",
    metavar="TIME",
    callback=as_moment,
    help="Moment of recording; without an offset in the jurisdiction's zone.  [default: now]",
)
