"""What GitHub and GitLab run: make targets that are there, notes beside the lines that are wrong, the site on a branch, links reported."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from macros import annotate
from scripts import links, put
from tests import project as projects
from tests.project import ROOT, changed, run

FILES = [*sorted((ROOT / ".github/workflows").glob("*.yml")), ROOT / ".gitlab-ci.yml"]
BROKEN = b"---\ntitle: A page\n---\n# A page\n\n100%, {{ cite(\"nothing\") }}\n"
COMPLAINTS = ["docs/a,b.md:7: found 100%: write it\nin words", "quizzes/x.yml:12: id: this is missing", "mkdocs stopped with 1"]


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_every_step_is_a_make_target_that_is_there(file: Path) -> None:
    text = file.read_text("utf-8")
    assert yaml.safe_load(text)
    called = re.findall(r"(?:^|[\s\[])make (?:--silent )?([a-z-]+)", re.sub(r"#.*", "", text))
    assert called and set(called) <= _targets()
    assert not re.findall(r"pip install|npm |mkdocs |playwright install", text), "the steps are make's to know"


def test_the_workspace_sets_itself_up_and_names_no_registry() -> None:
    text = re.sub(r"^\s*//.*$", "", (ROOT / ".devcontainer/devcontainer.json").read_text("utf-8"), flags=re.MULTILINE)
    workspace = json.loads(text)
    assert workspace["postCreateCommand"].removeprefix("make ") in _targets()
    assert "." not in workspace["image"].partition(":")[0] and "/" not in workspace["image"]


def test_both_agree_to_words_and_questions() -> None:
    owners = [line.split() for line in (ROOT / ".github/CODEOWNERS").read_text("utf-8").splitlines() if line and line[0] != "#"]
    assert {line[0] for line in owners} == {"/docs/", "/local/", "/quizzes/"}
    assert all(len(line) == 3 for line in owners)


def test_github_gets_a_note_beside_each_line() -> None:
    assert annotate.github(COMPLAINTS) == [
        "::error file=docs/a%2Cb.md,line=7::found 100%25: write it%0Ain words",
        "::error file=quizzes/x.yml,line=12::id: this is missing",
    ]


def test_gitlab_gets_a_report_with_a_row_for_each_line() -> None:
    rows = annotate.gitlab(COMPLAINTS)
    assert [(row["location"]["path"], row["location"]["lines"]["begin"]) for row in rows] == [("docs/a,b.md", 7), ("quizzes/x.yml", 12)]
    assert len({row["fingerprint"] for row in rows}) == 2 and all(row["description"] and row["severity"] for row in rows)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project."""
    return projects.make(tmp_path_factory.mktemp("small") / "project")


@pytest.mark.parametrize("where", ["github", "gitlab"])
def test_a_broken_page_is_told_where_an_editor_looks(where: str, project: Path) -> None:
    with changed(project / "docs/page.md", BROKEN), changed(project / annotate.REPORT, None):
        done = run(project, "macros.annotate", where)
        report = (project / annotate.REPORT).read_text("utf-8") if where == "gitlab" else ""
    assert done.returncode == 1
    if where == "github":
        assert "::error file=docs/page.md,line=" in done.stdout
    else:
        assert json.loads(report)[0]["location"]["path"] == "docs/page.md"


def _git(where: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=where, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A small repository with an origin beside it, and a site that is built."""
    _git(tmp_path, "init", "--quiet", "--bare", "origin")
    _git(tmp_path, "init", "--quiet", "--initial-branch=main", "copy")
    where = tmp_path / "copy"
    for name, value in (("user.name", "A test"), ("user.email", "test@example.org"), ("commit.gpgsign", "false")):
        _git(where, "config", name, value)
    (where / "words.md").write_text("words", "utf-8")
    _git(where, "add", "words.md")
    _git(where, "commit", "--quiet", "-m", "Begin")
    _git(where, "remote", "add", "origin", str(tmp_path / "origin"))
    (where / "site/about").mkdir(parents=True)
    (where / "site/index.html").write_text("one", "utf-8")
    (where / "site/about/index.html").write_text("about", "utf-8")
    return where


def _branch(copy: Path) -> dict[str, str]:
    origin = copy.parent / "origin"
    names = _git(origin, "ls-tree", "-r", "--name-only", "gh-pages").split()
    return {name: _git(origin, "show", f"gh-pages:{name}") for name in names}


def test_the_site_and_its_previews_stand_side_by_side_on_the_branch(copy: Path) -> None:
    put.put(copy, "gh-pages")
    assert _branch(copy) == {".nojekyll": "", "index.html": "one", "about/index.html": "about"}
    (copy / "site/index.html").write_text("two", "utf-8")
    put.put(copy, "gh-pages", "preview/12")
    (copy / "site/about/index.html").unlink()
    (copy / "site/about").rmdir()
    put.put(copy, "gh-pages")
    put.put(copy, "gh-pages")
    assert _branch(copy) == {
        ".nojekyll": "", "index.html": "two", "preview/12/index.html": "two", "preview/12/about/index.html": "about"
    }  # fmt: skip
    assert _git(copy, "branch", "--show-current").strip() == "main" and (copy / "words.md").exists()


@pytest.mark.parametrize(("given", "site", "said"), [
    ([], True, "Say which branch: make put BRANCH=gh-pages\n"),
    (["gh-pages"], False, "There is no site/ yet: run make publish first.\n"),
    (["no good"], True, "The site was not put on no good: fatal: "),
])  # fmt: skip
def test_what_keeps_the_site_off_the_branch_is_said_in_one_line(copy: Path, given: list[str], site: bool, said: str) -> None:
    if not site:
        shutil.rmtree(copy / "site")
    done = subprocess.run([sys.executable, ROOT / "scripts/put.py", *given], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(said) and done.stderr.count("\n") == 1


@pytest.mark.full
def test_a_link_that_does_not_work_is_reported_and_stops_nothing(tmp_path: Path) -> None:
    page = '<title>A page</title><p><a href="https://nothing.invalid/page">One</a> <a href="/">Home</a></p>'
    (tmp_path / "index.html").write_text(page, "utf-8")
    told = list(links.broken(links.install(ROOT), tmp_path))
    assert len(told) == 1 and told[0].startswith("the home page: https://nothing.invalid/page: ")
