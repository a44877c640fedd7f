"""``gatepost account`` and ``gatepost credential``: who may log in, and which programs may call."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import msgspec

from gatepost.cli.context import as_json, default_data
from gatepost.cli.output import columns, print_json, say
from gatepost.cli.serve import prepare
from gatepost.codelists.purposes import PURPOSES
from gatepost.kernel.notice import Refused
from gatepost.web import rules

AUDIENCES = ("trader", "officer", "coordinator", "analyst", "ministry", "administrator")
SCOPES = ("lodge", "read", "act", "work", "notify")


class Token(msgspec.Struct, frozen=True):
    """A credential as it is told; ``token`` only when it was just made."""

    id: int
    owner: str
    kind: str
    scopes: tuple[str, ...]
    title: str
    expires_at: datetime | None
    revoked: bool
    token: str | None = None


def where(function: Any) -> Any:
    """Give a command the options that say which installation is meant."""
    for option in (
        click.option("--jurisdiction", default="aldermark", show_default=True, metavar="NAME"),
        click.option("--database", metavar="URL", help="A PostgreSQL database instead of SQLite."),
        click.option(
            "--data",
            type=click.Path(file_okay=False, path_type=Path),
            default=default_data,
            metavar="DIR",
            help="Folder of the SQLite databases and keys.  [default: your own data folder]",
        ),
    ):
        function = option(function)
    return function


@click.group()
def account() -> None:
    """Make accounts, end them, and set their passwords."""


@account.command("add")
@click.argument("name")
@click.option("--actor", default="", help="An officer's role or the id of a party.")
@click.option("--audience", "audiences", multiple=True, type=click.Choice(AUDIENCES), required=True)
@click.password_option(envvar="GATEPOST_NEW_PASSWORD", help="Asked for if it is not given.")
@as_json
@where
def add(
    name: str,
    actor: str,
    audiences: tuple[str, ...],
    password: str,
    as_json: bool,
    data: Path,
    database: str | None,
    jurisdiction: str,
) -> None:
    """Make the account NAME for people.

    An officer's role gives agency, unit and posts. The password has twelve characters or more.
    """
    prepare(data, database, jurisdiction, demo=False)
    from gatepost.web.accounts.making import make_account

    make_account(name, password, actor, audiences)
    _told({"account": name, "status": "made"}, f"Account {name} is made.", as_json)


@account.command("password")
@click.argument("name")
@click.password_option(envvar="GATEPOST_NEW_PASSWORD", help="Asked for if it is not given.")
@as_json
@where
def password(
    name: str, password: str, as_json: bool, data: Path, database: str | None, jurisdiction: str
) -> None:
    """Set a new password for NAME and open a locked account.

    Its sessions and its second factor end."""
    prepare(data, database, jurisdiction, demo=False)
    from gatepost.web.accounts.making import renew

    renew(name, password)
    _told({"account": name, "status": "renewed"}, f"The password of {name} is set.", as_json)


@account.command("end")
@click.argument("name")
@as_json
@where
def end(name: str, as_json: bool, data: Path, database: str | None, jurisdiction: str) -> None:
    """End the account NAME; its sessions end with it."""
    prepare(data, database, jurisdiction, demo=False)
    from gatepost.web.accounts.making import end_account

    end_account(name)
    _told({"account": name, "status": "ended"}, f"Account {name} is ended.", as_json)


@click.group()
def credential() -> None:
    """Make tokens for programs, list them, and revoke them."""


@credential.command("add")
@click.argument("owner")
@click.option("--kind", type=click.Choice(["party", "agency"]), default="party", show_default=True)
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES), required=True)
@click.option(
    "--for",
    "purposes",
    multiple=True,
    type=click.Choice(sorted(PURPOSES)),
    help="A purpose for which an agency's program may read; it declares one with each question.",
)
@click.option("--title", default="", help="What it is for.")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True)
@as_json
@where
def add_token(
    owner: str,
    kind: str,
    scopes: tuple[str, ...],
    purposes: tuple[str, ...],
    title: str,
    days: int,
    as_json: bool,
    data: Path,
    database: str | None,
    jurisdiction: str,
) -> None:
    """Make a token for a program of OWNER; it is shown this once.

    OWNER is the id of a party, or of an agency with --kind agency."""
    prepare(data, database, jurisdiction, demo=False)
    from gatepost.adapters.store.models import Credential
    from gatepost.api.callers import FOR, make_token
    from gatepost.web.clock import clock

    _known_owner(owner, kind, jurisdiction, data)
    if purposes and kind != "agency":
        raise click.UsageError("--for is for an agency's program; a party reads its own cases.")
    token, digest = make_token()
    now = clock()
    made = Credential.objects.create(
        digest=digest,
        owner=owner,
        kind=kind,
        scopes=list(dict.fromkeys([*scopes, *(f"{FOR}{one}" for one in purposes)])),
        title=title,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    told = msgspec.structs.replace(_token(made), token=token)
    _told(told, f"{made.pk}  {token}", as_json)


def _known_owner(owner: str, kind: str, jurisdiction: str, data: Path) -> None:
    """Refuse an agency that is none here, and a party whose name is somebody else's here."""
    from gatepost.authority.instrument import abroad
    from gatepost.bootstrap import load_checked
    from gatepost.kernel.actor import OPERATOR, SYSTEM

    register = load_checked(jurisdiction, data / "cache").register
    known = {one.id for one in register.all_agencies}
    if kind == "agency":
        if owner not in known:
            raise click.BadParameter(f"{owner!r} is none of {', '.join(sorted(known))}.")
    elif owner in known | {OPERATOR.id, SYSTEM.id} or register.agency_of(owner) or abroad(owner):
        raise click.BadParameter(f"{owner!r} is no party: it names somebody else here.")


@credential.command("list")
@as_json
@where
def list_tokens(as_json: bool, data: Path, database: str | None, jurisdiction: str) -> None:
    """List every token that was made, without the token itself."""
    prepare(data, database, jurisdiction, demo=False)
    from gatepost.adapters.store.models import Credential

    found = [_token(one) for one in Credential.objects.order_by("pk")]
    if as_json:
        print_json(found)
        return
    rows = [
        (
            str(one.id),
            one.owner,
            ", ".join(one.scopes),
            "revoked" if one.revoked else f"until {one.expires_at:%Y-%m-%d}",
            one.title,
        )
        for one in found
    ]
    for line in columns(rows):
        say(line)


@credential.command("revoke")
@click.argument("number", type=int)
@as_json
@where
def revoke(number: int, as_json: bool, data: Path, database: str | None, jurisdiction: str) -> None:
    """Revoke the token with this NUMBER; it ends within a second."""
    prepare(data, database, jurisdiction, demo=False)
    from gatepost.adapters.store.models import Credential
    from gatepost.web.clock import clock

    if not Credential.objects.filter(pk=number, revoked_at__isnull=True).update(revoked_at=clock()):
        raise Refused([rules.NO_CREDENTIAL.notice(number=number)])
    _told({"id": number, "status": "revoked"}, f"Token {number} is revoked.", as_json)


def _token(one: Any) -> Token:
    return Token(
        one.pk,
        one.owner,
        one.kind,
        tuple(one.scopes),
        one.title,
        one.expires_at,
        one.revoked_at is not None,
    )


def _told(value: object, line: str, as_json: bool) -> None:
    if as_json:
        print_json(value)
    else:
        say(line)
