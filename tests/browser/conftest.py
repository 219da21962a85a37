"""One site, one server and one browser for the whole run, and a context for each test that listens for what no page may do.

`open_page` opens a page; when the test ends, any refusal by the policy (in the page, in a worker), error of a script, error in the
console or request to another host fails it. `BUILT_SITE=folder` tests a site that is built already."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from macros.build import build
from scripts.browsers import NO_CHROMIUM, find
from scripts.plain import Problem
from tests.browser.copies import PAGE as COPY_PAGE
from tests.browser.copies import Host
from tests.browser.server import Server

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--force-prefers-reduced-motion",
]
PATIENCE = 20_000
"""Milliseconds to wait for something before it counts as not happening: enough for a busy machine."""
OFFLINE = ("Failed to load resource: net::ERR_",)
EXIT_HOST = "www.gov.uk"
LISTEN = """addEventListener('securitypolicyviolation', (event) =>
  console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI} in ${event.sourceFile}:${event.lineNumber}`));"""
QUIET = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}});"
"""A browser that asks to save data does not start the engine before it is needed: most tests do not need it."""

Open = Callable[..., Page]


@dataclass
class Watch:
    """What a test's pages did. `expected` holds the beginnings of console lines that the test brings about itself."""

    host: str
    wrong: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def follow(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.asked(request.url))
        context.on("console", lambda message: message.type == "error" and self.said(message.text))
        context.on("weberror", lambda error: self.said(f"error: {error.error}"))

    def asked(self, address: str) -> None:
        self.requests.append(address)
        parts = urlsplit(address)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.host:
            self.wrong.append(f"request to another host: {address}")

    def said(self, text: str) -> None:
        if not text.startswith(self.expected or ("\0",)):
            self.wrong.append(f"said in the console: {text}")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    given = os.environ.get("BUILT_SITE")
    folder = Path(given) if given else tmp_path_factory.mktemp("built") / "site"
    wrong = [] if given else build(ROOT, folder)
    assert not wrong, "the site was not built:\n" + "\n".join(wrong)
    return folder


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[Server]:
    running = Server(site)
    yield running
    running.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium. Without one every test here fails and says how to get it; none is skipped."""
    try:
        path = find()
    except Problem as problem:
        pytest.fail(str(problem), pytrace=False)
    if path is None:
        pytest.fail(NO_CHROMIUM, pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        expect.set_options(timeout=PATIENCE)
        yield running
        running.close()


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    """What went wrong on this test's pages; asserted to be nothing when the test ends."""
    watching = Watch(urlsplit(server.address).netloc)
    server.reports.clear()
    yield watching
    for report in server.reports:
        watching.said(report)
    assert not watching.wrong, "\n".join(watching.wrong)


@pytest.fixture
def open_page(browser: Browser, server: Server, watch: Watch) -> Iterator[Open]:
    """`open_page("/path/", width=320, dark=False, quiet=True, script=True, before="…")` opens a page in a context of its own."""
    contexts: list[BrowserContext] = []

    def open_(
        path: str, width: int = 1280, dark: bool = False, quiet: bool = True, script: bool = True, before: str = ""
    ) -> Page:
        context = browser.new_context(
            base_url=server.address,
            viewport={"width": width, "height": 640 if width < 600 else 800},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=script,
            service_workers="block",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        if script:
            context.add_init_script("\n".join([LISTEN, QUIET if quiet else "", before]))
        page = context.new_page()
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        try:
            context.close()
        except Error as error:
            watch.wrong.append(f"a page could not be closed: {error}")


@pytest.fixture
def host(site: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Host]:
    """A site of the test's own: the whole of it with `WHOLE`, a part of it otherwise."""
    running = Host(site, tmp_path / "site", whole=getattr(request, "param", False))
    yield running
    running.down()


@pytest.fixture
def open_hosted(browser: Browser, host: Host) -> Iterator[Open]:
    """`open_hosted(path, before="…", expected=(…), width=1280, script=True)` opens a page in a context that may have service workers."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_(path: str = COPY_PAGE, before: str = "", expected: tuple[str, ...] = OFFLINE, width: int = 1280, script: bool = True) -> Page:
        size = {"width": width, "height": 800}
        context = browser.new_context(base_url=host.address, viewport=size, java_script_enabled=script)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        watch = Watch(urlsplit(host.address).netloc, expected=expected)
        watch.follow(context)
        if script:
            context.add_init_script("\n".join([LISTEN, QUIET, before]))
        opened.append((context, watch))
        page = context.new_page()
        page.goto(path)
        return page

    yield open_
    for context, _ in opened:
        context.close()
    assert not [line for _, watch in opened for line in watch.wrong]
