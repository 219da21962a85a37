"""The real module from start to result: by keyboard alone, with mistakes, with the browser's buttons, and without a script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import Open
from tests.browser.exercise import (
    MODULE,
    MODULE_PAGE,
    QUESTIONS,
    answer,
    answer_by_keys,
    check,
    go_to,
    native_mark,
    of_kind,
    right,
    step,
    tab_to,
)

REASONS = {"single": "options", "multi": "options", "match": "stems", "order": "items"}


def _reasons(question: dict[str, Any]) -> int:
    if question["kind"] == "truefalse":
        return 2
    if question["kind"] in REASONS:
        return len(question[REASONS[question["kind"]]])
    return 2 + len(question.get("mistakes", []))


def _assert_untouched(page: Page, question: dict[str, Any]) -> None:
    here = step(page, question["id"])
    assert here.locator("input:checked").count() == 0, "something is chosen already"
    if question["kind"] != "order":
        values = here.locator('input[type="text"], select').evaluate_all("all => all.map(one => one.value)")
        assert not any(values), "something is filled in already"
    expect(here.locator("[data-answers]")).to_be_hidden()


def _assert_marked(page: Page, question: dict[str, Any], response: list[str]) -> None:
    """The verdict and the texts of exactly the engine's keys show, and a reason for every option."""
    mark = native_mark(question, response)
    here = step(page, question["id"])
    shown = here.locator("[data-key]").evaluate_all("all => all.filter(one => one.checkVisibility()).map(one => one.dataset.key)")
    assert sorted(shown) == sorted(mark["keys"])
    expect(here.locator("[data-verdict] [data-state]:visible")).to_have_count(1)
    expect(here.locator(f'[data-state="{mark["state"]}"]')).to_be_visible()
    expect(here.locator(".reason__why:visible")).to_have_count(_reasons(question))
    expect(here.locator(".feedback__explain")).to_be_visible()
    expect(here.locator("[data-check], [data-skip]").first).to_be_hidden()


def test_the_whole_module_by_keyboard_on_a_phone(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, width=320, quiet=False)
    tab_to(page, '[data-step="start"] [data-next]')
    page.keyboard.press("Enter")
    for screen in MODULE["screens"]:
        expect(step(page, screen["id"]).locator("[data-heading]")).to_be_focused()
        tab_to(page, f'[data-step="{screen["id"]}"] [data-next]')
        page.keyboard.press("Enter")
    for number, question in enumerate(QUESTIONS, 1):
        name = question["id"]
        heading = step(page, name).locator("[data-heading]")
        expect(heading).to_be_focused()
        expect(heading).to_have_text(f"Question {number} of {len(QUESTIONS)}")
        expect(page.locator("[data-step]:visible")).to_have_count(1)
        _assert_untouched(page, question)
        answer_by_keys(page, question, right(question))
        tab_to(page, f'[data-step="{name}"] [data-check]')
        page.keyboard.press("Enter")
        expect(step(page, name).locator("[data-verdict]")).to_be_focused(timeout=30_000)
        _assert_marked(page, question, right(question))
        tab_to(page, f'[data-step="{name}"] [data-next]')
        page.keyboard.press("Enter")
    result = step(page, "result")
    expect(result.get_by_role("heading", name="Your result")).to_be_focused()
    expect(result.get_by_role("status")).to_contain_text(f"You got {len(QUESTIONS)} of {len(QUESTIONS)}")
    expect(result.get_by_role("status")).to_contain_text("your score is 100%")
    expect(result.locator('[data-key="passed"]')).to_be_visible()
    expect(result.locator('[data-key="not-passed"]')).to_be_hidden()


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
    answer(page, question, right(question))
    check(page, question)
    _assert_marked(page, question, right(question))
    assert not page.title().startswith("Error: ")
    expect(summary).to_be_hidden()


def test_skipping_goes_on_and_is_said_in_the_result(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    go_to(page, QUESTIONS[0]["id"])
    for question in QUESTIONS:
        here = step(page, question["id"])
        expect(here.locator("[data-heading]")).to_be_focused()
        here.locator("[data-skip]").click()
    result = step(page, "result")
    expect(result.get_by_role("status")).to_contain_text(f"You got 0 of {len(QUESTIONS)}", timeout=30_000)
    expect(result.locator('[data-key="not-passed"]')).to_be_visible()
    expect(result.locator('[data-key="unanswered"]')).to_be_visible()
    critical = [question["id"] for question in QUESTIONS if question.get("critical")]
    expect(result.locator("[data-key^='critical:']:visible")).to_have_count(len(critical))
    result.locator("[data-key^='critical:'] a").first.click()
    expect(step(page, critical[0]).locator("[data-heading]")).to_be_focused()


def test_back_leads_to_the_start_and_takes_the_focus_there(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    step(page, "start").locator("[data-next]").click()
    screen = step(page, MODULE["screens"][0]["id"])
    expect(screen.locator("[data-heading]")).to_be_focused()
    screen.locator("[data-back]").click()
    expect(step(page, "start").locator("[data-heading]")).to_be_focused()


def test_back_and_forward_keep_what_was_typed(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    short, several = of_kind("short"), of_kind("multi")
    go_to(page, several["id"])
    answer(page, several, right(several))
    go_to(page, short["id"])
    answer(page, short, ["not broug"])
    page.go_back()
    expect(step(page, several["id"])).to_be_visible()
    assert step(page, several["id"]).locator("input:checked").count() == len(right(several))
    page.go_forward()
    expect(step(page, short["id"]).locator("input")).to_have_value("not broug")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator(".urgent__link").click()
    page.wait_for_url("**/worried-about-a-child/")
    page.go_back()
    expect(step(page, short["id"]).locator("input")).to_have_value("not broug")
    assert step(page, several["id"]).locator("input:checked").count() == len(right(several))


def test_leaving_with_an_unmarked_answer_asks_first(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    question = of_kind("single")
    go_to(page, question["id"])
    answer(page, question, right(question))
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
    answer(page, question, right(question))
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(here).to_be_visible()
    expect(page.locator("[data-step]:visible")).to_have_count(1)
    places = here.locator("select").evaluate_all("all => all.map(one => one.selectedIndex)")
    assert places == list(range(len(question["items"]))), "positions and order differ"
    answer(page, question, right(question))
    check(page, question)
    _assert_marked(page, question, right(question))


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
        expect(fold.locator(".reason__why:visible")).to_have_count(_reasons(question))
    for screen in MODULE["screens"]:
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
    expect(here.locator("[data-verdict]")).to_be_focused(timeout=30_000)
    expect(here.locator(f'[data-key="chosen:{then}"]')).to_be_visible()
    expect(here.locator(f'[data-key="chosen:{first}"]')).to_be_hidden()
