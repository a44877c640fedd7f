"""Bring the catalogues of the pages up to date: ``make messages``.

Collects every string that the public, a trader or a traveller sees (templates, forms, words and
the sentences of the rules they meet), merges it into ``locale/<language>/LC_MESSAGES/django.po``
without losing a translation, and compiles the ``.mo`` files that the program reads. Needs no
``gettext`` programs: Django's own parser reads templates, Babel writes the files.
"""

from __future__ import annotations

import ast
import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from gatepost.adapters.formats import rules as format_rules
from gatepost.authority import rules as authority_rules
from gatepost.kernel.notice import Rule, rules_of
from gatepost.lodgement import rules as lodgement_rules
from gatepost.release import rules as release_rules

WEB = Path(__file__).parents[1] / "src" / "gatepost" / "web"
LOCALE = WEB / "locale"
LANGUAGES = ("fr", "es", "ar")
HEAD = "# What the pages say; 'make messages' brings it up to date. Apache-2.0."
UNSAID = (
    *('"POT-Creation', '"PO-Revision', '"Project-Id', '"Report-Msgid'),
    *('"Last-Translator', '"Language-Team', '"Generated-By'),
)
"""Lines of a head that change with the day or say nothing."""

AUDIENCES = ("layout", "public", "trader", "accounts")
"""The folders of pages that traders, travellers and the public see."""

SHARED = ("case/slot.html",)
"""What traders see of the pages of a case that officers see too."""

OFFICERS = frozenset({"case_body.html", "desks.html"})
"""What stands in the common layout for officers only."""

MODULES = ("home.py", "told.py", "words.py", "countries.py", "middleware.py")
ONE = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
RULES = (
    *rules_of(vars(lodgement_rules)),
    authority_rules.NOT_A_PARTY,
    authority_rules.NO_BROKERAGE,
    authority_rules.NOT_THE_DECLARANT,
    format_rules.UNKNOWN_FORMAT,
    release_rules.NO_DECISION_TO_APPEAL,
    release_rules.NO_RIGHT_OF_APPEAL,
    release_rules.APPEAL_TOO_LATE,
    release_rules.APPEALED_ALREADY,
    release_rules.NO_GROUNDS,
)
"""The rules whose sentences a trader meets when lodging by form or acting on a case."""


class Message(NamedTuple):
    """One string, or its two forms by number, and the file it stands in."""

    text: str
    plural: str
    place: str


def messages() -> Iterator[Message]:
    """Yield every string that must be translated, in the order of the files."""
    folders = [WEB / name for name in AUDIENCES]
    pages = [one for folder in folders for one in folder.rglob("*.html")]
    for path in sorted([*pages, *(WEB / name for name in SHARED)]):
        if path.name in OFFICERS:
            continue
        yield from of_template(path)
    modules = [WEB / name for name in MODULES]
    for path in sorted([*modules, *(one for folder in folders for one in folder.rglob("*.py"))]):
        yield from of_module(path)
    for rule in RULES:
        yield from of_rule(rule)


def of_rule(rule: Rule) -> Iterator[Message]:
    """Yield the sentence and the remedy of a rule."""
    for text in (rule.sentence, rule.remedy):
        if text:
            yield Message(text, "", rule.number)


def of_module(path: Path) -> Iterator[Message]:
    """Yield the strings that a module marks."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
        if node.func.id in ONE and texts:
            yield Message(str(texts[0]), "", place(path))
        elif node.func.id == "ngettext":
            yield Message(str(texts[0]), str(texts[1]), place(path))


def of_template(path: Path) -> Iterator[Message]:
    """Yield the strings that a template marks, as Django's own parser finds them."""
    from django.template import engines
    from django.template.base import Node
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode
    from django.utils.safestring import SafeString

    engine = engines["django"].engine  # type: ignore[attr-defined]
    template = engine.from_string(path.read_text(encoding="utf-8"))
    for node in template.nodelist.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode) and isinstance(
            node.filter_expression.var.literal, SafeString | str
        ):
            yield Message(str(node.filter_expression.var.literal), "", place(path))
        elif isinstance(node, BlockTranslateNode):
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            yield Message(node.render_token_list(node.singular)[0], plural, place(path))
        expression = getattr(node, "filter_expression", None)
        for _, arguments in getattr(expression, "filters", ()):
            for lookup, text in arguments:
                if not lookup and isinstance(text, str) and f'_("{text}")' in path.read_text():
                    yield Message(str(text), "", place(path))


def place(path: Path) -> str:
    """Return where a file stands below the pages."""
    return path.relative_to(WEB).as_posix()


def file_of(language: str, ending: str) -> Path:
    """Return the file of a language."""
    return LOCALE / language / "LC_MESSAGES" / f"django.{ending}"


def read(language: str) -> Catalog:
    """Return the catalogue of a language as it is written; an empty one if there is none."""
    path = file_of(language, "po")
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        found = read_po(file, locale=language)
    # No date is written, and Babel would put today's into what it compiles.
    found.creation_date = found.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    return found


def updated(language: str) -> Catalog:
    """Return the catalogue of a language with today's strings: what is gone is dropped."""
    known = read(language)
    found = Catalog(locale=language, header_comment=HEAD, fuzzy=False)
    for one in messages():
        key = (one.text, one.plural) if one.plural else one.text
        earlier = known.get(one.text)
        kept = earlier.string if earlier is not None and earlier.id == key else None
        found.add(key, kept, locations=[(one.place, 0)])
    return found


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as ``.po``: no line numbers and no dates, so that diffs say something."""
    out = io.BytesIO()
    write_po(out, catalogue, width=100, include_lineno=False, sort_output=False, omit_header=False)
    lines = out.getvalue().decode().splitlines()
    return ("\n".join(line for line in lines if not line.startswith(UNSAID)) + "\n").encode()


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as ``.mo``."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    """Write every catalogue and tell what is not translated."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.django_settings")
    import django

    django.setup()
    for language in LANGUAGES:
        file_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
        file_of(language, "po").write_bytes(written(updated(language)))
        catalogue = read(language)
        file_of(language, "mo").write_bytes(compiled(catalogue))
        open_ones = [one.id for one in catalogue if one.id and not _whole(one.string)]
        print(f"{language}: {len(catalogue)} strings, {len(open_ones)} not translated")


def _whole(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    main()
