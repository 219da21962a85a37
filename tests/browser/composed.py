"""The kinds that are made of parts of their own, wherever a module holds one: the responses that are right, partly right or wrong,
and putting them into the page by pointer or by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from playwright.sync_api import Page

from tests.browser.conftest import ROOT
from tests.browser.exercise import native_mark, step, tab_to

KINDS = ("cloze", "case", "grade")
Question = dict[str, Any]


def found() -> dict[str, tuple[str, Question]]:
    """The first question of each of these kinds, with the address of its module's page."""
    places: dict[str, tuple[str, Question]] = {}
    for path in sorted((ROOT / "quizzes/modules").glob("*.yml")):
        module = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        for question in module["questions"]:
            if question["kind"] in KINDS:
                places.setdefault(question["kind"], (f"/training/{path.stem}/", question))
    return places


def right(question: Question) -> list[str]:
    """The response that earns everything."""
    match question["kind"]:
        case "cloze":
            return [f"{gap['id']}={_filled(gap)}" for gap in question["gaps"]]
        case "case":
            return max(_paths(question, question["start"]), key=lambda path: native_mark(question, path)["fraction"])
        case _:
            return [f"{item['id']}={item['key']}" for item in question["items"]]


def wrong(question: Question) -> list[str]:
    """A response that earns nothing, or for a story the least."""
    match question["kind"]:
        case "cloze":
            return [f"{gap['id']}={_misfilled(gap)}" for gap in question["gaps"]]
        case "case":
            return min(_paths(question, question["start"]), key=lambda path: native_mark(question, path)["fraction"])
        case _:
            return [f"{item['id']}={0 if item['key'] > 1 else 3}" for item in question["items"]]


def put(page: Page, question: Question, response: list[str]) -> None:
    """Put a response in by pointer."""
    here = step(page, question["id"])
    for value in response:
        part, _, given = value.partition("=")
        if question["kind"] == "case":
            here.locator(f'[value="{value}"]').check()
        elif here.locator(f"select#{question['id']}-{part}").count():
            here.locator(f"#{question['id']}-{part}").select_option(value)
        else:
            here.locator(f"#{question['id']}-{part}").fill(given)


def put_by_keys(page: Page, question: Question, response: list[str]) -> None:
    """Put a response in by keyboard alone, from where the focus is."""
    for value in response:
        part, _, given = value.partition("=")
        control = f"#{question['id']}-{part}"
        if question["kind"] == "case":
            name = f"{question['id']}--{part}"
            tab_to(page, f'[name="{name}"]')
            values = page.locator(f'[name="{name}"]').evaluate_all("all => all.map(one => one.value)")
            for key in ["ArrowDown"] * values.index(value) or ["Space"]:
                page.keyboard.press(key)
            continue
        tab_to(page, control)
        if page.locator(control).evaluate("one => one.localName") == "select":
            for _ in range(page.locator(f"{control} option").evaluate_all("all => all.map(one => one.value)").index(value)):
                page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type(given)


def _paths(question: Question, scene: str) -> Iterator[list[str]]:
    options = next(one for one in question["scenes"] if one["id"] == scene).get("options", [])
    if not options:
        yield []
    for option in options:
        yield from ([f"{scene}={option['id']}", *rest] for rest in _paths(question, option["to"]))


def _filled(gap: dict[str, Any]) -> str:
    return str(next((option["id"] for option in gap.get("options", []) if option.get("correct")), "") or gap["answers"][0])


def _misfilled(gap: dict[str, Any]) -> str:
    return str(next((option["id"] for option in gap.get("options", []) if not option.get("correct")), "something else"))
