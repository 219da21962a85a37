"""Every file in `tests/cases/invalid/` is told exactly what its `expect:` lines say, and the small project is told nothing.

To add a case, copy a file beside it, break it, and write `# expect: LINE: MESSAGE` at its top (in a page, inside its head; in a
page without a head, as `<!-- expect: … -->`). The folder says where the file goes: see `PLACES`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros import check
from tests import project as projects

INVALID = Path(__file__).parents[1] / "cases" / "invalid"
CASES = sorted(path for path in INVALID.rglob("*") if path.is_file())
MODULE = "quizzes/modules/x.yml"
PLACES = {
    "modules": MODULE,
    "questions": MODULE,
    "yaml": MODULE,
    "misconceptions": "quizzes/misconceptions.yml",
    "published": "quizzes/published.yml",
    "where-to-start": "quizzes/where-to-start.yml",
    "tools": "quizzes/tools/care-picture.yml",
    "sources": "docs/_facts/sources/x.yml",
    "pages": "docs/page.md",
    "guidance": "docs/guidance/x.md",
    "briefings": "docs/briefings/x.md",
}
EXPECT = re.compile(r"^(?:#|<!--) expect: (.*?)(?: -->)?$", re.MULTILINE)
JARGON = re.compile(r"Traceback|pydantic|validat\w+ error|Input should|NoneType|\bdict\b|\bstr\b|\bint\b|function-|loc=|ctx=|yaml\.")


def _expected(path: Path, place: str) -> list[str]:
    return [f"{place}:{text}" for text in EXPECT.findall(path.read_bytes().decode("utf-8", "replace"))]


def test_there_are_cases() -> None:
    assert len(CASES) >= 70
    assert any(projects.VALID.rglob("*.yml"))
    for name in ("modules", "questions", "yaml", "tools", "sources", "pages"):
        assert any((INVALID / name).iterdir()), name


def test_the_small_project_has_no_mistake(project: Path) -> None:
    library, complaints = check.everything(project)
    assert complaints == []
    assert {question.kind for question in library.modules["every-kind"].questions} == {
        "single", "multi", "truefalse", "match", "order", "short", "number", "cloze", "case", "grade"
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.relative_to(INVALID).with_suffix("").as_posix())
def test_a_broken_file_is_told_exactly_what_is_wrong(case: Path, project: Path) -> None:
    folder = case.parent.name
    place = PLACES.get(folder, f"docs/_facts/{folder}.yml")
    expected = _expected(case, place)
    assert expected, f"{case.name} says nothing of what to expect"
    with projects.changed(project / place, case.read_bytes()):
        _, complaints = check.everything(project)
    assert complaints == expected
    assert not [line for line in complaints if JARGON.search(line)]
