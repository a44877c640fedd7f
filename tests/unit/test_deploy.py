"""What the files under deploy/ start is there, with the options they give it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
import pytest

from gatepost.cli import main

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [one for one in UNITS if one.suffix == ".service"]
TIMERS = [one for one in UNITS if one.suffix == ".timer"]
PAGE = ROOT / "docs" / "howto" / "run-in-production.md"


def lines(unit: Path, key: str) -> list[str]:
    """Return the values of a key of a unit, in order."""
    return re.findall(rf"^{key}=(.*)$", unit.read_text(), re.MULTILINE)


def known() -> dict[str, str]:
    """Return what the file of the environment says, the parts that are commented out too."""
    text = (DEPLOY / "gatepost.env").read_text()
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)$", text, re.MULTILINE))


def started(unit: Path) -> Iterator[list[str]]:
    """Yield the words of each command that a unit starts, a shell between left out."""
    for line in lines(unit, "ExecStart"):
        words = shlex.split(line)
        if words[:2] == ["/bin/sh", "-c"]:
            words = shlex.split(words[2].removeprefix("exec "))
        yield words


def check_words(words: list[str]) -> None:
    """Parse words as ``gatepost`` would; unknown commands, options and surplus words fail."""
    found: click.Command = main
    context = click.Context(main)
    while isinstance(found, click.Group):
        name, *words = words
        command = found.get_command(context, name)
        assert command is not None, f"there is no command {name}"
        found, context = command, click.Context(command, context, name)
    given, left, order = found.make_parser(context).parse_args(list(words))
    assert left == []
    for parameter in order:
        if isinstance(parameter.type, click.Choice):
            value = given[parameter.name or ""]
            assert set(value if isinstance(value, list) else [value]) <= set(parameter.type.choices)
    missing = [one.name for one in found.params if one.required and one not in order]
    assert missing == []


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_every_unit_starts_a_command_that_is_there(unit: Path) -> None:
    commands = list(started(unit))
    assert commands
    for program, *words in commands:
        if program.endswith("/gatepost"):
            assert program == "/opt/gatepost/bin/gatepost"
            check_words(words)
        else:
            assert program == "pg_basebackup"


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_every_variable_of_a_unit_is_explained(unit: Path) -> None:
    used = set(re.findall(r"\$\{(\w+)\}", "\n".join(lines(unit, "ExecStart"))))
    assert used <= set(known())


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_no_unit_runs_as_root_or_shows_a_secret(unit: Path) -> None:
    assert lines(unit, "User")[0] in ("gatepost", "postgres")
    assert lines(unit, "NoNewPrivileges") == ["yes"]
    assert lines(unit, "ProtectSystem") == ["strict"]
    assert lines(unit, "UMask") == ["0077"]
    assert not re.search(r"password|secret|token", unit.read_text(), re.IGNORECASE)
    assert "@" not in known()["DATABASE"]


@pytest.mark.parametrize("timer", TIMERS, ids=lambda unit: unit.name)
def test_every_timer_has_its_service(timer: Path) -> None:
    assert timer.with_suffix(".service") in SERVICES
    assert lines(timer, "Persistent") == ["true"]


def test_what_units_name_of_each_other_is_there() -> None:
    names = {unit.name for unit in UNITS}
    for unit in UNITS:
        for key in ("Wants", "Requires", "After"):
            told = " ".join(lines(unit, key)).split()
            assert {one for one in told if one.startswith("gatepost")} <= names


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.skipif(not shutil.which("pg_basebackup"), reason="PostgreSQL is not installed")
def test_systemd_reads_every_unit(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text().replace("/opt/gatepost/bin/gatepost", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    names = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names], capture_output=True, text=True
    )
    told = [line for line in done.stderr.splitlines() if "gatepost" in line]
    assert told == []


def test_the_container_starts_a_command_that_is_there() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    (entry,) = re.findall(r"^ENTRYPOINT (.+)$", text, re.MULTILINE)
    (words,) = re.findall(r"^CMD (.+)$", text, re.MULTILINE)
    assert msgspec.json.decode(entry) == ["gatepost"]
    check_words(msgspec.json.decode(words))
    assert re.search(r"^USER gatepost$", text, re.MULTILINE)


def test_the_container_copies_what_is_there_and_a_python_we_support() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    for words in re.findall(r"^COPY (.+)$", text, re.MULTILINE):
        for name in words.split()[:-1]:
            assert (ROOT / name).exists(), name
    (version,) = re.findall(r"^FROM python:([0-9.]+)-", text, re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert f"Programming Language :: Python :: {version}" in project["classifiers"]


def test_the_page_shows_commands_that_are_there_and_names_every_unit() -> None:
    text = PAGE.read_text()
    shown = re.findall(
        r"^(?:sudo -u gatepost )?/opt/gatepost/bin/gatepost (.+)$", text, re.MULTILINE
    )
    assert len(shown) >= 4
    for line in shown:
        check_words(shlex.split(line))
    for unit in UNITS:
        if unit.suffix == ".timer" or unit.with_suffix(".timer") not in UNITS:
            assert unit.name in text, unit.name
    for variable in known():
        assert variable in text, variable
