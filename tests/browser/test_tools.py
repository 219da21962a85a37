"""Every tool as its users meet it: by keyboard alone on a phone, faulty and whole in axe's eyes, on paper, as a file, and set beside an
earlier time."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from engine import TOOLS
from tests.browser import paper, sheets
from tests.browser.conftest import Open
from tests.browser.exercise import step
from tests.browser.sheets import assert_fine, choose_file, open_tool

NO_PRINTER = "window.print = () => {};"
UNSCORED = ("childs-day", "say-the-concern", "in-place")
COMPARES = ("care-picture", "home-check", "in-place")
KEEPS = [tool for tool in TOOLS if tool != "say-the-concern"]
ABOUT_A_CHILD = [tool for tool in TOOLS if tool not in ("grade-together", "in-place")]
NUMBERS_OF_A_RESULT = re.compile(r"\d\s*(%|per ?cent)|\b(total|score|average)\b(?! says)", re.IGNORECASE)
FOCUSED = """() => {
  const one = document.activeElement;
  const kind = one.matches('input') ? one.type : one.localName;
  const name = one.name ? `[name="${one.name}"]:checked` : '';
  return {kind, name: one.name ?? '', text: one.textContent.trim(), empty: one.value === '', column: one.dataset.column ?? '',
    chosen: kind === 'radio' && document.querySelector(name) !== null, step: one.closest('[data-step]')?.dataset.step ?? '',
    heading: one.matches('[data-heading]')};
}"""

MOVED = "was => document.activeElement.closest('[data-step]')?.dataset.step !== was"


@pytest.mark.parametrize("tool", TOOLS)
def test_by_keyboard_alone_on_a_phone(open_page: Open, tool: str) -> None:
    """Tab, Space, the arrows and Enter reach the result; every step begins at its heading."""
    page = open_tool(open_page, tool, width=320, quiet=False)
    page.locator('[data-step="start"] [data-heading]').focus()
    seen = {"start"}
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["kind"] == "radio" and not at["chosen"]:
            page.keyboard.press("Space")
        elif at["kind"] == "select" and at["empty"]:
            page.keyboard.press("ArrowDown")
        elif at["kind"] in ("text", "textarea") and at["empty"]:
            page.keyboard.type("6" if at["name"] in ("interval", "restarts") or at["column"] == "weeks" else _words(tool, at["name"]))
        elif at["kind"] == "button" and at["text"] in ("Continue", "See the result"):
            page.keyboard.press("Enter")
            page.wait_for_function(MOVED, arg=at["step"], timeout=30_000)
            now = page.evaluate(FOCUSED)
            assert now["heading"], f"focus is not on the heading of {now['step']}"
            seen.add(now["step"])
            if now["step"] == "result":
                break
    assert {"start", "check", "result"} <= seen


def _words(tool: str, name: str) -> str:
    """Appointments need no school sessions, and nothing else may stay blank."""
    return "" if tool == "was-not-brought" and name.startswith("sessions") else "1/3/2025"


@pytest.mark.parametrize("tool", TOOLS)
def test_every_state_from_the_start_to_a_result_on_paper_and_in_a_file(open_page: Open, tool: str) -> None:
    page = open_tool(open_page, tool, width=320, quiet=False, before=NO_PRINTER)
    _assert_says_what_it_is_for(page, tool)
    assert_fine(page, f"{tool}: at the start")
    step(page, "start").get_by_role("button", name="Continue").click()
    expect(page.locator("[data-error-summary]")).to_be_focused(timeout=30_000)
    assert_fine(page, f"{tool}: with what is missing")
    sheet = sheets.example(tool)
    sheets.put_in(page, tool, sheet)
    for name in page.locator('[data-step]:not([data-step="result"])').evaluate_all("all => all.map(one => one.dataset.step)"):
        page.evaluate("name => { location.hash = name; }", name)
        if step(page, name).is_visible():
            assert_fine(page, f"{tool}: {name}", ("dark",))
    result = sheets.see_result(page)
    for fold in result.locator("details:visible").all():
        fold.locator("summary").first.click()
    assert_fine(page, f"{tool}: the result")
    said = _assert_result(page, tool)
    _assert_on_paper(page)
    if tool in COMPARES:
        choose_file(page, sheets.saved(page, tool, sheet, made="2025-06-01"), earlier=True)
        expect(page.locator("[data-compared]")).to_be_focused(timeout=30_000)
        assert_fine(page, f"{tool}: beside an earlier one")
    if tool in KEEPS:
        _assert_kept_in_a_file(page, tool, said)


def _assert_says_what_it_is_for(page: Page, tool: str) -> None:
    about = page.locator(".tool__about")
    for words in ("Use it when", "Do not use it when", "Who should be there.", "How long.", "What it is not.", "How the answers"):
        expect(about).to_contain_text(words)
    expect(about.locator(".tool__rule")).to_contain_text("gives no score" if tool in UNSCORED else "design choice, not validated")


def _assert_result(page: Page, tool: str) -> str:
    """The safety block stands first and the sources last, and no figure stands for a child."""
    result = step(page, "result")
    expect(result.locator("[data-heading] + .notice--safety")).to_contain_text("does not decide if a child is neglected")
    heads = result.get_by_role("heading").all_inner_texts()
    assert 0 < heads.index("What in the guidance helps") < heads.index("Where this comes from")
    assert result.locator("a[href*='guidance/']").count() >= 2
    said = result.inner_text()
    assert tool not in ABOUT_A_CHILD or not NUMBERS_OF_A_RESULT.search(said.replace("There is no average", ""))
    return said


def _assert_on_paper(page: Page) -> None:
    page.emulate_media(media="null", color_scheme="light")
    page.get_by_role("button", name="Print this result").click()
    paper.assert_fine(page, 2)
    page.get_by_role("button", name="Print this result").click()
    page.emulate_media(media="print")
    expect(page.locator(".result .notice--safety")).to_be_visible()
    expect(page.locator(".result [data-today]")).to_have_text(re.compile(r"^\d{1,2} \w+ \d{4}$"))
    assert page.locator(".tool :is(button, input):visible").count() == 0
    page.emulate_media(media="null")


def _assert_kept_in_a_file(page: Page, tool: str, said: str) -> None:
    """What is saved brings the same result back, and the browser keeps nothing."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    assert re.fullmatch(rf"{tool}-\d{{4}}-\d\d-\d\d\.json", download.value.suggested_filename)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    text = download.value.path().read_text("utf-8")
    page.goto(f"/tools/{tool}/")
    expect(page.locator("[data-quiz][data-scripted]")).to_be_attached()
    choose_file(page, text)
    expect(page.locator('[data-opened-state="opened"]')).to_be_visible()
    result = sheets.see_result(page)
    for fold in result.locator("details:visible").all():
        fold.locator("summary").first.click()
    assert result.inner_text() == said


@pytest.mark.parametrize("tool", TOOLS)
def test_a_blank_sheet_takes_at_most_two_sides_of_paper(open_page: Open, tool: str) -> None:
    page = open_tool(open_page, tool, before=NO_PRINTER)
    page.get_by_role("button", name="Print a blank sheet").click()
    paper.assert_fine(page, 2)
    page.get_by_role("button", name="Print a blank sheet").click()
    page.emulate_media(media="print")
    assert page.locator(".tool :is(.choice, .blank td, .field__input):visible").count() >= 6
    assert page.locator(".tool :is(button, .notice--safety):visible").count() == 0


def test_without_a_script_every_tool_is_a_sheet_to_fill_in(open_page: Open) -> None:
    for tool in TOOLS:
        page = open_page(f"/tools/{tool}/", width=320, script=False)
        expect(page.locator(".tool__about")).to_be_visible()
        assert page.locator("main button:visible").count() == 0, tool
        assert page.locator('[data-step="result"]:visible, [data-step="check"]:visible').count() == 0, tool
