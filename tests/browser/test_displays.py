"""Every kind of page as people set their screens: at 400% zoom, with more space in the text, with text alone twice as large, in forced
colours, and without motion."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import cases
from tests.browser import answering
from tests.browser.conftest import Open
from tests.browser.exercise import MODULE_PAGE, check, go_to, of_kind
from tests.browser.test_keyboard import STOP

KINDS = cases.rows("displays.yml")
ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 by 1024 pixels at 400%."""
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }"""
LARGE = "html { font-size: 200% !important }"
STYLE = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [sheet];
}"""
LOST = """() => {
  const shown = (one) => one.checkVisibility({checkVisibilityCSS: true, checkOpacity: true}) && !one.closest('.visually-hidden, svg');
  const said = [];
  if (document.documentElement.scrollWidth > innerWidth) said.push(`${document.documentElement.scrollWidth - innerWidth} pixels too wide`);
  for (const one of document.querySelectorAll('body *')) {
    const {overflowX, overflowY, textOverflow} = getComputedStyle(one);
    const cuts = (overflowX !== 'visible' && overflowX !== 'auto' && overflowX !== 'scroll' && one.scrollWidth > one.clientWidth + 1)
      || ((overflowY === 'hidden' || overflowY === 'clip') && one.scrollHeight > one.clientHeight + 1) || textOverflow === 'ellipsis';
    if (cuts && one.clientWidth > 1 && shown(one) && one.innerText?.trim()) said.push(`cut off: ${one.outerHTML.slice(0, 120)}`);
  }
  return said;
}"""
MOVES = """() => [...document.querySelectorAll('*')].filter((one) => ['', '::before', '::after'].some((part) => {
  const {transitionDuration, animationDuration, scrollBehavior} = getComputedStyle(one, part || null);
  const times = [transitionDuration, animationDuration].flatMap((all) => all.split(','));
  return times.some((time) => parseFloat(time) > 0.01) || scrollBehavior === 'smooth';
})).map((one) => one.outerHTML.slice(0, 120))"""
FORCED = """() => {
  const canvas = document.body.appendChild(document.createElement('div'));
  canvas.className = 'forced';
  canvas.hidden = false;
  const back = light(getComputedStyle(canvas).backgroundColor);
  canvas.remove();
  function light(colour) {
    const [r, g, b, a = 1] = (colour.match(/[\\d.]+/g) ?? []).map(Number);
    if (!a) return null;
    const [x, y, z] = [r, g, b].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  }
  const contrast = (colour) => {
    const one = colour === 'none' ? null : light(colour);
    return one === null ? 0 : (Math.max(one, back) + 0.05) / (Math.min(one, back) + 0.05);
  };
  const shown = (one) => one.checkVisibility({checkVisibilityCSS: true, checkOpacity: true}) && one.getClientRects().length > 0;
  const said = [];
  for (const one of document.querySelectorAll('button, .button, .card--urgent, .tag')) {
    const {borderTopStyle, borderTopWidth, borderTopColor} = getComputedStyle(one);
    if (shown(one) && (borderTopStyle === 'none' || parseFloat(borderTopWidth) < 1 || contrast(borderTopColor) < 3)) {
      said.push(`no border: ${one.outerHTML.slice(0, 120)}`);
    }
  }
  for (const one of document.querySelectorAll('article svg text')) {
    if (shown(one) && contrast(getComputedStyle(one).fill) < 4.5) said.push(`words of a drawing: ${one.outerHTML.slice(0, 120)}`);
  }
  for (const one of document.querySelectorAll('article svg :is(line, polyline)')) {
    if (shown(one) && contrast(getComputedStyle(one).stroke) < 3) said.push(`a line of a drawing: ${one.outerHTML.slice(0, 120)}`);
  }
  for (const one of document.querySelectorAll('input[type="radio"], input[type="checkbox"]')) {
    if (shown(one) && getComputedStyle(one).appearance === 'none') said.push(`not drawn by the system: ${one.outerHTML.slice(0, 120)}`);
  }
  return said;
}"""


def _open(open_page: Open, kind: dict[str, Any], width: int = 320) -> Page:
    page = open_page(kind["path"], width=width)
    if "step" in kind:
        go_to(page, of_kind(kind["step"])["id"] if kind["path"] == MODULE_PAGE else kind["step"])
    return page


@pytest.mark.parametrize("kind", KINDS, ids=[kind["name"] for kind in KINDS])
def test_at_four_hundred_per_cent_nothing_is_lost_and_what_has_the_focus_is_not_covered(open_page: Open, kind: dict[str, Any]) -> None:
    page = _open(open_page, kind)
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    assert page.evaluate(LOST) == []
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        assert not stop["wrong"], stop


@pytest.mark.parametrize("kind", KINDS, ids=[kind["name"] for kind in KINDS])
def test_with_more_space_or_twice_the_text_nothing_is_lost(open_page: Open, kind: dict[str, Any]) -> None:
    page = _open(open_page, kind)
    for width, style in ((320, SPACED), (1280, SPACED), (320, LARGE)):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(STYLE, style)
        assert page.evaluate(LOST) == [], (width, style)


@pytest.mark.parametrize("kind", KINDS, ids=[kind["name"] for kind in KINDS])
def test_in_forced_colours_what_matters_is_seen_and_nothing_moves_where_motion_is_not_wanted(open_page: Open, kind: dict[str, Any]) -> None:
    page = _open(open_page, kind, width=1280)
    assert page.evaluate(MOVES) == []
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.evaluate(STYLE, ".forced { background: Canvas; position: absolute; width: 1px; height: 1px }")
        assert page.evaluate(FORCED) == [], scheme
        page.keyboard.press("Tab")
        assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_in_forced_colours_right_and_wrong_are_told_apart_by_words_and_what_was_chosen_by_its_box(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, width=320, quiet=False)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.evaluate(STYLE, ".forced { background: Canvas; position: absolute; width: 1px; height: 1px }")
    question = of_kind("single")
    here = go_to(page, question["id"])
    answering.put(page, question, answering.wrong(question))
    check(page, question)
    assert page.evaluate(FORCED) == []
    expect(here.locator("input:checked")).to_have_count(1)
    expect(here.locator("[data-verdict] [data-state]:visible")).to_contain_text("Not right")
    tags = here.locator(".reason .tag:visible").all_inner_texts()
    assert len({tag.strip() for tag in tags}) >= 2, tags
