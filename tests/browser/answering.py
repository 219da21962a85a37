"""Answering any question of any module, by pointer or by keyboard alone, and taking a module in one of its ways."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import composed, exercise
from tests.browser.exercise import step, tab_to
from tests.content.test_modules import MODULES

ALL = {question["id"]: question for module in MODULES.values() for question in module["questions"]}
Question = dict[str, Any]
REASONS = {"single": "options", "multi": "options", "match": "stems", "order": "items"}
READ = "async (id) => (await import('/assets/javascripts/view-question.mjs')).read(document.querySelector(`[data-step=${id}]`))[id]"


def given(page: Page, name: str) -> list[str]:
    """What is filled in at a question now."""
    values: list[str] = page.evaluate(READ, name)
    return sorted(values)


def right(question: Question) -> list[str]:
    """The response that earns everything."""
    return (composed if question["kind"] in composed.KINDS else exercise).right(question)


def wrong(question: Question) -> list[str]:
    """A response that earns nothing, or of a story the least."""
    return (composed if question["kind"] in composed.KINDS else exercise).wrong(question)


def put(page: Page, question: Question, response: list[str]) -> None:
    """Put a response in by pointer."""
    if question["kind"] in composed.KINDS:
        composed.put(page, question, response)
    else:
        exercise.answer(page, question, response)


def put_by_keys(page: Page, question: Question, response: list[str]) -> None:
    """Put a response in by keyboard alone, from where the focus is."""
    if question["kind"] in composed.KINDS:
        composed.put_by_keys(page, question, response)
    else:
        exercise.answer_by_keys(page, question, response)


def begin(page: Page, way: str) -> None:
    """Choose a way to take the module."""
    page.locator(f'[data-step="start"] [data-way="{way}"]').click()
    expect(page.locator('[data-step="start"]')).to_be_hidden()


def current(page: Page) -> Question:
    """The question that is shown."""
    return ALL[page.locator("[data-question]:visible").get_attribute("data-question") or ""]


def answer_form(page: Page, respond: Any = right, count: int = 5) -> list[str]:
    """Answer a form in which each question has one try; returns the questions in order."""
    asked = []
    for _ in range(count):
        question = current(page)
        asked.append(question["id"])
        put(page, question, respond(question))
        press_on(page, question["id"])
    return asked


def press_on(page: Page, name: str) -> None:
    """Press the main button of a question with one try, and wait for what comes next."""
    step(page, name).locator("[data-check]").click()
    expect(step(page, name)).to_be_hidden(timeout=30_000)


def go_on(page: Page) -> None:
    """Press Continue after a marked question, and wait for what comes next."""
    name = current(page)["id"]
    step(page, name).locator("[data-next]").click()
    expect(step(page, name)).to_be_hidden(timeout=30_000)


def skip_all(page: Page) -> list[str]:
    """Skip every question that is left, or go on where one is marked; returns them."""
    asked = []
    while page.locator("[data-question]:visible").count():
        name = current(page)["id"]
        asked.append(name)
        step(page, name).locator("[data-skip]:visible, [data-next]:visible").first.click()
        expect(step(page, name)).to_be_hidden(timeout=30_000)
    return asked


def result(page: Page) -> Locator:
    """The last step, once it is shown."""
    expect(step(page, "result").locator("[data-heading]:visible").first).to_be_focused(timeout=30_000)
    return step(page, "result")


def practise_by_keys(page: Page) -> Question:
    """Answer the question that is shown by keyboard alone, and go on; returns it."""
    question = current(page)
    here = step(page, question["id"])
    put_by_keys(page, question, right(question))
    tab_to(page, f'[data-step="{question["id"]}"] [data-check]')
    page.keyboard.press("Enter")
    expect(here.locator("[data-verdict]")).to_be_focused(timeout=30_000)
    expect(here.locator("[data-answers]")).to_have_attribute("data-marked", "right")
    tab_to(page, f'[data-step="{question["id"]}"] [data-next]')
    page.keyboard.press("Enter")
    return question


def reasons(question: dict[str, Any]) -> int:
    if question["kind"] == "truefalse":
        return 2
    if question["kind"] in REASONS:
        return len(question[REASONS[question["kind"]]])
    return 2 + len(question.get("mistakes", []))


def assert_marked(page: Page, question: dict[str, Any], response: list[str]) -> None:
    """The verdict and the texts of exactly the engine's keys show, and a reason for every option."""
    mark = exercise.native_mark(question, response)
    here = step(page, question["id"])
    shown = here.locator("[data-key]").evaluate_all("all => all.filter(one => one.checkVisibility()).map(one => one.dataset.key)")
    assert sorted(shown) == sorted(mark["keys"])
    expect(here.locator("[data-verdict] [data-state]:visible")).to_have_count(1)
    expect(here.locator(f'[data-state="{mark["state"]}"]')).to_be_visible()
    expect(here.locator(".reason__why:visible")).to_have_count(reasons(question))
    expect(here.locator(".feedback__explain")).to_be_visible()
    expect(here.locator("[data-check], [data-skip]").first).to_be_hidden()
