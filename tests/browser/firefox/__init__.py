"""Firefox for the tests: the few of Playwright's verbs that answering by pointer and by keyboard needs, so that both browsers are answered
by the same helpers. `drive.mjs` does what is said here."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.runtime.node import find

DRIVE = Path(__file__).with_name("drive.mjs")
FUNCTION = re.compile(r"\s*(async\s*)?(\w+|\([^)]*\))\s*=>")
ALL = "[...document.querySelectorAll({})]"


class Firefox:
    """One running Firefox and its one page, until `close`. An act that fails raises `AssertionError` with the browser's own words."""

    def __init__(self, program: str, site: str) -> None:
        self.site = site
        pipe = subprocess.PIPE
        self.running = subprocess.Popen([find(), str(DRIVE), program], stdin=pipe, stdout=pipe, text=True, cwd=DRIVE.parent)
        self.keyboard = Keyboard(self)

    def ask(self, act: str, *given: Any) -> Any:
        """Have one thing done and return what came of it."""
        assert self.running.stdin is not None
        assert self.running.stdout is not None
        self.running.stdin.write(json.dumps({"do": act, "with": given}) + "\n")
        self.running.stdin.flush()
        line = self.running.stdout.readline()
        assert line, f"Firefox ended at {act} {given!r:.200}"
        answer: dict[str, Any] = json.loads(line)
        assert "error" not in answer, f"{act} {given!r:.200}: {answer['error']}"
        return answer["value"]

    def open(self, path: str, width: int = 1280, stub: bool = False) -> Firefox:
        """A page that shares nothing with any before; with `stub`, other hosts are answered for with an empty page."""
        self.ask("open", self.site + path, width, 640 if width < 600 else 800, stub)
        return self

    def goto(self, path: str) -> None:
        self.ask("go", self.site + path)

    def evaluate(self, text: str, given: Any = None) -> Any:
        """The value of an expression, or what a function makes of what is given."""
        return self.value(_called(text, given))

    def value(self, expression: str) -> Any:
        """The value of an expression, waited for where it is a promise."""
        return json.loads(self.ask("evaluate", f"(async () => JSON.stringify((await {expression}) ?? null))()"))

    def wait(self, text: str, given: Any = None) -> None:
        """Wait until an expression, or a function of what is given, holds."""
        self.ask("wait", _called(text, given))

    def locator(self, selector: str) -> Locator:
        return Locator(self, selector)

    def close(self) -> None:
        self.running.communicate(timeout=60)


@dataclass
class Keyboard:
    page: Firefox

    def press(self, key: str) -> None:
        self.page.ask("press", " " if key == "Space" else key)

    def type(self, text: str) -> None:
        self.page.ask("type", text)


@dataclass
class Locator:
    """What a selector finds in the page. To act on, it is waited for."""

    page: Firefox
    selector: str

    def locator(self, selector: str) -> Locator:
        return Locator(self.page, f"{self.selector} {selector}")

    def count(self) -> int:
        return len(self.evaluate_all("all => all.map(() => 0)"))

    def evaluate(self, text: str) -> Any:
        return self.page.value(f"({text})({ALL.format(json.dumps(self.selector))}[0])")

    def evaluate_all(self, text: str) -> Any:
        return self.page.value(f"({text})({ALL.format(json.dumps(self.selector))})")

    def click(self) -> None:
        self.page.ask("wait", f"{ALL.format(json.dumps(self.selector))}.some((one) => one.checkVisibility())")
        self.page.ask("click", self.selector)

    def check(self) -> None:
        if not self.evaluate("one => one.checked"):
            self.click()

    def fill(self, text: str) -> None:
        self.click()
        self.page.ask("press", "Control+a")
        self.page.ask("type", text)

    def select_option(self, value: str) -> None:
        self.page.ask("choose", self.selector, value)


def _called(text: str, given: Any) -> str:
    return f"({text})({json.dumps(given)})" if FUNCTION.match(text) else f"({text})"
