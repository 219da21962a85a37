"""Answering modules and tools as a person would: the values that are right, partly right or wrong by the authors' files, and
putting them into the page by pointer or by keyboard alone."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import yaml
from playwright.sync_api import Locator, Page, expect

from engine import handle
from tests.browser.conftest import ROOT

MODULE_PAGE = "/training/risk-indicators-protective/"
TOOL_PAGE = "/tools/care-picture/"


def _read(path: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((ROOT / "quizzes" / path).read_text("utf-8"), yaml.CSafeLoader)
    return found


MODULE = _read("modules/risk-indicators-protective.yml")
TOOL = _read("tools/care-picture.yml")
QUESTIONS: list[dict[str, Any]] = MODULE["questions"]
ITEMS: list[str] = [item["id"] for area in TOOL["areas"] for item in area["items"]]


def of_kind(kind: str) -> dict[str, Any]:
    """The module's first question of a kind."""
    return next(question for question in QUESTIONS if question["kind"] == kind)


def right(question: dict[str, Any]) -> list[str]:
    """The response that earns everything."""
    match question["kind"]:
        case "single" | "multi":
            return [option["id"] for option in question["options"] if option.get("correct")]
        case "truefalse":
            return [str(question["answer"]).lower()]
        case "match":
            return [f"{stem['id']}={stem['choice']}" for stem in question["stems"]]
        case "order":
            return [f"{item['id']}={place}" for place, item in enumerate(question["items"], 1)]
        case "short":
            return [question["answers"][0]]
        case _:
            return [str(question["answer"] if "answer" in question else question["range"][0])]


def wrong(question: dict[str, Any]) -> list[str]:
    """A response that earns nothing."""
    match question["kind"]:
        case "single":
            return [option["id"] for option in question["options"] if not option.get("correct")][:1]
        case "multi":
            return [option["id"] for option in question["options"] if not option.get("correct")]
        case "truefalse":
            return [str(not question["answer"]).lower()]
        case "match":
            return [f"{stem['id']}={_other(question, stem)}" for stem in question["stems"]]
        case "order":
            orders = ([f"{item['id']}={place}" for place, item in enumerate(items, 1)] for items in permutations(question["items"]))
            return next(order for order in orders if native_mark(question, order)["state"] == "wrong")
        case "short":
            return ["something else entirely"]
        case _:
            return ["987654"]


def partial(question: dict[str, Any]) -> list[str]:
    """A response that earns something: only for kinds that give part marks."""
    match question["kind"]:
        case "multi":
            return right(question)[:1]
        case "match":
            return right(question)[:1] + wrong(question)[1:]
        case _:
            items = question["items"]
            return [f"{item['id']}={place}" for place, item in enumerate([items[-1], *items[:-1]], 1)]


OUTCOMES = {"right": right, "partial": partial, "wrong": wrong}
PART_MARKS = ("multi", "match", "order")


def _other(question: dict[str, Any], stem: dict[str, Any]) -> str:
    return str(next(choice["id"] for choice in question["choices"] if choice["id"] != stem["choice"]))


def native_mark(question: dict[str, Any], response: list[str]) -> dict[str, Any]:
    """What the engine says of a response here, outside the browser."""
    text = json.dumps({"task": "mark", "definition": {"questions": [question]}, "responses": {question["id"]: response}})
    mark: dict[str, Any] = json.loads(handle(text))["marks"][question["id"]]
    return mark


def step(page: Page, name: str) -> Locator:
    """A step of the module or tool on the page."""
    return page.locator(f'[data-step="{name}"]')


def go_to(page: Page, name: str) -> Locator:
    """Show a step by its address, as a link to it does, once the page's script is there."""
    expect(page.locator("[data-quiz][data-scripted]")).to_be_attached()
    page.evaluate("name => { location.hash = name; }", name)
    expect(step(page, name)).to_be_visible()
    return step(page, name)


def answer(page: Page, question: dict[str, Any], response: list[str]) -> None:
    """Put a response in by pointer."""
    here = step(page, question["id"])
    match question["kind"]:
        case "match":
            for value in response:
                here.locator(f"#{question['id']}-{value.partition('=')[0]}").select_option(value)
        case "order":
            for value in sorted(response, key=lambda text: int(text.partition("=")[2])):
                here.locator(f"#{question['id']}-{value.partition('=')[0]}").select_option(value)
        case "short" | "number":
            here.locator("input").fill(response[0])
        case _:
            for value in response:
                here.locator(f'[value="{value}"]').check()


def check(page: Page, question: dict[str, Any]) -> Locator:
    """Press "Check answer", and "Show the answer" where there is another try; wait for the verdict, which takes the focus."""
    here = step(page, question["id"])
    here.locator("[data-check]").click()
    expect(page.locator("[data-verdict]:focus, [data-again]:focus")).to_be_visible(timeout=30_000)
    if page.locator("[data-again]").is_visible():
        here.locator("[data-give-up]").click()
    expect(here.locator("[data-verdict]")).to_be_focused()
    return here


def fill_sheet(page: Page, grades: dict[str, str] | None = None, rest: str = "0", age: str = "5-10", ticked: bool = False) -> None:
    """Fill in the whole care picture at once: `grades` by item id, every other item `rest`."""
    values = dict.fromkeys(ITEMS, rest) | (grades or {}) | {"age": age}
    page.evaluate(
        """([values, ticked]) => {
          for (const [name, value] of Object.entries(values)) document.querySelector(`[name="${name}"][value="${value}"]`).click();
          const box = document.querySelector('[name="cannot-tell"]');
          if (box.checked !== ticked) box.click();
        }""",
        [values, ticked],
    )


def tab_to(page: Page, selector: str, most: int = 80, key: str = "Tab") -> None:
    """Press Tab, or Shift and Tab, until something of that selector has the focus."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not come to {selector}")


def answer_by_keys(page: Page, question: dict[str, Any], response: list[str]) -> None:
    """Put a response in by keyboard alone, from where the focus is."""
    name = question["id"]
    match question["kind"]:
        case "single" | "truefalse":
            tab_to(page, f'[name="{name}"]')
            values = page.locator(f'[name="{name}"]').evaluate_all("all => all.map(one => one.value)")
            place = values.index(response[0])
            for key in ["ArrowDown"] * place or ["Space"]:
                page.keyboard.press(key)
        case "multi":
            for value in response:
                tab_to(page, f'[name="{name}"][value="{value}"]')
                page.keyboard.press("Space")
        case "match":
            for value in response:
                tab_to(page, f"#{name}-{value.partition('=')[0]}")
                places = page.locator(":focus option").evaluate_all("all => all.map(one => one.value)")
                for _ in range(places.index(value)):
                    page.keyboard.press("ArrowDown")
        case "order":
            for place, value in enumerate(response):
                _raise_by_keys(page, f"#{name}-{value.partition('=')[0]}", place)
        case _:
            tab_to(page, f"#{name}-text")
            page.keyboard.type(response[0])


def _raise_by_keys(page: Page, control: str, place: int) -> None:
    """Press an item's "Up" until it stands at a place (0 is the top), going to the button by Tab or back by Shift and Tab."""
    where = page.locator(control).evaluate("one => [...one.closest('ol').children].indexOf(one.closest('li'))")
    if where == place:
        return
    up = f'.order__item:has({control}) [data-move="-1"]'
    below = "selector => document.activeElement.compareDocumentPosition(document.querySelector(selector)) & 4"
    tab_to(page, up, key="Tab" if page.evaluate(below, up) else "Shift+Tab")
    for _ in range(where - place):
        page.keyboard.press("Enter")
