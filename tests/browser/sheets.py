"""A filled-in form for each tool, made from its definition: enough of everything to show a whole result, and no child's."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import yaml
from playwright.sync_api import Locator, Page, expect

from engine import TOOLS
from tests.browser import axe
from tests.browser.conftest import ROOT, Open
from tests.browser.exercise import go_to, step

Sheet = dict[str, Any]

DEFINITIONS: dict[str, Any] = {
    name: yaml.load((ROOT / f"quizzes/tools/{name}.yml").read_text("utf-8"), yaml.CSafeLoader) for name in TOOLS
}
HISTORY = [
    ("1/3/2025", "health", "improvement", "", "clinic"),
    ("1/4/2025", "learning", "concern", "2", "education"),
    ("1/8/2025", "health", "concern", "2", "clinic"),
    ("1/10/2025", "health", "improvement", "", "clinic"),
    ("1/12/2025", "health", "concern", "3", "clinic"),
    ("10/12/2025", "food", "concern", "1", "education"),
]
APPOINTMENTS = [
    ("1/3/2025", "important", "brought"),
    ("1/4/2025", "important", "not-brought"),
    ("1/5/2025", "important", "service"),
    ("1/6/2025", "critical", "cancelled"),
]
PEOPLE = [("child", "3", "told"), ("carer", "8", "told"), ("health-visitor", "5", "seen"), ("social-worker", "1", "seen")]


def _row(**values: str) -> dict[str, list[str]]:
    return {name: value.split() for name, value in values.items()}


def _names(tool: str, *path: str) -> list[str]:
    found = [DEFINITIONS[tool]]
    for key in path:
        found = [row for one in found for row in one[key]]
    return [row["id"] for row in found]


def example(tool: str) -> Sheet:
    """What is filled in: `responses` by name and `rows` of a table."""
    return EXAMPLES[tool]()


def _care_picture() -> Sheet:
    items = _names("care-picture", "areas", "items")
    grades = dict(zip(items, "0123" * 7, strict=True)) | {items[0]: "not-known"}
    return _sheet({"age": "5-10", "cannot-tell": "yes", **grades})


def _home_check() -> Sheet:
    hazards, conditions, stages = (_names("home-check", key) for key in ("hazards", "conditions", "stages"))
    seen = dict.fromkeys(hazards, "no") | {hazards[0]: "yes", hazards[1]: "not-seen"}
    found = dict(zip(conditions, "01201200", strict=True)) | {conditions[7]: "not-seen"}
    return _sheet({"stage": stages[0], **seen, **found})


def _resilience_matrix() -> Sheet:
    names = _names("resilience-matrix", "child") + _names("resilience-matrix", "environment")
    values = "1 1 1 0 0 0 0 0 1 1 -2 not-known 1 1 1 1".split()
    return _sheet({"age": "5-10", **dict(zip(names, values, strict=True))})


def _where_are_we_now() -> Sheet:
    offered = _names("where-are-we-now", "people")
    people = [(who if who in offered else offered[-1], number, known) for who, number, known in PEOPLE]
    return _sheet({"child-shown": "no"}, [_row(who=who, number=number, known=known) for who, number, known in people])


def _pattern_finder() -> Sheet:
    names = ("date", "need", "kind", "effect", "source")
    return _sheet({"review": "1/9/2026"}, [_row(**dict(zip(names, row, strict=True))) for row in HISTORY])


def _was_not_brought() -> Sheet:
    rows = [_row(date=day, importance=importance, outcome=outcome) for day, importance, outcome in APPOINTMENTS]
    return _sheet({"sessions-possible": "190", "sessions-missed": "19"}, rows)


def _is_it_changing() -> Sheet:
    kept = _row(type="gets", done="yes", known="seen", effect="better", weeks="14", barriers="")
    barriers = " ".join(_names("is-it-changing", "barriers"))
    return _sheet({}, [kept, _row(type="attends", done="yes", known="carer", effect="better", weeks="3", barriers=barriers)])


def _grade_together() -> Sheet:
    scene = DEFINITIONS["grade-together"]["vignettes"][0]
    grades = {item["id"]: str(max(0, item["key"] - 2 * (place == 0))) for place, item in enumerate(scene["items"])}
    return _sheet({"vignette": scene["id"], **grades})


def _childs_day() -> Sheet:
    return _sheet(dict(zip(_names("childs-day", "blocks"), ("told", "saw", "guess", "unknown", "unknown", "told"), strict=True)))


def _say_the_concern() -> Sheet:
    return _sheet({name: f"Words for {name}" for name in _names("say-the-concern", "prompts")[:-1]})


def _check_for_drift() -> Sheet:
    dates = {"seen": "1/1/2025", "alone-instead": "never", "change": "1/2/2025", "review": "1/3/2025", "next-instead": "not-known"}
    return _sheet({**dates, "interval": "28", "restarts": "2"})


def _in_place() -> Sheet:
    parts = _names("in-place", "parts")
    answers = dict(zip(parts, ("none", "partly", "yes", "not-known") * 2, strict=True))
    return _sheet({**answers, f"{parts[0]}-evidence": "The audit of June", f"{parts[0]}-next": "The board, by March"})


EXAMPLES: dict[str, Callable[[], Sheet]] = {
    "care-picture": _care_picture,
    "home-check": _home_check,
    "resilience-matrix": _resilience_matrix,
    "where-are-we-now": _where_are_we_now,
    "pattern-finder": _pattern_finder,
    "was-not-brought": _was_not_brought,
    "is-it-changing": _is_it_changing,
    "grade-together": _grade_together,
    "childs-day": _childs_day,
    "say-the-concern": _say_the_concern,
    "check-for-drift": _check_for_drift,
    "in-place": _in_place,
}


def _sheet(responses: dict[str, str], rows: list[dict[str, list[str]]] | None = None) -> Sheet:
    return {"responses": {name: [value] for name, value in responses.items()}, "rows": rows or []}


def saved(page: Page, tool: str, sheet: Sheet, /, **changes: object) -> str:
    """The text of a file as the page would save this."""
    version = page.locator("[data-quiz]").get_attribute("data-version")
    head = {"kind": "noticing-neglect-tool", "schema": 1, "tool": tool, "version": version, "made": "2026-06-01"}
    return json.dumps(head | sheet | changes)


def put_in(page: Page, tool: str, sheet: Sheet) -> None:
    """Fill the form in with all of it, as opening a saved file does, or by typing where the tool keeps nothing."""
    expect(page.locator("[data-quiz][data-scripted]")).to_be_attached()
    if tool == "say-the-concern":
        for name, (value,) in sheet["responses"].items():
            page.locator(f'[name="{name}"]').fill(value)
        return
    choose_file(page, saved(page, tool, sheet))
    expect(page.locator('[data-opened-state="opened"]')).to_be_visible()


def see_result(page: Page) -> Locator:
    """Ask for the result of what is filled in, and wait for it."""
    go_to(page, "check").get_by_role("button", name="See the result").click()
    expect(step(page, "result").locator("[data-heading]")).to_be_focused(timeout=30_000)
    return step(page, "result")


def open_tool(open_page: Open, tool: str, **how: Any) -> Page:
    """Open a tool's page once its script is there."""
    page = open_page(f"/tools/{tool}/", **how)
    expect(page.locator("[data-quiz][data-scripted]")).to_be_attached()
    return page


def assert_fine(page: Page, where: str, schemes: tuple[str, ...] = ("dark", "light")) -> None:
    """Fail with what axe finds, and where the page is wider than the screen."""
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe.assert_none(page, f"{where}, {scheme}")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{where}: {wide} pixels too wide at {page.viewport_size}"


def choose_file(page: Page, text: str, earlier: bool = False) -> None:
    """Choose a file with this text, to go on with or to set beside what is filled in."""
    control = "[data-earlier-file]" if earlier else "[data-open-file]"
    page.locator(control).set_input_files([{"name": "saved.json", "mimeType": "application/json", "buffer": text.encode()}])
