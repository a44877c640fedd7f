"""What all commands share: options, help, defaults, and never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from gatepost.adapters.formats import rules as format_rules
from gatepost.bootstrap import RULES
from gatepost.cli import main, rules
from gatepost.cli.context import default_data
from gatepost.cli.output import BOOK, columns, printable
from gatepost.kernel.notice import rules_of
from tests.unit.cli.conftest import Run

SOURCE = Path(__file__).resolve().parents[3] / "src"


def commands(group: click.Group, *above: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        assert one is not None, f"{name} is listed"
        if isinstance(one, click.Group):
            yield from commands(one, *above, name)
        else:
            yield (*above, name), one


EVERY = dict(commands(main))


@pytest.mark.parametrize("words", [w for w in EVERY if w != ("demo",)], ids=" ".join)
def test_every_command_says_where_its_data_is(words: tuple[str, ...]) -> None:
    options = {name for one in EVERY[words].params for name in one.opts}
    answers = set() if words == ("serve",) else {"--json"}
    assert {"--data", "--database", "--jurisdiction"} | answers <= options


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_tells_in_a_sentence_what_it_does(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*words, "--help"])
    assert result.exit_code == 0
    sentence = (EVERY[words].help or "").split("\n\n")[0]
    assert sentence.endswith(".")
    assert len(sentence) < 62
    assert sentence in CliRunner().invoke(main, [*words[:-1], "--help"]).stdout


def test_the_default_data_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    assert default_data() == Path("/somewhere/gatepost")
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.setenv("HOME", "/home/trader")
    assert default_data() == Path("/home/trader/.local/share/gatepost")


def test_an_unknown_jurisdiction_is_refused_with_those_that_there_are(run: Run) -> None:
    refused = run("doctor", "--jurisdiction", "aldermarkk")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("FILE-019: ")
    assert '"aldermark"' in refused.stderr


@pytest.mark.parametrize(
    "url", ["postgresql://nobody@127.0.0.1:1/none", "nonsense", "postgresql://[", "host='"]
)
def test_a_database_that_cannot_be_reached_is_refused_without_its_password(
    run: Run, url: str
) -> None:
    result = run("doctor", "--database", url)
    assert result.exit_code == 1
    assert re.match(r"STORE-005 |CLI-005: ", result.stderr), result.stderr


def test_the_module_is_the_command() -> None:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    found = subprocess.run(
        [sys.executable, "-m", "gatepost", "nonsense"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 2
    assert "Usage: gatepost" in found.stderr
    assert "Traceback" not in found.stderr


def test_every_rule_a_command_may_meet_has_a_sentence_to_print() -> None:
    for rule in (*RULES.rules.values(), *rules_of(vars(rules)), *rules_of(vars(format_rules))):
        assert BOOK.sentence(rule.notice()) != rule.number


def test_columns_stand_below_each_other() -> None:
    assert columns([("a", "bb", "c"), ("aaa", "b", "")]) == ["a    bb  c", "aaa  b"]
    assert columns([]) == []


def test_only_printable_text_is_printed() -> None:
    assert printable("cut roses, 10 €") == "cut roses, 10 €"
    assert printable("a\x1b[31mb\nc\u202e") == "a\ufffd[31mb\ufffdc\ufffd"
