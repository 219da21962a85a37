"""What holds on every page as it opens: axe finds nothing, nothing is stored, nothing strays, and the bones are right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import axe
from tests.browser.conftest import ROOT, Open, Watch

DOCS = ROOT / "docs"
QUIZZES = ROOT / "quizzes"
WRITTEN = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md") if "_facts" not in path.parts]
PAGES = ["/404.html", *sorted("/" + re.sub(r"(^|/)index\.md$|\.md$", "/", name).lstrip("/") for name in WRITTEN)]
FORMS = {f"/{path.parent.name.replace('modules', 'training')}/{path.stem}/" for path in QUIZZES.glob("*/*.yml")}
FORMS |= {"/training/where-to-start/", "/partnership/data-profile/"}
STARTING = {*FORMS, "/partnership/training-report/"}
"""Pages that use the engine, and start it before it is asked for."""
GRID = [(width, dark) for width in (320, 768, 1280) for dark in (False, True)]
USUAL = [(320, True), (1280, False)]
FAR = "/no/such/page/"

BONES = """() => {
  const shown = (element) => element.checkVisibility({checkVisibilityCSS: true, checkOpacity: true});
  const loose = [...document.links].filter((link) => shown(link) && !link.closest('nav, .header__name, .button, .exit__link, .md-skip')
    && !getComputedStyle(link).textDecorationLine.includes('underline')).map((link) => link.outerHTML.slice(0, 120));
  return {
    titles: document.querySelectorAll('h1').length,
    lang: document.documentElement.lang,
    title: document.title,
    first: document.head.firstElementChild.outerHTML.slice(0, 50),
    styled: [...document.querySelectorAll('[style]')].map((element) => element.outerHTML.slice(0, 120)),
    inline: [...document.querySelectorAll('script:not([src]):not([type="application/json"])')].length,
    wide: document.documentElement.scrollWidth - innerWidth,
    loose,
    kept: [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(Boolean),
  };
}"""


def test_every_page_of_the_site_is_tested(site: Path) -> None:
    built = {"/" + path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html")}
    assert built == set(PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_as_it_opens(open_page: Open, watch: Watch, path: str) -> None:
    """On a phone in the dark, and then on a laptop in the light."""
    if path == "/404.html":
        path, watch.expected = FAR, ("Failed to load resource: the server responded with a status of 404",)
    has_form = path in FORMS
    page = open_page(path, width=320, dark=True, quiet=has_form)
    for width, dark in USUAL:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if dark else "light")
        _bones(page, path)
        axe.assert_none(page, f"{path} at {width} px, {'dark' if dark else 'light'}")
    assert bool(page.locator("[data-quiz]").count()) is has_form
    if path not in STARTING:
        assert not [address for address in watch.requests if "/runtime/" in address], "the engine was fetched without a form"


@pytest.mark.full
@pytest.mark.parametrize(("width", "dark"), GRID)
@pytest.mark.parametrize("path", PAGES[1:])
def test_a_page_at_every_width_and_scheme(open_page: Open, path: str, width: int, dark: bool) -> None:
    page = open_page(path, width=width, dark=dark)
    _bones(page, path)
    axe.assert_none(page, f"{path} at {width} px, {'dark' if dark else 'light'}")


LARGE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('html { font-size: 200% !important }');
  document.adoptedStyleSheets = [sheet];
  return document.documentElement.scrollWidth - innerWidth;
}"""


@pytest.mark.full
@pytest.mark.parametrize("path", PAGES[1:])
def test_twice_the_text_fits_a_small_screen(open_page: Open, path: str) -> None:
    assert open_page(path, width=320).evaluate(LARGE) <= 0


def _bones(page: Page, path: str) -> None:
    found = page.evaluate(BONES)
    assert found["titles"] == 1, f"{path} has {found['titles']} h1"
    assert found["lang"] == "en-GB"
    assert found["title"].endswith("Noticing Neglect")
    assert "Content-Security-Policy" in found["first"], f"first in head: {found['first']}"
    assert not found["styled"], f"style attributes: {found['styled']}"
    assert not found["inline"], "a script inside the page"
    assert found["wide"] <= 0, f"{path} is {found['wide']} px too wide"
    assert not found["loose"], f"links not underlined: {found['loose']}"
    assert not found["kept"], f"kept on the device: {found['kept']}"


def test_a_page_keeps_nothing_and_asks_nobody(open_page: Open, watch: Watch) -> None:
    page = open_page("/tools/care-picture/", quiet=False)
    page.locator("#age-2-4").check()
    page.wait_for_load_state("networkidle")
    assert page.context.cookies() == []
    assert page.context.storage_state() == {"cookies": [], "origins": []}
    assert watch.requests
