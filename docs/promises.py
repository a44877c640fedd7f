"""What docs/promises.yaml holds, and the page that is made of it with the last figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks._figures import Figure, figures


class Promise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One promise, the tests that prove it, and the names of its figures."""

    promise: str
    tests: tuple[str, ...]
    figures: tuple[str, ...] = ()


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fault of the test plan; what needs a ``partner`` is proven with the exchange."""

    number: int
    fault: str
    tests: tuple[str, ...] = ()
    partner: bool = False


class Promises(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    promises: tuple[Promise, ...]
    faults: tuple[Fault, ...]


def read_promises() -> Promises:
    """Return what docs/promises.yaml holds."""
    file = Path(__file__).with_name("promises.yaml")
    return msgspec.yaml.decode(file.read_bytes(), type=Promises)


def page() -> Iterator[str]:
    """Yield the lines of the page."""
    told, kept = read_promises(), figures()
    yield "# Promises"
    yield ""
    yield "What we promise, the tests that prove it in every `.ci/run`, and the last figures."
    yield "A figure is worth what its machine was: `benchmarks/` prints it again on yours, and"
    yield "`--keep` puts it here."
    for one in told.promises:
        yield from ("", f"## {one.promise}", "")
        yield from (f"- {_test(test)}" for test in one.tests)
        for name in one.figures:
            yield f"- figure: {_figure(kept.get(name))}"
    yield from ("", "## Faults that are tried", "")
    yield from ("| | fault | proven by |", "|---|---|---|")
    for fault in told.faults:
        proofs = [_test(test) for test in fault.tests]
        if fault.partner:
            proofs.append("between two countries, with the exchange")
        yield f"| {fault.number} | {fault.fault} | {'<br>'.join(proofs)} |"


def _test(test: str) -> str:
    file, _, name = test.partition("::")
    return f"`{name}` in `{file}`" if name else f"all of `{file}`"


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return "not measured yet"
    return f"{figure.says} (`{figure.command}`, {figure.day}; {figure.machine})"
