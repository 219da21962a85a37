"""The real modules from start to result while somebody practises: by keyboard alone, with mistakes, with the browser's buttons, and without
a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser import answering
from tests.browser.answering import assert_marked, begin, current, given, press_on, put, reasons, result, right
from tests.browser.conftest import Open
from tests.browser.exercise import MODULE, MODULE_PAGE, QUESTIONS, check, go_to, of_kind, step, tab_to
from tests.content.test_modules import MODULES

STORY_PAGE = "/training/was-not-brought/"


def _walk(page: Page, name: str) -> None:
    """Read and practise a whole module by keyboard alone."""
    tab_to(page, '[data-way="learn"]')
    page.keyboard.press("Enter")
    for screen in MODULES[name]["screens"]:
        expect(step(page, screen["id"]).locator("[data-heading]")).to_be_focused()
        tab_to(page, f'[data-step="{screen["id"]}"] [data-next]')
        page.keyboard.press("Enter")
    for number in range(1, 6):
        heading = page.locator("[data-question]:visible [data-heading]")
        expect(heading).to_be_focused()
        expect(heading).to_have_text(f"Question {number} of 5")
        expect(page.locator("[data-step]:visible")).to_have_count(1)
        assert page.locator("[data-question]:visible input:checked").count() == 0, "something is chosen already"
        answering.practise_by_keys(page)
    end = result(page)
    expect(end.get_by_role("status")).to_contain_text("You got 5 of 5 right in the end, 5 of them at the first try")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


WALKED = ("risk-indicators-protective", "describing-care", "was-not-brought")
"""These three have every kind of question among them; the others are walked by `make check`."""


@pytest.mark.parametrize("name", [pytest.param(name, marks=[] if name in WALKED else pytest.mark.full) for name in MODULES])
def test_a_module_by_keyboard_on_a_phone(open_page: Open, name: str) -> None:
    _walk(open_page(f"/training/{name}/", width=320, quiet=False), name)


def test_watching_it_done_comes_before_the_screens(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, width=320)
    begin(page, "worked")
    worked = step(page, "worked")
    expect(worked.locator("[data-heading]")).to_be_focused()
    expect(worked.locator(".worked__step")).to_have_count(len(MODULE["worked"]["steps"]))
    worked.locator("[data-next]").click()
    expect(step(page, MODULE["screens"][0]["id"])).to_be_visible()


def test_the_story_comes_first_where_there_is_one(open_page: Open) -> None:
    page = open_page(STORY_PAGE)
    begin(page, "story")
    assert current(page)["kind"] == "case"
    expect(page.locator("[data-question]:visible [data-of]")).to_have_text("5")


@pytest.mark.parametrize("kind", ["single", "truefalse", "multi", "match", "order", "short", "number"])
def test_a_blank_answer_is_asked_for_and_costs_nothing(open_page: Open, kind: str) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    question = of_kind(kind)
    here = go_to(page, question["id"])
    here.locator("[data-check]").click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused(timeout=30_000)
    assert page.title().startswith("Error: ")
    words = here.locator('[data-problem="unanswered"]')
    expect(words).to_be_visible()
    link = summary.get_by_role("link")
    expect(link).to_have_text(words.locator("[data-words]").inner_text())
    expect(here.locator("[data-verdict]")).to_be_hidden()
    link.click()
    expect(here.locator("input, select").first).to_be_focused()
    put(page, question, right(question))
    check(page, question)
    assert_marked(page, question, right(question))
    assert not page.title().startswith("Error: ")
    expect(summary).to_be_hidden()


def test_skipping_goes_on_and_is_said_in_the_result(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    begin(page, "practice")
    answering.skip_all(page)
    end = result(page)
    expect(end.get_by_role("status")).to_contain_text("You got 0 of 5 right")
    expect(end.locator('[data-key="unanswered"]')).to_be_visible()
    expect(end.locator('[data-list] [data-state="unanswered"]:visible')).to_have_count(5)
    expect(end.locator('[data-key="not-passed"]')).to_be_hidden()


def test_back_leads_to_the_start_and_takes_the_focus_there(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    begin(page, "learn")
    screen = step(page, MODULE["screens"][0]["id"])
    expect(screen.locator("[data-heading]")).to_be_focused()
    screen.locator("[data-back]").click()
    expect(step(page, "start").locator("[data-heading]")).to_be_focused()


def test_back_and_forward_keep_what_was_typed(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    begin(page, "check")
    first = current(page)
    put(page, first, right(first))
    press_on(page, first["id"])
    second = current(page)
    put(page, second, right(second))
    page.go_back()
    expect(step(page, first["id"])).to_be_visible()
    assert given(page, first["id"]) == sorted(right(first))
    page.go_forward()
    expect(step(page, second["id"])).to_be_visible()


def test_leaving_with_an_unmarked_answer_asks_first(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    question = of_kind("single")
    go_to(page, question["id"])
    put(page, question, right(question))
    page.locator(".urgent__link").click()
    expect(step(page, question["id"])).to_be_visible()
    assert asked == ["beforeunload"]
    assert page.url.endswith(f"#{question['id']}")
    check(page, question)
    page.locator(".urgent__link").click()
    page.wait_for_url("**/worried-about-a-child/")
    assert asked == ["beforeunload"], "asked again though everything is marked"


def test_reload_comes_back_to_the_same_question(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    question = of_kind("order")
    here = go_to(page, question["id"])
    put(page, question, right(question))
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(here).to_be_visible()
    expect(page.locator("[data-step]:visible")).to_have_count(1)
    places = here.locator("select").evaluate_all("all => all.map(one => one.selectedIndex)")
    assert places == list(range(len(question["items"]))), "positions and order differ"
    put(page, question, right(question))
    check(page, question)
    assert_marked(page, question, right(question))


def test_reload_of_the_result_does_not_show_every_step(open_page: Open) -> None:
    page = open_page(f"{MODULE_PAGE}#result")
    expect(page.locator("[data-step]:visible")).to_have_count(1)
    expect(page.locator("[data-status]")).to_be_hidden()


def test_order_by_buttons_and_by_select_says_each_move(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    question = of_kind("order")
    here = go_to(page, question["id"])
    items = here.locator(".order__item")
    said = here.locator("[data-moved]")
    count = items.count()
    words = items.nth(0).locator(".order__text").inner_text()
    down = items.nth(0).locator('[data-move="1"]')
    down.press("Enter")
    expect(said).to_have_text(f"{words}: position 2 of {count}")
    expect(items.nth(1).locator(".order__text")).to_have_text(words)
    expect(items.nth(1).locator('[data-move="1"]')).to_be_focused()
    select = items.nth(1).locator("select")
    select.select_option(index=count - 1)
    expect(said).to_have_text(f"{words}: position {count} of {count}")
    expect(items.nth(count - 1).locator(".order__text")).to_have_text(words)
    expect(items.nth(count - 1).locator("select")).to_be_focused()
    positions = here.locator("select").evaluate_all("all => all.map(one => one.selectedIndex)")
    assert positions == list(range(count))


def test_without_a_script_the_module_is_a_worksheet(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, width=320, script=False)
    for question in QUESTIONS:
        here = step(page, question["id"])
        expect(here).to_be_visible()
        expect(here.locator(".question__ask")).to_be_visible()
        fold = here.locator("details[data-answers]")
        expect(fold.locator("summary")).to_be_visible()
        expect(fold.locator(".feedback__explain")).to_be_hidden()
        fold.locator("summary").click()
        expect(fold.locator(".feedback__explain")).to_be_visible()
        expect(fold.locator(".reason__why:visible")).to_have_count(reasons(question))
    for screen in (*MODULE["screens"], {"id": "worked"}):
        expect(step(page, screen["id"])).to_be_visible()
    expect(page.locator(".js-only:visible")).to_have_count(0)
    expect(page.locator("main button:visible")).to_have_count(0)
    assert not re.search(r"\bYou got\b|\bYour answer\b(?!,)", page.locator("[data-quiz]").inner_text())


def test_a_mind_changed_while_python_starts_is_what_is_marked(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    question = of_kind("single")
    here = go_to(page, question["id"])
    first, then = (option["id"] for option in question["options"][:2])
    here.locator(f'input[value="{first}"]').check()
    here.locator("[data-check]").click()
    here.locator(f'input[value="{then}"]').check()
    expect(page.locator("[data-verdict]:visible, [data-again]:visible").first).to_be_focused(timeout=30_000)
    if page.locator("[data-again]:visible").count():
        here.locator("[data-give-up]").click()
    expect(here.locator(f'[data-key="chosen:{then}"]')).to_be_visible()
    expect(here.locator(f'[data-key="chosen:{first}"]')).to_be_hidden()
