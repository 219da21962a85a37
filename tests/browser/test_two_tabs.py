"""Two tabs of one site: neither takes the other's work, what is deleted in one is not written again by the other, and room runs out."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from tests.browser import answering, axe
from tests.browser.answering import begin, current, given, put, result, right
from tests.browser.conftest import Open
from tests.browser.exercise import MODULE, MODULE_PAGE, check
from tests.browser.kept import KEPT, LEARNING, count, open_at, save
from tests.browser.kept import attempt as made
from tests.browser.kept import kept as record

DRAFT = f"{KEPT}.drafts[{json.dumps(MODULE['id'])}]"
ELSEWHERE = "[data-elsewhere]"
ROOM = """for (const method of ['setItem']) {
  const own = Storage.prototype[method];
  Storage.prototype[method] = function (name, text) {
    if (text.length > (globalThis.room ?? 400)) throw new DOMException('full', 'QuotaExceededError');
    return own.call(this, name, text);
  };
}"""


def _second(page: Page, path: str = MODULE_PAGE) -> Page:
    other = page.context.new_page()
    other.goto(path)
    expect(other.locator('footer [data-kept="kept"]')).to_be_visible()
    return other


def _answer(page: Page) -> str:
    """Answer the question that is shown; returns it."""
    question = current(page)
    put(page, question, right(question))
    return str(question["id"])


def test_the_tab_that_began_last_is_kept_and_the_other_says_so_and_loses_nothing(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    begin(page, "practice")
    save(page)
    mine = _answer(page)
    other = _second(page)
    begin(other, "check")
    expect(page.locator(ELSEWHERE)).to_contain_text("open in another tab")
    axe.assert_none(page, "open in another tab")
    theirs = _answer(other)
    page.wait_for_function(f"() => {DRAFT}.answers[{json.dumps(theirs)}]")  # tabs hear of each other a little later
    assert page.evaluate(DRAFT)["mode"] == "check"
    _answer(page)
    assert page.evaluate(DRAFT)["answers"].keys() == {theirs}, "the older tab wrote over the newer one"
    assert given(page, mine) == sorted(right(answering.ALL[mine]))
    page.locator("[data-keep-mine]").click()
    expect(page.locator(ELSEWHERE)).to_be_hidden()
    expect(other.locator(ELSEWHERE)).to_be_visible()
    assert page.evaluate(DRAFT)["mode"] == "practice"


def test_one_attempt_gone_on_with_in_a_second_tab(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    begin(page, "practice")
    save(page)
    _answer(page)
    other = _second(page)
    other.locator("[data-resume]").click()
    expect(other.locator("[data-question]:visible")).to_be_visible()
    expect(page.locator(ELSEWHERE)).to_be_visible()
    expect(other.locator(ELSEWHERE)).to_be_hidden()


def test_finishing_in_one_tab_leaves_the_other_its_attempt(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False)
    save(page)
    other = _second(page)
    begin(page, "practice")
    begin(other, "practice")
    answering.skip_all(page)
    result(page)
    assert page.evaluate(DRAFT) is not None, "finishing here deleted what is under way there"
    answering.skip_all(other)
    result(other)
    assert page.evaluate(DRAFT) is None
    assert len(page.evaluate(KEPT)["attempts"]) == 2


def test_what_is_deleted_in_one_tab_is_not_written_by_another_until_save_is_pressed_there(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    begin(page, "practice")
    save(page)
    other = _second(page)
    other.locator("main [data-delete]:visible").click()
    other.locator("main [data-delete-yes]:visible").click()
    expect(page.locator('main [data-kept="none"]')).to_be_visible()
    _answer(page)
    assert count(page) == 0
    other.goto(MODULE_PAGE)
    save(other)
    expect(page.locator('main [data-kept="apart"]')).to_contain_text("What this page holds is not kept")
    _answer(page)
    assert page.evaluate(KEPT)["drafts"] == {}
    save(page)
    assert page.evaluate(DRAFT)["answers"]


def test_cleared_underneath_is_noticed_at_the_next_answer(open_page: Open) -> None:
    """By the browser's own means, which tell the page nothing."""
    page = open_page(MODULE_PAGE)
    begin(page, "practice")
    save(page)
    page.evaluate("localStorage.clear()")
    _answer(page)
    assert count(page) == 0
    expect(page.locator('main [data-kept="none"]')).to_be_visible()


def test_my_learning_shows_nothing_of_what_was_deleted(open_page: Open) -> None:
    page = open_at(open_page, LEARNING, record({}, [made("practice", 3), made("check", 2, 0.9, passed=True)]))
    expect(page.locator(".learning__module")).to_be_visible(timeout=30_000)
    page.locator("main [data-delete]:visible").click()
    page.locator("main [data-delete-yes]:visible").click()
    expect(page.locator("[data-none]")).to_be_visible()
    expect(page.locator(".learning__module")).to_be_hidden()
    expect(page.locator('[data-chart="calibration"]')).to_be_hidden()


def test_room_for_a_little_is_not_called_room_for_all(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, quiet=False, before=ROOM)
    begin(page, "practice")
    question = current(page)
    put(page, question, right(question))
    page.locator("main [data-save]:visible").click()
    expect(page.locator('main [data-kept="full"] [data-kept-words]')).to_be_focused()
    assert page.evaluate("!dispatchEvent(new Event('beforeunload', {cancelable: true}))"), (
        "leaving would lose what is not kept, unasked"
    )
    page.evaluate("globalThis.room = 1e6")
    check(page, question)
    expect(page.locator('main [data-kept="kept"]')).to_be_visible()
    assert page.evaluate(DRAFT)["answers"][question["id"]]["done"]


def test_a_file_opened_where_there_is_no_room_stays_on_the_page(open_page: Open) -> None:
    page = open_page(LEARNING, quiet=False, before=ROOM)
    save(page)
    page.evaluate("globalThis.room = 0")
    text = record({}, [made("check", 2, 0.9, passed=True)])
    page.locator("[data-open-file]").set_input_files(
        [{"name": "a.json", "mimeType": "application/json", "buffer": text.encode()}]
    )
    expect(page.locator("[data-opened]")).to_be_focused(timeout=30_000)
    expect(page.locator(".learning__module")).to_contain_text("Passed on")
    expect(page.locator('main [data-kept="full"]')).to_be_visible()
