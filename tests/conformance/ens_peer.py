"""A second opinion on entry summary declarations: the published schemas and asserts themselves.

The schemas are asked through libxml2. The asserts are written in a language of their own; here each
becomes Python by a few replacements and reads the message by plain paths, as they do. Nothing is
shared with the code that is tested.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

OLD, NEW = "", "New"
ONLY_315 = {"p121"}

_CLOSURE = re.compile(r"\{ContextHelper current, ContextHelper local ->\s*(.*?)\}", re.DOTALL)
_FIXES = ((r"\|\|", " or "), ("&&", " and "), (r"!(?!=)", " not "), (r"\bnot\(", "absent("))


class Text(str):
    """A text with the methods the asserts call."""

    def take(self, count: int) -> Text:
        return Text(self[:count])

    def length(self) -> int:
        return len(self)

    def contains(self, part: str) -> bool:
        return part in self

    def startsWith(self, part: str) -> bool:
        return self.startswith(part)


class Context:
    """What an assert may call, at one element of a message."""

    def __init__(self, node: etree._Element) -> None:
        self._node = node

    def _words(self) -> dict[str, Any]:
        """Return the names an assert may use."""
        return {name: getattr(self, name) for name in _WORDS} | {"current": self}

    def _at(self, path: str) -> list[etree._Element]:
        if path == ".":
            return [self._node]
        node: etree._Element | None = self._node
        while path.startswith(".."):
            node = node.getparent() if node is not None else None
            path = path[2:].removeprefix("/")
        found = [node] if node is not None else []
        for name in path.split("/") if path else ():
            found = [c for one in found for c in one if c.tag == name]
        return found

    def _texts(self, path: str) -> list[str]:
        return ["".join(map(str, one.itertext())) for one in self._at(path)]

    def exists(self, path: str, test: Callable[[Context], bool] | None = None) -> bool:
        return any(test is None or test(Context(one)) for one in self._at(path))

    def absent(self, path: str) -> bool:
        return not self._at(path)

    def getValue(self, path: str) -> Text:
        return Text(next(iter(self._texts(path)), ""))

    def trim(self, path: str) -> Text:
        return Text(self.getValue(path).strip())

    def number(self, path: str) -> float:
        return _double(next(iter(self._texts(path)), ""))

    def intOrElse(self, path: str, other: int) -> int:
        text = self.trim(path)
        return int(text) if re.fullmatch("[+-]?[0-9]+", text) else other

    def applyRegex(self, path: str, regex: str) -> bool:
        return any(re.fullmatch(regex, text) for text in self._texts(path)[:1])

    def substringAfter(self, text: str, sign: str) -> Text:
        return Text(text.partition(sign)[2])

    def sum(self, path: str) -> float:
        return float(sum(map(_double, self._texts(path))))

    def count(self, path: str) -> int:
        return len(self._at(path))

    def countEquals(self, path: str, wanted: str) -> int:
        return sum(text.strip() == wanted for text in self._texts(path))

    def countDistinctChildCount(self, path: str) -> int:
        return len({len(one) for one in self._at(path)})

    def countDistinct(self, path: str, trim: bool) -> int:
        return len({text.strip() if trim else text for text in self._texts(path)})

    def existsForAll(self, parent: str, path: str, wanted: str) -> bool:
        return all(Context(one).countEquals(path, wanted) for one in self._at(parent))

    def areIndices(self, path: str) -> bool:
        return [int(text) for text in self._texts(path)] == [*range(1, self.count(path) + 1)]


_WORDS = [name for name in vars(Context) if not name.startswith("_")]


def _double(text: str) -> float:
    try:
        return float(text.strip())
    except ValueError:
        return float("nan")


def _python(test: str) -> str:
    test = _CLOSURE.sub(r"lambda local: (\1)", test)
    parts = re.split(r"('(?:[^'\\]|\\.)*')", test)
    for index in range(0, len(parts), 2):
        for old, new in _FIXES:
            parts[index] = re.sub(old, new, parts[index])
        parts[index] = parts[index].replace("true", "True").replace("false", "False")
    return "".join(parts).strip()


class Peer:
    """The asserts of one rule set for one message, and its schema."""

    def __init__(self, schema: Path, message: str, version: str) -> None:
        dash = f"-{version}" if version else ""
        self._schema = etree.XMLSchema(file=str(schema / "xsd" / f"{message}-v11-2{dash}.xsd"))
        self._message = message
        self._asserts: dict[str, list[tuple[str, Any]]] = {}
        skip = {"p3_p72" if version else "p3_p72_New"}
        skip |= ONLY_315 if message == "CC313A" else set()
        for file in sorted((schema / "rules").glob("*.json")):
            if file.stem in skip:
                continue
            rule = json.loads(file.read_text())
            for one in rule["asserts"]:
                code = compile(_python(one["test"]), file.name, "eval")
                self._asserts.setdefault(rule["element"], []).append((one["errorCode"], code))

    def is_built_right(self, root: etree._Element) -> bool:
        """Tell whether the schema accepts the message."""
        return self._schema.validate(root)

    def errors(self, root: etree._Element) -> set[tuple[str, str]]:
        """Return the error numbers and places of a message that the schema accepts."""
        found = set()
        for element, asserts in self._asserts.items():
            path = [name for name in element.split("/") if name]
            for node, where in _nodes(root, path, f"/ie:{self._message}[1]"):
                words = Context(node)._words()
                found |= {(code, where) for code, test in asserts if not eval(test, words)}
        return found


def _nodes(
    node: etree._Element, path: Sequence[str], where: str
) -> Iterator[tuple[etree._Element, str]]:
    if not path:
        yield node, where
        return
    number = 0
    for child in node:
        if child.tag == path[0]:
            number += 1
            yield from _nodes(child, path[1:], f"{where}/{path[0]}[{number}]")
