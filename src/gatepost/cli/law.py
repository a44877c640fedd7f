"""``gatepost law``: what the law of a jurisdiction lets its agencies do, for a lawyer to read."""

from __future__ import annotations

import click

from gatepost.cli.context import Session, as_json, command
from gatepost.cli.output import print_json, say_all
from gatepost.description.law import law_page


@click.command()
@as_json
@command
def law(session: Session, as_json: bool) -> None:
    """Print what our law lets us do.

    A page in Markdown for a lawyer, made from the description: every instrument, mandate and
    class of data, and who can be shown what."""
    page = law_page(session.jurisdiction)
    if as_json:
        print_json(list(page))
    else:
        say_all(page)
