"""A jurisdiction is found by its name or its path, or the refusal says which there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatepost.adapters.files import rules
from gatepost.adapters.files.jurisdiction import find_jurisdiction
from gatepost.kernel.notice import Refused, RuleBook, rules_of

BOOK = RuleBook(rules_of(vars(rules)))


@pytest.fixture
def places(tmp_path: Path) -> list[Path]:
    for path in (
        "wheel/aldermark",
        "wheel/models/canada",
        "repo/aldermark",
        "repo/brenland",
        "repo/models/nordic",
        "repo/canada",
    ):
        (tmp_path / path).mkdir(parents=True)
    return [tmp_path / "wheel", tmp_path / "repo", tmp_path / "absent"]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("aldermark", "wheel/aldermark"),
        ("brenland", "repo/brenland"),
        ("nordic", "repo/models/nordic"),
        ("canada", "repo/canada"),
    ],
)
def test_a_bare_name(tmp_path: Path, places: list[Path], name: str, folder: str) -> None:
    assert find_jurisdiction(name, places) == tmp_path / folder


def test_a_path(tmp_path: Path, places: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_jurisdiction(str(tmp_path / "repo/brenland"), places) == tmp_path / "repo/brenland"
    monkeypatch.chdir(tmp_path / "repo")
    assert find_jurisdiction("./aldermark", places).samefile(tmp_path / "repo/aldermark")
    assert find_jurisdiction(".", places).samefile(tmp_path / "repo")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "aldermarck",
            'There is no jurisdiction called "aldermarck". Did you mean "aldermark"? '
            "There are: aldermark, brenland, canada, nordic.",
        ),
        (
            "models",
            'There is no jurisdiction called "models". '
            "There are: aldermark, brenland, canada, nordic.",
        ),
        (
            "here",
            'There is no jurisdiction called "here". For the folder of this name, write ./here.',
        ),
        (
            "no/where",
            "There is no folder no/where. "
            "Look at how it is written, and from which folder the path starts.",
        ),
    ],
)
def test_an_unknown_one_is_refused(
    tmp_path: Path, places: list[Path], monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refused) as refused:
        find_jurisdiction(name, places)
    assert [BOOK.sentence(notice) for notice in refused.value.notices] == [sentence]


def test_nothing_installed_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        find_jurisdiction("aldermark", [tmp_path / "absent"])
    assert "None is installed." in BOOK.sentence(refused.value.notices[0])
