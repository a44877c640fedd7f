"""``gatepost risk learn`` and ``drift``: a model from what was found, and how it ages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from gatepost.adapters.learning import rules
from gatepost.cli.backtest import past_of
from gatepost.cli.context import Session, as_json, command, plain_text
from gatepost.cli.effectiveness import told
from gatepost.cli.output import columns, print_json, say
from gatepost.expression.explain import reads
from gatepost.expression.parser import parse
from gatepost.expression.rules import ExpressionFault
from gatepost.expression.vocabulary import fields_of
from gatepost.kernel.notice import Refused
from gatepost.requirement.compiled import ROOTS, VOCABULARY
from gatepost.requirement.model import Level
from gatepost.risk.intervals import Share, share_of
from gatepost.risk.learnt import (
    Feature,
    Model,
    Scorer,
    Shift,
    Trained,
    Values,
    area,
    reader_of,
    shifts,
    top,
)

if TYPE_CHECKING:
    from gatepost.kernel.columns import Parts

FEATURES: dict[Level, tuple[str, ...]] = {
    "item": (
        *("item.value / item.net_mass", "item.value", "item.net_mass", "item.packages"),
        *("item.commodity:4", "item.origin", "consignment.mode", "consignment.export_country"),
    ),
    "consignment": (
        *("consignment.value", "consignment.gross_mass", "consignment.packages"),
        *("consignment.mode", "consignment.export_country", "consignment.office"),
    ),
}
"""What a model looks at unless it is told otherwise: no party and no person."""

a_history = click.option(
    "--history",
    "file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="NDJSON, CSV or Parquet.  [default: the cases on record]",
)


class Learnt(msgspec.Struct, frozen=True):
    """What came of learning."""

    model: str
    file: str
    digest: str
    trained: Trained
    features: tuple[str, ...]


class Aged(msgspec.Struct, frozen=True):
    """A model held against other records: shifts, and whether the finds still come where it says.

    ``auc`` and ``top_tenth`` are those now; ``None`` where nothing is known of the outcome.
    """

    model: str
    records: int
    shifts: tuple[Shift, ...]
    known: Share
    auc: float | None
    top_tenth: float | None
    then: Trained


@click.command()
@click.argument("model", metavar="ID", callback=plain_text)
@click.option("--agency", required=True, callback=plain_text, help="Whose finds to learn from.")
@click.option(
    "--level",
    type=click.Choice(list(FEATURES)),
    default="item",
    show_default=True,
    help="What is scored.",
)
@click.option(
    "--feature", "named", multiple=True, callback=plain_text,
    help="What the model looks at, such as item.origin; may be repeated.",
)  # fmt: skip
@a_history
@click.option(
    "--keep",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Where to write the model, to be moved to the agency's models.",
)
@as_json
@command
def learn(
    session: Session,
    model: str,
    agency: str,
    level: Level,
    named: tuple[str, ...],
    file: Path | None,
    keep: Path,
    as_json: bool,
) -> None:
    """Learn a model from what officers of an agency found.

    The same records give the same model. It goes into force like any indicator that names it:
    on trial first, live by two officers, and never to refuse anything."""
    features = [feature_of(one, level) for one in named or FEATURES[level]]
    try:
        from gatepost.adapters.learning.boosting import Example, written
        from gatepost.adapters.learning.boosting import learn as learnt

        found = _records(session, file, agency, level, features)
    except ModuleNotFoundError as fault:
        raise Refused([rules.NO_LEARNING.notice(package=fault.name or "")]) from fault
    examples = [Example(day, values, wrong) for day, values, wrong in found if wrong is not None]
    made = learnt(model, agency, level, features, examples)
    keep.write_text(written(made), encoding="utf-8")
    result = Learnt(
        model, str(keep), made.digest, made.trained, tuple(one.name for one in features)
    )
    if as_json:
        print_json(result)
        return
    trained = made.trained
    say(f"{model}: learnt from {trained.records} records, {trained.wrong} of them found wrong,")
    say(f"{_window(trained)}by {trained.by}; written to {keep}")
    say(f"On the latest {trained.held_back}, held back: a wrong one scores higher than a right one")
    say(
        f"in {trained.auc:.0%} of pairs; of the tenth that scores highest {trained.top_tenth:.0%} "
        f"are wrong, of all {trained.base:.0%}."
    )
    say(f"For an indicator: learnt: {{model: {model}, digest: {made.digest}, above: 0.3}}")


@click.command()
@click.argument("model", metavar="ID", callback=plain_text)
@a_history
@as_json
@command
def drift(session: Session, model: str, file: Path | None, as_json: bool) -> None:
    """Tell how far the world has moved since a model was learnt.

    The population stability index of each feature and of the score, below 0.1 steady and from
    0.25 drifted, and whether finds still come where it scores high."""
    scorer = _scorer(session, model)
    made = scorer.model
    try:
        found = _records(session, file, made.agency, made.level, made.features)
    except ModuleNotFoundError as fault:
        raise Refused([rules.NO_LEARNING.notice(package=fault.name or "")]) from fault
    result = _aged(scorer, found)
    if as_json:
        print_json(result)
        return
    say(f"{model} of {made.agency}, learnt {_window(made.trained)}by {made.trained.by}")
    for line in columns([(one.name, f"{one.index:.3f}", one.verdict) for one in result.shifts]):
        say(line)
    say(f"{result.records} records, found wrong {told(result.known)}")
    if result.auc is not None and result.top_tenth is not None:
        say(
            f"A wrong one scores higher in {result.auc:.0%} of pairs, {made.trained.auc:.0%} when "
            f"learnt; of the highest tenth {result.top_tenth:.0%} are wrong, "
            f"{made.trained.top_tenth:.0%} when learnt."
        )
    if any(one.verdict == "drifted" for one in result.shifts):
        say("Learn it again: gatepost risk learn.")


def _window(trained: Trained) -> str:
    return f"from {trained.first} to {trained.last}, " if trained.first else ""


def _aged(scorer: Scorer, found: Sequence[tuple[date | None, Values, bool | None]]) -> Aged:
    known = [(scorer.asked(values).score, wrong) for _, values, wrong in found if wrong is not None]
    wrong = sum(one for _, one in known)
    judged = 0 < wrong < len(known)
    return Aged(
        scorer.model.id,
        len(found),
        tuple(shifts(scorer, [values for _, values, _ in found])),
        share_of(wrong, len(known)),
        round(area(known), 6) if judged else None,
        round(top(known, 0.1), 6) if judged else None,
        scorer.model.trained,
    )


def _scorer(session: Session, model: str) -> Scorer:
    models: dict[str, Model] = {one.id: one for one in session.jurisdiction.parts.get("model", ())}
    if model not in models:
        known = ", ".join(sorted(models)) or "(none is described)"
        raise Refused([rules.NO_MODEL.notice(model=model, known=known)])
    return Scorer(models[model])


def feature_of(text: str, level: Level) -> Feature:
    """Return the feature that ``text`` names: a calculation, or a text with ``:N`` to cut it.

    ``Refused`` with LEARN-004 if it is neither.
    """
    reads, colon, cut = text.partition(":")
    number = Feature(text, text, "number")
    plain = Feature(text, reads, "text", int(cut) if cut.isdigit() else None)
    if not colon:
        try:
            reader_of(number, level)
        except ExpressionFault:
            pass
        else:
            return number
    root, *parts = reads.split(".")
    kind = VOCABULARY.only(ROOTS[level]).roots.get(root)
    for part in parts:
        record = kind.record if kind is not None else None
        kind = fields_of(record).get(part) if record is not None else None
    if kind is None or kind.kind != "text" or (colon and not cut.isdigit()):
        raise Refused([rules.NOT_A_FEATURE.notice(feature=text, level=level)])
    return plain


def _records(
    session: Session,
    file: Path | None,
    agency: str,
    level: Level,
    features: Iterable[Feature],
) -> list[tuple[date | None, Values, bool | None]]:
    """Return day, values and outcome of every record, in their order."""
    from gatepost.risk.columns import LEVELS, records_of

    features = tuple(features)
    paths = {**dict.fromkeys(LEVELS, frozenset[tuple[str, ...]]()), level: paths_of(features)}
    history, _ = past_of(session, file, paths, session.today())
    readers = [reader_of(one, level) for one in features]
    found = []
    for arguments, wrong in records_of(history, level, agency):
        day = getattr(arguments[-1], "day", None)
        values = tuple(read(*arguments) for read in readers)
        found.append((day, values, wrong))
    return found


def paths_of(features: Iterable[Feature]) -> frozenset[Parts]:
    """Return the paths that features read, and the day."""
    found: set[Parts] = {("consignment", "day")}
    for one in features:
        found |= reads(parse(one.reads))
    return frozenset(found)
