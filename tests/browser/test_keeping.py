"""Keeping on a device: nothing before Save, resumed after, gone when asked, and every way in which it can go wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import answering, axe
from tests.browser.answering import ALL, begin, current, given, press_on, put, result, right, wrong
from tests.browser.conftest import Open
from tests.browser.exercise import MODULE, MODULE_PAGE, check, go_to, of_kind, step
from tests.browser.kept import KEPT, LEARNING, NAME, count, save, store
from tests.browser.server import SILENT, Server

FULL = """Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"""
DENIED = "Object.defineProperty(globalThis, 'localStorage', {get() { throw new DOMException('refused', 'SecurityError'); }});"


def test_nothing_is_kept_before_save_and_all_of_it_after(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    question = of_kind("single")
    go_to(page, question["id"])
    put(page, question, right(question))
    check(page, question)
    assert count(page) == 0
    save(page)
    assert count(page) == 1
    kept = page.evaluate(KEPT)
    assert kept["drafts"][MODULE["id"]]["answers"][question["id"]]["tries"] == [right(question)]
    assert page.evaluate(NAME).startswith("noticing-neglect /"), "two sites on one host would share it"
    expect(page.locator("footer [data-kept='kept']")).to_be_visible()


@pytest.mark.parametrize("kind", ["number", "short"])
def test_what_is_being_typed_is_kept_too(open_page: Open, kind: str) -> None:
    """On a phone a person may never leave the field: the browser is put away, or the battery is flat."""
    page = open_page(MODULE_PAGE, quiet=False)
    save(page)
    question = of_kind(kind)
    go_to(page, question["id"])
    put(page, question, right(question))
    assert page.evaluate(KEPT)["drafts"][MODULE["id"]]["answers"][question["id"]]["values"] == right(question)


def test_what_was_begun_goes_on_where_it_stopped(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    begin(page, "practice")
    save(page)
    first = current(page)
    put(page, first, right(first))
    check(page, first)
    answering.go_on(page)
    second = current(page)
    put(page, second, wrong(second))
    page.goto(MODULE_PAGE)
    expect(page.locator('[data-said="resume"]')).to_contain_text("question 2 of 5")
    page.locator("[data-resume]").click()
    expect(step(page, second["id"]).locator("[data-heading]")).to_be_focused()
    assert given(page, second["id"]) == sorted(wrong(second))
    page.locator("[data-question]:visible [data-back]").click()
    expect(step(page, first["id"]).locator('[data-verdict] [data-state="right"]')).to_be_visible(timeout=30_000)


def test_answers_to_questions_that_changed_are_dropped_and_the_rest_stand(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    begin(page, "check")
    save(page)
    asked = [current(page)["id"]]
    put(page, ALL[asked[0]], right(ALL[asked[0]]))
    press_on(page, asked[0])
    asked.append(current(page)["id"])
    put(page, ALL[asked[1]], right(ALL[asked[1]]))
    press_on(page, asked[1])
    change = f"kept.drafts['{MODULE['id']}'].answers[id].revision = 'other'; localStorage.setItem({NAME}, JSON.stringify(kept));"
    page.evaluate(f"id => {{ const kept = {KEPT}; {change} }}", asked[0])
    page.goto(MODULE_PAGE)
    page.locator("[data-resume]").click()
    expect(page.locator("[data-question]:visible")).to_be_visible()
    assert given(page, asked[1]) == sorted(right(ALL[asked[1]]))
    assert given(page, asked[0]) != sorted(right(ALL[asked[0]]))


def test_leaving_what_was_begun_forgets_it(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    begin(page, "practice")
    save(page)
    page.goto(MODULE_PAGE)
    page.locator("[data-drop]").click()
    expect(page.locator('[data-said="resume"]')).to_be_hidden()
    assert page.evaluate(KEPT)["drafts"] == {}


def test_a_pass_is_shown_in_my_learning_and_everything_can_be_deleted_on_any_page(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    begin(page, "check")
    answering.answer_form(page, count=10)
    result(page)
    save(page)
    page.goto(LEARNING)
    expect(page.locator(".learning__module")).to_contain_text("Passed on", timeout=30_000)
    page.goto("/guidance/what-neglect-is/")
    footer = page.locator("footer")
    footer.locator("[data-delete]:visible").click()
    expect(footer.locator("[data-delete-words]:visible")).to_be_focused()
    footer.locator("[data-delete-no]:visible").click()
    assert count(page) == 1
    footer.locator("[data-delete]:visible").click()
    footer.locator("[data-delete-yes]:visible").click()
    expect(footer.locator('[data-kept="gone"]')).to_be_focused()
    assert count(page) == 0
    page.goto(LEARNING)
    expect(page.locator("[data-none]")).to_be_visible()


def test_storage_that_is_full_is_said_and_nothing_is_lost(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, width=320, dark=True, before=FULL)
    begin(page, "check")
    question = current(page)
    put(page, question, right(question))
    page.locator("main [data-save]:visible").click()
    said = page.locator('main [data-kept="full"]')
    expect(said).to_be_visible()
    expect(said.locator("[data-kept-words]")).to_be_focused()
    assert given(page, question["id"]) == sorted(right(question))
    axe.assert_none(page, "storage full")


def test_storage_that_is_refused_is_said(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, before=DENIED)
    expect(page.locator('main [data-kept="none"]')).to_be_visible()
    page.locator("main [data-save]:visible").click()
    expect(page.locator('main [data-kept="denied"] [data-kept-words]')).to_be_focused()
    begin(page, "learn")
    expect(step(page, MODULE["screens"][0]["id"])).to_be_visible()


DAMAGED = [
    *("not json", "[]", "{}", "null", "7", '{"schema": 1}'),
    '{"schema": 1, "until": "2028-01-02", "attempts": [1], "drafts": {}}',
    '{"schema": 1, "until": 5, "attempts": [], "drafts": {}}',
    '{"schema": 1, "until": "2028-01-02", "attempts": [], "drafts": {"m": {"answers": []}}}',
]


@pytest.mark.parametrize("text", DAMAGED)
def test_what_is_damaged_is_said_kept_and_can_be_taken_away(open_page: Open, text: str) -> None:
    page = open_page("/about/licence/", before=store(text))
    page.goto(MODULE_PAGE)
    said = page.locator('main [data-kept="damaged"]')
    expect(said).to_be_visible()
    assert page.evaluate(f"localStorage.getItem({NAME})") == text
    with page.expect_download() as caught:
        said.locator("[data-download-kept]").click()
    assert Path(caught.value.path()).read_text("utf-8") == text
    said.locator("[data-delete]").click()
    said.locator("[data-delete-yes]").click()
    assert count(page) == 0
    begin(page, "learn")


def test_what_a_newer_version_kept_is_left_alone(open_page: Open) -> None:
    text = json.dumps({"schema": 99, "anything": True})
    page = open_page("/about/licence/", before=store(text))
    page.goto(MODULE_PAGE)
    expect(page.locator('main [data-kept="newer"]')).to_be_visible()
    expect(page.locator("main [data-save]:visible")).to_have_count(0)
    begin(page, "practice")
    question = current(page)
    put(page, question, right(question))
    assert page.evaluate(f"localStorage.getItem({NAME})") == text


def test_what_has_had_its_day_is_deleted_and_said(open_page: Open) -> None:
    text = json.dumps({"schema": 1, "saved": "2020-01-01", "until": "2021-02-04", "attempts": [], "drafts": {}})
    page = open_page("/about/licence/", before=store(text))
    expect(page.locator('footer [data-kept="expired"]')).to_be_visible()
    assert count(page) == 0


def test_two_tabs_keep_what_both_did(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    save(page)
    other = page.context.new_page()
    other.goto("/training/what-neglect-is/")
    expect(other.locator('footer [data-kept="kept"]')).to_be_visible()
    for tab in (page, other):
        begin(tab, "practice")
        answering.skip_all(tab)
        result(tab)
    attempts = page.evaluate(KEPT)["attempts"]
    assert {attempt["module"] for attempt in attempts} == {MODULE["id"], "what-neglect-is"}
    other.locator("footer [data-delete]:visible").click()
    other.locator("footer [data-delete-yes]:visible").click()
    expect(page.locator('footer [data-kept="none"]')).to_be_visible()


def test_the_answer_waits_for_python_and_the_person_does_not(open_page: Open, server: Server) -> None:
    page = open_page(MODULE_PAGE)
    begin(page, "practice")
    first = current(page)
    with server.faulty("/engine-", SILENT):
        put(page, first, right(first))
        step(page, first["id"]).locator("[data-check]").click()
        expect(page.locator("[data-waiting-words]")).to_contain_text("you need not wait")
        step(page, first["id"]).locator("[data-next]").click()
        expect(step(page, first["id"])).to_be_hidden()
        second = current(page)
        assert second["id"] != first["id"]
        put(page, second, right(second))
    expect(page.locator("[data-late]")).to_contain_text("Question 1 is marked now", timeout=30_000)
    expect(step(page, second["id"])).to_be_visible()
    check(page, second)
    page.locator("[data-question]:visible [data-back]").click()
    expect(step(page, first["id"]).locator('[data-verdict] [data-state="right"]')).to_be_visible()


def test_exit_leaves_what_was_saved_and_nothing_else(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    expect(page.locator("[data-exit]")).to_have_count(0)
    save(page)
    kept = page.evaluate(KEPT)
    assert kept["attempts"] == []
    assert set(kept) == {"schema", "saved", "until", "attempts", "drafts"}
