"""What people at the border read is translated into the languages the country promises them.

An agency's experts write and read the law in the languages of the country; a trader or traveller
reads what is asked of them in any of its ``translations`` too. Where one is missing a page falls
back to the first language and says so; a country that promises them all is told what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.description import rules
from gatepost.description.described import Described, Keys
from gatepost.kernel.language import Text
from gatepost.kernel.notice import Notice

READ: dict[str, tuple[str, ...]] = {
    "country": ("name",),
    "state": ("name",),
    "post": ("name",),
    "agency": ("name", "ministry"),
    "document": ("name",),
    "declaration_type": ("name",),
    "customs_procedure": ("name",),
    "requirement": ("title",),
    "fee": ("title",),
    "window": ("title",),
    "standard": ("title",),
    "right": ("title", "to"),
}
"""The texts of described things that traders, travellers and the public read."""


def check_translations(described: Described) -> Iterator[Notice]:
    """Yield the texts that somebody at the border cannot read in a language promised."""
    wanted = described.country.translations if described.country else ()
    # A model laid over the country to be compared with it promises nobody anything.
    if not wanted or described.of("pack"):
        return
    for kind, fields in READ.items():
        for thing in described.of(kind):
            for field in fields:
                text: Text | None = getattr(thing.value, field)
                for language in _missing(text, wanted):
                    yield rules.NOT_TRANSLATED.notice(thing.where(field), language=language)
    for thing in described.of("agency"):
        for index, unit in enumerate(thing.value.units):
            if unit.level == "local":
                keys: Keys = ("units", index, "name")
                for language in _missing(unit.name, wanted):
                    yield rules.NOT_TRANSLATED.notice(thing.where(*keys), language=language)


def _missing(text: Text | None, wanted: tuple[str, ...]) -> Iterator[str]:
    if text is not None:
        yield from (language for language in wanted if not text.get(language, "").strip())
