"""Requirements and indicators ask for something definite that code can act on."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.description import rules
from gatepost.description.described import Described, Keys, Located, listed
from gatepost.kernel.notice import Notice
from gatepost.requirement.model import AppliesTo, Asks, NeedKind
from gatepost.risk.budget import Budget
from gatepost.risk.learnt import ALLOWED
from gatepost.risk.model import Indicator
from gatepost.risk.scheme import faults

_WANTED: dict[NeedKind, str | None] = {
    "document": "document",
    "data": "data",
    "notification": "lead",
    "prohibition": None,
    "declaration": None,
}
_READ: dict[NeedKind, frozenset[str]] = {
    kind: frozenset({key} if key else ()) | ({"alternatives"} if key == "document" else frozenset())
    for kind, key in _WANTED.items()
}
_OPTIONAL = ("document", "alternatives", "data", "lead")
_GOODS = ("commodity", "except_commodity", "origin", "except_origin")


def check_asking(described: Described) -> Iterator[Notice]:
    """Yield what requirements, fees and indicators leave open or say without effect."""
    for thing in described.of("requirement"):
        one = thing.value
        yield from _asks(thing, ("asks",), one.asks)
        yield from _goods(thing, ("applies_to",), one.applies_to)
        for index, version in enumerate(one.valid):
            if version.asks is not None:
                yield from _asks(thing, ("valid", index, "asks"), version.asks)
            if version.applies_to is not None:
                yield from _goods(thing, ("valid", index, "applies_to"), version.applies_to)
    for thing in described.of("fee"):
        yield from _goods(thing, ("applies_to",), thing.value.applies_to)
    for thing in described.of("indicator"):
        yield from _indicator(thing, thing.value)
        yield from _eased(described, thing, thing.value)
        yield from _learnt(described, thing, thing.value)
    for thing in described.of("model"):
        if thing.value.digest != thing.value.own_digest:
            yield rules.MODEL_ALTERED.notice(thing.where("digest"), model=thing.value.id)
    for thing in described.of("scheme"):
        for problem in faults(thing.value):
            yield rules.SENSELESS_SCHEME.notice(thing.where("method"), problem=problem)
    for thing in described.of("budget"):
        yield from _budget(described, thing, thing.value)


def _asks(thing: Located, keys: Keys, asks: Asks) -> Iterator[Notice]:
    wanted = _WANTED[asks.kind]
    if wanted is not None and getattr(asks, wanted) is None:
        yield rules.ASKS_INCOMPLETE.notice(thing.where(*keys), kind=asks.kind, key=wanted)
    for key in _OPTIONAL:
        if getattr(asks, key) and key not in _READ[asks.kind]:
            yield rules.ASKS_TOO_MUCH.notice(thing.where(*keys, key), kind=asks.kind, key=key)


def _goods(thing: Located, keys: Keys, to: AppliesTo) -> Iterator[Notice]:
    if to.level == "item":
        return
    for key in _GOODS:
        if getattr(to, key):
            yield rules.ONLY_ITEMS.notice(thing.where(*keys, key), level=to.level)


def _indicator(thing: Located, one: Indicator) -> Iterator[Notice]:
    if one.when is None and one.random is None and one.learnt is None:
        yield rules.NEVER_FIRES.notice(thing.where())
    if one.random is not None and not 0 < one.random <= 1:
        yield rules.NOT_A_SHARE.notice(thing.where("random"), share=one.random)
    if (one.control.kind == "advice") != (one.control.advice is not None):
        yield rules.ADVICE_INCOMPLETE.notice(thing.where("control"))
    if one.lot is not None and one.random is None:
        yield rules.LOT_WITHOUT_SHARE.notice(thing.where("lot"), lot=one.lot)
    if one.review < one.valid.start:
        yield rules.REVIEW_TOO_EARLY.notice(
            thing.where("review"), review=str(one.review), start=str(one.valid.start)
        )
    if one.author.strip().casefold() == one.second_reader.strip().casefold():
        yield rules.READ_BY_AUTHOR.notice(thing.where("second_reader"), author=one.author)


def _eased(described: Described, thing: Located, one: Indicator) -> Iterator[Notice]:
    if one.trusted is not None and not (0 < one.trusted.share < 1 and one.trusted.parties):
        yield rules.TRUST_WITHOUT_LOOK.notice(thing.where("trusted"), share=one.trusted.share)
    if one.scheme is None:
        return
    schemes = {other.value.id: other.value for other in described.of("scheme")}
    if described.missing("scheme", one.scheme, schemes):
        yield rules.UNKNOWN_SCHEME.notice(
            thing.where("scheme"), scheme=one.scheme, known=listed(schemes)
        )
    elif one.scheme in schemes and schemes[one.scheme].agency != one.agency:
        agency = schemes[one.scheme].agency
        yield rules.OTHERS_SCHEME.notice(thing.where("scheme"), scheme=one.scheme, agency=agency)


def _learnt(described: Described, thing: Located, one: Indicator) -> Iterator[Notice]:
    """Yield what a model may not be used for: it proposes a look, on trial first."""
    if one.learnt is None:
        return
    models = {other.value.id: other.value for other in described.of("model")}
    model = models.get(one.learnt.model)
    if model is None:
        if described.missing("model", one.learnt.model, models):
            yield rules.UNKNOWN_MODEL.notice(
                thing.where("learnt", "model"), model=one.learnt.model, known=listed(models)
            )
    elif (model.agency, model.level) != (one.agency, one.level):
        yield rules.OTHER_MODEL.notice(
            thing.where("learnt", "model"), model=model.id, agency=model.agency, level=model.level
        )
    elif model.digest != one.learnt.digest:
        yield rules.MODEL_NOT_MEANT.notice(
            thing.where("learnt", "digest"), model=model.id, digest=model.digest
        )
    if not 0 < one.learnt.above < 1:
        yield rules.NO_THRESHOLD.notice(thing.where("learnt", "above"), above=one.learnt.above)
    if one.control.kind not in ALLOWED:
        yield rules.MODEL_DECIDES.notice(thing.where("control", "kind"), kind=one.control.kind)
    if one.mode != "trial":
        yield rules.MODEL_NOT_ON_TRIAL.notice(thing.where("mode"))


def _budget(described: Described, thing: Located, one: Budget) -> Iterator[Notice]:
    if not 0 < one.random <= one.share <= 1:
        yield rules.NO_ROOM_FOR_CHANCE.notice(
            thing.where("random"), random=one.random, share=one.share
        )
    for index, agency in enumerate(one.agencies):
        if described.missing("agency", agency, described.agencies):
            yield rules.UNKNOWN_AGENCY.notice(
                thing.where("agencies", index), agency=agency, known=listed(described.agencies)
            )
