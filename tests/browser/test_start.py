"""Where to start: a sort of work and eight scenes, and the way and the modules they suggest."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import ROOT, Open
from tests.browser.exercise import step, tab_to
from tests.browser.server import MISSING, Server

PAGE = "/training/where-to-start/"
START: dict[str, Any] = yaml.load((ROOT / "quizzes/where-to-start.yml").read_text("utf-8"), yaml.CSafeLoader)


def _right(question: dict[str, Any]) -> str:
    return str(next(option["id"] for option in question["options"] if option.get("correct")))


def _answer(page: Page, right: int, role: str = "health") -> None:
    page.locator(f"#role-{role}").check()
    step(page, "start").get_by_role("button", name="Continue").click()
    for number, question in enumerate(START["questions"], 1):
        here = step(page, question["id"])
        expect(here.locator("[data-heading]")).to_be_focused()
        if number <= right:
            here.locator(f'[value="{_right(question)}"]').check()
            here.locator("[data-check]").click()
        else:
            here.locator("[data-skip]").click()


@pytest.mark.parametrize(("right", "way"), [(8, "story"), (5, "learn"), (2, "worked")])
def test_the_scenes_suggest_a_way(open_page: Open, right: int, way: str) -> None:
    page = open_page(PAGE, width=320, dark=right == 5, quiet=False)
    _answer(page, right)
    end = step(page, "result")
    expect(end.locator("[data-heading]")).to_be_focused(timeout=30_000)
    shown = end.locator("[data-key]:visible").evaluate_all("all => all.map(one => one.dataset.key)")
    missed = [question["module"] for question in START["questions"][right:]][:3]
    assert set(shown) == {f"route:{way}", "role:health", *(f"begin:{name}" for name in missed), *(["begin"] if missed else [])}
    path = end.locator('[data-key="role:health"] a').evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert path == [f"../../training/{name}/" for role in START["roles"] if role["id"] == "health" for name in role["modules"]]
    axe.assert_none(page, f"where to start, {way}")
    end.locator(".result__list a").last.click()
    expect(step(page, START["questions"][-1]["id"]).locator(".feedback__explain")).to_be_visible()


def test_by_keyboard_alone_and_with_nothing_chosen(open_page: Open) -> None:
    page = open_page(PAGE, width=320, quiet=False)
    tab_to(page, '[data-step="start"] .button')
    page.keyboard.press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("[data-error-summary]")).to_contain_text("Choose what is nearest to your work")
    axe.assert_none(page, "nothing chosen")
    tab_to(page, '[name="role"]')
    page.keyboard.press("Space")
    tab_to(page, '[data-step="start"] .button')
    page.keyboard.press("Enter")
    for question in START["questions"]:
        expect(step(page, question["id"]).locator("[data-heading]")).to_be_focused()
        tab_to(page, f'[name="{question["id"]}"]')
        page.keyboard.press("Space")
        tab_to(page, f'[data-step="{question["id"]}"] [data-check]')
        page.keyboard.press("Enter")
    expect(step(page, "result").locator("[data-heading]")).to_be_focused(timeout=30_000)


def test_the_engine_gone_the_reasons_are_there(open_page: Open, server: Server, watch: Any) -> None:
    watch.expected = ("Failed to load resource", "EngineError: ")
    page = open_page(PAGE)
    with server.faulty("/engine-", MISSING):
        _answer(page, 8)
        expect(page.locator("[data-trouble]")).to_be_focused(timeout=30_000)
    page.get_by_role("button", name="Try again").click()
    expect(step(page, "result").locator("[data-heading]")).to_be_focused(timeout=30_000)


def test_without_a_script_it_is_a_worksheet(open_page: Open) -> None:
    page = open_page(PAGE, script=False)
    for question in START["questions"]:
        fold = step(page, question["id"]).locator("details[data-answers]")
        fold.locator("summary").click()
        expect(fold.locator(".feedback__explain")).to_be_visible()
    expect(page.locator("main button:visible")).to_have_count(0)
