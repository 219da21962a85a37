"""A module's package in a learning management system: what the LMS is told, what comes back, and what happens where there is none.

The LMS is scorm-again, or a stand-in of our own that keeps SCORM 1.2 to the letter and refuses more than 4,096 characters."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import answering, lms
from tests.browser.answering import begin, current, put, right, wrong
from tests.browser.conftest import Open, Watch
from tests.browser.exercise import step
from tests.browser.server import Server
from tests.content.test_modules import MODULES

NAME = "risk-indicators-protective"
LONGEST = max(MODULES, key=lambda name: len(json.dumps(MODULES[name]["questions"])))
STATUS, RAW = "cmi.core.lesson_status", "cmi.core.score.raw"


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lms.make(tmp_path_factory.mktemp("lms") / "served", site / "downloads/scorm", NAME, LONGEST)


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """In place of the site's server: the LMS's, which sends no policy."""
    running = Server(folder)
    yield running
    running.close()


@pytest.fixture
def open_in(open_page: Open) -> Callable[..., Page]:
    def open_(api: str, name: str = NAME, **more: str) -> Page:
        extra = "".join(f"&{key}={value}" for key, value in more.items())
        return open_page(f"/lms.html?api={api}&module={name}{extra}")

    return open_


def take_check(frame: Any, respond: Callable[[dict[str, Any]], list[str]]) -> list[str]:
    """Answer a whole check; returns its questions."""
    begin(frame, "check")
    asked = []
    while frame.locator("[data-question]:visible").count():
        question = current(frame)
        asked.append(question["id"])
        put(frame, question, respond(question))
        answering.press_on(frame, question["id"])
    answering.result(frame)
    return asked


def leave(page: Page) -> dict[str, Any]:
    """Close the module as an LMS does, and see what was kept."""
    page.evaluate("document.querySelector('iframe').remove()")
    return lms.kept(page)


def come_back(page: Page) -> Page:
    """Kill the page, and open the LMS again in another of the same browser."""
    address, context = page.url, page.context
    again = context.new_page()
    page.close()
    again.goto(address)
    return again


def test_a_check_answered_right_is_a_pass_in_scorm_again(open_in: Callable[..., Page]) -> None:
    page = open_in("again")
    asked = take_check(lms.module(page), right)
    kept = leave(page)
    core = kept["cmi"]["core"]
    assert core["lesson_status"] == "passed"
    assert [core["score"][key] for key in ("min", "raw", "max")] == ["0", "100", "100"]
    assert kept["finished"] == 1
    told = list(kept["cmi"]["interactions"].values())
    assert {one["id"].partition("_")[0] for one in told} == set(asked)
    assert {one["result"] for one in told} == {"correct"}
    assert page.evaluate("Object.keys(localStorage)") == ["lms"]


def test_what_was_begun_goes_on_after_the_page_was_killed(open_in: Callable[..., Page]) -> None:
    page = open_in("again")
    frame = lms.module(page)
    begin(frame, "check")
    done = answering.answer_form(frame, count=3)
    here = current(frame)["id"]
    again = come_back(page)
    assert lms.kept(again)["cmi"]["core"]["lesson_location"] == here
    frame = lms.module(again)
    expect(frame.locator('[data-said="resume"]')).to_contain_text("question 4 of")
    frame.locator("[data-resume]").click()
    expect(step(frame, here)).to_be_visible()
    for name in done:
        assert frame.evaluate(READ, name) == sorted(right(answering.ALL[name]))
    while frame.locator("[data-question]:visible").count():
        question = current(frame)
        put(frame, question, right(question))
        answering.press_on(frame, question["id"])
    answering.result(frame)
    kept = leave(again)
    assert (kept["cmi"]["core"]["lesson_status"], kept["cmi"]["core"]["score"]["raw"]) == ("passed", "100")


READ = """async (id) => (await import(new URL('assets/javascripts/view-question.js', document.baseURI)))
  .read(document.querySelector(`[data-step=${id}]`))[id].sort()"""


def test_a_strict_lms_refuses_nothing_of_a_whole_round(open_in: Callable[..., Page]) -> None:
    page = open_in("strict", LONGEST)
    frame = lms.module(page)
    begin(frame, "learn")
    while frame.locator("[data-screen]:visible").count():
        frame.locator("[data-screen]:visible [data-next]").click()
    for _ in range(5):
        question = current(frame)
        put(frame, question, wrong(question))
        step(frame, question["id"]).locator("[data-check]").click()
        expect(frame.locator("[data-verdict]:focus, [data-again]:focus")).to_be_visible(timeout=30_000)
        if frame.locator("[data-again]").is_visible():
            step(frame, question["id"]).locator("[data-give-up]").click()
        answering.go_on(frame)
    answering.result(frame)
    assert page.evaluate("window.API.types") == [], "practice is a person's own"
    assert page.evaluate("window.API.values[`cmi.core.lesson_status`]") == "incomplete"
    frame.locator("[data-home]").click()
    take_check(frame, lambda question: wrong(question))
    assert page.evaluate("window.API.types.length") > 0
    assert lms.refused(page) == []
    kept = leave(page)
    assert kept["values"][STATUS] == "incomplete"
    assert int(kept["values"][RAW]) < 80
    assert kept["finished"] == 1


@pytest.mark.parametrize("setting", ["failed", "incomplete"])
def test_the_setting_says_what_not_passed_is(open_in: Callable[..., Page], folder: Path, setting: str) -> None:
    file = folder / NAME / "settings.json"
    before = file.read_text(encoding="utf-8")
    file.write_text(json.dumps({"when_not_passed": setting}), encoding="utf-8")
    try:
        page = open_in("strict")
        frame = lms.module(page)
        take_check(frame, wrong)
        assert page.evaluate("window.API.values")[STATUS] == setting
        frame.locator("[data-home]").click()
        take_check(frame, right)
        frame.locator("[data-home]").click()
        take_check(frame, wrong)
    finally:
        file.write_text(before, encoding="utf-8")
    kept = leave(page)["values"]
    assert (kept[STATUS], kept[RAW]) == ("passed", "100"), "a pass stays, and so does the best score"


def test_a_missed_safety_point_is_a_pass_in_no_lms(open_in: Callable[..., Page]) -> None:
    page = open_in("again")
    frame = lms.module(page)
    take_check(frame, lambda question: wrong(question) if question.get("critical") else right(question))
    expect(frame.locator('[data-key="critical-missed"]')).to_be_visible()
    core = leave(page)["cmi"]["core"]
    assert core["lesson_status"] == "failed", "scorm-again goes by the score alone"
    assert int(core["score"]["raw"]) < 80


def test_without_an_lms_it_plays_and_says_so(open_in: Callable[..., Page]) -> None:
    page = open_in("none")
    frame = lms.module(page)
    expect(frame.locator('[data-lms="absent"]')).to_be_visible()
    take_check(frame, right)
    expect(frame.locator('[data-key="passed"]:visible')).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_everything_a_package_asks_for_is_in_it(open_page: Open, watch: Watch) -> None:
    page = open_page(f"/{NAME}/index.html")
    expect(page.locator('[data-lms="absent"]')).to_be_visible()
    take_check(page, right)
    assert [address for address in watch.requests if f"/{NAME}/" not in address] == []


def test_an_lms_that_takes_nothing_is_told_of(open_in: Callable[..., Page]) -> None:
    page = open_in("strict", commits="no")
    frame = lms.module(page)
    begin(frame, "check")
    expect(frame.locator('[data-lms="refused"]')).to_be_visible()


def test_looking_back_changes_nothing(open_in: Callable[..., Page]) -> None:
    page = open_in("strict", mode="review")
    frame = lms.module(page)
    expect(frame.locator('[data-lms="review"]')).to_be_visible()
    take_check(frame, right)
    assert page.evaluate("window.API.sets") == 0
    assert leave(page)["finished"] == 1


@pytest.mark.parametrize("text", ["what another course left", "1||a:1:0:0:v:%E0%A4%A"])
def test_a_damaged_record_is_told_of(open_page: Open, text: str) -> None:
    page = open_page(f"/lms.html?api=none&module={NAME}")
    page.evaluate("text => localStorage.setItem('lms', JSON.stringify({values: {'cmi.suspend_data': text}}))", text)
    page.goto(f"/lms.html?api=strict&module={NAME}")
    frame = lms.module(page)
    expect(frame.locator('[data-lms="unread"]')).to_be_visible()
    begin(frame, "check")
    assert lms.refused(page) == []
