"""The composed kinds of question in a real browser: marked as the engine marks them here, at 320 px, by pointer and by keyboard, and
axe in every state."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import answering, axe, composed
from tests.browser.conftest import Open
from tests.browser.exercise import check, go_to, native_mark, step, tab_to

PLACES = composed.found()


def test_there_is_one_of_each() -> None:
    assert PLACES.keys() == set(composed.KINDS)


@pytest.mark.parametrize("kind", composed.KINDS)
def test_each_state(open_page: Open, kind: str) -> None:
    path, question = PLACES[kind]
    for name, respond in (("right", composed.right), ("wrong", composed.wrong)):
        response = respond(question)
        page = open_page(path, width=320, dark=name == "wrong")
        here = go_to(page, question["id"])
        axe.assert_none(page, f"{kind} before")
        here.locator("[data-check]").click()
        expect(here.locator("[data-problem]:not([hidden])").first).to_be_visible(timeout=30_000)
        axe.assert_none(page, f"{kind} with an error")
        composed.put(page, question, response)
        check(page, question)
        mark = native_mark(question, response)
        expect(here.locator("[data-answers]")).to_have_attribute("data-marked", mark["state"])
        shown = here.locator("[data-key]:not([hidden])").evaluate_all("all => all.map(one => one.dataset.key)")
        assert set(shown) <= set(mark["keys"])
        assert shown
        axe.assert_none(page, f"{kind} {name}")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("kind", composed.KINDS)
def test_by_keyboard_alone(open_page: Open, kind: str) -> None:
    path, question = PLACES[kind]
    page = open_page(path, width=320)
    go_to(page, question["id"])
    composed.put_by_keys(page, question, composed.right(question))
    tab_to(page, f'[data-step="{question["id"]}"] [data-check]')
    page.keyboard.press("Enter")
    here = step(page, question["id"])
    expect(here.locator("[data-verdict]")).to_be_focused(timeout=30_000)
    expect(here.locator("[data-answers]")).to_have_attribute("data-marked", "right")


def test_a_story_shows_the_part_a_choice_leads_to_and_no_other(open_page: Open) -> None:
    path, question = PLACES["case"]
    page = open_page(path, width=320)
    here = go_to(page, question["id"])
    scenes = here.locator("[data-scene]:not([hidden])")
    expect(scenes).to_have_count(1)
    first = next(scene for scene in question["scenes"] if scene["id"] == question["start"])
    for option in first["options"]:
        here.locator(f'[value="{first["id"]}={option["id"]}"]').check()
        expect(scenes).to_have_count(2)
        expect(scenes.nth(1)).to_have_attribute("data-scene", option["to"])
    expect(here.locator("[data-story-status]")).to_have_text("The story goes on below.")


def test_sure_and_wrong_is_said_and_remembered_for_the_result(open_page: Open) -> None:
    page = open_page("/training/was-not-brought/", width=320)
    asked = page.locator("[data-certainty]").first
    question = asked.evaluate("one => one.closest('[data-question]').dataset.question")
    here = go_to(page, question)
    here.locator('[data-sure][value="sure"]').check()
    asked = answering.ALL[question]
    answering.put(page, asked, answering.wrong(asked))
    check(page, asked)
    expect(here.locator("[data-sure-wrong]")).to_be_visible()
    axe.assert_none(page, "sure and wrong")
    answering.skip_all(page)
    answering.result(page)
    expect(page.locator(f'[data-sure-item="{question}"]')).to_be_visible()


def test_without_a_script_a_story_is_a_numbered_worksheet(open_page: Open) -> None:
    path, question = PLACES["case"]
    page = open_page(path, script=False)
    here = page.locator(f'[data-question="{question["id"]}"]')
    expect(here.locator("[data-scene]")).to_have_count(len(question["scenes"]))
    expect(here.locator(".case__leads").first).to_contain_text("go to part")
