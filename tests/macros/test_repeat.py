"""The same project builds the same site, byte for byte, in whatever folder, on whatever day and by whomever it is built."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from macros import day
from tests import project as projects
from tests import repeat
from tests.project import ROOT

CLOCKS = {"now", "today", "utcnow", "time", "gmtime", "localtime", "getmtime", "st_mtime"}
ASK = {"macros/day.py", "macros/stale.py", "macros/serve.py"}
"""Who may ask what time it is: the day of a build, a report of what is due today, and what follows changes to files."""


def test_two_people_build_the_same_small_site(tmp_path: Path) -> None:
    sites = []
    for number, name in enumerate(("one", "another place")):
        project = projects.make(tmp_path / name / "project")
        repeat.commit(project)
        sites.append(repeat.build(project, number))
    assert repeat.differing(*sites) == []
    assert sum(1 for path in sites[0].rglob("*") if path.is_file()) > 50


@pytest.mark.full
def test_two_people_build_the_same_site(tmp_path: Path) -> None:
    copies = [projects.copy(tmp_path / name / "project") for name in ("one", "another place")]
    for project in copies:
        repeat.commit(project)
    sites = [repeat.build(project, number) for number, project in enumerate(copies)]
    assert repeat.differing(*sites) == []
    made = {path.relative_to(sites[0]).as_posix() for path in sites[0].rglob("*") if path.is_file()}
    assert made >= {"index.html", "sbom.json", "copy.json", "downloads/noticing-neglect-offline.zip"}
    for module in (ROOT / "quizzes/modules").glob("*.yml"):
        assert {f"training/{module.stem}/index.html", f"downloads/scorm/{module.stem}.zip"} <= made


def test_only_a_build_s_day_and_reports_of_today_ask_the_clock() -> None:
    asked = set()
    for path in (ROOT / "macros").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.Attribute) and node.attr in CLOCKS and _clock(node) for node in ast.walk(tree)):
            asked.add(path.relative_to(ROOT).as_posix())
    assert asked <= ASK


def _clock(node: ast.Attribute) -> bool:
    """Whether a name like a clock's is one: of the modules, or of a file's state."""
    return node.attr.startswith("st_") or (isinstance(node.value, ast.Name) and node.value.id in {"time", "date", "datetime", "os", "path"})


def test_two_sites_that_differ_are_told_apart(tmp_path: Path) -> None:
    for name, files in {"a": {"same": "1", "x/more": "1", "changed": "1"}, "b": {"same": "1", "changed": "2"}}.items():
        for file, text in files.items():
            (tmp_path / name / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / file).write_text(text, encoding="utf-8")
    assert repeat.differing(tmp_path / "a", tmp_path / "b") == ["changed", "x/more"]


def test_a_build_is_of_the_day_that_is_set_or_else_of_the_last_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(day.NAME, raising=False)
    (tmp_path / "a").write_text("a", encoding="utf-8")
    monkeypatch.setattr(day.time, "time", lambda: 1.0)
    assert day.seconds(tmp_path) == 1
    repeat.commit(tmp_path)
    assert day.of(day.seconds(tmp_path)) == date(2026, 11, 28)
    monkeypatch.setenv(day.NAME, "86400")
    assert day.of(day.seconds(tmp_path)) == date(1970, 1, 2)


@pytest.mark.parametrize("given", ["yesterday", "1e9", "99999999999999999"])
def test_a_day_that_is_none_stops_the_build_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv(day.NAME, given)
    with pytest.raises(day.NoDay, match=f"^SOURCE_DATE_EPOCH is {given}; it has to be a number of seconds since 1970$"):
        day.seconds(tmp_path)
