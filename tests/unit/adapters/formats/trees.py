"""Data sets drawn from the table: every element, number and format that it allows may appear."""

from __future__ import annotations

import sys
from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import strategies as st

from gatepost.adapters.formats.wco.profile import DECLARATION, HEADER, Element
from gatepost.adapters.formats.wco.values import NUMBERS
from gatepost.consignment.dataset import DataSet

_CHARACTERS = st.characters(
    exclude_categories=["Cs"],
    exclude_characters="\ufffe\uffff" + "".join(chr(n) for n in range(32) if n not in (9, 10, 13)),
)
_VALUES = {
    "currencyID": st.sampled_from(["EUR", "GBP"]),
    "unitCode": st.sampled_from(["KGM", "KGM#G", "C62"]),
    "formatCode": st.sampled_from(["102", "304"]),
}


def _text(element: Element) -> st.SearchStrategy[str]:
    if element.type == "DateTime":
        return st.sampled_from(["20260702", "20260702101500Z", "20260702101500+01"])
    if element.type in NUMBERS:
        return st.sampled_from(["0", "1", "10", "007", "10.00" if "," in element.format else "12"])
    digits = element.format.rpartition(".")[2].lstrip("an")
    length = int(digits) if digits else 12
    letters = {"n": "0123456789", "a": "ABxyz"}.get(element.format.rstrip(".0123456789"))
    alphabet = st.sampled_from(letters) if letters else _CHARACTERS
    least = 0 if not element.format else 1 if ".." in element.format else length
    drawn = st.text(alphabet, min_size=least, max_size=min(length, 20))
    return drawn.filter(lambda value: not element.format or bool(value.strip()))


@st.composite
def leaves(draw: Callable[..., Any], element: Element) -> str | dict[str, str]:
    """Return a value of ``element``, sometimes with attributes."""
    text = draw(_text(element))
    names = list(element.required)
    if element.attributes and draw(st.integers(0, 4)) == 0:
        names.append(draw(st.sampled_from(sorted(element.attributes))))
    any_text = st.text(_CHARACTERS, max_size=8)
    attributes = {f"@{name}": draw(_VALUES.get(name, any_text)) for name in names}
    return {"#": text, **attributes} if attributes else text


@st.composite
def trees(draw: Callable[..., Any], element: Element, share: int = 4) -> dict[str, Any]:
    """Return the children of ``element``: all mandatory ones, about one in ``share`` others."""
    found: dict[str, Any] = {}
    for name, child in element.children.items():
        if not child.least and draw(st.integers(0, share)):
            continue
        one = leaves(child) if child.fits is not None else trees(child, share)
        if child.repeated:
            most = min(child.most, 3, sys.maxsize)
            found[name] = draw(st.lists(one, min_size=1, max_size=most))
        else:
            found[name] = draw(one)
    return found


@st.composite
def datasets(draw: Callable[..., Any]) -> DataSet:
    """Return a whole data set in the order of the table."""
    header = draw(trees(HEADER))
    declaration = draw(trees(DECLARATION, 6))
    return (
        {"MetaData": header, "Declaration": declaration} if header else {"Declaration": declaration}
    )


def shuffled(dice: Random, value: Any) -> Any:
    """Return ``value`` with the names of every object in another order."""
    if isinstance(value, dict):
        names = dice.sample(list(value), len(value))
        return {name: shuffled(dice, value[name]) for name in names}
    if isinstance(value, list):
        return [shuffled(dice, one) for one in value]
    return value
