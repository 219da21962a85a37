"""What listens in every browser test does hear: a script the policy refuses, in a page and in a worker, an error, and another host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import LISTEN, Watch
from tests.browser.server import Server

PAGE = "/about/licence/"
INLINE = b"<script>document.documentElement.dataset.pwned = 'yes';</script></body>"
ELSEWHERE = b'<img src="https://elsewhere.invalid/pixel.png" alt=""></body>'
WORKER = """(path) => new Promise((resolve) => {
  const worker = new Worker(path, {type: 'module'});
  worker.onmessage = worker.onerror = () => resolve();
})"""


@pytest.fixture
def heard(browser: Browser, server: Server) -> Iterator[tuple[Page, Watch]]:
    """A page that is watched as every other is, by a watch that fails nothing."""
    watch = Watch(urlsplit(server.address).netloc)
    context = browser.new_context(base_url=server.address)
    watch.follow(context)
    context.add_init_script(LISTEN)
    server.reports.clear()
    yield context.new_page(), watch
    context.close()


def _added(text: bytes) -> Callable[[bytes], bytes]:
    return lambda body: body.replace(b"</body>", text)


def _hears(page: Page, lines: list[str], words: str) -> None:
    """Wait until a line with these words is there: what a browser reports comes a little later."""
    for _ in range(100):
        if any(words in line for line in lines):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"nothing says {words!r}: {lines}")


def test_an_inline_script_put_into_a_page_does_not_run_and_is_heard(server: Server, heard: tuple[Page, Watch]) -> None:
    page, watch = heard
    with server.faulty(PAGE, _added(INLINE)):
        page.goto(PAGE)
    assert page.locator("html").get_attribute("data-pwned") is None
    for words in ("policy: script-src-elem refused inline", "Content Security Policy"):
        _hears(page, watch.wrong, words)


def test_what_the_policy_refuses_in_a_worker_is_heard(server: Server, heard: tuple[Page, Watch]) -> None:
    page, _ = heard
    page.goto(PAGE)
    attack = b"try { eval('1'); } finally { self.postMessage('done'); }"
    with server.faulty("/assets/javascripts/days.mjs", lambda body: attack):
        page.evaluate(WORKER, "/assets/javascripts/days.mjs")
    _hears(page, server.reports, "refused eval")


def test_an_error_and_a_picture_from_elsewhere_are_heard(server: Server, heard: tuple[Page, Watch]) -> None:
    page, watch = heard
    with server.faulty(PAGE, _added(ELSEWHERE)):
        page.goto(PAGE)
    page.evaluate("setTimeout(() => { throw new Error('broken on purpose'); })")
    _hears(page, watch.wrong, "broken on purpose")
    _hears(page, watch.wrong, "policy: img-src")


def test_a_request_to_another_host_is_heard(server: Server, heard: tuple[Page, Watch]) -> None:
    page, watch = heard
    page.goto(server.address.replace("127.0.0.1", "localhost") + PAGE)
    _hears(page, watch.wrong, "request to another host: http://localhost")
