"""Writes the pages of ``docs/reference`` from the code, so they cannot drift from it.

``make docs`` runs it; a test fails when a page is not what it would write.
"""

from __future__ import annotations

import inspect
import sys
import typing
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from docs import promises
from gatepost.adapters.files import history
from gatepost.adapters.formats.ens.description import KINDS as INTERFACE
from gatepost.bootstrap import RULE_MODULES, load_checked
from gatepost.casework import bodies
from gatepost.casework.act import ACTS
from gatepost.casework.acts.model import Act, ActName
from gatepost.cli import main
from gatepost.cli import rules as cli_rules
from gatepost.consignment import model as nouns
from gatepost.control.schedule.world import World
from gatepost.description.law import law_page
from gatepost.description.layout import LAYOUT
from gatepost.kernel.notice import rules_of
from gatepost.web import rules as web_rules

FOLDER = Path(__file__).parent / "reference"


def pages() -> dict[str, str]:
    """Return every reference page by its file name."""
    return {
        "rules.md": _joined(_rules()),
        "events.md": _joined(_events()),
        "description-files.md": _joined(_files("jurisdiction", LAYOUT)),
        "interface-files.md": _joined(_files("interface", INTERFACE)),
        "condition-names.md": _joined(_names()),
        "commands.md": _joined(_commands()),
        "acts.md": _joined(_acts()),
        "law-of-aldermark.md": _joined(law_page(load_checked("aldermark"))),
        "history-files.md": _joined(_history()),
        "promises.md": _joined(promises.page()),
        "worlds.md": _joined(_worlds()),
        "asvs.md": _joined(_asvs()),
    }


def _joined(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _rules() -> Iterator[str]:
    yield "# Numbered rules"
    yield ""
    yield "Every notice carries the number of one of these. Words in braces are filled in."
    for module in (*RULE_MODULES, cli_rules, web_rules):
        yield from (
            "",
            f"## {_first(module)}",
            "",
            "| number | sentence | what to do |",
            "|---|---|---|",
        )
        for rule in rules_of(vars(module)):
            yield f"| {rule.number} | {_cell(rule.sentence)} | {_cell(rule.remedy)} |"


def _events() -> Iterator[str]:
    yield "# Events"
    yield ""
    yield "What the ledger can hold. Each event also carries when it happened and was recorded,"
    yield "the zone, the source, who acted, for which agency, and the rule and law behind it."
    for room in bodies.ROOMS:
        found = bodies.bodies_of(room)
        yield from (
            "",
            f"## {_first(room)}",
            "",
            "| event | what happened | it tells |",
            "|---|---|---|",
        )
        for body in found:
            fields = ", ".join(f"`{name}`" for name in body.__struct_fields__)
            yield f"| `{body.name()}` | {_first(body)} | {fields or 'nothing more'} |"


def _files(what: str, layout: Iterable[Any]) -> Iterator[str]:
    yield f"# Files of {'an' if what[0] in 'aeiou' else 'a'} {what}"
    yield ""
    yield "Where each kind of thing is described, and what a file says. A field without a value in"
    yield "the last column must be given. `gatepost check` names the file and line of every fault."
    seen: set[type] = set()
    for place in layout:
        many = " A list of:" if place.many else ""
        yield from ("", f"## `{place.pattern}`", "", _whole(place.type) + many, "")
        yield from _fields(place.type)
        for part in _parts(place.type):
            if part not in seen:
                seen.add(part)
                yield from ("", f"### {part.__name__}", "", _whole(part), "")
                yield from _fields(part)


def _fields(struct: Any) -> Iterator[str]:
    yield from ("| field | holds | if left out |", "|---|---|---|")
    for field in msgspec.structs.fields(struct):
        default = "" if field.required else f"`{_default(field)}`"
        yield f"| `{field.encode_name}` | {_type(field.type)} | {default} |"


def _default(field: Any) -> str:
    if field.default_factory is not msgspec.NODEFAULT:
        return "empty"
    value = field.default
    if value is None:
        return "nothing"
    if isinstance(value, msgspec.Struct) or value == ():
        return "empty"
    return str(value).lower()


def _parts(struct: Any) -> list[Any]:
    found: list[Any] = []
    for field in msgspec.structs.fields(struct):
        for one in _structs(field.type):
            if one not in (*found, struct) and one.__name__ not in ("LegalBasis", "Validity"):
                found.extend([one, *_parts(one)])
    return list(dict.fromkeys(found))


def _structs(kind: Any) -> Iterator[Any]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for inner in typing.get_args(kind):
        if not isinstance(inner, str):
            yield from _structs(inner)


def _type(kind: Any) -> str:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return " or ".join(f"`{one}`" for one in inner)
    if origin is tuple:
        return f"list of {_type(inner[0])}"
    if origin is dict:
        return "text by language" if inner == (str, str) else "mapping"
    if inner:
        return " or ".join(_type(one) for one in inner if one is not type(None))
    names = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`"}
    return names.get(kind) or str(getattr(kind, "__name__", kind))


def _names() -> Iterator[str]:
    yield "# Names in conditions"
    yield ""
    yield "A condition on goods items reads `item` and `consignment`, one on travellers"
    yield "`traveller` and `consignment`, one on the whole `consignment` only."
    for name, struct in vars(nouns).items():
        if (
            isinstance(struct, type)
            and issubclass(struct, msgspec.Struct)
            and struct is not msgspec.Struct
        ):
            yield from ("", f"## {name}", "", _whole(struct), "", "| name | holds |", "|---|---|")
            for field in msgspec.structs.fields(struct):
                yield f"| `{field.name}` | {_type(field.type)} |"


def _history() -> Iterator[str]:
    yield "# History files"
    yield ""
    endings = ", ".join(f"`{one}`" for one in history.ENDINGS)
    yield f"What `gatepost risk backtest --history` reads: files that end with {endings}."
    yield ""
    yield "## Lodgements"
    yield ""
    yield "NDJSON: each line is the JSON that `gatepost lodge` takes, alone or as `declaration` in:"
    yield from ("", "| field | holds | if left out |", "|---|---|---|")
    yield "| `declaration` | the lodgement | |"
    yield "| `day` | the day by whose law it is judged | today |"
    yield "| `reference` | under which it is known | its functional reference |"
    by_target = '`{"customs": {"item/1": true}}`'
    yield f"| `found` | by agency whether it found something wrong; or by target: {by_target} | |"
    yield ""
    yield "## Flat records"
    yield ""
    yield inspect.cleandoc(history.__doc__ or "").split("\n\n")[1].replace("``", "`")
    yield ""
    yield "Columns, all of which may be left out but for one that a condition can read:"
    yield from ("", "| column | holds |", "|---|---|")
    yield "| `reference` | text; without it each record is a consignment of its own |"
    yield "| `regime` | `import` or `export` or `transit`; empty is of every regime |"
    yield "| `found.AGENCY` | `true`, `false`, or empty where the agency did not look |"
    names = "[Names in conditions](condition-names.md)"
    yield f"| `item.NAME`, `traveller.NAME`, `consignment.NAME` | as listed in {names} |"
    yield "| `consignment.importer.id` and so on | what a record within holds |"
    yield ""
    yield "In CSV and NDJSON numbers have a point, days are written `2026-07-02`, and a list of"
    yield "texts in CSV has `;` between them. In NDJSON objects may stand for dots, and a list of"
    yield "records is a list of objects. Other columns without a dot are passed over and named in"
    yield "the answer."


def _acts() -> Iterator[str]:
    yield "# Acts"
    yield ""
    yield "One JSON object a line for `gatepost act`. Repeating an id gives the same answer."
    yield from ("", "| act | what it does |", "|---|---|")
    for name in typing.get_args(ActName):
        yield f"| `{name}` | {_cell(_paragraphs(ACTS[name]))} |"
    yield from ("", "Fields; those an act does not speak of, it does not read.", "")
    yield from _fields(Act)


def _worlds() -> Iterator[str]:
    yield "# Worlds to plan"
    yield ""
    yield "What `gatepost plan --world FILE` reads, as JSON; `gatepost plan --schema` prints the"
    yield "same as a JSON Schema. A field without a value in the last column must be given."
    for struct in (World, *_parts(World)):
        yield from ("", f"## {struct.__name__}", "", _paragraphs(struct), "")
        yield from _fields(struct)


def _asvs() -> Iterator[str]:
    """Yield the map of the security standard, from the table beside this file."""
    rows = yaml.safe_load((Path(__file__).parent / "asvs.yaml").read_text())
    proved = sum("proved_by" in row for row in rows)
    idle = sum("not_applicable" in row for row in rows)
    yield "# OWASP ASVS 5.0.0, levels 1 and 2"
    yield ""
    yield "Which test proves which requirement of the [Application Security Verification"
    yield "Standard](https://github.com/OWASP/ASVS); its sentences stand there under their number."
    yield "A test proves what it says and no more. *Open* means that no test here proves it yet,"
    yield "not that it is missing: much of it is a matter of how an installation is run."
    yield ""
    yield f"{len(rows)} requirements: {proved} proved by a test, {idle} not applicable,"
    yield f"{len(rows) - proved - idle} open."
    yield from ("", "| number | level | proved by |", "|---|---|---|")
    for row in rows:
        told = "*open*"
        if "proved_by" in row:
            told = "<br>".join(f"`{test}`" for test in row["proved_by"])
        elif "not_applicable" in row:
            told = f"not applicable: {_cell(row['not_applicable'])}"
        yield f"| {row['id']} | {row['level']} | {told} |"


def _commands() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield from _command(main, ["gatepost"])


def _command(command: click.Command, path: list[str]) -> Iterator[str]:
    context = click.Context(command, info_name=" ".join(path), terminal_width=96)
    yield from (f"## {' '.join(path)}", "", "```", command.get_help(context), "```", "")
    if isinstance(command, click.Group):
        for name in sorted(command.list_commands(context)):
            found = command.get_command(context, name)
            assert found is not None, f"{name} is listed"
            yield from _command(found, [*path, name])


def _paragraphs(thing: Any) -> str:
    return " ".join((inspect.getdoc(thing) or "").split()).replace("``", "`")


def _first(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ").rstrip(".")


def _whole(thing: Any) -> str:
    return _cell(" ".join((inspect.getdoc(thing) or "").split())).replace("``", "`")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def write() -> None:
    """Write every page."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text)


if __name__ == "__main__":
    write()
