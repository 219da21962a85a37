"""What must hold in Firefox as in Chromium: every marking case, whole modules and tools with the score the engine gives here, nothing kept
before Save, and a page by keyboard alone. What no page may do fails the test that sees it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from engine import handle
from scripts.browsers import NO_FIREFOX, find_firefox
from scripts.plain import Problem
from tests import cases, tool_cases, training
from tests.browser import answering, sheets
from tests.browser.conftest import EXIT_HOST
from tests.browser.exercise import MODULE_PAGE, of_kind, tab_to
from tests.browser.firefox import Firefox
from tests.browser.server import Server
from tests.browser.test_engine_in_worker import ASK_ALL
from tests.content.test_modules import MODULES

MEANS = {"risk-indicators-protective": "keys", "describing-care": "pointer", "was-not-brought": "keys"}
"""Three modules with every kind of question among them, and how each is taken."""
TOOLS = ("care-picture", "was-not-brought", "check-for-drift")
"""Steps of choices, rows of a table, and words to type."""
KEPT = """async () => ({local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
  databases: (await indexedDB.databases()).map(({name}) => name), copies: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length})"""
NOTHING = {"local": 0, "session": 0, "cookies": "", "databases": [], "copies": [], "workers": 0}
QUESTION = "() => [...document.querySelectorAll('[data-question]')].find((one) => one.checkVisibility())?.dataset.question"
FOCUSED = "selector => document.activeElement.matches(selector)"


@pytest.fixture(scope="module")
def running(server: Server) -> Iterator[Firefox]:
    """The one Firefox. Without one every test here fails and says how to get it; none is skipped."""
    try:
        program = find_firefox()
    except Problem as problem:
        pytest.fail(str(problem), pytrace=False)
    if program is None:
        pytest.fail(NO_FIREFOX, pytrace=False)
    firefox = Firefox(program, server.address)
    yield firefox
    firefox.close()


@pytest.fixture
def firefox(running: Firefox) -> Iterator[Firefox]:
    yield running
    wrong = running.ask("wrong")
    assert not wrong, "\n".join(wrong)


def test_every_case_in_the_worker(firefox: Firefox) -> None:
    """Marking as the rows say; training and tools as the engine replies here, which other tests hold against their rows."""
    rows = list(cases.messages())
    others = [text for _, text, _ in training.messages()] + [text for _, _, text, _ in tool_cases.messages()]
    replies = firefox.open("/about/licence/").evaluate(ASK_ALL, [text for _, text, _ in rows] + others)
    assert len(replies) == len(rows) + len(others) > 800
    wanted = [expected for *_, expected in rows] + [json.loads(handle(text)) for text in others]
    texts = [name for name, *_ in rows] + others
    differing = [text for text, reply, want in zip(texts, replies, wanted, strict=True) if not cases.same(json.loads(reply), want)]
    assert not differing, "\n".join(differing)


def test_what_no_page_may_do_is_noticed(firefox: Firefox) -> None:
    page = firefox.open("/about/licence/")
    page.evaluate("() => { document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.invalid/x.png'})); }")
    page.wait("() => document.images.length > 0")
    wrong = page.ask("wrong")
    assert any("policy: img-src refused https://elsewhere.invalid" in one for one in wrong), wrong


@pytest.mark.parametrize("name", MEANS)
def test_a_whole_module_has_the_score_the_engine_gives_here(firefox: Firefox, name: str) -> None:
    """The check of ten questions, every third of them answered wrong."""
    page = firefox.open(f"/training/{name}/", width=320)
    page.wait("() => !!document.querySelector('[data-quiz][data-scripted]')")
    page.locator('[data-way="check"]').click()
    responses = {}
    for number in range(10):
        question = answering.ALL[page.evaluate(QUESTION)]
        response = (answering.wrong if number % 3 == 1 else answering.right)(question)
        responses[question["id"]] = response
        _answer(page, question, response, MEANS[name])
    page.wait(FOCUSED, '[data-step="result"] [data-heading]')
    asked = [answering.ALL[id_] for id_ in responses]
    definition = {"questions": asked, "pass": MODULES[name].get("pass", 0.8)}
    reply = json.loads(handle(json.dumps({"task": "mark", "definition": definition, "responses": responses})))
    said = page.evaluate("() => document.querySelector('[data-step=result] [data-status]').innerText.replace(/\\s+/g, ' ')")
    assert f"You got {reply['summary']['right']} of 10 questions fully right" in said
    assert f"your score is {int(reply['summary']['score'] * 100 + 1e-9)}%" in said
    assert ("Not passed yet" in said) is not reply["summary"]["passed"]
    listed = page.evaluate(
        """() => [...document.querySelectorAll('[data-list] > li')].map((row) =>
             [row.querySelector('a').hash.slice(1), row.querySelector('[data-state]:not([hidden])').dataset.state])"""
    )
    assert dict(listed) == {id_: mark["state"] for id_, mark in reply["marks"].items()}
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def _answer(page: Any, question: dict[str, Any], response: list[str], means: str) -> None:
    """Put a response in and go on."""
    here = f'[data-step="{question["id"]}"]'
    if means == "keys":
        answering.put_by_keys(page, question, response)
        tab_to(page, f"{here} [data-check]")
        page.keyboard.press("Enter")
    else:
        answering.put(page, question, response)
        page.locator(f"{here} [data-check]").click()
    page.wait("selector => !document.querySelector(selector).checkVisibility()", here)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_filled_in_says_what_the_engine_says_here(firefox: Firefox, tool: str) -> None:
    page = firefox.open(f"/tools/{tool}/")
    page.wait("() => !!document.querySelector('[data-quiz][data-scripted]')")
    sheet = sheets.example(tool)
    steps = page.evaluate("() => [...document.querySelectorAll('[data-step]')].map((one) => one.dataset.step)")
    for name in steps[:-1]:
        page.wait("name => document.querySelector(`[data-step=${name}]`).checkVisibility()", name)
        _fill(page, f'[data-step="{name}"]', sheet)
        page.locator(f'[data-step="{name}"] [type="submit"]').click()
    page.wait(FOCUSED, '[data-step="result"] [data-heading]')
    today = page.locator("[data-today-value]").evaluate_all("all => Object.fromEntries(all.map((one) => ['today', [one.value]]))")
    message = {"task": "score", "definition": sheets.DEFINITIONS[tool], "rows": sheet["rows"], "responses": sheet["responses"] | today}
    wanted = set(json.loads(handle(json.dumps(message, default=str)))["result"]["keys"])
    keys = page.locator('[data-step="result"] [data-key]')
    offered = set(keys.evaluate_all("all => all.map((one) => one.dataset.key)"))
    shown = set(keys.evaluate_all("all => all.filter((one) => !one.hidden).map((one) => one.dataset.key)"))
    assert shown == wanted & offered
    assert shown
    assert page.evaluate(KEPT) == NOTHING


def _fill(page: Firefox, step: str, sheet: sheets.Sheet) -> None:
    """Put in what belongs to one step, by pointer and by typing."""
    for name, (value,) in sheet["responses"].items():
        _put(page, f'{step} [name="{name}"]', value)
    for place, row in enumerate(sheet["rows"]):
        names = page.locator(f"{step} [data-row]").evaluate_all("all => all.map((row) => row.querySelector('[name]').name)")
        if not names:
            return
        if place == len(names):
            page.locator(f"{step} [data-add]").click()
            names = page.locator(f"{step} [data-row]").evaluate_all("all => all.map((row) => row.querySelector('[name]').name)")
        for column, (value,) in row.items():
            _put(page, f'{step} [name="{re.sub("[a-z]+$", column, names[place])}"]', value)


def _put(page: Firefox, control: str, value: str) -> None:
    if not page.locator(control).count():
        return
    if page.locator(control).evaluate("one => one.type === 'radio' || one.type === 'checkbox'"):
        page.locator(f'{control}[value="{value}"]').check()
    elif page.locator(control).evaluate("one => one.localName") == "select":
        page.locator(control).select_option(value)
    else:
        page.locator(control).fill(value)


def test_nothing_is_kept_before_save_only_the_record_after_and_nothing_once_deleted(firefox: Firefox) -> None:
    page = firefox.open(MODULE_PAGE)
    question = of_kind("single")
    page.wait("() => !!document.querySelector('[data-quiz][data-scripted]')")
    page.evaluate("name => { location.hash = name; }", question["id"])
    answering.put(page, question, answering.right(question))  # type: ignore[arg-type]
    page.locator(f'[data-step="{question["id"]}"] [data-check]').click()
    page.wait(FOCUSED, "[data-verdict]")
    assert page.evaluate(KEPT) == NOTHING
    page.evaluate("() => [...document.querySelectorAll('main [data-save]')].find((one) => one.checkVisibility()).focus()")
    page.keyboard.press("Enter")
    page.wait("() => localStorage.length > 0")
    assert page.evaluate(KEPT) == NOTHING | {"local": 1}
    kept = page.evaluate("() => JSON.parse(localStorage.getItem(localStorage.key(0)))")
    assert set(kept) == {"schema", "saved", "until", "attempts", "drafts"}
    assert kept["drafts"]["risk-indicators-protective"]["answers"][question["id"]]["tries"] == [answering.right(question)]
    assert 390 < (datetime.fromisoformat(kept["until"]) - datetime.fromisoformat(kept["saved"])).days <= 400
    page.goto("/guidance/what-neglect-is/")
    for button in ("[data-delete]", "[data-delete-yes]"):
        tab_to(page, f"footer {button}", most=200)  # type: ignore[arg-type]
        page.keyboard.press("Enter")
    page.wait("() => localStorage.length === 0")
    assert page.evaluate(KEPT) == NOTHING


def test_a_page_by_keyboard_alone(firefox: Firefox) -> None:
    """The skip link, the menu, the search and a question, on a phone."""
    page = firefox.open("/guidance/what-neglect-is/", width=320)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED, ".md-skip")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('article') !== null"), "the skip link does not skip"
    page.goto("/guidance/what-neglect-is/")
    tab_to(page, "[data-menu-button]")  # type: ignore[arg-type]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('[data-menu]') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED, '[data-menu-button][aria-expanded="false"]')
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED, "[data-search-open]")
    page.keyboard.press("Enter")
    page.wait(FOCUSED, "[data-search-words]")
    page.keyboard.type("child's day tool")
    page.wait("() => document.querySelectorAll('.search__link').length > 0")
    tab_to(page, ".search__link")  # type: ignore[arg-type]
    page.keyboard.press("Enter")
    page.wait("() => location.pathname !== '/guidance/what-neglect-is/' && document.readyState === 'complete'")


def test_a_question_by_keyboard_alone(firefox: Firefox) -> None:
    question = of_kind("multi")
    page = firefox.open(f"{MODULE_PAGE}#{question['id']}", width=320)
    page.wait("() => !!document.querySelector('[data-quiz][data-scripted]')")
    answering.put_by_keys(page, question, answering.right(question))  # type: ignore[arg-type]
    tab_to(page, f'[data-step="{question["id"]}"] [data-check]')  # type: ignore[arg-type]
    page.keyboard.press("Enter")
    page.wait(FOCUSED, "[data-verdict]")
    assert page.evaluate(f"() => document.querySelector('[data-step={question['id']}] [data-answers]').dataset.marked") == "right"


def test_shift_three_times_leaves_the_page_and_back_does_not_return_to_it(firefox: Firefox) -> None:
    page = firefox.open("/", stub=True)
    page.goto("/guidance/worried-about-a-child/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait(f"() => location.host === '{EXIT_HOST}'")
    wrong = page.ask("wrong")
    assert wrong
    assert all(EXIT_HOST in one for one in wrong), wrong
    page.ask("back")
    assert page.evaluate("() => location.pathname") == "/"
