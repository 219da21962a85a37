"""What is kept on a device, for the tests: kept before a page opens, looked at, and made up."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.exercise import MODULE

LEARNING = "/training/my-learning/"
NAME = "Object.keys(localStorage)[0]"
KEPT = f"JSON.parse(localStorage.getItem({NAME}))"
NOW = datetime(2026, 11, 28, 16, 0)


def save(page: Page) -> None:
    page.locator("main [data-save]:visible").click()
    expect(page.locator('main [data-kept="kept"]')).to_be_visible()


def count(page: Page) -> int:
    return int(page.evaluate("localStorage.length"))


def store(value: str) -> str:
    """A script that has this text kept before the licence page starts."""
    key = "noticing-neglect /"
    return f"if (location.pathname === '/about/licence/') localStorage.setItem({key!r}, {value!r});"


def attempt(mode: str, days_ago: int, score: float = 1.0, passed: bool = False, **answers: tuple[str, float]) -> dict[str, Any]:
    """An attempt at the module, some days before `NOW`; answers are `(certainty, first)` by question."""
    finished = (NOW - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M")
    rows = {
        name.replace("_", "-"): {
            "revision": "", "response": ["a"], "first": first, "certainty": level or None, "tries": 1, "hints": 0,
            "misconceptions": ["wait-for-the-pattern"],
        }
        for name, (level, first) in answers.items()
    }  # fmt: skip
    return {
        "schema": 1, "attempt": f"{mode}{days_ago}".replace("_", ""), "module": MODULE["id"], "version": "old00000", "mode": mode,
        "part": 0, "seed": 1, "started": finished, "finished": finished, "score": score, "passed": passed, "answers": rows,
    }  # fmt: skip


def kept(page_revisions: dict[str, str], attempts: list[dict[str, Any]]) -> str:
    for attempt in attempts:
        for name, answer in attempt["answers"].items():
            answer["revision"] = page_revisions[name]
    return json.dumps({"schema": 1, "saved": "2026-11-28", "until": "2028-01-02", "attempts": attempts, "drafts": {}})


def open_at(open_page: Open, path: str, kept: str, day: datetime = NOW, **how: Any) -> Page:
    page = open_page("/about/licence/", before=store(kept), quiet=False, **how)
    page.clock.set_fixed_time(day)
    page.goto(path)
    return page
