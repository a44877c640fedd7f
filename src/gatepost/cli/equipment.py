"""``gatepost equipment``: what a post has, who booked it, what is out of order, who used it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import click
import msgspec

from gatepost.casework.planning.equipment import (
    EquipmentAct,
    act_on_equipment,
    equipment_of,
    utilisation,
)
from gatepost.casework.work import Work
from gatepost.cli.context import Session, as_day, as_json, as_moment, at, by, command, plain_text
from gatepost.cli.output import columns, moment, print_json, say_all
from gatepost.control.schedule.equipment import Equipment, Use
from gatepost.control.schedule.roster import Spot, spots_at
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused


class Answer(msgspec.Struct, frozen=True):
    """The equipment of a post for programs."""

    equipment: tuple[str, ...]
    record: Equipment
    use: tuple[Use, ...]


@click.command()
@click.argument("post")
@click.option("--date", "day", metavar="DAY", callback=as_day, help="[default: today]")
@click.option("--book", metavar="NAME", callback=plain_text, help="Keep this piece for you.")
@click.option("--start", metavar="TIME", callback=as_moment, help="From when it is booked.")
@click.option("--end", metavar="TIME", callback=as_moment, help="Until when.")
@click.option("--cancel", metavar="BOOKING", callback=plain_text, help="Give a booking free.")
@click.option("--fail", metavar="NAME", callback=plain_text, help="Report that it does not work.")
@click.option("--repair", metavar="NAME", callback=plain_text, help="Report that it works again.")
@click.option("--reason", default="", callback=plain_text, help="What for, or what happened.")
@by
@at
@as_json
@command
def equipment(
    session: Session,
    post: str,
    day: date | None,
    book: str | None,
    start: datetime | None,
    end: datetime | None,
    cancel: str | None,
    fail: str | None,
    repair: str | None,
    reason: str,
    by: str | None,
    at: datetime | None,
    as_json: bool,
) -> None:
    """Tell what POST has to examine with, and who uses it.

    A piece is booked once at a time; a booking or an outage keeps it from the plan of the day.
    Use counts bookings and the plan on record, by agency and its country."""
    now = session.now(at)
    posts = {one.id for one in session.jurisdiction.register.all_posts}
    if post not in posts:
        raise click.BadParameter(f"{post!r} is none of {', '.join(sorted(posts))}.")
    wanted = {"book": book, "cancel": cancel, "fail": fail, "repair": repair}
    asked = [(name, value) for name, value in wanted.items() if value is not None]
    if len(asked) > 1:
        raise click.UsageError("Book, cancel, report or repair: one at a time.")
    if asked:
        if by is None:
            raise click.UsageError("Name the officer of the post with --by.")
        name, value = asked[0]
        fields = {
            "act": name,
            "post": post,
            "at": now,
            "by": by,
            "booking" if name == "cancel" else "equipment": value,
            "start": session.now(start) if start else None,
            "end": session.now(end) if end else None,
            "reason": reason,
        }
        act = msgspec.convert({"id": digest_of(fields), **fields}, EquipmentAct)
        answer = act_on_equipment(session.desk, act, now)
        if answer.status == "refused":
            raise Refused(answer.notices)
    day = day or session.jurisdiction.law_day(now)
    spots = list(spots_at(session.jurisdiction.register, post, day))
    record = equipment_of(session.desk, post)
    use = utilisation(Work(session.desk, now), post, day)
    if as_json:
        print_json(Answer(tuple(one.id for one in spots), record, use))
    else:
        say_all(_told(session, spots, record, use, now))


def _told(
    session: Session, spots: list[Spot], record: Equipment, use: tuple[Use, ...], now: datetime
) -> Iterator[str]:
    def shown(at: datetime) -> str:
        return moment(at.astimezone(session.jurisdiction.zone))

    rows = [("piece", "kind", "owner", "used by", "country", "hours", "of its hours")]
    for spot in spots:
        mine = [one for one in use if one.equipment == spot.id]
        for one in mine:
            share = f"{100 * one.share:.0f} %"
            rows.append((*_piece(spot), one.agency, one.country, f"{one.hours:.1f}", share))
        if not mine:
            rows.append((*_piece(spot), "", "", "", ""))
    yield from columns(rows)
    for booking in record.bookings:
        if booking.end > now:
            until = f"{shown(booking.start)} to {shown(booking.end)}"
            what = f"{booking.id}: {booking.equipment} for {booking.agency}"
            yield f"{what}, {until} {booking.purpose}"
    for outage in record.outages:
        if outage.end is None or outage.end > now:
            until = f"until {shown(outage.end)}" if outage.end else "until it is repaired"
            since = f"{outage.equipment} out of order since {shown(outage.start)}"
            yield f"{since} {until} {outage.reason}"


def _piece(spot: Spot) -> tuple[str, str, str]:
    return spot.id, spot.kind, spot.agency
