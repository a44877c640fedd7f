"""``gatepost contacts``: who is on duty now and next, on either side of the border."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import get_args

import click

from gatepost.authority.model import Level
from gatepost.cli.context import Session, as_json, as_moment, command, plain_text
from gatepost.cli.output import columns, print_json, say
from gatepost.cooperation.contacts import Duty, Function, OnDuty, Wanted
from gatepost.description import rules as description_rules
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Refused


@click.command()
@click.option("--post", callback=plain_text, help="At this post.")
@click.option("--function", type=click.Choice(get_args(Function)), help="About this.")
@click.option("--language", callback=plain_text, help="In this language, such as en.")
@click.option("--side", callback=plain_text, help="Of this side, such as XB.")
@click.option("--agency", callback=plain_text, help="Of this agency.")
@click.option("--level", type=click.Choice(get_args(Level)), help="At this level.")
@click.option("--at", metavar="TIME", callback=as_moment, help="At this moment.  [default: now]")
@as_json
@command
def contacts(
    session: Session,
    post: str | None,
    function: str | None,
    language: str | None,
    side: str | None,
    agency: str | None,
    level: str | None,
    at: datetime | None,
    as_json: bool,
) -> None:
    """Tell who is on duty now and next, here and across the border.

    The agencies' own lists and what neighbours sent of theirs, by function, language and hours.
    """
    here = session.jurisdiction
    posts = {one.id for one in here.register.all_posts}
    if post is not None and post not in posts:
        known = ", ".join(sorted(posts))
        raise Refused([description_rules.UNKNOWN_POST.notice("--post", post=post, known=known)])
    wanted = Wanted(post, function, language, side, agency, level)
    found = here.contacts.duty(wanted, session.now(at))
    if as_json:
        print_json(found)
        return
    for line in _told(found):
        say(line)


def _told(found: Duty) -> Iterator[str]:
    if not found.now and not found.next:
        yield "Nobody is listed for that."
        return
    yield "On duty now:" if found.now else "Nobody is on duty now."
    yield from columns([_row(one, f"until {one.end:%a %d %b %H:%M %Z}") for one in found.now])
    if found.next:
        yield ""
        yield "On duty next:"
        yield from columns([_row(one, f"from {one.start:%a %d %b %H:%M %Z}") for one in found.next])


def _row(one: OnDuty, when: str) -> tuple[str, ...]:
    ways = "; ".join(f"{way} {where}" for way, where in one.reach.items())
    spoken = ", ".join(one.languages)
    return f"  {one.side}", in_language(one.role), spoken, when, ways
