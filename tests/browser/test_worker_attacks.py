"""The engine killed, slowed, starved of memory or answering with nonsense: a plain message in time, what was typed kept, and a way back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.browsers import find
from tests.browser import answering
from tests.browser.conftest import OPTIONS, PATIENCE, Open, Watch
from tests.browser.exercise import MODULE_PAGE, answer, check, go_to, of_kind, right, step
from tests.browser.server import BROKEN, SILENT, Server

LOST = ("Failed to load resource", "EngineError: ")
KEEP_WORKERS = """globalThis.started = [];
globalThis.Worker = class extends Worker { constructor(...all) { super(...all); started.push(this); } };"""
HOLD = """globalThis.Worker = class extends Worker {
  postMessage(message) { if (!globalThis.held || message.type !== 'ask') super.postMessage(message); }
};"""
"""A worker that gets no question while `held`: to the page, one that is in the middle of an answer for ever."""
NO_MEMORY = b"WebAssembly.Instance = class { constructor() { throw new RangeError('Out of memory'); } };\n" \
    b"WebAssembly.instantiate = () => Promise.reject(new RangeError('WebAssembly.instantiate(): Out of memory'));\n"  # fmt: skip
NONSENSE = b"self.addEventListener('message', ({data}) => self.postMessage(data.type === 'start' ? {type: 'ready'} :" \
    b" {type: 'answer', id: data.id, text: '<b>no JSON</b>'}));\n"  # fmt: skip
DOOR = b"return python.pyimport('engine.messages').handle;"
FULL = b"python.runPython('import engine.messages\\ndef mark(_): raise MemoryError\\nengine.messages.TASKS[\"mark\"] = mark');"
QUESTION = of_kind("multi")


def _answered(page: Page) -> None:
    go_to(page, QUESTION["id"])
    answer(page, QUESTION, right(QUESTION))


def _press_check(page: Page) -> None:
    step(page, QUESTION["id"]).locator("[data-check]").click()


def _assert_said(page: Page, cause: str) -> None:
    trouble = page.locator("[data-trouble]")
    expect(trouble).to_be_focused(timeout=60_000)
    expect(trouble.locator("[data-cause]:visible")).to_have_attribute("data-cause", cause)
    expect(page.locator("[data-waiting-words]")).to_be_hidden()
    assert answering.given(page, QUESTION["id"]) == sorted(right(QUESTION))


def _try_again(page: Page) -> None:
    page.get_by_role("button", name="Try again").click()
    expect(step(page, QUESTION["id"]).locator("[data-verdict]")).to_be_focused(timeout=60_000)
    expect(page.locator("[data-trouble]")).to_be_hidden()


def test_killed_in_the_middle_of_an_answer(open_page: Open, watch: Watch) -> None:
    """It tells nobody. The page waits ten seconds, not for ever; then a fresh one marks the same answer."""
    watch.expected = LOST
    page = open_page(MODULE_PAGE, before=KEEP_WORKERS)
    page.clock.install()
    _answered(page)
    page.evaluate("started.length = 0")
    _press_check(page)
    page.wait_for_function("() => started.length")
    page.evaluate("started.at(-1).terminate()")
    page.clock.fast_forward(91_000)
    _assert_said(page, "slow")
    _try_again(page)


def test_an_answer_that_never_comes(open_page: Open, watch: Watch) -> None:
    watch.expected = LOST
    page = open_page(MODULE_PAGE, before=HOLD)
    first = of_kind("single")
    go_to(page, first["id"])
    answer(page, first, right(first))
    check(page, first)
    page.evaluate("globalThis.held = true")
    page.clock.install()
    _answered(page)
    _press_check(page)
    page.clock.fast_forward(1_000)
    expect(page.locator("[data-waiting-words]")).to_be_visible()
    page.clock.fast_forward(10_000)
    _assert_said(page, "slow")
    page.evaluate("globalThis.held = false")
    _try_again(page)


@pytest.mark.parametrize(("spoilt", "cause"), [(NO_MEMORY, "slow"), (NONSENSE, "died")], ids=["no memory", "nonsense"])
def test_a_worker_that_cannot(open_page: Open, server: Server, watch: Watch, spoilt: bytes, cause: str) -> None:
    watch.expected = ("",)
    page = open_page(MODULE_PAGE)
    page.clock.install()
    _answered(page)
    with server.faulty("/runtime/worker-", lambda body: spoilt + (body if spoilt is NO_MEMORY else b"")):
        _press_check(page)
        if spoilt is NO_MEMORY:
            page.clock.fast_forward(91_000)  # it never settles, so it is given up after three limits
        _assert_said(page, cause)
    if spoilt is NONSENSE:
        page.reload()
        _answered(page)
        _press_check(page)
        expect(step(page, QUESTION["id"]).locator("[data-verdict]")).to_be_focused(timeout=60_000)
    else:
        _try_again(page)


def test_memory_that_gives_out_in_the_middle_of_an_answer(open_page: Open, server: Server, watch: Watch) -> None:
    """It is no fault of what was asked: a fresh start has all the memory there is."""
    watch.expected = LOST
    page = open_page(MODULE_PAGE)
    _answered(page)
    with server.faulty("/runtime/worker-", lambda body: body.replace(DOOR, FULL + DOOR)):
        _press_check(page)
        _assert_said(page, "died")
    _try_again(page)


@pytest.mark.parametrize("part", ["/runtime/worker-", ".asm.wasm", "/runtime/engine-"])
def test_a_server_that_breaks(open_page: Open, server: Server, watch: Watch, part: str) -> None:
    watch.expected = ("",)
    page = open_page(MODULE_PAGE)
    _answered(page)
    with server.faulty(part, BROKEN):
        _press_check(page)
        _assert_said(page, "missing")
    _try_again(page)


def test_a_slow_start_goes_on_while_the_message_is_read(open_page: Open, server: Server, watch: Watch) -> None:
    """On a slow line a fresh start each time would never come to an end."""
    watch.expected = LOST
    page = open_page(MODULE_PAGE, before=KEEP_WORKERS)
    page.clock.install()
    _answered(page)
    with server.faulty("/stdlib-", SILENT):
        _press_check(page)
        page.clock.fast_forward(31_000)
        _assert_said(page, "slow")
        page.get_by_role("button", name="Try again").click()
        expect(page.locator("[data-trouble]")).to_be_visible()
        page.clock.fast_forward(1_000)
        expect(page.locator("[data-waiting-words]")).to_be_visible()
    expect(step(page, QUESTION["id"]).locator("[data-verdict]")).to_be_focused(timeout=60_000)
    assert page.evaluate("started.length") == 1


def test_a_processor_twenty_times_slower(open_page: Open) -> None:
    page = open_page(MODULE_PAGE)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 20})
    _answered(page)
    _press_check(page)
    expect(step(page, QUESTION["id"]).locator("[data-verdict]")).to_be_focused(timeout=120_000)


@pytest.fixture(scope="module")
def starved(browser: Browser) -> Iterator[Browser]:
    """A Chromium that gives WebAssembly less memory (in pages of 64 KB) than Python asks for at its start."""
    flags = [*OPTIONS, "--js-flags=--wasm-max-mem-pages=64"]
    running = browser.browser_type.launch(executable_path=find(), args=flags)
    yield running
    running.close()


def test_a_device_without_the_memory(starved: Browser, server: Server) -> None:
    context = starved.new_context(base_url=server.address)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(MODULE_PAGE)
    _answered(page)
    _press_check(page)
    expect(page.locator("[data-trouble]")).to_be_focused(timeout=60_000)
    expect(page.locator("[data-trouble]").get_by_role("button", name="Show the answers")).to_be_visible()
    assert answering.given(page, QUESTION["id"]) == sorted(right(QUESTION))
    context.close()
