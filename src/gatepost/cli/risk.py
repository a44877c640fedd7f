"""``gatepost risk``: publishing the secret of random selection, and drawing again with it."""

from __future__ import annotations

from datetime import date, datetime

import click

from gatepost.casework.drawing import verify_draws
from gatepost.cli.backtest import backtest, check
from gatepost.cli.context import Session, as_day, as_json, at, command
from gatepost.cli.effectiveness import allocate, worth
from gatepost.cli.learning import drift, learn
from gatepost.cli.link import history, known
from gatepost.cli.output import columns, print_json, say
from gatepost.cli.targeting import confirm, indicators, propose
from gatepost.risk.random import digest_of

a_day = click.option("--day", callback=as_day, help="Which day.  [default: today]")


@click.group()
def risk() -> None:
    """Check and try indicators; publish and verify random selection."""


for one in (
    check,
    backtest,
    worth,
    allocate,
    known,
    indicators,
    propose,
    confirm,
    history,
    learn,
    drift,
):
    risk.add_command(one)


@risk.command()
@a_day
@as_json
@at
@command
def commit(session: Session, day: date | None, as_json: bool, at: datetime | None) -> None:
    """Publish the digest of a day's secret.

    Before anything is selected with it; the first lodgement of a day does it too."""
    now = session.now(at)
    day = day or session.jurisdiction.law_day(now)
    digest = digest_of(session.desk.secret(day, now))
    if as_json:
        print_json({"day": day, "digest": digest})
    else:
        say(f"{day}  digest {digest}")


@risk.command()
@a_day
@as_json
@at
@command
def reveal(session: Session, day: date | None, as_json: bool, at: datetime | None) -> None:
    """Publish the secret of a day that is over.

    From then on anyone can draw again."""
    now = session.now(at)
    day = day or session.jurisdiction.law_day(now)
    published = session.desk.reveal(day, now)
    if as_json:
        print_json({"day": day, **published})
    else:
        say(f"{day}  digest {published['digest']}")
        say(f"{day}  secret {published['secret']}")


@risk.command()
@a_day
@as_json
@command
def verify(session: Session, day: date | None, as_json: bool) -> None:
    """Draw a day's cases again with its secret.

    Ends with 1 if any selection differs from the one on record."""
    found = verify_draws(session.desk, day or session.today())
    if as_json:
        print_json(
            {"holds": found.holds, **{n: getattr(found, n) for n in found.__struct_fields__}}
        )
    else:
        _tell(found.committed, found.cases, found.selected, found.unread)
        for name in found.other_allocations:
            say(f"{name}: the choice on record is NOT the one that is chosen again.")
        if found.allocations and not found.other_allocations:
            say(f"{found.allocations} choices of budgets chosen again, the same.")
        rows = [
            (one.reference, f"recorded {_draws(one.recorded)}", f"drawn {_draws(one.drawn)}")
            for one in found.mismatches
        ]
        for line in columns(rows):
            say(line)
    if not found.holds:
        raise click.exceptions.Exit(1)


def _tell(committed: bool, cases: int, selected: int, unread: int) -> None:
    kept = "is" if committed else "is NOT"
    say(f"The secret {kept} the one committed to.")
    say(f"{cases} cases drawn again, {selected} selected by chance, {unread} deleted since.")


def _draws(draws: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{indicator} {target}" for indicator, target in draws) or "nothing"
