"""``gatepost harmonise``: which fields of agencies' forms ask for the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from gatepost.adapters.forms.own import read_confirmed, read_words
from gatepost.adapters.forms.reading import read_forms
from gatepost.cli.context import Session, as_json, command
from gatepost.cli.events import analytics
from gatepost.cli.output import columns, print_json, say_all
from gatepost.review.harmonise.metrics import with_metrics
from gatepost.review.harmonise.model import Confirmed, Harmonised


@click.command()
@click.argument("forms", nargs=-1, required=True)
@click.option(
    "--confirmed",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.yaml",
    help="What you decided earlier: lists of fields that are same, and that are apart.",
)
@as_json
@command
def harmonise(
    session: Session, forms: tuple[str, ...], confirmed: Path | None, as_json: bool
) -> None:
    """Find what agencies' forms ask again.

    FORMS are files or folders: JSON Schema (.json), tables with a row for each field (.csv,
    .xlsx), or forms of your own (.yaml). The folder below what they share is the agency."""
    with analytics():
        from gatepost.review.harmonise.grouping import harmonise as harmonised

        captured = read_forms(forms)
        given = read_confirmed(confirmed) if confirmed else Confirmed()
        found = with_metrics(captured, harmonised(captured, read_words(), given))
    if as_json:
        print_json(found)
    else:
        say_all(lines(found))


def lines(found: Harmonised) -> Iterator[str]:
    """Yield the groups for people, what is asked most often first."""
    for one in found.groups:
        element = f"  [{', '.join(one.wco)}]" if one.wco else ""
        sure = "" if one.by == "dictionary" else f"  ({one.by}; please confirm)"
        sure = "  (a person decided)" if one.by == "person" else sure
        yield f"{one.asks}: {len(one.fields)} fields, {one.forms} forms{element}{sure}"
        for field in one.fields:
            yield f"    {field}"
    grouped = sum(len(one.fields) for one in found.groups)
    yield ""
    yield (
        f"{found.forms} forms with {found.fields} fields: {grouped} ask in {len(found.groups)} "
        f"groups, {len(found.single)} alone. {found.asked_again} could be answered from another."
    )
    if found.simplified:
        before, after = (
            msgspec.structs.asdict(one) for one in msgspec.structs.astuple(found.simplified)
        )
        rows = [(name, str(count), str(after[name])) for name, count in before.items()]
        yield ""
        yield from columns([("to hand in", "now", "each asked once"), *rows])
