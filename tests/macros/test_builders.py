"""The two site builders: what tells their sites apart, and that the same content comes out of both."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from macros import apart, builders, compare
from tests import project as projects
from tests.project import ROOT, run

PAGE = (
    '<nav><a href="../">Home</a></nav><article><h1 id="a">A</h1><p>Some words <a href="../b/">b</a></p>{}</article>'
    '<script src="../x.mjs"></script>'
)
SAME = {
    "set otherwise": PAGE.format("").replace("<p>", "<div>\n  <p class='x'>"),
    "code coloured by another release": PAGE.format("").replace("Some words", "Some <span>wo</span><span>rds</span>"),
    "another way to the same place": PAGE.format("").replace("../b/", "../a/../b/"),
}
OTHER = {
    "words": PAGE.format("<p>more</p>"),
    "headings": PAGE.format("<h2>More</h2>"),
    "places": PAGE.format('<span id="x"></span>'),
    "links": PAGE.format('<a href="../c/"></a>'),
    "forms": PAGE.format('<input name="x">'),
    "scripts": PAGE.format("") + '<script src="../y.mjs"></script>',
    "navigation": PAGE.format("") + '<nav><a href="../c/"></a></nav>',
}


def _told(tmp_path: Path, html: str) -> list[str]:
    for name, text in {"one": PAGE.format(""), "other": html}.items():
        (tmp_path / name / "a").mkdir(parents=True)
        (tmp_path / name / "a/index.html").write_text(text, encoding="utf-8")
    return list(compare.differences(tmp_path / "one", tmp_path / "other"))


@pytest.mark.parametrize("why", SAME)
def test_pages_that_say_the_same_are_the_same(tmp_path: Path, why: str) -> None:
    assert _told(tmp_path, SAME[why]) == []


@pytest.mark.parametrize("part", OTHER)
def test_what_differs_is_told_by_part(tmp_path: Path, part: str) -> None:
    told = _told(tmp_path, OTHER[part])
    assert len(told) == 1
    assert told[0].startswith(f"a/index.html: {part}: with 1: ")


def test_a_page_in_one_site_alone_is_told(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one/index.html").write_text("", encoding="utf-8")
    assert list(compare.differences(tmp_path / "one", tmp_path / "other")) == ["index.html: only in one"]


LINKS = {
    '<a href="../../../x/">': '<a href="../../x/">',
    '<script src="../../../assets/y.mjs">': '<script src="../../assets/y.mjs">',
    '<a href="../../x/">': '<a href="../../x/">',
    '<a href="../../../../x/">': '<a href="../../../../x/">',
}


@pytest.mark.parametrize("link", LINKS)
def test_only_a_link_that_leads_out_of_the_site_by_one_step_is_mended(link: str) -> None:
    assert builders.mended(link, 2) == LINKS[link]


@pytest.mark.full
@pytest.mark.parametrize("make", [projects.make, projects.copy], ids=["a small project", "this one"])
def test_the_next_builder_builds_the_same_content(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    project = make(tmp_path / "project")
    (project / ".cache/next").symlink_to(apart.install(ROOT, "next"))
    for name in builders.BUILDERS:
        done = run(project, "macros.build", "--no-downloads", "--builder", name, "--site", str(tmp_path / name))
        assert done.returncode == 0, done.stdout + done.stderr
    allowed = yaml.safe_load((ROOT / "tests/cases/next-builder.yml").read_text(encoding="utf-8"))["allowed"]
    told = compare.differences(tmp_path / "mkdocs", tmp_path / "zensical")
    assert [line for line in told if not any(re.search(pattern, line) for pattern in allowed)] == []
