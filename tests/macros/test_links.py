"""Links of a built site: every one leads to a file, and to a place in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.finish import links, tree


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, html in {
        "index.html": '<h1 id="home">Home</h1>',
        "a/index.html": '<section data-step="one"></section><p id="caf&eacute;"></p>',
        "b.pdf": "",
        "assets/x.css": "",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(html, encoding="utf-8")
    return tmp_path


def _told(site: Path, link: str, page: str = "a/page.html") -> list[str]:
    (site / page).write_text(f'<p>\n<a href="{link}">x</a>', encoding="utf-8")
    return _broken(site)


def _broken(site: Path) -> list[str]:
    return list(links.broken(site, {name: links.read(page) for name, page in tree.pages(site)}))


@pytest.mark.parametrize(
    "link",
    ["../", "..", ".", "./", "#", "#top", "../#home", "../index.html#home", "./#one", "./#caf%C3%A9", "../b.pdf", "../assets/x.css?v=1",
     "/a/#one", "/", "https://example.org/nowhere", "//example.org/x", "mailto:a@b.c", "tel:999", "page.html"],
)  # fmt: skip
def test_good_links(site: Path, link: str) -> None:
    assert _told(site, link) == []


@pytest.mark.parametrize("link", ["nowhere/", "../b", "../../a/index.html/x", "/nowhere", "../a"])
def test_a_link_to_no_file(site: Path, link: str) -> None:
    assert _told(site, link) == [f"a/page.html:2: the link `{link}` leads to no file"]


@pytest.mark.parametrize("link", ["#nowhere", "../#one", "./#two"])
def test_a_link_to_no_place(site: Path, link: str) -> None:
    assert _told(site, link) == [f"a/page.html:2: the link `{link}` leads to a page that has no such place"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "vbscript:x", "file:///etc/passwd"])
def test_a_link_that_runs_something(site: Path, link: str) -> None:
    assert _told(site, link) == [f"a/page.html:2: the link `{link}` is of a sort that is not allowed; allowed: {', '.join(links.OUTSIDE)}"]


def test_the_small_site_has_no_broken_link(built: Path) -> None:
    assert _broken(built) == []
