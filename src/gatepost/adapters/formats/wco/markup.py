"""Writing XML in one fixed way, so that equal data gives equal bytes."""

from __future__ import annotations

from collections.abc import Mapping

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\r": "&#13;",
        "\n": "&#10;",
        "\t": "&#9;",
    }
)

_NONE: Mapping[str, str] = {}


class Markup:
    """An XML document that grows line by line; the caller opens and closes in order."""

    def __init__(self) -> None:
        self._lines = ['<?xml version="1.0" encoding="UTF-8"?>']
        self._open: list[str] = []

    def open(self, name: str, attributes: Mapping[str, str] = _NONE) -> None:
        """Begin the element ``name``, which holds other elements."""
        self._lines.append(f"{'  ' * len(self._open)}<{name}{_written(attributes)}>")
        self._open.append(name)

    def close(self) -> None:
        """End the element begun last."""
        name = self._open.pop()
        self._lines.append(f"{'  ' * len(self._open)}</{name}>")

    def leaf(self, name: str, text: str = "", attributes: Mapping[str, str] = _NONE) -> None:
        """Write an element that holds ``text``, or nothing."""
        start = f"{'  ' * len(self._open)}<{name}{_written(attributes)}"
        self._lines.append(f"{start}>{text.translate(_TEXT)}</{name}>" if text else f"{start}/>")

    def data(self) -> bytes:
        """Return the document in UTF-8."""
        return ("\n".join(self._lines) + "\n").encode("utf-8")


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{value.translate(_ATTRIBUTE)}"' for name, value in attributes.items())
