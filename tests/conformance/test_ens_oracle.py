"""Entry summary declarations get exactly the result their control files expect.

Beyond the files, mutants of them are held against the published schemas and asserts (``ens_peer``),
so that what no file exercises is compared too.
"""

from __future__ import annotations

import copy
import os
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from gatepost.adapters.formats.ens.interface import Interface
from gatepost.bootstrap import load_checked_interface
from tests.conformance.ens_peer import NEW, OLD, Peer

Error = tuple[str, str]

DAYS = {OLD: date(2024, 7, 1), NEW: date(2026, 7, 1)}
MUTANTS = int(os.environ.get("GATEPOST_MUTANTS", "400"))

ABOUT_STRUCTURE_ALONE = {"schemaTestCases315New/MESRECMES6_optional.xml"}
"""Built right, as its control file says; but it leaves out what the rules want, which no schema
test asks. Every other message of the schema tests that is built right meets the rules as well."""


@pytest.fixture(scope="module")
def interface() -> Interface:
    return load_checked_interface("uk_ens")


@pytest.fixture(scope="module")
def ens(shared_data: Path) -> Path:
    return shared_data / "ens_ics"


def messages(ens: Path, kind: str) -> list[Path]:
    """Return the messages that have a control file, of rule tests or of schema tests."""
    files = (ens / "open").glob(f"{kind}TestCases*/*.ctl.xml")
    return sorted(file.with_name(f"{file.name[: -len('.ctl.xml')]}.xml") for file in files)


def expected(message: Path) -> tuple[set[Error], bool]:
    """Return the numbered errors of a control file, and whether it has one without a number."""
    root = etree.parse(message.with_name(f"{message.stem}.ctl.xml")).getroot()
    numbered, structure = set(), False
    for error in root.iterfind("{*}Error"):
        if (number := error.findtext("{*}Number")) is not None:
            numbered.add((number, error.findtext("{*}Location") or ""))
        else:
            structure = True
    return numbered, structure


def found(interface: Interface, message: Path, structure_only: bool = False) -> list[Error]:
    errors = interface.errors(message.read_bytes(), DAYS[NEW], structure_only)
    return [(one.code, one.where) for one in errors]


def is_structure(errors: list[Error]) -> bool:
    """Tell whether these are numbers of ours, with a place, as a structure error has them."""
    return bool(errors) and all(code.startswith("DATA-") and where for code, where in errors)


def wrong(
    interface: Interface, files: list[Path], structure_only: bool
) -> Iterator[tuple[str, list[Error], set[Error]]]:
    for message in files:
        numbered, structure = expected(message)
        errors = found(interface, message, structure_only)
        right = is_structure(errors) if structure else set(errors) == numbered
        if not right or len(errors) != len(set(errors)):
            yield f"{message.parent.name}/{message.name}", errors, numbered


def test_every_rule_test_gets_its_result(interface: Interface, ens: Path) -> None:
    files = messages(ens, "rule")
    assert len(files) > 1_180
    assert list(wrong(interface, files, structure_only=False)) == []


def test_every_schema_test_gets_its_result(interface: Interface, ens: Path) -> None:
    files = messages(ens, "schema")
    assert len(files) > 70
    assert list(wrong(interface, files, structure_only=True)) == []


def test_what_schema_tests_say_of_the_rules_is_listed(interface: Interface, ens: Path) -> None:
    names = {name for name, _, _ in wrong(interface, messages(ens, "schema"), False)}
    assert names == ABOUT_STRUCTURE_ALONE


@pytest.mark.parametrize("version", [OLD, NEW], ids=["old", "new"])
@pytest.mark.parametrize("message", ["CC315A", "CC313A"])
def test_mutants_get_the_result_of_the_published_asserts(
    interface: Interface, ens: Path, message: str, version: str
) -> None:
    """Elements dropped, doubled, moved, emptied and given other values, in both rule sets."""
    peer = Peer(ens / "schema", message, version)
    chance = random.Random(f"{message}{version}")
    folder = f"ruleTestCases{message[2:5]}New"
    files = [path for path in messages(ens, "rule") if path.parent.name == folder]
    built_right = 0
    for _ in range(MUTANTS):
        root, other = (parsed(chance.choice(files).read_bytes()) for _ in range(2))
        for _ in range(chance.randint(1, 3)):
            mutate(root, other, chance)
        data = etree.tostring(root)
        errors = {(n.code, n.where) for n in interface.errors(data, DAYS[version])}
        again = parsed(data)
        if peer.is_built_right(again):
            built_right += 1
            assert errors == peer.errors(again), data.decode()
        else:
            assert is_structure(list(errors)), data.decode()
    assert MUTANTS / 4 < built_right < MUTANTS


def parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True))


VALUES = (
    *("", " ", "0", "00", "1", "01", "2", "3", "4", "8", "10", "11", "42", "+1", "-1", "1.5", ".5"),
    *("5.", "0.1234", "00000000001.5", "123456789012", "99999999999", "12345678.901"),
    *("A", "C", "D", "E", "e", "AB", "GB", "VQ", "VR", "NE", "NG", "CT", "10600", " 10600 "),
    *("GB123", "gb123", "FR123", "GBCD12345EFG", "GB 1", "1234567", "12345678", "XFER", "XFERA-1"),
    *("XFERA:", "BA123", "BA1234A", "EXAMPLE", "ABCD1234", "091231", "090230", "2400", "CC315A"),
    *("GBCD1234/1234567890", "GB  1/1234567890", "GB/1234567890", "a" * 36, "200912312359"),
)


WAYS = ("drop", "drop", "value", "value", "double", "swap", "take", "take", "borrow", "borrow")


def mutate(root: etree._Element, other: etree._Element, chance: random.Random) -> None:
    """Change one thing in a message, perhaps by taking something of another one."""
    nodes = list(root.iterdescendants(etree.Element))
    node = chance.choice(nodes)
    parent = node.getparent()
    assert parent is not None
    match chance.choice(WAYS):
        case "drop":
            parent.remove(node)
        case "double":
            parent.insert(parent.index(node), copy.deepcopy(node))
        case "swap":
            parent.append(node)
        case "value":
            leaf = chance.choice([one for one in nodes if not len(one)])
            leaf.text = chance.choice(VALUES)
        case "borrow":
            leaf = chance.choice([one for one in nodes if not len(one)])
            leaf.text = chance.choice([*other.iter(str(leaf.tag)), leaf]).text
        case "take":
            taken = copy.deepcopy(chance.choice(list(other)))
            same = root.find(str(taken.tag))
            if same is not None:
                root.replace(same, taken)
            else:
                root.insert(_place(root, taken, other), taken)


def _place(root: etree._Element, taken: etree._Element, other: etree._Element) -> int:
    """Return where ``taken`` belongs in ``root``: before what follows it in the other message."""
    following = [one.tag for one in other][[one.tag for one in other].index(taken.tag) :]
    places = [index for index, one in enumerate(root) if one.tag in following]
    return min(places, default=len(root))
