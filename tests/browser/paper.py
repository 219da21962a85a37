"""What comes out of a printer, read from the PDF that Chromium makes: the words of each side, and what holds for every sheet."""

from __future__ import annotations

import io
import re
import unicodedata

from playwright.sync_api import Page
from pypdf import PdfReader

A4 = (595, 842)
"""Width and height of a side, in points."""
READ = """(selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility({checkVisibilityCSS: true})
  && one.getClientRects().length && !one.closest('.visually-hidden, [popover]')).map((one) => {
    const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    const pieces = [];
    while (texts.nextNode()) {
      const {data, parentElement} = texts.currentNode;
      const seen = parentElement.checkVisibility() && !parentElement.closest('.visually-hidden');
      if (data.trim() && seen) pieces.push(getComputedStyle(parentElement).textTransform === 'uppercase' ? data.toUpperCase() : data);
    }
    return pieces;
  }).filter((pieces) => pieces.length)"""
SCREEN = ":is(button, .header, .search, .side, .path, .contents, .exit, .exit-early, .md-skip, .urgent, .footer__kept, .keeping, .filter)"
LINKS = """() => [...document.querySelectorAll('article a[href^="http"]')].filter((one) => one.checkVisibility()
  && getComputedStyle(one, '::after').content.includes('http')).map((one) => one.getAttribute('href'))"""


def sides(page: Page) -> list[str]:
    """The words of each side of paper, without their spaces; each side is A4. The page first does what it does before printing."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sizes = {(round(side.mediabox.width), round(side.mediabox.height)) for side in reader.pages}
    assert sizes == {A4}, f"not A4: {sizes}"
    return [squeezed(side.extract_text()) for side in reader.pages]


def squeezed(text: str) -> str:
    """A text without its spaces, ligatures and soft hyphens: how letters are set does not matter here."""
    return re.sub(r"[\s\u00ad\u200b]+", "", unicodedata.normalize("NFKC", text))


def assert_fine(page: Page, most: int, foot: bool = True) -> list[str]:
    """Fail where a sheet has too many sides, something of the screen, a heading alone at the end of a side or a row cut in two.

    Returns the words of its sides. What a button has made ready to print is printed once here, as a printer would."""
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    heads, rows, strays = (page.evaluate(READ, what) for what in ("article :is(h1, h2, h3, h4)", "article tbody tr", SCREEN))
    links = page.evaluate(LINKS)
    page.emulate_media(media="null")
    found = sides(page)
    assert 1 <= len(found) <= most, f"{len(found)} sides, allowed: {most}; the last: {found[-1][:200]}"
    assert not strays, f"of the screen, on paper: {strays}"
    bare = [_without_foot(side, number, len(found)) if foot else side for number, side in enumerate(found, 1)]
    assert all(bare), "a blank side"
    whole = "".join(found)
    missing = [text for text in (*map("".join, heads), *links) if squeezed(text) not in whole]
    assert not missing, f"not on paper: {missing}"
    lone = [head for head in map("".join, heads) for side in bare[:-1] if side.endswith(squeezed(head))]
    assert not lone, f"headings alone at the end of a side: {lone}"
    cut = ["".join(row) for row in rows if not any(_holds(side, row) for side in bare)]
    assert not cut, f"rows cut across sides: {cut}"
    return bare


def _holds(side: str, pieces: list[str]) -> bool:
    """Whether a side holds these pieces one after another. Between them may stand the addresses of links."""
    place = 0
    for piece in map(squeezed, pieces):
        place = side.find(piece, place) + len(piece)
        if place < len(piece):
            return False
    return True


def _without_foot(side: str, number: int, of: int) -> str:
    """A side's words without the foot, which has to be there."""
    foot = f"Page{number}of{of}"
    assert foot in side, f"side {number} has no foot"
    return side.replace(foot, "").removeprefix("NoticingNeglect").removesuffix("NoticingNeglect")
