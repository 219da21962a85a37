"""Every real tool: the rule stays strict whoever edits it, and each is short enough to be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import TOOLS
from macros.library import read
from macros.schema.tool import LONGEST
from tests.project import ROOT

WEAKER = [
    ("care-picture", "coverage: 0.75", "coverage: 0.5", "cut_offs.coverage: found 0.5; allowed: at least 0.75"),
    ("care-picture", "serious_item: 3", "serious_item: 4", "cut_offs.serious_item: found 4; allowed: at most 3"),
    ("care-picture", "several_areas: 3", "several_areas: 5", "cut_offs.several_areas: found 5; allowed: at most 3"),
    ("care-picture", "rule: care-picture", "rule: average", "rule: found 'average'; allowed: "),
    ("home-check", "widespread: 3", "widespread: 5", "cut_offs.widespread: found 5; allowed: at most 3"),
    ("home-check", "unseen: 0.2", "unseen: 0.5", "cut_offs.unseen: found 0.5; allowed: at most 0.2"),
    ("resilience-matrix", "answered: 6", "answered: 3", "cut_offs.answered: found 3; allowed: 6"),
    ("resilience-matrix", "line: 2", "line: 0", "cut_offs.line: found 0; allowed: 2"),
    ("where-are-we-now", "id: child,", "id: young-person,", "people: `child` is missing; the rule looks for it"),
    ("pattern-finder", "repeating: 3", "repeating: 6", "windows.repeating: found 6; allowed: at most 3"),
    ("pattern-finder", "gap: 183", "gap: 365", "windows.gap: found 365; allowed: at most 183"),
    ("pattern-finder", "days: 365", "days: 90", "windows.days: found 90; allowed: at least 365"),
    ("was-not-brought", "missed: 3", "missed: 5", "windows.missed: found 5; allowed: at most 3"),
    ("was-not-brought", "id: critical,", "id: urgent,", "importance: found "),
    ("is-it-changing", "weeks: 12", "weeks: 4", "weeks: found 4; allowed: at least 12"),
    ("check-for-drift", "change_days: 183", "change_days: 365", "cut_offs.change_days: found 365; allowed: at most 183"),
    ("check-for-drift", "restarts: 2", "restarts: 9", "cut_offs.restarts: found 9; allowed: at most 2"),
    ("in-place", "id: not-known\n", "id: unsure\n", "answers: found "),
    ("childs-day", "id: unknown\n", "id: fine\n", "known: found "),
]


def _complaints(folder: Path, tool: str, text: str) -> list[str]:
    """What is said of one tool's file on its own."""
    place = folder / f"quizzes/tools/{tool}.yml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    return [str(problem) for problem in read(folder)[1] if problem.file == f"quizzes/tools/{tool}.yml"]


@pytest.mark.parametrize(("tool", "was", "now", "said"), WEAKER, ids=[f"{row[0]}: {row[2].strip()}" for row in WEAKER])
def test_a_weaker_rule_is_refused_with_its_line(tool: str, was: str, now: str, said: str, tmp_path: Path) -> None:
    text = (ROOT / f"quizzes/tools/{tool}.yml").read_text("utf-8")
    assert was in text
    line = text[: text.index(was)].count("\n") + 1
    heard = [one for one in _complaints(tmp_path, tool, text.replace(was, now, 1)) if said in one]
    assert heard
    assert line - 30 <= int(heard[0].split(":")[1]) <= line, heard


@pytest.mark.parametrize("tool", TOOLS)
def test_a_total_may_not_be_added(tool: str, tmp_path: Path) -> None:
    text = (ROOT / f"quizzes/tools/{tool}.yml").read_text("utf-8").rstrip() + "\ntotal: true\n"
    said = f"quizzes/tools/{tool}.yml:{len(text.splitlines())}: total: this key is not known"
    assert any(one.startswith(said) for one in _complaints(tmp_path, tool, text))


def test_there_is_a_tool_for_every_rule_and_each_is_short() -> None:
    library, _ = read(ROOT)
    assert {tool.rule for tool in library.tools.values()} == {*TOOLS} == {*library.tools}
    for tool in library.tools.values():
        assert tool.minutes <= LONGEST
        words = str(tool).casefold()
        assert not [phrase for phrase in ("low risk", "meets the threshold", "meets threshold", "neglect: yes") if phrase in words], tool.id
