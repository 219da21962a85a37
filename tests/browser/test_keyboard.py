"""Every page template by keyboard: each stop can be seen, shows that it has the focus and is not covered; nothing traps, no single
letter acts, Escape closes what opened and gives the focus back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Watch
from tests.browser.exercise import MODULE_PAGE, TOOL_PAGE, of_kind

MISSING_PAGE = "/no/such/page/"
NOT_THERE = ("Failed to load resource: the server responded with a status of 404",)
TEMPLATES = {
    "home": "/",
    "a guidance page": "/guidance/what-neglect-is/",
    "an exit page": "/guidance/worried-about-a-child/",
    "a filtered table": "/guidance/risk-factors/",
    "a document": "/strategies/southampton/",
    "a list of pages": "/tools/",
    "sources": "/about/sources/",
    "the start of a module": MODULE_PAGE,
    "choices": f"{MODULE_PAGE}#{of_kind('multi')['id']}",
    "selects": f"{MODULE_PAGE}#{of_kind('match')['id']}",
    "an order": f"{MODULE_PAGE}#{of_kind('order')['id']}",
    "a tool": TOOL_PAGE,
    "an area": f"{TOOL_PAGE}#food",
    "answers to check": f"{TOOL_PAGE}#check",
    "a page that is not there": MISSING_PAGE,
}
MOST = 400

STOP = """() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const name = element.outerHTML.replace(/\\s+/g, ' ').slice(0, 140);
  const box = [...element.getClientRects()].find(({width, height}) => width > 0 && height > 0);
  if (!box) return {name, wrong: 'has no size'};
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const whole = box.height <= innerHeight ? bottom - top >= box.height - 1.5 && right - left >= box.width - 1.5 : bottom > top;
  if (!whole || right <= left) return {name, wrong: `is out of view: ${JSON.stringify(box)}`};
  const {outlineStyle, outlineWidth, boxShadow, clipPath} = getComputedStyle(element);
  if (clipPath !== 'none' || box.width < 2 || box.height < 2) return {name, wrong: 'is hidden from sight'};
  const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  if (!ring && boxShadow === 'none') return {name, wrong: 'does not show that it has the focus'};
  const on = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  if (!on || !element.contains(on)) return {name, wrong: `is covered by ${on?.outerHTML.slice(0, 80)}`};
  return {name, urgent: element.matches('.urgent__link'), skip: element.matches('.md-skip'), wrong: ''};
}"""


def _walk(page: Page) -> list[dict[str, Any]]:
    """Tab from the top of the page to its end; returns what was found at each stop."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    stops = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError(f"more than {MOST} stops: the last was {stops[-1]['name']}")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_stop_is_in_sight(open_page: Open, watch: Watch, template: str, width: int) -> None:
    watch.expected = NOT_THERE
    page = open_page(TEMPLATES[template], width=width)
    stops = _walk(page)
    wrong = [f"{stop['name']} {stop['wrong']}" for stop in stops if stop["wrong"]]
    assert not wrong, "\n".join(wrong)
    assert stops[0]["skip"], f"the first stop is {stops[0]['name']}"
    assert sum(stop["urgent"] for stop in stops) == 1
    names = [stop["name"] for stop in stops]
    assert len(names) > 10


@pytest.mark.parametrize("path", ["/", "/guidance/worried-about-a-child/", MODULE_PAGE, MISSING_PAGE])
def test_the_skip_link_leads_to_the_words(open_page: Open, watch: Watch, path: str) -> None:
    watch.expected = NOT_THERE
    page = open_page(path, width=320)
    if path == MODULE_PAGE:
        page.wait_for_selector("[data-scripted]", state="attached")  # before that all its steps are there, and most are hidden then
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null"), "the skip link does not skip"


def test_escape_closes_the_menu_and_gives_focus_back(open_page: Open) -> None:
    page = open_page("/guidance/risk-factors/", width=320)
    button = page.locator("[data-menu-button]")
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-menu]') !== null")
    page.keyboard.press("Escape")
    expect(page.locator("[data-menu]")).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_every_stop_of_the_open_menu_is_in_sight(open_page: Open) -> None:
    page = open_page("/guidance/risk-factors/", width=320)
    page.locator("[data-menu-button]").click()
    wrong = [f"{stop['name']} {stop['wrong']}" for stop in _walk(page) if stop["wrong"]]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", [320, 1280])
def test_search_keeps_focus_inside_and_escape_gives_it_back(open_page: Open, width: int) -> None:
    page = open_page("/guidance/", width=width)
    opener = page.locator("[data-search-open]")
    opener.press("Enter")
    expect(page.locator("[data-search-words]")).to_be_focused()
    page.keyboard.type("neglect")
    page.keyboard.press("Enter")
    expect(page.locator(".search__link").first).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        assert stop is None or not stop["wrong"], stop
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(page.locator("[data-search]")).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.parametrize("path", ["/guidance/what-neglect-is/", f"{MODULE_PAGE}#{of_kind('single')['id']}", f"{TOOL_PAGE}#food"])
def test_no_single_letter_does_anything(open_page: Open, path: str) -> None:
    page = open_page(path)
    address = page.url
    seen = "() => [location.href, scrollY, document.activeElement.tagName, document.querySelectorAll(':modal, input:checked').length]"
    before = page.evaluate(seen)
    for key in ["f", "s", "n", "p", "/", "k", "j", "b", ",", ".", "?", "1", "2"]:
        page.keyboard.press(key)
    assert page.evaluate(seen) == before
    assert page.url == address
