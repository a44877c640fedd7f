"""``gatepost ens``: entry summary declarations judged by the rules of their interface."""

from __future__ import annotations

from datetime import date

import click
import msgspec

from gatepost.adapters.formats.ens.interface import Interface
from gatepost.bootstrap import load_checked_interface
from gatepost.cli.context import Session, as_day, as_json, command
from gatepost.cli.output import complain, file_name, print_json, say
from gatepost.cli.reading import read_bytes
from gatepost.kernel.notice import Notice, Refused


class Error(msgspec.Struct, frozen=True):
    """One error: its number and the XPath of the group or element it lies in."""

    code: str
    where: str


class Verdict(msgspec.Struct, frozen=True):
    """What is printed of one file."""

    file: str
    result: str
    errors: tuple[Error, ...]


@click.group()
def ens() -> None:
    """Entry summary declarations."""


@ens.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--interface",
    default="uk_ens",
    show_default=True,
    metavar="NAME",
    help="The interface by its name or folder.",
)
@click.option("--day", callback=as_day, metavar="DAY", help="Judge by the rules of DAY.  [today]")
@click.option(
    "--structure",
    is_flag=True,
    help="Judge only how the message is built, not what the rules say of its content.",
)
@as_json
@command
def validate(
    session: Session,
    files: tuple[str, ...],
    interface: str,
    day: date | None,
    structure: bool,
    as_json: bool,
) -> None:
    """Tell whether each FILE would be accepted, and its errors.

    Reads CC315A and CC313A, also in a SOAP envelope; '-' is stdin. Prints one line for each
    file, in the order given."""
    described = load_checked_interface(interface, session.cache)
    on = day or session.now().date()
    described.rule_set(on)
    rejected = False
    for file in files:
        errors = _errors(described, file, on, structure)
        rejected |= bool(errors)
        _report(file, errors, as_json)
    if rejected:
        raise click.exceptions.Exit(1)


def _errors(described: Interface, file: str, day: date, structure: bool) -> tuple[Notice, ...]:
    try:
        return described.errors(read_bytes(file), day, structure)
    except Refused as refused:
        return refused.notices


def _report(file: str, errors: tuple[Notice, ...], as_json: bool) -> None:
    result = "rejected" if errors else "accepted"
    if as_json:
        told = tuple(Error(one.code, one.where) for one in errors)
        print_json(Verdict(file_name(file), result, told))
    else:
        say(f"{result}  {file_name(file)}")
        complain(errors, file_name(file))
