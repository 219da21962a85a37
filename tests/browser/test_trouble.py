"""When the engine cannot run or is given nonsense: the answer is kept, a plain message takes the focus, and there is a way on."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager, nullcontext

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Watch
from tests.browser.exercise import (
    MODULE_PAGE,
    QUESTIONS,
    TOOL_PAGE,
    answer,
    check,
    fill_sheet,
    go_to,
    of_kind,
    right,
    step,
)
from tests.browser.server import CORRUPT, MISSING, SILENT, Server

EVERYTHING = ("",)
"""What the browser and Python say in the console of a spoilt file is theirs, and much."""
NO_WEBASSEMBLY = "delete globalThis.WebAssembly;"
NO_WORKER = "globalThis.Worker = class { constructor() { throw new DOMException('refused', 'SecurityError'); } };"
NO_STORAGE = """for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
  Object.defineProperty(globalThis, name, {get() { throw new DOMException('refused', 'SecurityError'); }});
Object.defineProperty(Document.prototype, 'cookie', {get() { throw new DOMException('refused', 'SecurityError'); }});"""
KEEP_WORKERS = """globalThis.started = [];
globalThis.Worker = class extends Worker { constructor(...all) { super(...all); started.push(this); } };"""
LONG = [("short", 10_000, "too_long"), ("number", 10_000, "not_a_number"), ("number", 10_001, "too_long")]
LOST = ("Failed to load resource", "EngineError: ")


def _answered(page: Page) -> None:
    question = of_kind("multi")
    go_to(page, question["id"])
    answer(page, question, right(question))


def _press_check(page: Page) -> None:
    step(page, of_kind("multi")["id"]).locator("[data-check]").click()


def _assert_trouble(page: Page, cause: str) -> None:
    """The message of this cause has the focus, the answer is kept, and the worksheet's answers are offered."""
    question = of_kind("multi")
    here = step(page, question["id"])
    trouble = page.locator("[data-trouble]")
    expect(trouble).to_be_focused(timeout=30_000)
    expect(trouble.locator("[data-cause]:visible")).to_have_count(1)
    expect(trouble.locator(f'[data-cause="{cause}"]')).to_be_visible()
    expect(trouble).to_contain_text("Your answers are still here")
    expect(page.locator("[data-waiting-words]")).to_be_hidden()
    chosen = here.locator("input:checked").evaluate_all("all => all.map(one => one.value)")
    assert chosen == right(question)
    expect(here.locator("[data-check]")).to_be_enabled()
    expect(trouble.get_by_role("button", name="Show the answers")).to_be_visible()


def _assert_worksheet(page: Page) -> None:
    page.get_by_role("button", name="Show the answers").filter(visible=True).click()
    fold = step(page, of_kind("multi")["id"]).locator("[data-answers]")
    expect(fold.locator("summary")).to_be_focused()
    expect(fold.locator(".feedback__explain")).to_be_visible()
    expect(fold.locator("[data-state]:visible")).to_have_count(0)


def _assert_mended(page: Page) -> None:
    """Try again marks the answer that is still there."""
    question = of_kind("multi")
    here = step(page, question["id"])
    page.get_by_role("button", name="Try again").click()
    expect(here.locator("[data-verdict]")).to_be_focused(timeout=30_000)
    expect(here.locator('[data-state="right"]')).to_be_visible()
    expect(page.locator("[data-trouble]")).to_be_hidden()


@pytest.mark.parametrize("before", [NO_WEBASSEMBLY, NO_WORKER], ids=["no WebAssembly", "no workers"])
def test_a_browser_that_cannot(open_page: Open, watch: Watch, before: str) -> None:
    watch.expected = LOST
    page = open_page(MODULE_PAGE, before=before)
    _answered(page)
    _press_check(page)
    _assert_trouble(page, "blocked")
    _assert_worksheet(page)
    for _ in range(5):
        page.locator("[data-question]:visible [data-next]").click()
    expect(step(page, "result").get_by_role("heading", name="One thing to do next week")).to_be_focused()
    expect(step(page, "result").get_by_role("heading", name="Your result")).to_be_hidden()


def test_a_policy_that_refuses_webassembly(open_page: Open, server: Server, watch: Watch) -> None:
    watch.expected = (*LOST, "policy: ", "Refused to compile", "Compiling or instantiating WebAssembly")
    page = open_page(MODULE_PAGE)
    with server.with_policy(server.policy.replace("'wasm-unsafe-eval'", "")):
        _answered(page)
        _press_check(page)
        _assert_trouble(page, "blocked")
    _assert_mended(page)


@pytest.mark.parametrize("fault", [MISSING, CORRUPT])
@pytest.mark.parametrize("part", ["/worker-", ".asm.wasm", "/pyodide.mjs", "/stdlib-", "/engine-"])
def test_a_file_of_the_runtime_spoilt(open_page: Open, server: Server, watch: Watch, part: str, fault: str) -> None:
    watch.expected = EVERYTHING
    page = open_page(MODULE_PAGE)
    _answered(page)
    with server.faulty(part, fault):
        _press_check(page)
        _assert_trouble(page, "missing")
    _assert_mended(page)


def test_try_again_asks_for_what_came_to_nothing(open_page: Open, server: Server, watch: Watch) -> None:
    """Also for the whole result, asked for by skipping the last question."""
    watch.expected = LOST
    page = open_page(MODULE_PAGE)
    go_to(page, QUESTIONS[-1]["id"])
    with server.faulty("/engine-", MISSING):
        for _ in range(5):
            page.locator("[data-skip]:visible").click()
        expect(page.locator("[data-trouble]")).to_be_focused(timeout=30_000)
    page.get_by_role("button", name="Try again").click()
    expect(step(page, "result").get_by_role("heading", name="Your result")).to_be_focused(timeout=30_000)


def _slow_start(server: Server) -> AbstractContextManager[None]:
    return server.faulty("/engine-", SILENT)


def _never_answers(page: Page) -> None:
    page.evaluate("started.at(-1).terminate()")


@pytest.mark.parametrize("how", ["start", "answer"])
def test_nothing_comes_back(open_page: Open, server: Server, watch: Watch, how: str) -> None:
    """A start that takes too long, and a worker that goes in the middle of an answer."""
    watch.expected = LOST
    page = open_page(MODULE_PAGE, before=KEEP_WORKERS)
    if how == "answer":
        question = of_kind("single")
        go_to(page, question["id"])
        answer(page, question, right(question))
        check(page, question)
        _never_answers(page)
    page.clock.install()
    _answered(page)
    with _slow_start(server) if how == "start" else nullcontext():
        _press_check(page)
        page.clock.fast_forward(1_000)
        expect(page.locator("[data-waiting-words]")).to_be_visible()
        page.clock.fast_forward(31_000)
        _assert_trouble(page, "slow")
    _assert_mended(page)


def test_a_worker_that_breaks_down(open_page: Open, watch: Watch) -> None:
    watch.expected = LOST
    page = open_page(MODULE_PAGE, before=KEEP_WORKERS)
    question = of_kind("single")
    go_to(page, question["id"])
    answer(page, question, right(question))
    check(page, question)
    _answered(page)
    page.evaluate("started.at(-1).terminate()")
    _press_check(page)
    page.evaluate("started.at(-1).dispatchEvent(new ErrorEvent('error', {message: 'out of memory'}))")
    _assert_trouble(page, "died")
    _assert_mended(page)


CLIENT = """async ([texts, limits]) => {
  const {createClient} = await import('/assets/javascripts/client.mjs');
  const runtime = await (await fetch('/assets/runtime/manifest.json')).json();
  const client = createClient({...runtime, base: '/assets/runtime/'}, limits);
  const replies = [];
  for (const text of texts) replies.push(await client.ask(text).catch(({name, key}) => `${name} ${key}`));
  return replies;
}"""


def test_nonsense_sent_straight_to_the_worker(open_page: Open) -> None:
    page = open_page("/about/licence/")
    nonsense = ["not json", "", "null", "[]", '{"task": "erase"}', "[" * 1_000, "[" * 100_000, "<script>alert(1)</script>"]
    for text, reply in zip(nonsense, page.evaluate(CLIENT, [nonsense, {}]), strict=True):
        said = json.loads(reply)
        assert said["ok"] is False, text[:40]
        assert said["problem"]["text"]


def test_a_limit_that_runs_out(open_page: Open) -> None:
    page = open_page("/about/licence/")
    assert page.evaluate(CLIENT, [["null"], {"start": 1}]) == ["EngineError slow"]


@pytest.mark.parametrize(("kind", "length", "problem"), LONG)
def test_a_very_long_answer(open_page: Open, kind: str, length: int, problem: str) -> None:
    page = open_page(MODULE_PAGE)
    question = of_kind(kind)
    here = go_to(page, question["id"])
    here.locator("input").fill("9" * length)
    here.locator("[data-check]").click()
    expect(page.locator("[data-error-summary]")).to_be_focused(timeout=30_000)
    expect(here.locator(f'[data-problem="{problem}"]')).to_be_visible()
    expect(here.locator("input")).to_have_value("9" * length)
    answer(page, question, right(question))
    check(page, question)


def test_markup_in_an_answer_stays_text(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    question = of_kind("short")
    here = go_to(page, question["id"])
    count = "document.querySelectorAll('script, img, iframe, b').length"
    before = page.evaluate(count)
    typed = "<script>pwned = 1</script><img src=x onerror='pwned = 1'><b>bold</b>"
    here.locator("input").fill(typed)
    check(page, question)
    expect(here.locator('[data-state="wrong"]')).to_be_visible()
    assert page.evaluate(count) == before
    assert page.evaluate("typeof pwned") == "undefined"
    expect(here.locator("input")).to_have_value(typed)


def test_a_browser_that_refuses_storage(open_page: Open) -> None:
    page = open_page(MODULE_PAGE, before=NO_STORAGE)
    question = of_kind("truefalse")
    go_to(page, question["id"])
    answer(page, question, right(question))
    check(page, question)


def test_the_tool_offers_the_blank_sheet(open_page: Open, server: Server, watch: Watch) -> None:
    watch.expected = LOST
    page = open_page(TOOL_PAGE, before="window.print = () => {};")
    fill_sheet(page, {"food-enough": "2"})
    with server.faulty("/engine-", CORRUPT):
        here = go_to(page, "check")
        here.get_by_role("button", name="See the result").click()
        trouble = page.locator("[data-trouble]")
        expect(trouble).to_be_focused(timeout=30_000)
    expect(here.locator('[data-answer="food-enough"]')).to_contain_text("ften goes without")
    trouble.get_by_role("button", name="Print the blank sheet").click()
    assert page.locator("[data-quiz]").get_attribute("data-printing") == "blank"
    trouble.get_by_role("button", name="Try again").click()
    expect(step(page, "result").locator("[data-heading]")).to_be_focused(timeout=30_000)


