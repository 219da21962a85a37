"""Building the small project for real: a mistake stops it in one plain line, and what is built is whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.macros import hostile
from tests.project import changed, run

PAGE = b"""---
title: A page
description: A page with a mistake.
owner: Editor
drafted: 2026-11-22
review_by: 2027-05-22
applies_to: England
---
# A page

So it is. {{ cite("ex-oen") }}
"""
TOLD = "docs/page.md:11: cite(…): there is no fact `ex-oen` (did you mean `ex-one`?)"


def test_a_whole_site_is_built(built: Path) -> None:
    for page in ("index.html", "guidance/index.html", "training/every-kind/index.html", "tools/care-picture/index.html", "404.html"):
        assert (built / page).is_file(), page
    assert not (built / "_facts").exists()
    html = (built / "training/every-kind/index.html").read_text(encoding="utf-8")
    assert html.count("data-definition>") == 1
    assert "{{" not in html


PROGRAMS = [["macros.build", "--site", "elsewhere"], ["mkdocs", "build", "--site-dir", "elsewhere"], ["macros.check"]]


def test_markup_in_words_is_nothing_but_words(project: Path, built: Path) -> None:
    with hostile.poisoned(project):
        done = run(project, "macros.build", "--site", "poisoned")
    assert done.returncode == 0, done.stdout + done.stderr
    for page in sorted(built.rglob("*.html")):
        clean = page.read_text(encoding="utf-8")
        html = (project / "poisoned" / page.relative_to(built)).read_text(encoding="utf-8")
        for part in ("<script", "</script", "<img", "<!--", "<textarea", "</section>"):
            assert html.count(part) == clean.count(part), (page, part)
    module = (project / "poisoned/training/every-kind/index.html").read_text(encoding="utf-8")
    assert "{{ seven() }}" in module
    assert "&lt;script&gt;alert()" in module


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_unknown_id_stops_everything_in_one_line(project: Path, program: list[str]) -> None:
    with changed(project / "docs/page.md", PAGE):
        done = run(project, *program)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert [line for line in said.splitlines() if "docs/page.md" in line and line.endswith(TOLD)], said
    assert "Traceback" not in said
    assert not (project / "elsewhere/page").exists()


def test_a_link_to_no_page_stops_the_build(project: Path) -> None:
    with changed(project / "docs/page.md", PAGE.replace(b'{{ cite("ex-oen") }}', b"[Here](nowhere.md)")):
        done = run(project, "macros.build", "--site", "elsewhere")
    assert done.returncode == 1
    assert "nowhere.md" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_check_says_when_nothing_is_wrong(project: Path) -> None:
    done = run(project, "macros.check")
    assert (done.returncode, done.stdout) == (0, "4 facts, 1 modules, 1 tools: nothing wrong.\n")


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    code = "import sys; from macros import check; sys.exit(check.main())"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(root)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "docs/_facts/local.yml:1: this file is missing" in done.stdout
    assert "Traceback" not in done.stderr
