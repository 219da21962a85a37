"""The care picture: what it asks, what it shows for a child, what it never shows, and what comes out on paper."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.exercise import TOOL, TOOL_PAGE, fill_sheet, go_to, step

NO_PRINTER = "window.print = () => {};"
SCENARIOS = [
    ("everything known and met", {}, {}, "d"),
    ("one thing not known", {"food-suits": "not-known"}, {}, "c"),
    ("one thing sometimes missing", {"home-sleep": "1"}, {}, "c"),
    ("three areas sometimes", {"food-count": "1", "home-warm": "1", "learning-join": "1"}, {}, "b"),
    ("one thing often missing at seven", {"clothing-clean": "2"}, {}, "b"),
    ("the same for a baby", {"clothing-clean": "2"}, {"age": "under-2"}, "a"),
    ("the same for a child who cannot tell others", {"clothing-clean": "2"}, {"ticked": True}, "a"),
    ("danger now, whatever else is good", {"emotional-safe": "3"}, {}, "a"),
    ("nothing applies", {}, {"rest": "does-not-apply"}, "nothing"),
    ("nothing is known", {}, {"rest": "not-known"}, "c"),
]


def _see_result(page: Page) -> None:
    go_to(page, "check").get_by_role("button", name="See the result").click()
    expect(step(page, "result").locator("[data-heading]")).to_be_focused(timeout=30_000)


def test_an_unanswered_area_is_said_and_linked(open_page: Open) -> None:
    page = open_page(TOOL_PAGE, width=320)
    start = step(page, "start")
    start.get_by_role("button", name="Continue").click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    summary.get_by_role("link", name="Choose how old the child is").click()
    expect(page.locator("#age-unborn")).to_be_focused()
    page.locator("#age-5-10").check()
    start.get_by_role("button", name="Continue").click()
    area = TOOL["areas"][0]
    here = step(page, area["id"])
    expect(here.locator("[data-heading]")).to_be_focused()
    assert not page.title().startswith("Error: ")
    page.locator(f"#{area['items'][0]['id']}-1").check()
    here.get_by_role("button", name="Continue").click()
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(3)
    expect(here.locator(".field--error")).to_have_count(3)
    summary.get_by_role("link").first.click()
    expect(page.locator(f"#{area['items'][1]['id']}-0")).to_be_focused()


def test_area_by_area_to_the_result(open_page: Open) -> None:
    page = open_page(TOOL_PAGE, width=320, quiet=False)
    page.locator("#age-11-17").check()
    step(page, "start").get_by_role("button", name="Continue").click()
    for area in TOOL["areas"]:
        here = step(page, area["id"])
        expect(here.locator("[data-heading]")).to_be_focused()
        assert here.locator("input:checked").count() == 0
        for item in area["items"]:
            here.locator(f"#{item['id']}-0").check()
        here.get_by_role("button", name="Continue").click()
    check = step(page, "check")
    expect(check.locator("[data-heading]")).to_be_focused()
    check.get_by_role("link", name=re.compile("^Change .*" + re.escape(TOOL["areas"][1]["items"][0]["title"]))).click()
    expect(step(page, "home").locator("[data-heading]")).to_be_focused()
    page.locator("#home-warm-not-known").check()
    page.go_back()
    expect(check.locator('[data-answer="home-warm"]')).to_have_text("Not known")
    expect(check.locator('[data-answer="age"]')).to_have_text("11 to 17")
    expect(check.locator('[data-answer="home-sleep"]')).to_have_text(re.compile("^has what they need", re.IGNORECASE))
    check.get_by_role("button", name="See the result").click()
    result = step(page, "result")
    expect(result.locator("[data-heading]")).to_be_focused(timeout=30_000)
    expect(result.locator("[data-heading] + .notice--safety")).to_be_visible()
    expect(result.locator(".notice--safety")).to_contain_text("does not decide if a child is neglected")
    expect(result.get_by_role("status")).to_contain_text(TOOL["prompts"]["c"]["title"])
    expect(result.locator('[data-key="gap:home-warm"]')).to_be_visible()
    expect(result.locator("[data-key^='gap:']:visible")).to_have_count(1)


def test_a_result_is_never_of_other_answers_than_those_filled_in(open_page: Open) -> None:
    page = open_page(TOOL_PAGE, quiet=False)
    page.locator("#age-5-10").check()
    for item in (item for area in TOOL["areas"] for item in area["items"]):
        page.locator(f"#{item['id']}-0").evaluate("input => input.click()")
    _see_result(page)
    expect(step(page, "result")).to_contain_text(TOOL["prompts"]["d"]["title"])
    page.go_back()
    expect(step(page, "check").locator("[data-heading]")).to_be_focused()
    page.locator("#food-enough-3").evaluate("input => input.click()")
    page.go_forward()
    expect(step(page, "result")).to_be_hidden()
    step(page, "check").get_by_role("button", name="See the result").click()
    expect(step(page, "result").get_by_role("status")).to_contain_text(TOOL["prompts"]["a"]["title"])


def test_blanks_found_at_the_end_are_said_where_they_are(open_page: Open) -> None:
    page = open_page(TOOL_PAGE, quiet=False)
    page.locator("#age-5-10").check()
    go_to(page, "check").get_by_role("button", name="See the result").click()
    expect(page.locator("[data-error-summary]")).to_be_focused(timeout=30_000)
    expect(step(page, TOOL["areas"][0]["id"])).to_be_visible()
    expect(page.locator("[data-error-summary]").get_by_role("link")).to_have_count(4)


def test_each_scenario_shows_its_prompt(open_page: Open) -> None:
    page = open_page(TOOL_PAGE, quiet=False)
    for name, grades, others, prompt in SCENARIOS:
        fill_sheet(page, grades, **others)  # type: ignore[arg-type]
        _see_result(page)
        shown = page.locator(".prompt:visible")
        expect(shown, name).to_have_count(1)
        expect(shown.locator(".prompt__title"), name).to_have_text(TOOL["prompts"][prompt]["title"])
        expect(page.locator(".picture__sentence > :visible"), name).to_have_count(len(TOOL["areas"]))
        _assert_no_score(page, name)


def _assert_no_score(page: Page, name: str) -> None:
    """Words for every grade: no bare figure, no percentage, no total."""
    text = step(page, "result").inner_text()
    assert not re.search(r"\d\s*(%|per ?cent)", text), name
    assert not re.search(r"\b(total|score|average)\b|\d points?\b|\bout of \d", text, re.IGNORECASE), name
    assert not [line for line in text.splitlines() if re.fullmatch(r"[\s\d.,/]*\d[\s\d.,/]*", line)], name
    named = step(page, "result").locator("svg, [aria-label], [title], [alt]").evaluate_all(
        "all => all.map(one => ['aria-label', 'title', 'alt'].map(name => one.getAttribute(name) ?? '').join(' '))"
    )
    assert not re.search(r"\d", " ".join(named)), name


def test_the_blank_sheet_on_paper_holds_every_item_and_no_answer(open_page: Open) -> None:
    page = open_page(TOOL_PAGE, before=NO_PRINTER)
    fill_sheet(page, {"food-enough": "3"}, ticked=True)
    page.get_by_role("button", name="Print a blank sheet").click()
    page.emulate_media(media="print")
    expect(page.locator(".item:visible")).to_have_count(28)
    expect(page.locator('[data-step="check"]:visible, [data-step="result"]:visible, button:visible')).to_have_count(0)
    drawn = page.locator("input:checked").evaluate_all(
        """all => all.map(one => getComputedStyle(one)).filter(({appearance, backgroundColor, backgroundImage}) =>
             appearance !== 'none' || backgroundColor !== 'rgba(0, 0, 0, 0)' || backgroundImage !== 'none').length"""
    )
    assert drawn == 0, "a box on the blank sheet shows an answer"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("[data-step]:visible")).to_have_count(1)
    expect(page.locator("#food-enough-3")).to_be_checked()


def test_without_a_script_the_tool_is_a_sheet(open_page: Open) -> None:
    page = open_page(TOOL_PAGE, width=320, script=False)
    expect(page.locator(".item:visible")).to_have_count(28)
    expect(page.locator(".item__age").first).to_be_visible()
    expect(page.locator('[data-step="result"], [data-step="check"]').filter(visible=True)).to_have_count(0)
    expect(page.locator("main button:visible")).to_have_count(0)
    assert page.locator("input:checked").count() == 0


def test_the_result_is_not_shown_before_it_is_asked_for(open_page: Open) -> None:
    page = open_page(f"{TOOL_PAGE}#result")
    expect(step(page, "start")).to_be_visible()
    expect(page.locator("[data-step]:visible")).to_have_count(1)
