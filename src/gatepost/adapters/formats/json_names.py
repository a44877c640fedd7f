"""Names given twice in one object of a JSON text, which ordinary readers drop in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator


class _Pairs(list[tuple[str, object]]):
    """The names and values of one object in the order written, with repetitions."""


def repeated_names(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield path and name of everything in the JSON text ``data`` that is named twice."""
    reader = json.JSONDecoder(
        object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str
    )
    yield from _repeated(reader.decode(data.decode("utf-8")), "")


def _repeated(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, _Pairs):
        seen: set[str] = set()
        for name, inner in value:
            here = f"{path}/{name}" if path else name
            if name in seen:
                yield here, name
            seen.add(name)
            yield from _repeated(inner, here)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _repeated(inner, f"{path}[{number}]")
