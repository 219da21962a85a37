"""axe in every state a page can be in, once for each template, on a phone, in dark and in light."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import answering, axe
from tests.browser.conftest import Open, Watch
from tests.browser.exercise import (
    MODULE_PAGE,
    OUTCOMES,
    PART_MARKS,
    QUESTIONS,
    TOOL_PAGE,
    answer,
    check,
    fill_sheet,
    go_to,
    native_mark,
    of_kind,
    step,
)
from tests.browser.server import MISSING, Server

KINDS = ("single", "truefalse", "multi", "match", "order", "short", "number")


def _assert_fine(page: Page, where: str) -> None:
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe.assert_none(page, f"{where}, {scheme}")


def test_the_menu_open(open_page: Open) -> None:
    page = open_page("/guidance/risk-factors/", width=320)
    page.locator("[data-menu-button]").click()
    expect(page.locator("[data-menu]")).to_be_visible()
    _assert_fine(page, "menu open")


def test_search_with_results_and_without(open_page: Open) -> None:
    page = open_page("/", width=320)
    page.locator("[data-search-open]").click()
    _assert_fine(page, "search open")
    page.locator("[data-search-words]").fill("protective factors")
    page.keyboard.press("Enter")
    expect(page.locator(".search__result").first).to_be_visible()
    _assert_fine(page, "search with results")
    page.locator("[data-search-words]").fill("xylophone")
    page.keyboard.press("Enter")
    expect(page.locator("[data-search-status]")).to_contain_text("Nothing found")
    _assert_fine(page, "search without results")


def test_a_filter_in_use(open_page: Open) -> None:
    page = open_page("/guidance/risk-factors/", width=320)
    form = page.locator("[data-filter-form]").first
    form.locator('[name="words"]').fill("drink")
    expect(page.locator("[data-filter-count]").first).to_contain_text("shown")
    _assert_fine(page, "filter used")


def test_folds_open(open_page: Open) -> None:
    page = open_page("/strategies/southampton/", width=320)
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
    _assert_fine(page, "folds open")


def test_a_screen_and_an_unanswered_question(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, width=320, quiet=False)
    step(page, "start").locator('[data-way="worked"]').click()
    _assert_fine(page, "a scene thought through")
    step(page, "worked").locator("[data-next]").click()
    _assert_fine(page, "a screen")
    here = go_to(page, of_kind("match")["id"])
    here.locator("[data-check]").click()
    expect(page.locator("[data-error-summary]")).to_be_focused(timeout=30_000)
    _assert_fine(page, "an unanswered question")


def test_not_right_yet(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, width=320, quiet=False)
    question = next(one for one in QUESTIONS if one.get("hints"))
    here = go_to(page, question["id"])
    answer(page, question, answering.wrong(question))
    here.locator("[data-check]").click()
    expect(page.locator("[data-again]")).to_be_focused(timeout=30_000)
    _assert_fine(page, "not right yet")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_kind_marked_and_the_result(open_page: Open, outcome: str) -> None:
    page = open_page(MODULE_PAGE, width=320, quiet=False)
    for kind in KINDS:
        if outcome == "partial" and kind not in PART_MARKS:
            continue
        question = of_kind(kind)
        response = OUTCOMES[outcome](question)
        assert native_mark(question, response)["state"] == outcome
        go_to(page, question["id"])
        answer(page, question, response)
        check(page, question)
        _assert_fine(page, f"{kind} marked {outcome}")
    answering.skip_all(page)
    expect(step(page, "result").get_by_role("heading", name="Your result")).to_be_focused(timeout=30_000)
    _assert_fine(page, f"the result after {outcome} answers")


@pytest.mark.parametrize("mode", ["check", "before"])
def test_the_result_of_one_try_each(open_page: Open, mode: str) -> None:
    """And after the before form the after form, with both sets of answers, the chart and the record."""
    page = open_page(MODULE_PAGE, width=320, quiet=False)
    for way in (mode, *(["after"] if mode == "before" else [])):
        page.locator(f'[data-way="{way}"]:visible').first.click()
        _assert_fine(page, f"a question of {way}")
        answering.answer_form(page, answering.wrong, count=10 if mode == "check" else 5)
        answering.result(page)
        _assert_fine(page, f"the result of {way}")


@pytest.mark.parametrize("path", [MODULE_PAGE, TOOL_PAGE])
def test_the_trouble_block(open_page: Open, server: Server, watch: Watch, path: str) -> None:
    watch.expected = ("Failed to load resource", "EngineError: ")
    page = open_page(path, width=320)
    with server.faulty("/runtime/engine-", MISSING):
        if path == MODULE_PAGE:
            question = of_kind("single")
            here = go_to(page, question["id"])
            answer(page, question, OUTCOMES["right"](question))
            here.locator("[data-check]").click()
        else:
            fill_sheet(page)
            go_to(page, "check").get_by_role("button", name="See the result").click()
        expect(page.locator("[data-trouble]:visible")).to_be_focused(timeout=30_000)
    _assert_fine(page, "the trouble block")
    if path == MODULE_PAGE:
        page.get_by_role("button", name="Show the answers").click()
        _assert_fine(page, "the worksheet's answers")


def test_the_exit_page_with_shift_pressed(open_page: Open) -> None:
    page = open_page("/guidance/worried-about-a-child/", width=320)
    page.keyboard.press("Shift")
    expect(page.locator("[data-exit-lights]")).to_be_visible()
    _assert_fine(page, "exit page, Shift pressed once")
