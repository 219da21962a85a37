"""What comes out of a printer, side by side of paper: how many there are, that nothing of the screen is on them, that nothing is cut off or
in two, and that each says what it is. Tools' sheets are in `test_tools.py`."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import cases
from tests.browser import answering, paper
from tests.browser.conftest import Open
from tests.browser.exercise import MODULE, MODULE_PAGE

SHEETS = cases.rows("print.yml")
NO_PRINTER = "window.print = () => {};"
OUTSIDE = """() => {
  const sheet = document.querySelector('.poster').getBoundingClientRect();
  return [...document.querySelectorAll('.poster *')].filter((one) => one.getClientRects().length).filter((one) => {
    const {left, right, bottom} = one.getBoundingClientRect();
    const runsOver = one.clientWidth > 0 && getComputedStyle(one).display !== 'inline' && one.scrollWidth > one.clientWidth + 1;
    return runsOver || left < sheet.left - 1 || right > sheet.right + 1 || bottom > sheet.bottom + 1;
  }).map((one) => one.outerHTML.slice(0, 120));
}"""
PRINTED = {"Print a record of learning": "Record of learning", "Print the team sheet": "Talk about it"}


@pytest.mark.parametrize("sheet", SHEETS, ids=[sheet["name"] for sheet in SHEETS])
def test_a_page_on_paper(open_page: Open, sheet: dict[str, Any]) -> None:
    page = open_page(sheet["path"])
    paper.assert_fine(page, sheet["sides"], foot=sheet.get("foot", True))
    if not sheet.get("foot", True):
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 794, "height": 1123})
        assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("button", PRINTED)
def test_a_record_and_a_team_sheet_take_one_side_each(open_page: Open, button: str) -> None:
    page = open_page(MODULE_PAGE, quiet=False, before=NO_PRINTER)
    answering.begin(page, "check")
    answering.answer_form(page, answering.wrong, count=10)
    answering.result(page)
    page.get_by_role("button", name=button).click()
    (side,) = paper.assert_fine(page, 1)
    for said in (PRINTED[button], MODULE["title"], "version", "not yet reviewed"):
        assert paper.squeezed(said) in side, said


def test_a_row_in_two_a_lone_heading_and_a_button_are_noticed(open_page: Open) -> None:
    page = open_page("/about/licence/")
    for change, said in (
        ("'<button>Press</button>'", "of the screen"),
        ("'<div></div><h2>Alone</h2><p>Words</p>'", "alone at the end"),
        ("'<table><tbody><tr><td>First</td><td>one</td></tr></tbody></table>'", "cut across"),
    ):
        page.goto("/about/licence/")
        _spoil(page, change)
        with pytest.raises(AssertionError, match=said):
            paper.assert_fine(page, 9)
    expect(page.locator("article")).to_be_visible()


def _spoil(page: Page, html: str) -> None:
    """Put something at the top of the page that goes wrong on paper: a heading that is followed by a new side, a row split by one."""
    page.evaluate(f"() => document.querySelector('article').insertAdjacentHTML('afterbegin', {html})")
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`article > button { display: block !important }
            article > h2:first-of-type:has(+ p) { break-after: auto !important }
            article > div:first-child + h2 + p { break-before: page }
            article > table:first-child :is(tr, td) { break-inside: auto !important; display: block }
            article > table:first-child td + td { break-before: page }`);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
