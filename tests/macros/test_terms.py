"""Words that have gone out of date are found wherever authors write, in any spacing, unless a permission covers the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros import check
from tests.project import changed

INSTEAD = 'write "new word"; where it has to stand, docs/_facts/terms.yml says why'


@pytest.mark.parametrize(
    ("file", "words", "line", "found"),
    [
        ("docs/guidance/index.md", "\nAn Old\n  word here.", 2, "Old word"),
        ("docs/guidance/index.md", "\nOne\n\nline, then an old word.", 4, "old word"),
        ("docs/_facts/glossary.yml", "# an old word, said by an editor", 1, "old word"),
        ("quizzes/modules/every-kind.yml", "# old   word", 1, "old word"),
    ],
)
def test_old_words_are_found(project: Path, file: str, words: str, line: int, found: str) -> None:
    before = (project / file).read_text(encoding="utf-8")
    with changed(project / file, f"{before}{words}\n".encode()):
        told = check.everything(project)[1]
    at = before.count("\n") + line
    assert told == [f"{file}:{at}: found `{found}`: {INSTEAD}"]


@pytest.mark.parametrize(
    ("file", "words"), [("docs/tools/index.md", "An old word."), ("docs/guidance/index.md", "Cold words, an oldword.")]
)
def test_permitted_and_other_words_are_not(project: Path, file: str, words: str) -> None:
    before = (project / file).read_text(encoding="utf-8")
    with changed(project / file, f"{before}\n{words}\n".encode()):
        assert check.everything(project)[1] == []
