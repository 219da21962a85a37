"""A fresh browser for each measurement: the same page twice, the first visit cold, the second warm, or a page to do things with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench import quiet, slow
from macros.runtime.node import find

Visit = dict[str, Any]

SETTLE = 1500
"""Milliseconds before each visit: a browser that has just been started, or has just loaded a page, is still busy with itself."""
PATIENCE = 180_000
OPTIONS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


class NoAnswer(Exception):
    """A measurement that came to nothing; its text is the sentence to print."""


def chromium_program() -> str:
    """The Chromium to drive: `CHROMIUM`, else the system's."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"


def firefox_program() -> str:
    """The Firefox to drive: `FIREFOX`, else the system's."""
    return os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox") or "firefox"


@contextmanager
def page(width: int = 1280) -> Iterator[Page]:
    """A page in a Chromium with a new profile on disk, so that what it caches is as on a person's machine."""
    with sync_playwright() as drive, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = {"executable_path": chromium_program(), "args": OPTIONS, "viewport": {"width": width, "height": 800}}
        context = drive.chromium.launch_persistent_context(profile, **options)
        context.set_default_timeout(PATIENCE)
        try:
            yield context.pages[0]
        finally:
            context.close()


@contextmanager
def windows() -> Iterator[Callable[[], Page]]:
    """A Chromium that opens a page in a window of its own each time: nothing cached by one is seen by the next."""
    with sync_playwright() as drive:
        browser = drive.chromium.launch(executable_path=chromium_program(), args=OPTIONS)
        try:
            yield lambda: browser.new_context().new_page()
        finally:
            browser.close()


def settle(opened: Page) -> None:
    """Leave what was open, and wait until the browser and the machine are idle."""
    opened.goto("about:blank")
    opened.wait_for_timeout(SETTLE)
    quiet.wait()


def chromium(address: str, *, visits: int = 2, times_slower: int = 1) -> list[Visit]:
    """Measure the bench's page at `address` in a Chromium, on a processor so many times slower."""
    results = []
    with page() as opened:
        for _ in range(visits):
            settle(opened)
            with slow.pages(times_slower) if times_slower > 1 else nullcontext():
                opened.goto(address)
                results.append(opened.evaluate("globalThis.measured"))
    return _checked(results)


def firefox(address: str) -> list[Visit]:
    """Both visits in a Firefox with a new profile, driven over WebDriver BiDi."""
    script = Path(__file__).with_name("firefox.mjs")
    quiet.wait()
    command = [find(), str(script), address, firefox_program(), str(SETTLE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise NoAnswer(f"Firefox: {(done.stderr.strip().splitlines() or ['no message'])[-1][:300]}")
    return _checked(json.loads(done.stdout))


def _checked(results: list[Visit]) -> list[Visit]:
    for result in results:
        if "failed" in result or not json.loads(result["answer"]).get("ok"):
            raise NoAnswer(f"no marked answer: {str(result.get('failed') or result['answer'])[:300]}")
    return results
